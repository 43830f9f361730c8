#include "server/care/verify.h"

#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

Message counts_message(db::Database& database) {
  const auto counts = db::table_counts(database);
  const auto of = [&counts](const char* table) -> std::int64_t {
    const auto found = counts.find(table);
    return found == counts.end() ? 0 : found->second;
  };
  return said("verify.rows", {param("people", of("people")), param("customers", of("customers")),
                              param("batches", of("batches")), param("items", of("batch_items"))});
}

Verified refused(Message why) {
  Verified verified;
  verified.lines.push_back(std::move(why));
  return verified;
}

}  // namespace

Verified verify_backup(const std::filesystem::path& file, const std::filesystem::path& scratch, Clock& clock, Log& log,
                       const std::filesystem::path& named) {
  const std::string name = (named.empty() ? file : named).string();
  if (!std::filesystem::is_regular_file(file)) return refused(said("verify.no_file", {param("file", name)}));
  if (has_log_beside(file)) return refused(said("verify.has_log", {param("file", name)}));
  try {
    auto database = db::Database::open(file.string(), db::OpenMode::read_only);
    const auto run = db::run_migrations(*database);
    if (run.empty()) return refused(said("verify.not_ours", {param("file", name)}));
    Verified verified;
    verified.schema = run.back();
    if (!db::is_known_schema(run))
      return refused(said("verify.newer", {param("file", name), param("schema", run.back())}));
    verified.pending = db::pending_migrations(*database);
    verified.lines = {said("verify.schema", {param("schema", run.back())}), counts_message(*database)};
    ReadingEnv env(clock, log);
    Checked checked;
    const auto check = [&](services::Work& work) { checked = check_database(work); };
    if (verified.pending == 0) {
      env.read(*database, check);
    } else {
      // What is wrong in the file itself is said of the file, before a copy hides it.
      const auto problems = db::integrity_problems(*database, 20);
      for (const auto& problem : problems)
        verified.lines.push_back(said("check.database").with("found", integrity_message(problem)));
      if (!problems.empty()) return verified;
      database.reset();
      const ScratchDatabase copy(scratch);
      copy_bytes(file, copy.path());
      database = db::open_whole_file(copy.path());
      db::migrate(*database);
      env.read(*database, check);
      database.reset();
      verified.lines.push_back(said("check.pending_tried", {param("pending", std::int64_t{verified.pending})}));
    }
    verified.lines.insert(verified.lines.end(), checked.lines.begin(), checked.lines.end());
    verified.whole = checked.whole;
    verified.counts_agree = checked.counts_agree;
    return verified;
  } catch (const db::DbError& problem) {
    return refused(said("verify.unreadable", {param("file", name), param("problem", problem.what())}));
  }
}

}  // namespace tw::server
