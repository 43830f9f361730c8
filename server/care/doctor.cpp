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

constexpr TextKey of_schema = said_key("doctor.schema");
constexpr TextKey of_database = said_key("doctor.database");
constexpr TextKey of_clock = said_key("doctor.clock");
constexpr TextKey of_log = said_key("doctor.log");
constexpr TextKey of_disk = said_key("doctor.disk");
constexpr TextKey of_next_backup = said_key("doctor.next_backup");
constexpr TextKey of_permissions = said_key("doctor.permissions");
constexpr TextKey of_backups = said_key("doctor.backups");

Finding well(TextKey topic, Message what) { return {Health::well, topic, std::move(what), {}}; }
Finding should_act(TextKey topic, Message what, Message advice) {
  return {Health::should_act, topic, std::move(what), std::move(advice)};
}
Finding must_act(TextKey topic, Message what, Message advice) {
  return {Health::must_act, topic, std::move(what), std::move(advice)};
}

Message age_message(Millis age) {
  const std::int64_t whole_hours = age.value / hours(1).value;
  if (whole_hours >= 48) return said("age.days", {param("count", whole_hours / 24)});
  if (whole_hours >= 2) return said("age.hours", {param("count", whole_hours)});
  return said("age.minutes", {param("count", age.value / minutes(1).value)});
}

Finding schema_finding(db::Database& database) {
  const auto run = db::run_migrations(database);
  const auto known = db::migrations();
  if (!db::is_known_schema(run))
    return must_act(of_schema, said("doctor.newer_schema", {param("schema", run.back())}),
                    said("doctor.install_newer"));
  if (run.size() < known.size())
    return should_act(of_schema,
                      said("doctor.pending", {param("pending", static_cast<std::int64_t>(known.size() - run.size()))}),
                      said("doctor.try_upgrade"));
  return well(of_schema, verbatim(run.back()));
}

void look_into_database(const Folder& folder, Clock& clock, Log& log, std::vector<Finding>& findings) {
  const Message mend = said("doctor.restore", {param("data", folder.path().string())});
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
        findings.push_back(well(of_database, said("doctor.whole_and_counted")));
      } else if (checked.whole) {
        findings.push_back(
            must_act(of_database, said("doctor.wrong_counts").over(checked.lines), recount_advice(folder.path())));
      } else {
        findings.push_back(must_act(of_database, said("doctor.damaged").over(checked.lines), mend));
      }
      findings.push_back(clock_finding(newest, clock.now()));
      return;
    }
    std::vector<Message> wrong;
    for (const auto& problem : db::integrity_problems(*database, 20)) wrong.push_back(integrity_message(problem));
    if (wrong.empty()) {
      findings.push_back(well(of_database, said("doctor.whole")));
    } else {
      findings.push_back(must_act(of_database, said("doctor.damaged").over(std::move(wrong)), mend));
    }
  } catch (const db::DbError& problem) {
    findings.push_back(must_act(of_database, said("doctor.unreadable", {param("problem", problem.what())}), mend));
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
    return must_act(of_permissions, said("doctor.permissions_unreadable"), said("doctor.run_as_owner"));
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
    std::vector<Message> lines;
    for (auto& path : paths) lines.push_back(verbatim(std::move(path)));
    if (more) lines.push_back(said("doctor.and_more", {param("count", static_cast<std::int64_t>(more))}));
    return lines;
  };
  const std::string path = folder.path().string();
  if (!of_others.empty())
    return must_act(of_permissions, said("doctor.of_others").over(listed(of_others)),
                    verbatim("chown -R --reference=" + path + " " + path));
  if (!open_to_others.empty())
    return should_act(of_permissions, said("doctor.open_to_others").over(listed(open_to_others)),
                      verbatim("chmod -R go= " + path));
  return well(of_permissions, said("doctor.only_owner"));
}

}  // namespace

Finding disk_finding(std::int64_t database_bytes, std::int64_t room, const std::filesystem::path& folder) {
  const auto about = [&](Message message) {
    message.params.push_back(param("folder", folder.string()));
    return std::move(message).with("free", size_message(room));
  };
  if (room < least_room) return must_act(of_disk, about(said("doctor.disk_full")), said("doctor.free_some_now"));
  if (room < database_bytes + least_room)
    return should_act(of_disk, about(said("doctor.disk_short")).with("database", size_message(database_bytes)),
                      said("doctor.free_some"));
  return well(of_disk, about(said("doctor.disk_free")));
}

Finding clock_finding(std::optional<Instant> newest_row, Instant now) {
  if (!newest_row || *newest_row <= now + clock_may_differ) return well(of_clock, said("doctor.clock_well"));
  return must_act(of_clock, said("doctor.clock_behind").with("age", age_message(*newest_row - now)),
                  said("doctor.set_clock"));
}

Finding log_finding(std::int64_t log_bytes) {
  if (log_bytes <= long_log) return well(of_log, said("doctor.log_well").with("size", size_message(log_bytes)));
  return should_act(of_log, said("doctor.log_long").with("size", size_message(log_bytes)),
                    said("doctor.look_for_readers"));
}

Finding next_backup_finding(const RoomForNext& room, const std::filesystem::path& folder) {
  const Message has = said("doctor.next_backup_needs", {param("folder", folder.string())})
                          .with("needed", size_message(room.needed))
                          .with("free", size_message(room.free));
  if (room.fits()) return well(of_next_backup, said("doctor.next_backup_fits").with("room", has));
  if (room.can_be_made()) return well(of_next_backup, said("doctor.next_backup_makes_room").with("room", has));
  Message what =
      room.may_go.empty()
          ? said("doctor.next_backup_fits_not").with("room", has)
          : said("doctor.next_backup_fits_not_even").with("room", has).with("more", size_message(room.may_go_bytes));
  return should_act(of_next_backup, std::move(what), said("doctor.keep_fewer"));
}

Finding backups_finding(std::optional<Instant> newest, int backup_hours, Instant now, const Folder& folder) {
  const std::vector<Param> params = {param("data", folder.path().string()), param("hours", std::int64_t{backup_hours})};
  const Message how = backup_hours > 0 ? said("doctor.look_for_backup", params) : said("doctor.make_backup", params);
  if (!newest) return should_act(of_backups, said("doctor.no_backup"), how);
  const Millis age = now - *newest;
  const Millis most = std::max(hours(48), hours(2 * backup_hours));
  Message what = said("doctor.newest_backup").with("age", age_message(std::max(age, Millis{0})));
  if (age > most) return should_act(of_backups, std::move(what), how);
  return well(of_backups, std::move(what));
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
