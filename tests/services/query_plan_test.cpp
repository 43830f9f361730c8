// That the look at query plans, which every TestWorld takes at its end, can fail.
#include <gtest/gtest.h>

#include "support/query_plans.h"

namespace tw::test {
namespace {

class QueryPlan : public ::testing::Test {
 protected:
  QueryPlan() { db::migrate(*database); }
  std::size_t whole_reads_of(const char* sql) {
    database->prepare(sql).step();
    return whole_table_reads(*database).size();
  }
  std::unique_ptr<db::Database> database = db::Database::open(":memory:", db::OpenMode::in_memory);
};

TEST_F(QueryPlan, a_read_of_a_whole_large_table_is_found) {
  EXPECT_EQ(whole_reads_of("SELECT id FROM customers WHERE note = 'x'"), 1u);
}

TEST_F(QueryPlan, an_alias_hides_nothing) {
  EXPECT_EQ(whole_reads_of("SELECT c.id FROM people AS p, customers AS c WHERE c.note = p.name"), 1u);
}

TEST_F(QueryPlan, a_change_without_an_index_is_found) {
  EXPECT_EQ(whole_reads_of("DELETE FROM operations WHERE cursor = 'x'"), 1u);
}

TEST_F(QueryPlan, reading_by_an_index_is_fine) {
  EXPECT_EQ(whole_reads_of("SELECT id FROM customers WHERE id = 7"), 0u);
}

TEST_F(QueryPlan, small_tables_may_be_read_whole) {
  EXPECT_EQ(whole_reads_of("SELECT id FROM people WHERE weight = 7"), 0u);
}

}  // namespace
}  // namespace tw::test
