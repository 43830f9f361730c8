#include <gtest/gtest.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::db {
namespace {

TEST(Migrations, an_empty_database_gets_all_of_them_once) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  EXPECT_EQ(migrate(*database), static_cast<int>(migrations().size()));
  EXPECT_EQ(migrate(*database), 0);
}

// Whose schema is written down once more, for databases that begin with it.
TEST(Migrations, a_new_database_is_as_one_that_grew_with_the_product) {
  const auto grown = Database::open(":memory:", OpenMode::in_memory);
  const auto fresh = Database::open(":memory:", OpenMode::in_memory);
  EXPECT_EQ(migrate_one_by_one(*grown), migrate(*fresh));
  EXPECT_EQ(run_migrations(*fresh), run_migrations(*grown));
  EXPECT_EQ(newest_schema().through, run_migrations(*grown).back()) << "tools/dev check --accept writes it anew";
  EXPECT_EQ(schema_text(*fresh), schema_text(*grown));
  EXPECT_EQ(rows_text(*fresh), rows_text(*grown));
  EXPECT_NE(rows_text(*grown), "");
  const auto objects = [](Database& database) {
    return database
        .prepare("SELECT type || name || tbl_name || sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY type, name")
        .all([](Row row) { return row.string(0); });
  };
  EXPECT_EQ(objects(*fresh), objects(*grown));
}

TEST(Migrations, a_database_of_a_newer_program_is_refused) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  migrate(*database);
  database->execute("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  EXPECT_THROW(migrate(*database), DbError);
}

TEST(Migrations, are_known_as_far_as_they_are_the_first_of_this_program) {
  std::vector<std::string> run;
  EXPECT_TRUE(is_known_schema(run)) << "an empty one";
  for (const Migration& one : migrations()) {
    run.emplace_back(one.name);
    EXPECT_TRUE(is_known_schema(run)) << run.back();
  }
  auto longer = run;
  longer.emplace_back("9999_from_the_future");
  EXPECT_FALSE(is_known_schema(longer));
  auto another = run;
  another.front() = "0001_of_another_program";
  EXPECT_FALSE(is_known_schema(another));
  another = run;
  another.back() = "9999_from_the_future";
  EXPECT_FALSE(is_known_schema(another)) << "as many as ours, and not ours";
  run.erase(run.begin() + 1);
  EXPECT_FALSE(is_known_schema(run)) << "one is missing in between";
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

// What a release before policies wrote: a batch with a ledger and none.
TEST(Migrations, a_batch_from_before_policies_gets_one_of_its_own_and_keeps_what_it_owes) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  database->execute("CREATE TABLE schema_migrations (name TEXT NOT NULL PRIMARY KEY) STRICT");
  for (const Migration& one : migrations()) {
    if (std::string_view(one.name) >= "0013") break;
    database->execute(one.sql);
    database->prepare("INSERT INTO schema_migrations (name) VALUES (:name)").bind(":name", one.name).run();
  }
  database->execute(R"sql(
    INSERT INTO people (id, name, name_key, login, login_key, role, language, zone, created, changed)
    VALUES (3, 'Ann', 'ann', 'ann', 'ann', 'manager', 'en', 'Asia/Shanghai', 0, 0);
    INSERT INTO batches (id, version, subject, description, state, creator, creator_name, handling_limit, limit_unit,
                         due_soon_ms, needs_confirmation, allows_transfer, created, changed)
    VALUES (7, 4, 'Calls', '', 0, 3, 'Ann', 0, 0, 0, 1, 0, 1000, 2000),
           (8, 1, 'Ended', '', 1, 3, 'Ann', 0, 0, 0, 1, 0, 1200, 1200),
           (9, 1, 'By the operator', '', 2, NULL, 'tidewater', 0, 0, 0, 1, 0, 1500, 1500);
    INSERT INTO batch_ledger (batch, person, debt, last_item_at) VALUES (7, 3, -333333, 1900),
                                                                            (8, 3, 500000, NULL);
  )sql");
  EXPECT_GT(migrate(*database), 0);
  const auto rows_of = [&](std::string_view sql) {
    std::string all;
    database->prepare(sql).each([&](Row row) { all += row.string(0) + "\n"; });
    return all;
  };
  EXPECT_EQ(
      rows_of("SELECT b.id || ' ' || p.batch || ' ' || p.name || p.kind || p.archived || ' ' || p.creator_name || "
              "' ' || p.created FROM batches AS b JOIN policies AS p ON p.id = b.policy ORDER BY b.id"),
      "7 7 00 Ann 1000\n8 8 00 Ann 1200\n9 9 00 tidewater 1500\n");
  EXPECT_EQ(rows_of("SELECT b.id || ' ' || l.person || ' ' || l.debt || ' ' || COALESCE(l.last_item_at, '-') FROM "
                    "batches AS b JOIN "
                    "policy_ledger AS l ON l.policy = b.policy ORDER BY b.id"),
            "7 3 -333333 1900\n8 3 500000 -\n")
      << "an undo within three days gives back there";
  EXPECT_EQ(rows_of("SELECT COUNT(*) FROM pragma_foreign_key_check"), "0\n");
  EXPECT_EQ(rows_of("SELECT COUNT(*) FROM pragma_table_list WHERE name = 'batch_ledger'"), "0\n");
}

}  // namespace
}  // namespace tw::db
