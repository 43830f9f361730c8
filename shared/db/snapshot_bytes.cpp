#include "db/snapshot_bytes.h"

#include <sqlite3.h>

namespace tw::db {
namespace {

void expect_fine(int code, const char* what) {
  if (code != SQLITE_OK) throw DbError(std::string(what) + ": " + sqlite3_errstr(code), code);
}

// Null where SQLite has no such file open.
sqlite3_file* file_of(Database& database, int which) {
  sqlite3_file* file = nullptr;
  expect_fine(sqlite3_file_control(database.handle(), "main", which, &file), "ask for a file");
  return file && file->pMethods ? file : nullptr;
}

}  // namespace

SnapshotBytes::SnapshotBytes(Database& database) : database_(database) {
  database_.execute("BEGIN");
  try {
    database_.prepare("SELECT COUNT(*) FROM sqlite_schema").run();  // takes the snapshot
    file_ = file_of(database_, SQLITE_FCNTL_FILE_POINTER);
    log_ = file_of(database_, SQLITE_FCNTL_JOURNAL_POINTER);
    if (!file_) throw DbError("a database without a file has no bytes", SQLITE_MISUSE);
    header_ = log_header();
  } catch (...) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

SnapshotBytes::~SnapshotBytes() {
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);  // it has only read
}

std::int64_t SnapshotBytes::bytes(Part part) const {
  sqlite3_file* const file = part == Part::file ? file_ : log_;
  if (!file) return 0;
  sqlite3_int64 bytes = 0;
  expect_fine(file->pMethods->xFileSize(file, &bytes), "measure a file");
  return bytes;
}

void SnapshotBytes::read(Part part, std::int64_t at, char* into, int bytes) const {
  sqlite3_file* const file = part == Part::file ? file_ : log_;
  const int code = file->pMethods->xRead(file, into, bytes, at);
  if (code != SQLITE_IOERR_SHORT_READ) expect_fine(code, "read a file");
}

bool SnapshotBytes::log_began_anew() const { return log_header() != header_; }

SnapshotBytes::LogHeader SnapshotBytes::log_header() const {
  LogHeader header{};
  if (log_) read(Part::log, 0, header.data(), static_cast<int>(header.size()));
  return header;
}

}  // namespace tw::db
