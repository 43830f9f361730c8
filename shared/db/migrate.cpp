// Numbered migrations, recorded by name; all that are missing in one transaction, so that a file is at the schema of
// one program or of another and never in between. A migration, once released, never changes: its text's number is in
// databases out there.
#include <sqlite3.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::db {

int migrate(Database& database) { return migrate_and(database, {}); }

int migrate_and(Database& database, const std::function<void()>& then) {
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
  for (std::size_t i = done.size(); i < known.size(); ++i) {
    database.execute(known[i].sql);
    database.prepare("INSERT INTO schema_migrations (name) VALUES (:name)").bind(":name", known[i].name).run();
  }
  if (then) then();
  transaction.commit();
  return static_cast<int>(known.size() - done.size());
}

}  // namespace tw::db
