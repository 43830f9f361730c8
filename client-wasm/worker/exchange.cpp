#include "worker/exchange.h"

#include <string_view>

#include "db/migrations.h"
#include "db/upkeep.h"
#include "services/audit_entry_store.h"
#include "services/audit_upkeep.h"
#include "services/people_store.h"
#include "services/session_store.h"

namespace tw::worker {
namespace {

constexpr std::string_view first_bytes("SQLite format 3\0", 16);
constexpr std::size_t header_bytes = 100;
constexpr int pages_at_a_time = 1000;

// A database that was written with a log beside it says so in two bytes; the file of a backup is complete without one.
void forget_the_log(std::string& bytes) { bytes[18] = bytes[19] = 1; }

std::optional<Error> refused(TextKey why) { return error(Code::invalid, why); }

bool is_of_another_program(const std::vector<std::string>& run) {
  const auto known = db::migrations();
  return run.empty() || run.front() != known.front().name;
}

// One that cannot be read any more can still be replaced.
services::AuditHead end_of_log(db::Database& database, Env& env) {
  try {
    services::Work work(database, env, env.clock.now());
    return services::audit_head(work);
  } catch (const db::DbError& problem) {
    env.log.write(Log::Level::warning, "the replaced database cannot be read", {param("problem", problem.what())});
    return {};
  }
}

// `replaced`: where the audit log of the database ends whose place it takes.
std::optional<Error> make_ready(db::Database& database, Env& env, const services::AuditHead& replaced) {
  const auto run = db::run_migrations(database);
  if (is_of_another_program(run)) return refused(text_key("demo.open.not_a_database"));
  if (!db::is_known_schema(run)) return refused(text_key("demo.open.newer"));
  if (!db::integrity_problems(database, 1).empty()) return refused(text_key("demo.open.damaged"));
  db::migrate(database);
  db::Transaction transaction(database);
  services::Work work(database, env, env.clock.now());
  if (!services::has_people(work)) return refused(text_key("demo.open.nobody"));
  services::end_all_sessions(work);
  services::audit_restore(work, replaced);
  transaction.commit();
  return std::nullopt;
}

}  // namespace

std::optional<std::string> all_of(db::File& file) {
  const std::int64_t size = file.size();
  if (size < 0) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(size), '\0');
  if (file.read({reinterpret_cast<unsigned char*>(bytes.data()), bytes.size()}, 0) != size) return std::nullopt;
  return bytes;
}

std::optional<Error> take_database(db::Database& into, std::string bytes, Env& env) {
  if (bytes.size() < header_bytes || bytes.compare(0, first_bytes.size(), first_bytes) != 0)
    return refused(text_key("demo.open.not_a_database"));
  forget_the_log(bytes);
  db::MemoryFile database(std::move(bytes));
  db::MemoryFile journal;
  db::TwoFiles files(database, journal, env.clock, env.random);
  std::unique_ptr<db::Database> opened;
  try {
    opened = db::Database::open(files);
    if (auto problem = make_ready(*opened, env, end_of_log(into, env))) return problem;
  } catch (const db::DbError&) {  // it begins like a database, and goes on like none
    return refused(text_key("demo.open.damaged"));
  }
  db::PageCopy pages(*opened, into);
  while (pages.step(pages_at_a_time)) {}
  return std::nullopt;
}

}  // namespace tw::worker
