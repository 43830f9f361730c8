// A thin layer over SQLite: connection, cached statements, rows. No query builder and no entities: SQL is written out
// where it is used, in services, one statement per named function.
//
// One Database = one connection = one thread at a time. Whatever SQLite refuses is thrown as DbError (broken world);
// the dispatcher alone catches it and tells unique violations and busy apart from the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "core/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tw::db {

class DbError : public std::runtime_error {
 public:
  // `extended_code` is SQLite's; the message holds the statement, never values.
  DbError(const std::string& message, int extended_code) : std::runtime_error(message), extended_code_(extended_code) {}
  int extended_code() const { return extended_code_; }
  bool is_busy() const;
  bool is_unique_violation() const;
  bool is_full() const;  // the disk

 private:
  int extended_code_;
};

// The current row of a statement; text views live until the next step.
class Row {
 public:
  std::int64_t integer(int column) const;
  std::string_view text(int column) const;
  double number(int column) const;
  bool is_null(int column) const;
  std::string_view blob(int column) const;
  bool boolean(int column) const { return integer(column) != 0; }
  std::string string(int column) const { return std::string(text(column)); }
  Version version(int column) const { return {integer(column)}; }
  Instant instant(int column) const { return {integer(column)}; }
  template <class IdType>
  IdType id(int column) const {  // NULL reads as "none"
    return IdType{integer(column)};
  }
  std::optional<Instant> optional_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional<Instant>(instant(column));
  }
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional<std::int64_t>(integer(column));
  }

 private:
  friend class Statement;
  explicit Row(sqlite3_stmt* handle) : handle_(handle) {}
  sqlite3_stmt* handle_;
};

class Database;

// A statement borrowed from its connection's cache for one use: bind by name, then step. It goes back, reset and with
// its bindings cleared, at the end of its scope. Text is bound without a copy: it must outlive the use, so temporaries
// do not bind (name them, or use bind_copy).
class Statement {
 public:
  Statement(Statement&&) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  // Names as in the SQL, with their colon: bind(":batch", id).
  Statement& bind(const char* name, std::int64_t value);
  Statement& bind(const char* name, int value) { return bind(name, static_cast<std::int64_t>(value)); }
  Statement& bind(const char* name, bool value) { return bind(name, static_cast<std::int64_t>(value)); }
  Statement& bind(const char* name, double value);
  Statement& bind(const char* name, std::string_view value);
  Statement& bind(const char* name, const std::string& value) { return bind(name, std::string_view(value)); }
  Statement& bind(const char* name, const char* value) { return bind(name, std::string_view(value)); }
  Statement& bind(const char* name, std::string&& value) = delete;
  Statement& bind(const char* name, std::nullptr_t);
  Statement& bind(const char* name, Instant at) { return bind(name, at.ms); }
  Statement& bind(const char* name, Millis duration) { return bind(name, duration.value); }
  Statement& bind(const char* name, Version version) { return bind(name, version.value); }
  template <class Tag>
  Statement& bind(const char* name, Id<Tag> id) {
    return bind(name, id.value);
  }
  template <class T>
  Statement& bind(const char* name, const std::optional<T>& value) {
    return value ? bind(name, *value) : bind(name, nullptr);
  }
  Statement& bind_copy(const char* name, std::string_view value);
  Statement& bind_blob(const char* name, std::string_view bytes);  // without a copy, like text
  // A reference to "none" is stored as NULL, so that foreign keys hold.
  template <class Tag>
  Statement& bind_or_null(const char* name, Id<Tag> id) {
    return id ? bind(name, id.value) : bind(name, nullptr);
  }

  int columns() const;
  bool step();  // true: there is a row
  Row row() const { return Row(handle_); }
  void run();                  // steps to the end, rows ignored
  std::int64_t run_changes();  // run(), then how many rows it changed
  void reset();                // to bind and run again without giving it back
  void again();                // the same, but what is bound stays bound: for loops where most values stay

  template <class F>
  auto one(F&& read) -> std::optional<decltype(read(std::declval<Row>()))> {
    if (!step()) return std::nullopt;
    return read(row());
  }
  template <class F>
  void each(F&& visit) {
    while (step()) visit(row());
  }
  template <class F>
  auto all(F&& read) -> std::vector<decltype(read(std::declval<Row>()))> {
    std::vector<decltype(read(std::declval<Row>()))> rows;
    while (step()) rows.push_back(read(row()));
    return rows;
  }
  std::int64_t integer_or(std::int64_t fallback) { return step() ? row().integer(0) : fallback; }

 private:
  friend class Database;
  Statement(Database* owner, sqlite3_stmt* handle) : owner_(owner), handle_(handle) {}
  int index_of(const char* name);
  Database* owner_;
  sqlite3_stmt* handle_;
};

enum class OpenMode { read_write, read_only, in_memory };

class TwoFiles;

class Database {
 public:
  // `path` is the only path this layer ever touches. The pragmas are in open.cpp, each with its reason.
  static std::unique_ptr<Database> open(const std::string& path, OpenMode mode);
  static std::unique_ptr<Database> open(const TwoFiles& files);  // two_files.h
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // The cached statement of this SQL text. Texts must be literals or stay few: the cache never forgets.
  Statement prepare(std::string_view sql);
  // Outside the cache, finalized at the end of its scope: for statements whose text depends on a filter's shape, of
  // which there is no end.
  Statement prepare_once(std::string_view sql);
  void execute(const char* sql);  // without parameters, several statements allowed: pragmas, migrations, savepoints
  std::int64_t last_insert_id() const;
  std::int64_t changes() const;
  std::int64_t total_changes() const;
  std::vector<std::string> statements() const;  // texts in the cache: tests look at their query plans
  sqlite3* handle() const { return handle_; }   // for backup and checkpoints in server/, nothing else

 private:
  friend class Statement;
  explicit Database(sqlite3* handle) : handle_(handle) {}
  static std::unique_ptr<Database> connect(const char* path, int flags, const char* vfs);
  sqlite3_stmt* compile(std::string_view sql, unsigned flags);
  void give_back(sqlite3_stmt* handle);
  [[noreturn]] void fail(const char* doing, std::string_view sql) const;

  struct Cached {
    sqlite3_stmt* handle = nullptr;
    bool lent = false;
  };
  // So that a text is looked up as it is: each request looks up a dozen, and a copy of each costs more than finding it.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  sqlite3* handle_;
  std::unordered_map<std::string, Cached, TextHash, std::equal_to<>> cache_;  // node-based: addresses of values stay
  std::unordered_map<sqlite3_stmt*, Cached*> by_handle_;
};

// `BEGIN IMMEDIATE` … `COMMIT`; rolls back when it goes out of scope uncommitted. Owned by the writer, the migration
// runner and tests; services never begin or commit.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

class Savepoint {
 public:
  explicit Savepoint(Database& database);
  ~Savepoint();  // rolls back unless released
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  void release();

 private:
  Database& database_;
  bool open_ = true;
};

// Brings the schema to the newest version, all missing migrations in one transaction; answers how many ran. Throws
// DbError when the file is newer than this program.
int migrate(Database& database);

}  // namespace tw::db
