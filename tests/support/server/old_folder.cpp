#include "support/server/old_folder.h"

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::test {

void make_old_folder(const std::filesystem::path& folder, std::size_t migrations, int customers) {
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  const auto database = db::Database::open((folder / "tidewater.db").string(), db::OpenMode::read_write);
  database->execute("CREATE TABLE schema_migrations (name TEXT NOT NULL PRIMARY KEY) STRICT");
  const auto known = db::migrations();
  db::Transaction transaction(*database);
  for (std::size_t i = 0; i < migrations; ++i) {
    database->execute(known[i].sql);
    database->prepare("INSERT INTO schema_migrations (name) VALUES (:name)").bind(":name", known[i].name).run();
  }
  database->execute(R"sql(
    INSERT INTO people (id, name, name_key, login, login_key, role, language, zone, created, changed)
    VALUES (1, 'Ann', 'ann', 'ann', 'ann', 'manager', 'en', 'Asia/Shanghai', 1000, 1000);
    INSERT INTO batches (id, version, subject, description, state, creator, creator_name, handling_limit, limit_unit,
                         due_soon_ms, needs_confirmation, allows_transfer, created, changed)
    VALUES (1, 1, 'Calls', '', 0, 1, 'Ann', 0, 0, 0, 1, 0, 1000, 2000);
    INSERT INTO outbox (kind, entity, at) VALUES ('batch_changed', 1, 2000))sql");
  if (migrations < 13) {
    database->execute("INSERT INTO batch_ledger (batch, person, debt, last_item_at) VALUES (1, 1, -333333, 1900)");
  } else {
    database->execute(R"sql(
      INSERT INTO policies (id, version, batch, name, name_key, kind, rest, seed, archived, creator, creator_name,
                            changer_name, created, changed)
      VALUES (1, 1, 1, '', '', 0, 0, 0, 0, 1, 'Ann', 'Ann', 1000, 1000);
      UPDATE batches SET policy = 1)sql");
  }
  const auto each = [&](const char* sql) { database->prepare(sql).bind(":customers", customers).run(); };
  each(R"sql(
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :customers)
    INSERT INTO customers (id, kind, score, do_not_contact, number_error, last_follow_up, created, changed, name,
                           name_key, contact, phone, phone_key, email, city, source, external_key, address, note)
    SELECT i, 0, i % 101, 0, 0, 0, 1000, 1000 + i, 'Customer ' || i, 'customer ' || i, '', '', '', '', 'Hangzhou', '', '',
           '', ''
    FROM n)sql");
  each(R"sql(
    INSERT INTO batch_items (batch, customer, version, state, progress, ever_allocated, used, rounds, last_text, draw,
                             added, changed)
    SELECT 1, id, 1, 0, 0, 0, 0, 0, '', (id * 2654435761) % 4294967296, 1000, 1000
    FROM customers WHERE id <= :customers)sql");
  // Migrations that walk over batches have something to do. (Since policies each batch needs one, too.)
  if (migrations < 13)
    each(R"sql(
      INSERT INTO batches (id, version, subject, description, state, creator, creator_name, handling_limit, limit_unit,
                           due_soon_ms, needs_confirmation, allows_transfer, created, changed)
      SELECT id + 1, 1, 'Batch ' || id, '', 2, 1, 'Ann', 0, 0, 0, 1, 0, 1000, 2000
      FROM customers WHERE id <= :customers)sql");
  each("INSERT INTO batch_counts (batch, executor, state, progress, items) VALUES (1, 0, 0, 0, :customers)");
  each("INSERT INTO customer_counts (owner, department, customers) VALUES (0, 0, :customers)");
  each("INSERT INTO customer_search (rowid, terms) SELECT id, 'cu us' FROM customers WHERE id <= :customers");
  transaction.commit();
}

std::size_t newest_schema() { return db::migrations().size(); }

std::size_t schema_of(const std::filesystem::path& database) {
  return db::run_migrations(*db::open_beside(database.string())).size();
}

std::map<std::string, std::int64_t> counts_of(const std::filesystem::path& database) {
  return db::table_counts(*db::open_beside(database.string()));
}

}  // namespace tw::test
