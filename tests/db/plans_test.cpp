// A statement is compiled once, and its plan is that of its SQL: what is bound to it later changes neither.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "db/sqlite.h"

namespace tw::db {
namespace {

// How often statements that are in the cache were compiled anew.
int compiled_again(Database& database) {
  int times = 0;
  for (sqlite3_stmt* each = sqlite3_next_stmt(database.handle(), nullptr); each;
       each = sqlite3_next_stmt(database.handle(), each))
    times += sqlite3_stmt_status(each, SQLITE_STMTSTATUS_REPREPARE, 0);
  return times;
}

TEST(Plans, do_not_follow_what_is_bound) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  database->execute(R"sql(
    CREATE TABLE people (id INTEGER PRIMARY KEY, state INTEGER NOT NULL, name TEXT NOT NULL);
    CREATE INDEX people_active ON people (name) WHERE state = 1;
    INSERT INTO people VALUES (1, 1, 'a'), (2, 1, 'b'), (3, 0, 'c');)sql");
  for (std::int64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(
        database->prepare("SELECT COUNT(*) FROM (SELECT 1 FROM people LIMIT :most)").bind(":most", i).integer_or(-1),
        std::min<std::int64_t>(i, 3));
    database->prepare("SELECT id FROM people WHERE state = :state AND name >= :name ORDER BY name")
        .bind(":state", i)
        .bind(":name", "a")
        .run();
  }
  EXPECT_EQ(compiled_again(*database), 0);
}

TEST(Plans, are_compiled_anew_for_a_new_schema) {
  const auto database = Database::open(":memory:", OpenMode::in_memory);
  database->execute("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL)");
  const auto count = [&] { return database->prepare("SELECT COUNT(*) FROM people").integer_or(-1); };
  EXPECT_EQ(count(), 0);
  database->execute("CREATE INDEX people_by_name ON people (name)");
  EXPECT_EQ(count(), 0);
  EXPECT_EQ(compiled_again(*database), 1);
}

}  // namespace
}  // namespace tw::db
