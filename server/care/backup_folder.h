// The folder of backups that the server makes by itself: their names, which tell when and why, and which of them may
// go.
//
//   tidewater-20261122T181500Z.db                          by the schedule
//   tidewater-20261122T181500Z-before-0013_policies.db     before the schema was changed
//   tidewater-20261122T181500Z-1f5c09ab.db                 the same, elsewhere than in the data folder: with whose it
//   is
//
// What must stay true: names sort by time; the newest one is never removed; files with other names, and those of
// another data folder, are nobody's business here. Several servers may share one folder of backups: each finds, counts,
// puts back and removes its own, and two names are never the same. So no lock holds them apart, which a folder on the
// network might not keep, and a server that is gone holds nothing up.
#pragma once

#include <cstdint>
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
  std::string mark;    // whose; empty: of the data folder that it lies in
};

// Where a data folder's backups are. The mark is the data folder's own (its file backups.mark), drawn when it first
// puts something elsewhere; within the data folder there is none, for nobody else puts anything there.
struct BackupPlace {
  std::filesystem::path folder;
  std::string mark;
};
BackupPlace place_for_backups(const Folder& data, const std::filesystem::path& folder);
// Changes nothing; null: this data folder never put a backup there.
std::optional<BackupPlace> known_place_of_backups(const Folder& data, const std::filesystem::path& folder);

struct Retention {
  int daily = 7;   // the newest of each of so many days (UTC) that have one
  int weekly = 4;  // and of each of so many weeks, which begin on Monday
};

// A name that no file of the folder has.
std::filesystem::path new_backup_path(const BackupPlace& place, Instant at, std::string_view before = {});
std::optional<BackupFile> read_backup_name(const std::filesystem::path& path);
// Only those with the place's mark; oldest first; fine when there is no folder.
std::vector<BackupFile> backups_in(const BackupPlace& place);

// Which of them may go once the newest is whole. Of those from before an upgrade the last three stay. Without a
// retention all of the schedule's stay.
std::vector<BackupFile> to_forget(const std::vector<BackupFile>& oldest_first, std::optional<Retention> retention);
// Removes them, and what a copy that was cut off has left; answers how many files went. The caller holds the lock of
// backups.
int forget_old_backups(const BackupPlace& place, std::optional<Retention> retention);
int remove_cut_off_backups(const BackupPlace& place);

// Whether the schedule's next backup fits. Where it does not, those that it would push out may go before it, if that is
// enough: but neither the newest of the schedule nor the newest of all, which are what is left if it fails.
struct RoomForNext {
  std::int64_t needed = 0;
  std::int64_t free = 0;
  std::vector<BackupFile> may_go;  // oldest first
  std::int64_t may_go_bytes = 0;
  bool fits() const { return free >= needed; }
  bool can_be_made() const { return free + may_go_bytes >= needed; }
};
RoomForNext room_for_next(const std::vector<BackupFile>& oldest_first, Retention retention, Instant next,
                          std::int64_t database_bytes, std::int64_t free);
// What the schedule leaves free on the disk of the backups, which may be the database's own: that one goes on growing,
// its log too, and imported files lie beside it. Whoever makes a backup by hand looks at the disk, the schedule does
// not.
std::int64_t kept_free_by_schedule(std::int64_t database_bytes);

// A backup may go anywhere, also to where only its maker reaches: the data folder remembers when the last one was
// finished.
void note_backup(const Folder& folder, Instant at);
std::optional<Instant> last_backup(const Folder& folder);

}  // namespace tw::server
