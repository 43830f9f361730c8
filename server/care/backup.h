// One backup: a file with the whole database as it was at one moment, taken while others write.
//
// What must stay true
// - A file under the name that was asked for is complete, was checked, and is durable. Until then it is named
//   NAME.part, and whatever is cut off leaves at most that.
// - What is there already is never overwritten.
// - Writers lose little: bytes are read and written instead of pages, in small pieces, and a busy disk is left to
//   others for as long as it was the copy's. The snapshot is held while they are read, no longer; what came out is
//   put together and looked at without it, when nobody else needs the processor.
// - It never fills a disk, neither its own nor the database's: while it reads, the database's log cannot begin anew. It
//   gives up before, and the database goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/care/files.h"

namespace tw::server {

// What was read is damaged: no backup was made of it.
class Damaged : public Refused {
 public:
  using Refused::Refused;
};

struct BackupPace {
  int piece_bytes = 256 * 1024;  // a commit of a writer waits for at most two of them
  // How much is free in a folder; tests say something else.
  std::function<std::int64_t(const std::filesystem::path&)> room = free_bytes;
};

struct Backup {
  std::filesystem::path file;
  std::int64_t bytes = 0;
  std::string schema;  // the newest migration in it
  std::map<std::string, std::int64_t> counts;
  std::int64_t rows = 0;
  double copy_seconds = 0;
  double check_seconds = 0;
};

class BackupStopped : public std::runtime_error {
 public:
  BackupStopped() : std::runtime_error("the backup was stopped") {}
};

// How large the copy would be.
std::int64_t backup_bytes(const std::string& database);
// From a database file that other connections and processes may be writing. Throws Damaged, Refused, DbError or
// std::system_error. `stopped` is asked between pieces; when it is true, nothing is left behind and BackupStopped is
// thrown.
Backup make_backup(const std::string& database, const std::filesystem::path& to, const BackupPace& pace = {},
                   const std::function<bool()>& stopped = {});

// The same without the look at what came out and without a promise: for a copy that is thrown away.
void copy_database(const std::string& database, const std::filesystem::path& to, const BackupPace& pace = {});

}  // namespace tw::server
