#include "db/sqlite.h"

#include <sqlite3.h>

namespace tw::db {

bool DbError::is_busy() const {
  return (extended_code_ & 0xff) == SQLITE_BUSY || (extended_code_ & 0xff) == SQLITE_LOCKED;
}
bool DbError::is_unique_violation() const {
  return extended_code_ == SQLITE_CONSTRAINT_UNIQUE || extended_code_ == SQLITE_CONSTRAINT_PRIMARYKEY;
}
bool DbError::is_full() const { return (extended_code_ & 0xff) == SQLITE_FULL; }

std::int64_t Row::integer(int column) const { return sqlite3_column_int64(handle_, column); }
double Row::number(int column) const { return sqlite3_column_double(handle_, column); }
bool Row::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

std::string_view Row::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Row::blob(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  if (!bytes) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

Statement::Statement(Statement&& other) noexcept : owner_(other.owner_), handle_(other.handle_) {
  other.handle_ = nullptr;
}

Statement::~Statement() {
  if (handle_) owner_->give_back(handle_);
}

int Statement::index_of(const char* name) {
  const int index = sqlite3_bind_parameter_index(handle_, name);
  if (index == 0) throw DbError(std::string("no parameter ") + name + " in: " + sqlite3_sql(handle_), SQLITE_RANGE);
  return index;
}

Statement& Statement::bind(const char* name, std::int64_t value) {
  sqlite3_bind_int64(handle_, index_of(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, double value) {
  sqlite3_bind_double(handle_, index_of(name), value);
  return *this;
}

Statement& Statement::bind(const char* name, std::string_view value) {
  // A null pointer would bind NULL; an empty text is a text.
  const char* bytes = value.data() ? value.data() : "";
  sqlite3_bind_text64(handle_, index_of(name), bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_copy(const char* name, std::string_view value) {
  const char* bytes = value.data() ? value.data() : "";
  sqlite3_bind_text64(handle_, index_of(name), bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(const char* name, std::string_view bytes) {
  const char* data = bytes.data() ? bytes.data() : "";
  sqlite3_bind_blob64(handle_, index_of(name), data, bytes.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind(const char* name, std::nullptr_t) {
  sqlite3_bind_null(handle_, index_of(name));
  return *this;
}

int Statement::columns() const { return sqlite3_column_count(handle_); }

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  owner_->fail("step", sqlite3_sql(handle_));
}

void Statement::run() {
  while (step()) {}
}

std::int64_t Statement::run_changes() {
  run();
  return sqlite3_changes64(owner_->handle_);
}

void Statement::reset() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

void Statement::again() { sqlite3_reset(handle_); }

Database::~Database() {
  for (auto& [sql, cached] : cache_) sqlite3_finalize(cached.handle);
  sqlite3_close(handle_);
}

Statement Database::prepare(std::string_view sql) {
  auto found = cache_.find(sql);
  if (found == cache_.end()) found = cache_.emplace(sql, Cached()).first;
  Cached& cached = found->second;
  if (cached.handle && !cached.lent) {
    cached.lent = true;
    return Statement(this, cached.handle);
  }
  sqlite3_stmt* handle = compile(sql, SQLITE_PREPARE_PERSISTENT);
  if (!cached.handle) {  // otherwise the cached one is in use further up the stack, and this one is finalized on return
    cached.handle = handle;
    cached.lent = true;
    by_handle_[handle] = &cached;
  }
  return Statement(this, handle);
}

Statement Database::prepare_once(std::string_view sql) { return Statement(this, compile(sql, 0)); }

sqlite3_stmt* Database::compile(std::string_view sql, unsigned flags) {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &handle, nullptr);
  if (code != SQLITE_OK) fail("prepare", sql);
  return handle;
}

void Database::give_back(sqlite3_stmt* handle) {
  const auto found = by_handle_.find(handle);
  if (found == by_handle_.end()) {
    sqlite3_finalize(handle);
    return;
  }
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  found->second->lent = false;
}

std::vector<std::string> Database::statements() const {
  std::vector<std::string> texts;
  for (const auto& entry : cache_) texts.push_back(entry.first);
  return texts;
}

void Database::execute(const char* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("execute", sql);
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }
std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }
std::int64_t Database::total_changes() const { return sqlite3_total_changes64(handle_); }

void Database::fail(const char* doing, std::string_view sql) const {
  const int code = sqlite3_extended_errcode(handle_);
  throw DbError(std::string(doing) + ": " + sqlite3_errmsg(handle_) + " in: " + std::string(sql.substr(0, 200)), code);
}

// Transactions begin and end with cached statements: they are as frequent as what is in them.
Transaction::Transaction(Database& database) : database_(database) { database_.prepare("BEGIN IMMEDIATE").run(); }

Transaction::~Transaction() {
  if (!open_) return;
  // A failed statement may have rolled back by itself already; then there is nothing left to do.
  if (sqlite3_get_autocommit(database_.handle()) == 0)
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.prepare("COMMIT").run();
  open_ = false;
}

Savepoint::Savepoint(Database& database) : database_(database) { database_.prepare("SAVEPOINT work").run(); }

Savepoint::~Savepoint() {
  if (!open_) return;
  if (sqlite3_get_autocommit(database_.handle()) == 0)
    sqlite3_exec(database_.handle(), "ROLLBACK TO work; RELEASE work", nullptr, nullptr, nullptr);
}

void Savepoint::release() {
  database_.prepare("RELEASE work").run();
  open_ = false;
}

}  // namespace tw::db
