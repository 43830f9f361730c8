// `tidewater check --repair`: kept counters and the search index made anew from the rows, and never from rows that are
// damaged themselves.
#include <string>

#include <gtest/gtest.h>

#include "db/sqlite.h"
#include "db/upkeep.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using test::run_command;

// Thirty customers in one batch. Ann owns four of them; she executes five items, and ended four, of which she confirmed
// three herself.
class RepairTest : public ::testing::Test {
 protected:
  RepairTest() {
    test::make_old_folder(folder.path(), test::newest_schema(), 30);
    change(R"sql(
      UPDATE customers SET owner = 1 WHERE id <= 4;
      UPDATE batch_items SET state = 1, progress = 1, executor = 1 WHERE id <= 5;
      UPDATE batch_items SET state = 3, version = 2, executor = 1 WHERE id BETWEEN 6 AND 9;
      INSERT INTO item_log (item, version, at, action, from_state, to_state, actor, actor_name, executor, text, detail)
      SELECT id, 2, 1000, 8, 2, 3, CASE WHEN id < 9 THEN 1 END, 'Ann', 1, '', '' FROM batch_items
      WHERE id BETWEEN 6 AND 9)sql");
  }

  void change(const char* sql) const { db::open_whole_file(database())->execute(sql); }
  std::string database() const { return (folder.path() / "tidewater.db").string(); }
  std::string rows_of(const std::string& sql) const {
    std::string all;
    db::open_beside(database())->prepare_once(sql).each([&all](db::Row row) { all += row.string(0) + " "; });
    return all;
  }
  std::string counters() const {
    return rows_of(
               "SELECT executor || '/' || state || '/' || progress || ':' || items FROM batch_counts WHERE items <> 0 "
               "ORDER BY batch, executor, state, progress") +
           "| " +
           rows_of(
               "SELECT owner || '/' || department || ':' || customers FROM customer_counts WHERE customers <> 0 "
               "ORDER BY owner") +
           "| " + rows_of("SELECT own_confirmed FROM batches") + "| " +
           rows_of("SELECT COUNT(*) FROM customer_search") +
           rows_of("SELECT COUNT(*) FROM customer_search WHERE customer_search MATCH 'owner1'");
  }
  test::CommandResult check(const std::string& option = {}) const {
    std::vector<std::string> arguments{"check", "--data", folder.path().string()};
    if (!option.empty()) arguments.push_back(option);
    return run_command(arguments);
  }

  const std::string right = "0/0/0:21 0/1/1:5 0/3/0:4 1/1/1:5 1/3/0:4 | 0/0:26 1/0:4 | 3 | 30 4 ";
  test::TempFolder folder;
};

TEST_F(RepairTest, makes_every_counter_and_the_search_index_anew_from_the_rows) {
  change(
      "DELETE FROM customer_search WHERE rowid = 3; "
      "INSERT INTO batch_counts (batch, executor, state, progress, items) VALUES (1, 1, 4, 0, 17); "
      "UPDATE batches SET own_confirmed = 99");
  const auto found = check();
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("tidewater check --repair --data " + folder.path().string()), std::string::npos)
      << found.out;
  const auto repaired = check("--repair");
  EXPECT_EQ(repaired.code, 0) << repaired.out << repaired.err;
  EXPECT_NE(repaired.out.find("kept 99, counted 3"), std::string::npos) << "what was wrong: " << repaired.out;
  EXPECT_EQ(counters(), right);
  EXPECT_EQ(check().code, 0) << check().out;
  EXPECT_NE(check("--repair").out.find("nothing to repair"), std::string::npos);
}

TEST_F(RepairTest, does_not_count_rows_of_a_damaged_database) {
  change("PRAGMA foreign_keys = OFF; UPDATE customers SET department = 4711 WHERE id = 9");
  const auto before = counters();
  const auto refused = check("--repair");
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("nothing was changed"), std::string::npos) << refused.err;
  EXPECT_EQ(counters(), before);
  EXPECT_EQ(check().out.find("--repair"), std::string::npos) << "nor is it advised";
}

TEST_F(RepairTest, is_advised_by_a_running_server_and_works_beside_none) {
  test::RunningServer server;
  server.backend().runner().change(services::Lane::people, [](services::Work& work) {
    work.db.execute("INSERT INTO customer_counts (owner, department, customers) VALUES (7, 0, 1)");
    return true;
  });
  const auto found = server.command({"check"});
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("tidewater check --repair"), std::string::npos) << found.out;
  const auto refused = server.command({"check", "--repair"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("Stop it first"), std::string::npos) << refused.err;
}

TEST_F(RepairTest, leaves_a_database_of_a_newer_program_alone) {
  change("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  for (const char* option : {"", "--repair"}) {
    const auto refused = check(option);
    EXPECT_EQ(refused.code, 1);
    EXPECT_NE(refused.err.find("written by a newer Tidewater"), std::string::npos) << refused.out << refused.err;
  }
}

TEST_F(RepairTest, is_of_the_newest_schema_only) {
  const test::TempFolder old;
  test::make_old_folder(old.path(), 12, 5);
  const auto refused = run_command({"check", "--repair", "--data", old.path().string()});
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("tidewater upgrade --data"), std::string::npos) << refused.err;
  EXPECT_EQ(test::schema_of(old.path() / "tidewater.db"), 12u);
}

}  // namespace
}  // namespace tw::server
