// What the owner of a connection needs beyond statements: the write-ahead log and its checkpoints, memory, the file's
// health. For server/ and tests; services never call it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "db/sqlite.h"

struct sqlite3_backup;

namespace tw::db {

// Other ways to open a file than Database::open has.
//
// Reads in another process than the one that writes, and leaves the log alone whatever becomes of that one.
std::unique_ptr<Database> open_beside(const std::string& path);
// The one user of a file, which is complete by itself whenever nothing is being written: no log, also none that a
// copied header speaks of.
std::unique_ptr<Database> open_whole_file(const std::string& path);

// False after SQLite rolled back by itself (disk full, no memory, an I/O error).
bool in_transaction(const Database& database);

// How many changed pages had to leave the cache for the log before their commit. Only differences mean something: a
// transaction that spills has filled the cache with changes.
std::int64_t spilled_pages(Database& database);

// From now on every commit of this connection leaves the length of the log, in pages, in `pages`: which must outlive
// the connection and is read by the thread that commits.
void count_log_pages(Database& database, std::int64_t& pages);
std::int64_t page_bytes(Database& database);

// passive: copies what it can without making anybody wait. restart: makes the next writer begin the log anew; holds
// writers back and waits for readers, each at most the connection's busy timeout. truncate: and the file is emptied.
enum class CheckpointMode { passive, restart, truncate };
struct CheckpointResult {
  std::int64_t log_pages = 0;
  std::int64_t copied_pages = 0;
  bool busy = false;  // somebody stood in the way of restart or truncate
  bool complete() const { return !busy && copied_pages >= log_pages; }
};
CheckpointResult checkpoint(Database& database, CheckpointMode mode);

void release_memory(Database& database);  // cached pages; they are read again when needed

// Problems of the file that SQLite itself can find (structure, indexes, foreign keys); none: empty. Reads everything.
struct IntegrityProblem {
  std::string words;  // SQLite's own; empty: a row of `table` refers to one of `missing_in` that is not there
  std::string table;
  std::string missing_in;
};
std::vector<IntegrityProblem> integrity_problems(Database& database, int at_most);
// From now on a statement of this connection that takes long asks now and then, and ends with a DbError once the answer
// is true.
void interrupt_when(Database& database, const std::function<bool()>& asked);
// Migrations that this program knows and the database has not run yet.
int pending_migrations(Database& database);
// The names of those it has run, in their order; empty: no database of ours.
std::vector<std::string> run_migrations(Database& database);
// Are these the first so many migrations of this program? Otherwise a newer one wrote the database, or another one.
bool is_known_schema(const std::vector<std::string>& run);
// As migrate(), and what `then` writes with it: one transaction, or nothing. Not called when no migration is pending.
int migrate_and(Database& database, const std::function<void()>& then);
// As migrate(), but an empty database goes the way of one that grew with the product: for what looks at that way.
int migrate_one_by_one(Database& database);
// A whole copy, taken in one snapshot, as a file of its own.
void copy_to(Database& database, const std::string& path);

// Copies a database page by page, as it was when the copy began, while others write. The source keeps its snapshot for
// so long, and the log cannot begin anew: whoever copies much should not take all day.
class PageCopy {
 public:
  // `from` has no transaction, `to` is empty and nobody else's; both outlive the copy.
  PageCopy(Database& from, Database& to);
  ~PageCopy();
  PageCopy(const PageCopy&) = delete;
  PageCopy& operator=(const PageCopy&) = delete;

  bool step(int pages);        // false: all is copied
  std::int64_t pages() const;  // of the whole; known after the first step
  std::int64_t left() const;

 private:
  Database& from_;
  sqlite3_backup* handle_ = nullptr;
};

// Rows by table, the schema's own tables and those of virtual tables left out. Reads an index of each.
std::map<std::string, std::int64_t> table_counts(Database& database);
// Numbers that never come back (AUTOINCREMENT), by table; and sees to it that they go on after `least`.
std::map<std::string, std::int64_t> last_numbers(Database& database);
void number_from(Database& database, const std::map<std::string, std::int64_t>& least);
std::string sqlite_version();
// The statements that make this schema in an empty database, but for schema_migrations: tables, indexes and triggers,
// each in the order of names. And those that write its rows, for a few of them.
std::string schema_text(Database& database);
std::string rows_text(Database& database);

// For a refusal that did not come from SQLite: the queue is closed, no reader was free in time.
DbError busy(const std::string& why);

}  // namespace tw::db
