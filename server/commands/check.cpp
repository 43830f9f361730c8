// check: looks for damage. While a server runs on the folder, the server looks; otherwise this process holds the lock
// and looks itself. Pending schema changes are tried on a copy, the database stays as it is.
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

Checked look(db::Database& database, Clock& clock, Log& log) {
  ReadingEnv env(clock, log);
  Checked checked;
  env.read(database, [&](services::Work& work) { checked = check_database(work); });
  return checked;
}

}  // namespace

Checked check_folder(const Options& options, const std::string& version, Streams& streams, Clock& clock, Log& log) {
  if (!std::filesystem::exists(std::filesystem::path(options.data) / "tidewater.db"))
    throw std::runtime_error("There is no database in " + options.data + ".");
  Folder folder(options.data);
  if (!folder.lock()) {
    const auto door = open_socket_door(folder, streams.language);
    if (!door) throw std::runtime_error("Another process works on " + options.data + " and does not answer.");
    return door->check();
  }
  std::string text = "tidewater " + version + ", SQLite " + db::sqlite_version() + "\n";
  auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
  const ScratchDatabase scratch(folder.path() / "check-copy.db");
  if (const int pending = db::pending_migrations(*database); pending > 0) {
    db::copy_to(*database, scratch.path());
    database = db::Database::open(scratch.path(), db::OpenMode::read_write);
    db::migrate(*database);
    text += "schema: " + std::to_string(pending) + " pending changes, tried on a copy\n";
  } else {
    text += "schema: up to date\n";
  }
  const auto checked = look(*database, clock, log);
  database.reset();
  return {checked.good, text + checked.text};
}

}  // namespace tw::server
