// check: looks for damage. While a server runs on the folder, the server looks; otherwise this process holds the lock
// and looks itself. Pending schema changes are tried on a copy, the database stays as it is: but for --repair, which
// makes kept counters anew where nobody else works, in one transaction.
#include <filesystem>
#include <ostream>
#include <stdexcept>

#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/commands/commands.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

constexpr int well = 0;
constexpr int not_well = 1;

Checked look(db::Database& database, Clock& clock, Log& log) {
  ReadingEnv env(clock, log);
  Checked checked;
  env.read(database, [&](services::Work& work) { checked = check_database(work); });
  return checked;
}

void refuse_what_is_newer(db::Database& database) {
  const auto run = db::run_migrations(database);
  if (!db::is_known_schema(run))
    throw std::runtime_error("The database was written by a newer Tidewater (schema " + run.back() +
                             "): use that version or a later one.");
}

Checked check_alone(const Folder& folder, const std::string& version, Clock& clock, Log& log) {
  std::string text = "tidewater " + version + ", SQLite " + db::sqlite_version() + "\n";
  auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
  refuse_what_is_newer(*database);
  const ScratchDatabase scratch(folder.path() / "check-copy.db");
  if (const int pending = db::pending_migrations(*database); pending > 0) {
    db::copy_to(*database, scratch.path());
    database = db::Database::open(scratch.path(), db::OpenMode::read_write);
    db::migrate(*database);
    text += "schema: " + std::to_string(pending) + " pending changes, tried on a copy\n";
  } else {
    text += "schema: up to date\n";
  }
  auto checked = look(*database, clock, log);
  database.reset();
  checked.text = text + checked.text;
  return checked;
}

// Looks, counts anew what does not agree, and looks again.
int repair(const Folder& folder, Streams& streams, Clock& clock, Log& log) {
  const auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
  refuse_what_is_newer(*database);
  if (db::pending_migrations(*database) > 0)
    throw std::runtime_error("Changes of the schema are pending. First: tidewater upgrade --data " +
                             folder.path().string());
  const auto before = look(*database, clock, log);
  streams.out << before.text;
  if (!before.whole) {
    streams.err << "The database is damaged: counts of such rows would be wrong too, and nothing was changed. See "
                   "tidewater doctor --data "
                << folder.path().string() << "\n";
    return not_well;
  }
  if (before.counts_agree) {
    streams.out << "There is nothing to repair.\n";
    return well;
  }
  Checked after;
  ReadingEnv(clock, log).change(*database, [&after](services::Work& work) {
    recount_database(work);
    after = check_database(work);
    return after.good();
  });
  streams.out << "counted anew\n" << after.text;
  if (after.good()) return well;
  streams.err << "They do not agree after that either, and nothing was changed.\n";
  return not_well;
}

}  // namespace

int check_folder(const Options& options, const std::string& version, Streams& streams, Clock& clock, Log& log) {
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "tidewater.db"))
    throw std::runtime_error("There is no database in " + options.data + ".");
  Folder folder(options.data);
  const bool alone = folder.lock();
  if (options.repair) {
    if (!alone) throw std::runtime_error("A Tidewater process works on " + folder.path().string() + ". Stop it first.");
    return repair(folder, streams, clock, log);
  }
  Checked checked;
  if (alone) {
    checked = check_alone(folder, version, clock, log);
  } else {
    const auto door = open_socket_door(folder, streams.language);
    if (!door) throw std::runtime_error("Another process works on " + options.data + " and does not answer.");
    checked = door->check();
  }
  streams.out << checked.text;
  if (checked.whole && !checked.counts_agree) streams.out << recount_advice(folder.path()) << "\n";
  return checked.good() ? well : not_well;
}

}  // namespace tw::server
