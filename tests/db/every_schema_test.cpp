// A database of any released schema comes to the newest one with everything that was in it.
//
// Every schema is made by the first k migrations and filled by looking at it: three rows in each table, a value in each
// column. So a new migration is tested from every earlier schema without a word here, unless it brings a rule that
// made-up values break: then the value is said in `fixed_values`.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "db/migrations.h"
#include "db/sqlite.h"
#include "db/upkeep.h"

namespace tw::db {
namespace {

constexpr int rows_of_each = 3;

// Columns whose values a CHECK restricts: three of them each.
const std::map<std::string, std::vector<std::string>> fixed_values = {
    {"people.role", {"administrator", "manager", "member"}},
    {"one_time_tokens.purpose", {"set_up", "invitation", "invitation"}},
    {"operations.state", {"done", "cancelled", "failed"}},
    {"operation_rows.changed", {"0", "1", "1"}},
};

// What goes with a migration on purpose, and where its rows are afterwards. (What moved must be tested by itself:
// migrate_test.cpp.)
const std::set<std::string> gone_tables = {"batch_ledger"};

struct Column {
  std::string name;
  std::string type;
  std::string refers_to;   // a table
  bool key_alone = false;  // INTEGER PRIMARY KEY: the id
};

class Filler {
 public:
  explicit Filler(Database& database) : database_(database) {}

  void fill_all() {
    for (const auto& table : tables()) fill(table);
  }

  std::vector<std::string> tables() {
    return database_
        .prepare(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name <> 'schema_migrations' ORDER BY name")
        .all([](Row row) { return row.string(0); });
  }

  std::vector<Column> columns(const std::string& table) {
    std::vector<Column> all;
    auto listed = database_.prepare("SELECT name, type, pk FROM pragma_table_info(:table) ORDER BY cid");
    int keys = 0;
    listed.bind(":table", table).each([&](Row row) {
      all.push_back({row.string(0), row.string(1), {}, row.integer(2) > 0 && row.text(1) == "INTEGER"});
      keys += row.integer(2) > 0 ? 1 : 0;
    });
    for (auto& column : all) {
      column.key_alone = column.key_alone && keys == 1;
      auto reference =
          database_.prepare("SELECT \"table\" FROM pragma_foreign_key_list(:table) WHERE \"from\" = :column");
      column.refers_to = reference.bind(":table", table)
                             .bind(":column", column.name)
                             .one([](Row row) { return row.string(0); })
                             .value_or("");
    }
    return all;
  }

 private:
  // Foreign keys are checked at the end of the transaction only, so the order of tables is no matter.
  void fill(const std::string& table) {
    const auto present = database_.prepare_once("SELECT COUNT(*) FROM \"" + table + "\"").integer_or(0);
    for (int number = 1; number <= rows_of_each; ++number) {
      // What a migration wrote by itself stays: ours come after it.
      const std::int64_t id = present + number;
      std::string names;
      std::string values;
      for (const auto& column : columns(table)) {
        names += (names.empty() ? "\"" : ", \"") + column.name + "\"";
        values += (values.empty() ? "" : ", ") + value(table, column, id, number);
      }
      database_.execute(("INSERT INTO \"" + table + "\" (" + names + ") VALUES (" + values + ")").c_str());
    }
  }

  static std::string value(const std::string& table, const Column& column, std::int64_t id, int number) {
    const auto fixed = fixed_values.find(table + "." + column.name);
    if (fixed != fixed_values.end()) return "'" + fixed->second[static_cast<std::size_t>(number - 1)] + "'";
    if (column.key_alone) return std::to_string(id);
    // The rows with the same number; every table has them.
    if (!column.refers_to.empty()) return std::to_string(number);
    if (column.type == "TEXT") return "'" + table + " " + column.name + " " + std::to_string(id) + "'";
    if (column.type == "BLOB") return "x'00ff'";
    if (column.type == "REAL") return std::to_string(id) + ".5";
    if (is_flag(column.name)) return std::to_string(number % 2);
    // Small, for the sake of enumerations, and no row like the one before it, for the sake of unique keys.
    return std::to_string(number - 1);
  }
  static bool is_flag(const std::string& name) {
    static const std::set<std::string> flags = {"active",
                                                "do_not_contact",
                                                "number_error",
                                                "filterable",
                                                "works",
                                                "archived",
                                                "limit_counts",
                                                "kind",
                                                "may_create_batches",
                                                "rest",
                                                "role",
                                                "cancel_requested",
                                                "key_from_row_number"};
    return flags.contains(name);
  }

  Database& database_;
};

// All rows of a table in these columns, in one order.
std::multiset<std::string> rows_of(Database& database, const std::string& table, const std::vector<Column>& columns) {
  std::string text;
  for (const auto& column : columns)
    text += (text.empty() ? "" : " || '|' || ") + ("COALESCE(quote(\"" + column.name + "\"), '')");
  std::multiset<std::string> rows;
  database.prepare_once("SELECT " + text + " FROM \"" + table + "\"").each([&](Row row) {
    rows.insert(row.string(0));
  });
  return rows;
}

class EverySchema : public ::testing::TestWithParam<std::size_t> {
 protected:
  static std::unique_ptr<Database> at_schema(std::size_t count) {
    auto database = Database::open(":memory:", OpenMode::in_memory);
    database->execute("CREATE TABLE schema_migrations (name TEXT NOT NULL PRIMARY KEY) STRICT");
    const auto known = migrations();
    for (std::size_t i = 0; i < count; ++i) {
      database->execute(known[i].sql);
      database->prepare("INSERT INTO schema_migrations (name) VALUES (:name)").bind(":name", known[i].name).run();
    }
    return database;
  }
};

TEST_P(EverySchema, keeps_every_value_of_every_row_on_the_way_to_the_newest) {
  const auto database = at_schema(GetParam());
  // A custom field, as customer_fields' own operation adds it.
  if (GetParam() >= 2) database->execute("ALTER TABLE customer_field_values ADD COLUMN field_1 TEXT");
  Filler filler(*database);
  {
    Transaction transaction(*database);
    database->execute("PRAGMA defer_foreign_keys = ON");
    filler.fill_all();
    transaction.commit();
  }
  if (GetParam() >= 2) database->execute("INSERT INTO customer_search (rowid, terms) VALUES (1, 'ab bc')");
  ASSERT_TRUE(integrity_problems(*database, 5).empty()) << integrity_problems(*database, 5).front().words;
  std::map<std::string, std::vector<Column>> columns;
  std::map<std::string, std::multiset<std::string>> before;
  for (const auto& table : filler.tables()) {
    columns[table] = filler.columns(table);
    before[table] = rows_of(*database, table, columns[table]);
    ASSERT_GE(before[table].size(), static_cast<std::size_t>(rows_of_each)) << table;
  }

  EXPECT_EQ(migrate(*database), static_cast<int>(migrations().size() - GetParam()));

  const auto now_there = filler.tables();
  for (const auto& [table, rows] : before) {
    if (gone_tables.contains(table)) continue;
    ASSERT_NE(std::find(now_there.begin(), now_there.end(), table), now_there.end()) << table << " is gone";
    const auto after = rows_of(*database, table, columns[table]);
    for (const auto& row : rows) EXPECT_TRUE(after.contains(row)) << table << " lost " << row;
  }
  const auto problems = integrity_problems(*database, 5);
  EXPECT_TRUE(problems.empty()) << problems.front().words << " " << problems.front().table;
  if (GetParam() >= 2) {
    EXPECT_EQ(database->prepare("SELECT COUNT(*) FROM customer_search WHERE customer_search MATCH 'ab'").integer_or(0),
              1);
  }
  // The same schema as a new database has: a difference would be there for ever.
  const auto fresh = at_schema(migrations().size());
  if (GetParam() >= 2) fresh->execute("ALTER TABLE customer_field_values ADD COLUMN field_1 TEXT");
  EXPECT_EQ(schema_text(*database), schema_text(*fresh));
}

// A broken migration leaves the schema that was there, not one in between.
TEST_P(EverySchema, stays_as_it_is_when_a_migration_fails) {
  const auto database = at_schema(GetParam());
  const auto before = schema_text(*database);
  if (before.find("CREATE TABLE policies") != std::string::npos) GTEST_SKIP() << "its table is not in the way here";
  // Migration 13 meets a table that is in its way; those before it would go well.
  database->execute("CREATE TABLE policies (id INTEGER PRIMARY KEY) STRICT");
  const auto blocked = schema_text(*database);
  EXPECT_THROW(migrate(*database), DbError);
  EXPECT_EQ(schema_text(*database), blocked);
  EXPECT_EQ(run_migrations(*database).size(), GetParam());
  database->execute("DROP TABLE policies");
  EXPECT_EQ(schema_text(*database), before);
  EXPECT_EQ(migrate(*database), static_cast<int>(migrations().size() - GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Released, EverySchema, ::testing::Range(std::size_t{1}, migrations().size() + 1),
                         [](const auto& schema) { return std::string(migrations()[schema.param - 1].name); });

}  // namespace
}  // namespace tw::db
