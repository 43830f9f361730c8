#include "server/care/verify.h"

#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

std::string count_text(db::Database& database) {
  const auto counts = db::table_counts(database);
  const auto of = [&counts](const char* table) {
    const auto found = counts.find(table);
    return std::to_string(found == counts.end() ? 0 : found->second);
  };
  return of("people") + " people, " + of("customers") + " customers, " + of("batches") + " batches, " +
         of("batch_items") + " items";
}

Verified refused(std::string why) {
  Verified verified;
  verified.text = std::move(why) + "\n";
  return verified;
}

}  // namespace

Verified verify_backup(const std::filesystem::path& file, const std::filesystem::path& scratch, Clock& clock, Log& log,
                       const std::filesystem::path& named) {
  const std::string name = (named.empty() ? file : named).string();
  if (!std::filesystem::is_regular_file(file)) return refused("There is no file " + name + ".");
  if (has_log_beside(file))
    return refused(name +
                   " has changes in a log beside it: it is a running server's database and not a backup. Make one with "
                   "tidewater backup.");
  try {
    auto database = db::Database::open(file.string(), db::OpenMode::read_only);
    const auto run = db::run_migrations(*database);
    if (run.empty()) return refused(name + " is no database of Tidewater.");
    Verified verified;
    verified.schema = run.back();
    if (!db::is_known_schema(run))
      return refused(name + " was written by a newer Tidewater (schema " + run.back() +
                     "): use that version or a later one.");
    verified.pending = db::pending_migrations(*database);
    verified.text = "schema: " + run.back() + "\nrows: " + count_text(*database) + "\n";
    ReadingEnv env(clock, log);
    Checked checked;
    const auto check = [&](services::Work& work) { checked = check_database(work); };
    if (verified.pending == 0) {
      env.read(*database, check);
    } else {
      // What is wrong in the file itself is said of the file, before a copy hides it.
      const auto problems = db::integrity_problems(*database, 20);
      for (const auto& problem : problems) verified.text += "database: " + problem + "\n";
      if (!problems.empty()) return verified;
      database.reset();
      const ScratchDatabase copy(scratch);
      copy_bytes(file, copy.path());
      database = db::open_whole_file(copy.path());
      db::migrate(*database);
      env.read(*database, check);
      database.reset();
      verified.text += "schema: " + std::to_string(verified.pending) + " pending changes, tried on a copy\n";
    }
    verified.text += checked.text;
    verified.whole = checked.whole;
    verified.counts_agree = checked.counts_agree;
    return verified;
  } catch (const db::DbError& problem) {
    return refused(name + " cannot be read as a database: " + problem.what());
  }
}

}  // namespace tw::server
