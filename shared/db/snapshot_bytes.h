// A database as its bytes lie on the disk, read while others go on writing: much faster than page by page through
// SQLite. What comes out is a file and a log, from which SQLite makes one state again when it opens them. For server/
// and tests.
//
// Why that holds, as long as the snapshot does (https://sqlite.org/walformat.html):
// - A log that the snapshot needs does not begin anew. Others only append to it, and a commit that is cut off at its
//   end is ignored.
// - The file changes only by pages of the log up to the snapshot: a checkpoint goes past no reader. Whatever mixture of
//   old, new and half written pages is read, the log has each of them again, and putting it back mends them.
// - A snapshot that needs no log (all of it was in the file) keeps the file as it is, but not the log: it may begin
//   anew or be emptied meanwhile. What was read of it is then worthless and not needed: `log_began_anew`.
// So the state is that of the snapshot or of a later commit. Only SQLite's own descriptors read: closing another one of
// the same file would drop the locks of this process.
#pragma once

#include <array>
#include <cstdint>

#include "db/sqlite.h"

struct sqlite3_file;

namespace tw::db {

class SnapshotBytes {
 public:
  enum class Part { file, log };

  // `database` has no transaction, is left alone by others, and outlives this. Throws DbError.
  explicit SnapshotBytes(Database& database);
  ~SnapshotBytes();
  SnapshotBytes(const SnapshotBytes&) = delete;
  SnapshotBytes& operator=(const SnapshotBytes&) = delete;

  std::int64_t bytes(Part part) const;  // now; 0: there is no log
  // Bytes that went away since they were counted are zero.
  void read(Part part, std::int64_t at, char* into, int bytes) const;
  // Ask after the log was read.
  bool log_began_anew() const;

 private:
  using LogHeader = std::array<char, 32>;
  LogHeader log_header() const;

  Database& database_;
  sqlite3_file* file_ = nullptr;
  sqlite3_file* log_ = nullptr;  // null: no write-ahead log
  LogHeader header_{};
};

}  // namespace tw::db
