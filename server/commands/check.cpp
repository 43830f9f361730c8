// check: looks for damage. While a server runs on the folder, the server looks; otherwise this process holds the lock
// and looks itself. Pending schema changes are tried on a copy, the database stays as it is: but for --repair, which
// makes kept counters anew where nobody else works, in one transaction.
#include <filesystem>
#include <iterator>
#include <ostream>

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

void note(Checked& checked, std::vector<Message> before) {
  checked.lines.insert(checked.lines.begin(), std::make_move_iterator(before.begin()),
                       std::make_move_iterator(before.end()));
}

Checked check_alone(const Folder& folder, const std::string& version, Clock& clock, Log& log) {
  std::vector<Message> lines;
  lines.push_back(said("check.versions", {param("version", version), param("sqlite", db::sqlite_version())}));
  auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
  refuse_newer_schema(db::run_migrations(*database));
  const ScratchDatabase scratch(folder.path() / "check-copy.db");
  if (const int pending = db::pending_migrations(*database); pending > 0) {
    db::copy_to(*database, scratch.path());
    database = db::Database::open(scratch.path(), db::OpenMode::read_write);
    db::migrate(*database);
    lines.push_back(said("check.pending_tried", {param("pending", std::int64_t{pending})}));
  } else {
    lines.push_back(said("check.up_to_date"));
  }
  auto checked = look(*database, clock, log);
  database.reset();
  note(checked, std::move(lines));
  return checked;
}

// Looks, counts anew what does not agree, and looks again.
int repair(const Folder& folder, Streams& streams, Clock& clock, Log& log) {
  const auto& words = streams.words;
  const std::vector<Param> data = {param("data", folder.path().string())};
  const auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
  refuse_newer_schema(db::run_migrations(*database));
  if (db::pending_migrations(*database) > 0) throw Refused(said("check.upgrade_first", data));
  const auto before = look(*database, clock, log);
  streams.out << lines_of(before.lines, words);
  if (!before.whole) throw Refused(said("check.damaged", data));
  if (before.counts_agree) {
    streams.out << words(said("check.nothing_to_repair")) << "\n";
    return well;
  }
  Checked after;
  ReadingEnv(clock, log).change(*database, [&after](services::Work& work) {
    recount_database(work);
    after = check_database(work);
    return after.good();
  });
  streams.out << words(said("check.counted_anew")) << "\n" << lines_of(after.lines, words);
  if (!after.good()) throw Refused(said("check.still_wrong"));
  return well;
}

}  // namespace

int check_folder(const Options& options, const std::string& version, Streams& streams, Clock& clock, Log& log) {
  Folder folder = folder_with_database(options.data);
  const bool alone = folder.lock();
  if (options.repair) {
    if (!alone) throw Refused(said("folder.is_worked_on", {param("folder", folder.path().string())}));
    return repair(folder, streams, clock, log);
  }
  CheckReply checked;
  if (alone) {
    const auto found = check_alone(folder, version, clock, log);
    checked = {found.whole, found.counts_agree, lines_of(found.lines, streams.words)};
  } else {
    const auto door = open_socket_door(folder, std::string(streams.words.language()));
    if (!door) throw Refused(said("door.does_not_answer", {param("folder", options.data)}));
    checked = door->check();
  }
  streams.out << checked.text;
  if (checked.whole && !checked.counts_agree) streams.out << streams.words(recount_advice(folder.path())) << "\n";
  return checked.whole && checked.counts_agree ? well : not_well;
}

}  // namespace tw::server
