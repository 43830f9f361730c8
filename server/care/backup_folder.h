// The folder of backups that the server makes by itself: their names, which tell when and why, and which of them may
// go.
//
//   tidewater-20261122T181500Z.db                          by the schedule
//   tidewater-20261122T181500Z-before-0013_policies.db     before the schema was changed
//
// What must stay true: names sort by time; the newest one is never removed; files with other names are nobody's
// business here.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "server/folder.h"

namespace tw::server {

struct BackupFile {
  std::filesystem::path path;
  Instant at;          // to the second
  std::string before;  // the first migration that was about to run; empty: by the schedule
};

struct Retention {
  int daily = 7;   // the newest of each of so many days (UTC) that have one
  int weekly = 4;  // and of each of so many weeks, which begin on Monday
};

// A name that no file of the folder has.
std::filesystem::path new_backup_path(const std::filesystem::path& folder, Instant at, std::string_view before = {});
std::optional<BackupFile> read_backup_name(const std::filesystem::path& path);
std::vector<BackupFile> backups_in(const std::filesystem::path& folder);  // oldest first; fine when there is no folder

// Which of them may go once the newest is whole. Of those from before an upgrade the last three stay. Without a
// retention all of the schedule's stay.
std::vector<BackupFile> to_forget(const std::vector<BackupFile>& oldest_first, std::optional<Retention> retention);
// Removes them, and what a copy that was cut off has left; answers how many files went. The caller holds the lock of
// backups.
int forget_old_backups(const std::filesystem::path& folder, std::optional<Retention> retention);

// A backup may go anywhere, also to where only its maker reaches: the data folder remembers when the last one was
// finished.
void note_backup(const Folder& folder, Instant at);
std::optional<Instant> last_backup(const Folder& folder);

}  // namespace tw::server
