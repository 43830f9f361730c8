// Opens a connection and sets its pragmas. They belong to the connection, not to the file (but for the journal mode),
// so every connection of a pool passes here.
#include <sqlite3.h>

#include "db/sqlite.h"
#include "db/two_files.h"

namespace tw::db {

std::unique_ptr<Database> Database::connect(const char* path, int flags, const char* vfs) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
  std::unique_ptr<Database> database(new Database(handle));
  if (code != SQLITE_OK) throw DbError("open the database file: " + std::string(sqlite3_errstr(code)), code);
  // A plan depends on the SQL alone. Otherwise each new value of a `LIMIT :n` compiles its statement anew, at every
  // use, and the plan that tests/support/query_plans saw need not be the one that runs.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);

  // First, so that the pragmas below wait for a busy file instead of failing.
  database->execute("PRAGMA busy_timeout = 5000");
  // Off by default in SQLite's file format; our references must hold.
  database->execute("PRAGMA foreign_keys = ON");
  // A corrupt schema must not become a way to run functions.
  database->execute("PRAGMA trusted_schema = OFF");
  return database;
}

std::unique_ptr<Database> Database::open(const std::string& path, OpenMode mode) {
  int flags = 0;
  if (mode == OpenMode::read_only) flags = SQLITE_OPEN_READWRITE;  // a WAL reader writes the shared-memory file
  if (mode == OpenMode::read_write) flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (mode == OpenMode::in_memory) flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
  auto database = connect(path.c_str(), flags, nullptr);
  switch (mode) {
    case OpenMode::read_write:
      // Readers go on while the one writer writes.
      database->execute("PRAGMA journal_mode = WAL");
      // Acknowledged means durable, also when the power goes: not a setting.
      database->execute("PRAGMA synchronous = FULL");
      // The writer's pages: large enough for a step of a long operation over its indexes (64 MB).
      database->execute("PRAGMA cache_size = -65536");
      // Checkpoints run outside the writer's lock, by the server's own thread (architecture §3.11).
      database->execute("PRAGMA wal_autocheckpoint = 0");
      // After a checkpoint the log shrinks back, so that a one-time peak does not keep the disk.
      database->execute("PRAGMA journal_size_limit = 67108864");
      database->execute("PRAGMA temp_store = MEMORY");
      break;
    case OpenMode::read_only:
      database->execute("PRAGMA query_only = ON");
      // Four readers at most live beside the writer in a server of 60 MB.
      database->execute("PRAGMA cache_size = -3072");
      database->execute("PRAGMA temp_store = MEMORY");
      break;
    case OpenMode::in_memory:
      // In the browser and in tests: one connection, memory journal (WAL images cannot be reopened there).
      database->execute("PRAGMA journal_mode = MEMORY");
      database->execute("PRAGMA synchronous = OFF");
      break;
  }
  return database;
}

std::unique_ptr<Database> Database::open(const TwoFiles& files) {
  auto database = connect("tidewater", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, files.vfs_name());
  // Nobody else has the handles: the file need not be looked at again before each statement.
  database->execute("PRAGMA locking_mode = EXCLUSIVE");
  // There is no shared memory for a write-ahead log, and no name to delete.
  database->execute("PRAGMA journal_mode = TRUNCATE");
  // Acknowledged means durable here too.
  database->execute("PRAGMA synchronous = FULL");
  // A tab's memory is not a server's.
  database->execute("PRAGMA cache_size = -16384");
  database->execute("PRAGMA temp_store = MEMORY");
  return database;
}

}  // namespace tw::db
