#include "server/care/doctor.h"

#include <algorithm>

#include <sys/stat.h>

#include "db/migrations.h"
#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/database_check.h"
#include "services/newest_row_store.h"

namespace tw::server {
namespace {

constexpr std::int64_t megabyte = 1'000'000;
constexpr std::int64_t least_room = 200 * megabyte;
constexpr std::int64_t long_log = 256 * megabyte;
constexpr Millis clock_may_differ = minutes(1);
constexpr std::size_t shown_files = 10;

std::string age_text(Millis age) {
  const std::int64_t whole_hours = age.value / hours(1).value;
  if (whole_hours >= 48) return std::to_string(whole_hours / 24) + " days";
  if (whole_hours >= 2) return std::to_string(whole_hours) + " hours";
  return std::to_string(age.value / minutes(1).value) + " minutes";
}

std::string indented(const std::string& lines) {
  std::string text;
  for (std::size_t at = 0; at < lines.size();) {
    const auto end = std::min(lines.find('\n', at), lines.size());
    text += "\n  " + lines.substr(at, end - at);
    at = end + 1;
  }
  return text;
}

Finding schema_finding(db::Database& database) {
  const auto run = db::run_migrations(database);
  const auto known = db::migrations();
  if (!db::is_known_schema(run))
    return {Health::must_act, "schema", "written by a newer Tidewater: " + run.back(),
            "Install that version or a later one."};
  if (run.size() < known.size())
    return {Health::should_act, "schema",
            std::to_string(known.size() - run.size()) + " changes are pending: the next start makes them",
            "Try them first: tidewater upgrade --dry-run --data DIR"};
  return {Health::well, "schema", run.back(), {}};
}

void look_into_database(const Folder& folder, Clock& clock, Log& log, std::vector<Finding>& findings) {
  const std::string mend = "Stop the server and put the newest good backup back: tidewater restore FILE --data " +
                           folder.path().string() +
                           ". What is replaced is kept. If it happens again, the disk or the memory fails.";
  try {
    const auto database = db::open_beside(folder.database());
    const Finding schema = schema_finding(*database);
    findings.push_back(schema);
    ReadingEnv env(clock, log);
    if (schema.health == Health::well) {
      Checked checked;
      std::optional<Instant> newest;
      env.read(*database, [&](services::Work& work) {
        checked = check_database(work);
        newest = services::newest_row(work);
      });
      if (checked.good()) {
        findings.push_back({Health::well, "database", "whole, and kept counters agree with a recount", {}});
      } else if (checked.whole) {
        findings.push_back({Health::must_act, "database",
                            "whole, but kept counters do not agree with a recount:" + indented(checked.text),
                            recount_advice(folder.path())});
      } else {
        findings.push_back({Health::must_act, "database", "damaged:" + indented(checked.text), mend});
      }
      findings.push_back(clock_finding(newest, clock.now()));
      return;
    }
    std::string wrong;
    for (const auto& problem : db::integrity_problems(*database, 20)) wrong += problem + "\n";
    if (wrong.empty()) {
      findings.push_back({Health::well, "database", "whole", {}});
    } else {
      findings.push_back({Health::must_act, "database", "damaged:" + indented(wrong), mend});
    }
  } catch (const db::DbError& problem) {
    findings.push_back({Health::must_act, "database", std::string("cannot be read: ") + problem.what(), mend});
  }
}

// One that is not there yet will be made, with the folders above it.
std::filesystem::path nearest_that_exists(std::filesystem::path folder) {
  std::error_code none;
  folder = std::filesystem::absolute(folder).lexically_normal();
  while (!std::filesystem::exists(folder, none) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

void look_at_next_backup(const Folder& folder, const DoctorSettings& settings, Clock& clock,
                         std::vector<Finding>& findings) {
  const auto place = known_place_of_backups(folder, settings.backups);
  const auto room = room_for_next(place ? backups_in(*place) : std::vector<BackupFile>(), settings.retention,
                                  clock.now() + hours(settings.backup_hours), bytes_of(folder.database()),
                                  free_bytes(nearest_that_exists(settings.backups)));
  findings.push_back(next_backup_finding(room, settings.backups));
}

// Whoever can read a file of the folder can read every customer. A folder that only its owner enters keeps all in it.
Finding permissions_finding(const Folder& folder) {
  struct stat owner {};
  if (::stat(folder.path().c_str(), &owner) != 0)
    return {Health::must_act, "permissions", "cannot be read", "Run as its owner."};
  const bool others_enter = (owner.st_mode & 011) != 0;
  std::vector<std::string> open_to_others;
  std::vector<std::string> of_others;
  const auto look = [&](const std::filesystem::path& path) {
    struct stat seen {};
    if (::lstat(path.c_str(), &seen) != 0) return;  // gone since it was listed
    if (others_enter && (seen.st_mode & 077) != 0 && !S_ISLNK(seen.st_mode)) open_to_others.push_back(path.string());
    if (seen.st_uid != owner.st_uid) of_others.push_back(path.string());
  };
  look(folder.path());
  std::error_code none;
  for (auto at = std::filesystem::recursive_directory_iterator(
           folder.path(), std::filesystem::directory_options::skip_permission_denied, none);
       at != std::filesystem::recursive_directory_iterator(); at.increment(none))
    look(at->path());
  const auto listed = [](std::vector<std::string> paths) {
    std::sort(paths.begin(), paths.end());
    const std::size_t more = paths.size() > shown_files ? paths.size() - shown_files : 0;
    paths.resize(paths.size() - more);
    std::string text;
    for (const auto& path : paths) text += "\n  " + path;
    return more ? text + "\n  and " + std::to_string(more) + " more" : text;
  };
  if (!of_others.empty())
    return {Health::must_act, "permissions", "these belong to somebody else than the folder:" + listed(of_others),
            "chown -R --reference=" + folder.path().string() + " " + folder.path().string()};
  if (!open_to_others.empty())
    return {Health::should_act, "permissions", "others than the owner can reach these:" + listed(open_to_others),
            "chmod -R go= " + folder.path().string()};
  return {Health::well, "permissions", "only their owner reaches the files", {}};
}

}  // namespace

Finding disk_finding(std::int64_t database_bytes, std::int64_t room, const std::filesystem::path& folder) {
  const std::string has = size_text(room) + " free in " + folder.string();
  if (room < least_room)
    return {Health::must_act, "disk", "only " + has, "Free some now: a full disk refuses every change."};
  if (room < database_bytes + least_room)
    return {Health::should_act, "disk", has + ", the database has " + size_text(database_bytes),
            "Free some, or put backups on another disk (--backups DIR): a backup or an upgrade needs room for a copy."};
  return {Health::well, "disk", has, {}};
}

Finding clock_finding(std::optional<Instant> newest_row, Instant now) {
  if (!newest_row || *newest_row <= now + clock_may_differ)
    return {Health::well, "clock", "not behind the newest row", {}};
  return {Health::must_act, "clock", age_text(*newest_row - now) + " behind the newest row: it was set back",
          "Set the clock (timedatectl): until it has caught up, sessions and due times are judged wrongly."};
}

Finding log_finding(std::int64_t log_bytes) {
  if (log_bytes <= long_log) return {Health::well, "log", size_text(log_bytes) + " of write-ahead log", {}};
  return {
      Health::should_act, "log", "the write-ahead log has " + size_text(log_bytes),
      "Look for a backup or another reader that hangs (fuser -v tidewater.db); a restart of the server empties it."};
}

Finding next_backup_finding(const RoomForNext& room, const std::filesystem::path& folder) {
  const std::string has = "in " + folder.string() + " it needs " + size_text(room.needed) +
                          " with what stays free for the database, " + size_text(room.free) + " are free";
  if (room.fits()) return {Health::well, "next backup", "fits: " + has, {}};
  if (room.can_be_made())
    return {Health::well, "next backup", "fits once older ones have gone, which it sees to: " + has, {}};
  return {Health::should_act, "next backup",
          "will not fit: " + has +
              (room.may_go.empty() ? "" : ", and " + size_text(room.may_go_bytes) + " when older ones have gone"),
          "Free some, keep fewer backups (--keep-daily, --keep-weekly), or put them on another disk (--backups DIR)."};
}

Finding backups_finding(std::optional<Instant> newest, int backup_hours, Instant now, const Folder& folder) {
  const std::string command = "tidewater backup FILE --data " + folder.path().string();
  const std::string how = backup_hours > 0 ? "A running server makes one every " + std::to_string(backup_hours) +
                                                 " hours: look for \"backup\" in its log, or make one now: " + command
                                           : "Make one: " + command + ", or let the server do it: --backup-every 24";
  if (!newest) return {Health::should_act, "backups", "there is none yet", how};
  const Millis age = now - *newest;
  const Millis most = std::max(hours(48), hours(2 * backup_hours));
  const std::string what = "the newest was made " + age_text(std::max(age, Millis{0})) + " ago";
  if (age > most) return {Health::should_act, "backups", what, how};
  return {Health::well, "backups", what, {}};
}

std::vector<Finding> look_after(const Folder& folder, const DoctorSettings& settings, Clock& clock, Log& log) {
  std::vector<Finding> findings;
  look_into_database(folder, clock, log, findings);
  findings.push_back(log_finding(bytes_of(folder.database() + "-wal")));
  findings.push_back(disk_finding(bytes_of(folder.database()), free_bytes(folder.path()), folder.path()));
  if (std::filesystem::exists(settings.backups) && settings.backups != folder.backups())
    findings.push_back(disk_finding(bytes_of(folder.database()), free_bytes(settings.backups), settings.backups));
  if (settings.backup_hours > 0) look_at_next_backup(folder, settings, clock, findings);
  findings.push_back(permissions_finding(folder));
  findings.push_back(backups_finding(last_backup(folder), settings.backup_hours, clock.now(), folder));
  return findings;
}

}  // namespace tw::server
