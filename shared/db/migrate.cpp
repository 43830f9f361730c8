// Numbered migrations, recorded by name; all that are missing in one transaction, so that a file is at the schema of
// one program or of another and never in between. A migration, once released, never changes: its text's number is in
// databases out there.
#include <string_view>

#include <sqlite3.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::db {

namespace {

void note(Database& database, const char* name) {
  database.prepare("INSERT INTO schema_migrations (name) VALUES (:name)").bind(":name", name).run();
}

// In an empty database; how many migrations that was.
std::size_t begin_with_newest(Database& database, const std::vector<Migration>& known) {
  const MadeSchema made = newest_schema();
  std::size_t through = 0;
  while (through < known.size() && std::string_view(known[through].name) != made.through) ++through;
  if (through == known.size()) return 0;
  database.execute("PRAGMA defer_foreign_keys = ON");  // its rows come in the order of their tables' names
  database.execute(made.sql);
  for (std::size_t i = 0; i <= through; ++i) note(database, known[i].name);
  return through + 1;
}

int run_missing(Database& database, bool one_by_one, const std::function<void()>& then) {
  // Small table: one row per migration ever.
  database.execute("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY) STRICT");
  const auto known = migrations();
  const auto done =
      database.prepare("SELECT name FROM schema_migrations ORDER BY name").all([](Row row) { return row.string(0); });
  if (done.size() > known.size()) throw DbError("the database was written by a newer Tidewater", SQLITE_SCHEMA);
  for (std::size_t i = 0; i < done.size(); ++i)
    if (done[i] != known[i].name) throw DbError("the database has an unknown migration: " + done[i], SQLITE_SCHEMA);

  if (done.size() == known.size()) return 0;
  Transaction transaction(database);
  const bool empty = done.empty() && !one_by_one;
  for (std::size_t i = empty ? begin_with_newest(database, known) : done.size(); i < known.size(); ++i) {
    database.execute(known[i].sql);
    note(database, known[i].name);
  }
  if (then) then();
  transaction.commit();
  return static_cast<int>(known.size() - done.size());
}

}  // namespace

int migrate(Database& database) { return run_missing(database, false, {}); }

int migrate_and(Database& database, const std::function<void()>& then) { return run_missing(database, false, then); }

int migrate_one_by_one(Database& database) { return run_missing(database, true, {}); }

}  // namespace tw::db
