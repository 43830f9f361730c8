#include "server/care/upgrade.h"

#include <algorithm>

#include "db/migrations.h"
#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/backup.h"
#include "server/care/backup_folder.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

std::filesystem::path take_snapshot(const Folder& folder, const std::filesystem::path& backups, std::size_t migrations,
                                    Clock& clock, Log& log) {
  std::filesystem::create_directories(backups);
  folder.hand_over(backups);
  const auto held = folder.lock_backups(Folder::IfTaken::wait);
  const auto place = place_for_backups(folder, backups);
  const auto path = new_backup_path(place, clock.now(), db::migrations()[migrations].name);
  log.write(Log::Level::info, "a copy of the database is made before its schema is changed",
            {param("file", path.string())});
  make_backup(folder.database(), path);
  folder.hand_over(path);
  forget_old_backups(place, std::nullopt);
  return path;
}

std::vector<TableChange> compare(const std::map<std::string, std::int64_t>& before,
                                 const std::map<std::string, std::int64_t>& after) {
  std::vector<TableChange> tables;
  for (const auto& [table, rows] : before) {
    const auto found = after.find(table);
    tables.push_back({table, rows, found == after.end() ? std::nullopt : std::optional(found->second)});
    if (table == "schema_migrations") tables.back().before = tables.back().after;  // grows by the upgrade itself
  }
  for (const auto& [table, rows] : after)
    if (!before.contains(table)) tables.push_back({table, std::nullopt, rows});
  return tables;
}

}  // namespace

bool TableChange::lost_rows() const { return before && after && *after < *before; }

Upgraded open_up_to_date(const Folder& folder, const std::filesystem::path& backups, Clock& clock, Log& log) {
  Upgraded upgraded;
  upgraded.database = db::Database::open(folder.database(), db::OpenMode::read_write);
  const auto run = db::run_migrations(*upgraded.database);
  refuse_newer_schema(run);
  if (!run.empty() && run.size() < db::migrations().size())
    upgraded.snapshot = take_snapshot(folder, backups, run.size(), clock, log);
  const auto pending = static_cast<int>(db::migrations().size() - run.size());
  ReadingEnv env(clock, log);
  upgraded.migrations = db::migrate_and(*upgraded.database, [&] {
    if (run.empty()) return;  // a new database
    env.within(*upgraded.database,
               [&](services::Work& work) { audit_upgrade(work, db::migrations().back().name, pending); });
  });
  return upgraded;
}

Tried try_upgrade(const Folder& folder, Clock& clock, Log& log) {
  Tried tried;
  const ScratchDatabase copy(folder.path() / "upgrade-copy.part");
  copy_database(folder.database(), copy.path());
  const auto database = db::open_whole_file(copy.path());
  const auto before = db::table_counts(*database);
  tried.migrations = db::migrate(*database);
  tried.tables = compare(before, db::table_counts(*database));
  ReadingEnv env(clock, log);
  Checked checked;
  env.read(*database, [&](services::Work& work) { checked = check_database(work); });
  tried.lines = checked.lines;
  const bool all_there =
      std::none_of(tried.tables.begin(), tried.tables.end(), [](const TableChange& each) { return each.lost_rows(); });
  tried.good = all_there && checked.whole;
  tried.counts_agree = checked.counts_agree;
  return tried;
}

}  // namespace tw::server
