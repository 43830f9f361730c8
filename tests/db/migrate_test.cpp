#include <gtest/gtest.h>

#include "db/migrations.h"
#include "db/sqlite.h"

namespace tw::db {
namespace {

TEST(Migrations, an_empty_database_gets_all_of_them_once) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  EXPECT_EQ(migrate(*database), static_cast<int>(migrations().size()));
  EXPECT_EQ(migrate(*database), 0);
}

TEST(Migrations, a_database_of_a_newer_program_is_refused) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  migrate(*database);
  database->execute("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  EXPECT_THROW(migrate(*database), DbError);
}

TEST(Migrations, every_table_is_strict) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  migrate(*database);
  const auto loose = database
                         ->prepare(
                             "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 "
                             "AND name NOT LIKE 'sqlite_%'")
                         .all([](Row row) { return row.string(0); });
  EXPECT_TRUE(loose.empty()) << loose.front();
}

// People and batches are never deleted and their ids never change, so references to them are never searched for.
TEST(Migrations, every_foreign_key_to_rows_that_may_go_has_an_index_for_its_own_check) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  migrate(*database);
  const auto lacking =
      database
          ->prepare(
              "SELECT t.name || '.' || k.\"from\" FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS k "
              "WHERE t.type = 'table' AND k.\"table\" NOT IN ('people', 'batches') AND NOT EXISTS (SELECT 1 FROM "
              "pragma_index_list(t.name) AS i, "
              "pragma_index_info(i.name) AS c WHERE c.seqno = 0 AND c.name = k.\"from\")"
              "AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = k.\"from\" AND c.pk = 1)")
          .all([](Row row) { return row.string(0); });
  EXPECT_TRUE(lacking.empty()) << lacking.front();
}

}  // namespace
}  // namespace tw::db
