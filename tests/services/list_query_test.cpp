// The one place that composes SQL: every declared column with every operator, the statement and the bound values
// written out by hand here. What is not declared is refused with its path, and no text of a request ever becomes SQL.
#include "services/list_query.h"

#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "api/customer.h"
#include "api/customer_field.h"
#include "services/customer_columns.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using api::Combine;
using api::Condition;
using api::Filter;
using api::Operator;
using test::TestWorld;

constexpr Operator all_operators[] = {Operator::equals,   Operator::not_equals, Operator::less,     Operator::at_most,
                                      Operator::greater,  Operator::at_least,   Operator::contains, Operator::one_of,
                                      Operator::is_empty, Operator::is_set};

// One way to ask: the operator, what stands in the statement for it ({}: the column), and what is bound.
struct Way {
  Operator op;
  std::string sql;
  std::vector<SqlValue> bound;
};

// A kind of column: values of it as they come, as they are bound, and everything that may be asked. An operator that is
// not in the list is refused.
struct Kind {
  std::vector<std::string> given;  // two of them
  std::vector<std::string> wrong;
  std::vector<Way> ways;
};

using Int = std::int64_t;

const std::map<std::string, Kind>& kinds() {
  static const std::map<std::string, Kind> table = {
      {"text, empty text for none",
       {{"a%b_c\\d", "x"},
        {},
        {{Operator::equals, "({} = :v0)", {"a%b_c\\d"}},
         {Operator::not_equals, "(({} <> :v0))", {"a%b_c\\d"}},
         {Operator::contains, "({} LIKE :v0 ESCAPE '\\')", {"%a\\%b\\_c\\\\d%"}},
         {Operator::one_of, "({} IN (:v0, :v1))", {"a%b_c\\d", "x"}},
         {Operator::is_empty, "({} = '')", {}},
         {Operator::is_set, "({} <> '')", {}}}}},
      {"text, NULL for none",
       {{"gold", "silver"},
        {},
        {{Operator::equals, "({} = :v0)", {"gold"}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {"gold"}},
         {Operator::contains, "({} LIKE :v0 ESCAPE '\\')", {"%gold%"}},
         {Operator::one_of, "({} IN (:v0, :v1))", {"gold", "silver"}},
         {Operator::is_empty, "({} IS NULL)", {}},
         {Operator::is_set, "({} IS NOT NULL)", {}}}}},
      {"reference",
       {{"7", "8"},
        {"", "seven", "7.0", "7 OR 1=1", "99999999999999999999"},
        {{Operator::equals, "({} = :v0)", {Int{7}}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {Int{7}}},
         {Operator::one_of, "({} IN (:v0, :v1))", {Int{7}, Int{8}}},
         {Operator::is_empty, "({} IS NULL)", {}},
         {Operator::is_set, "({} IS NOT NULL)", {}}}}},
      {"score",
       {{"50", "-3"},
        {"", "fifty", "5e1", "50;"},
        {{Operator::equals, "({} = :v0)", {Int{50}}},
         {Operator::not_equals, "(({} <> :v0))", {Int{50}}},
         {Operator::less, "({} <> -1 AND {} < :v0)", {Int{50}}},
         {Operator::at_most, "({} <> -1 AND {} <= :v0)", {Int{50}}},
         {Operator::greater, "({} > :v0)", {Int{50}}},
         {Operator::at_least, "({} >= :v0)", {Int{50}}},
         {Operator::one_of, "({} IN (:v0, :v1))", {Int{50}, Int{-3}}},
         {Operator::is_empty, "({} = -1)", {}},
         {Operator::is_set, "({} <> -1)", {}}}}},
      {"instant that may be never",
       {{"1767232800000", "0"},
        {"", "yesterday", "2026-01-01"},
        {{Operator::equals, "({} = :v0)", {Int{1767232800000}}},
         {Operator::not_equals, "(({} <> :v0))", {Int{1767232800000}}},
         {Operator::less, "({} <> 0 AND {} < :v0)", {Int{1767232800000}}},
         {Operator::at_most, "({} <> 0 AND {} <= :v0)", {Int{1767232800000}}},
         {Operator::greater, "({} > :v0)", {Int{1767232800000}}},
         {Operator::at_least, "({} >= :v0)", {Int{1767232800000}}},
         {Operator::one_of, "({} IN (:v0, :v1))", {Int{1767232800000}, Int{0}}},
         {Operator::is_empty, "({} = 0)", {}},
         {Operator::is_set, "({} <> 0)", {}}}}},
      {"instant",
       {{"1767232800000", "0"},
        {"", "yesterday"},
        {{Operator::equals, "({} = :v0)", {Int{1767232800000}}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {Int{1767232800000}}},
         {Operator::less, "({} < :v0)", {Int{1767232800000}}},
         {Operator::at_most, "({} <= :v0)", {Int{1767232800000}}},
         {Operator::greater, "({} > :v0)", {Int{1767232800000}}},
         {Operator::at_least, "({} >= :v0)", {Int{1767232800000}}},
         {Operator::one_of, "({} IN (:v0, :v1))", {Int{1767232800000}, Int{0}}},
         {Operator::is_empty, "({} IS NULL)", {}},
         {Operator::is_set, "({} IS NOT NULL)", {}}}}},
      {"decimal",
       {{"-3.5", "1000"},
        {"", "much", "1,000", "0x10", "1e3"},
        {{Operator::equals, "({} = :v0)", {-3.5}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {-3.5}},
         {Operator::less, "({} < :v0)", {-3.5}},
         {Operator::at_most, "({} <= :v0)", {-3.5}},
         {Operator::greater, "({} > :v0)", {-3.5}},
         {Operator::at_least, "({} >= :v0)", {-3.5}},
         {Operator::one_of, "({} IN (:v0, :v1))", {-3.5, 1000.0}},
         {Operator::is_empty, "({} IS NULL)", {}},
         {Operator::is_set, "({} IS NOT NULL)", {}}}}},
      {"date",
       {{"2026-02-28", "2024-02-29"},
        {"", "2026-02-30", "28.02.2026", "1767232800000"},
        {{Operator::equals, "({} = :v0)", {"2026-02-28"}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {"2026-02-28"}},
         {Operator::less, "({} < :v0)", {"2026-02-28"}},
         {Operator::at_most, "({} <= :v0)", {"2026-02-28"}},
         {Operator::greater, "({} > :v0)", {"2026-02-28"}},
         {Operator::at_least, "({} >= :v0)", {"2026-02-28"}},
         {Operator::one_of, "({} IN (:v0, :v1))", {"2026-02-28", "2024-02-29"}},
         {Operator::is_empty, "({} IS NULL)", {}},
         {Operator::is_set, "({} IS NOT NULL)", {}}}}},
      {"flag",
       {{"true", "false"},
        {"", "1", "yes", "TRUE"},
        {{Operator::equals, "({} = :v0)", {Int{1}}}, {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {Int{1}}}}}},
      {"kind",
       {{"company", "person"},
        {"", "1", "Company", "robot"},
        {{Operator::equals, "({} = :v0)", {Int{1}}},
         {Operator::not_equals, "(({} <> :v0 OR {} IS NULL))", {Int{1}}},
         {Operator::one_of, "({} IN (:v0, :v1))", {Int{1}, Int{0}}}}}},
  };
  return table;
}

// Every column that may be named, its kind, and the expression that stands for it.
struct Column {
  std::string name;
  std::string kind;
  std::string sql;
};
const std::vector<Column> columns = {
    {"kind", "kind", "c.kind"},
    {"name", "text, empty text for none", "+c.name"},
    {"contact", "text, empty text for none", "+c.contact"},
    {"phone", "text, empty text for none", "+c.phone"},
    {"email", "text, empty text for none", "+c.email"},
    {"city", "text, empty text for none", "+c.city"},
    {"address", "text, empty text for none", "+c.address"},
    {"source", "text, empty text for none", "+c.source"},
    {"note", "text, empty text for none", "+c.note"},
    {"external_key", "text, empty text for none", "+c.external_key"},
    {"owner", "reference", "+c.owner"},
    {"department", "reference", "+c.department"},
    {"score", "score", "+c.score"},
    {"do_not_contact", "flag", "c.do_not_contact"},
    {"number_error", "flag", "c.number_error"},
    {"last_follow_up", "instant that may be never", "c.last_follow_up"},
    {"created", "instant", "c.created"},
    {"changed", "instant", "+c.changed"},
    {"field_1", "text, NULL for none", "v.field_1"},
    {"field_2", "decimal", "v.field_2"},
    {"field_3", "date", "v.field_3"},
    {"field_4", "text, NULL for none", "v.field_4"},
};

class ListQuery : public ::testing::Test {
 protected:
  TestWorld world;
  test::Caller admin = world.administrator();

  void SetUp() override {
    using domain::customer::FieldType;
    for (const auto& [name, type] : {std::pair{"Text", FieldType::text},
                                     {"Number", FieldType::number},
                                     {"Date", FieldType::date},
                                     {"Choice", FieldType::choice}}) {
      api::AddCustomerField::Request field;
      field.name = name;
      field.type = type;
      if (type == FieldType::choice) field.choices = {"gold", "silver"};
      ASSERT_TRUE(world.call<api::AddCustomerField>(admin, field));
    }
  }
  // What may be named beside a custom field is every column.
  std::vector<ListColumn> declared() {
    Filter any;
    any.conditions.push_back({"field_1", Operator::is_set, {}, {}});
    std::vector<ListColumn> found;
    world.runner.read([&](Work& work) { found = customer_columns(work, any); });
    return found;
  }
  static Filter one(std::string column, Operator op, std::string value, std::vector<std::string> values = {}) {
    Filter filter;
    filter.conditions.push_back({std::move(column), op, std::move(value), std::move(values)});
    return filter;
  }
  // Through the door: a 400 that names the field.
  void is_refused_at(const Filter& filter, const std::string& path) {
    api::QueryCustomers::Request request;
    request.query.filter = filter;
    const auto answer = world.call<api::QueryCustomers>(admin, request);
    EXPECT_EQ(answer.status(), 400) << path;
    EXPECT_TRUE(answer.problem.names(path)) << answer.reply.body;
  }
};

std::string with_column(std::string sql, const std::string& column) {
  for (std::size_t at = sql.find("{}"); at != std::string::npos; at = sql.find("{}")) sql.replace(at, 2, column);
  return sql;
}

TEST_F(ListQuery, every_column_with_every_operator_is_the_statement_written_here) {
  const auto known = declared();
  ASSERT_EQ(known.size(), columns.size()) << "a column without a line in this test";
  for (const Column& column : columns) {
    const Kind& kind = kinds().at(column.kind);
    std::set<Operator> allowed;
    for (const Way& way : kind.ways) {
      allowed.insert(way.op);
      BoundSql sql;
      const auto filter = one(column.name, way.op, kind.given[0], kind.given);
      const auto refused = append_filter(sql, filter, known, "filter");
      ASSERT_FALSE(refused) << column.name << ' ' << wire_name(way.op);
      EXPECT_EQ(sql.sql(), with_column(way.sql, column.sql)) << column.name << ' ' << wire_name(way.op);
      EXPECT_TRUE(sql.values() == way.bound) << column.name << ' ' << wire_name(way.op);
      api::QueryCustomers::Request request;
      request.query.filter = filter;
      EXPECT_EQ(world.call<api::QueryCustomers>(admin, request).status(), 200) << column.name << wire_name(way.op);
    }
    for (const Operator op : all_operators)
      if (allowed.count(op) == 0)
        is_refused_at(one(column.name, op, kind.given[0], kind.given), "query.filter.conditions[0].op");
  }
}

TEST_F(ListQuery, a_value_of_another_type_is_refused_with_its_path) {
  for (const Column& column : columns) {
    const Kind& kind = kinds().at(column.kind);
    for (const std::string& wrong : kind.wrong) {
      is_refused_at(one(column.name, Operator::equals, wrong), "query.filter.conditions[0].value");
      for (const Way& way : kind.ways)
        if (way.op == Operator::one_of)
          is_refused_at(one(column.name, way.op, "", {kind.given[0], wrong}), "query.filter.conditions[0].values[1]");
    }
  }
}

TEST_F(ListQuery, what_is_missing_is_refused_with_its_path) {
  is_refused_at(one("name", Operator::contains, ""), "query.filter.conditions[0].value");
  is_refused_at(one("name", Operator::one_of, "x"), "query.filter.conditions[0].values");
}

TEST_F(ListQuery, unknown_columns_are_refused_and_never_become_sql) {
  const auto known = declared();
  for (const char* column : {"id", "c.name", "name_key", "NAME", "name ", "field_5", "field_", "field_1; DROP",
                             "v.field_1", "1=1) OR (1", "name\" OR \"\"=\"", "rowid"}) {
    is_refused_at(one(column, Operator::equals, "x"), "query.filter.conditions[0].column");
    BoundSql sql;
    EXPECT_TRUE(append_filter(sql, one(column, Operator::equals, "x"), known, "filter"));
  }
}

TEST_F(ListQuery, no_text_of_a_request_stands_in_the_statement) {
  const auto known = declared();
  const std::string hostile = "'); DROP TABLE customers; --";
  for (const Column& column : columns) {
    if (column.kind.rfind("text", 0) != 0) continue;
    for (const Operator op : {Operator::equals, Operator::not_equals, Operator::contains, Operator::one_of}) {
      BoundSql sql;
      ASSERT_FALSE(append_filter(sql, one(column.name, op, hostile, {hostile}), known, "filter"));
      EXPECT_EQ(sql.sql().find("DROP"), std::string::npos) << sql.sql();
      api::QueryCustomers::Request request;
      request.query.filter = one(column.name, op, hostile, {hostile});
      EXPECT_EQ(world.call<api::QueryCustomers>(admin, request).status(), 200);
    }
  }
  for (const std::string& sql : world.database->statements())
    EXPECT_EQ(sql.find("DROP TABLE"), std::string::npos) << sql;
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM customers"), 0) << "the table is still there";
}

TEST_F(ListQuery, groups_are_joined_as_they_say_and_empty_ones_say_nothing) {
  Filter filter = one("city", Operator::equals, "上海");
  Filter any;
  any.combine = Combine::any;
  any.conditions.push_back({"score", Operator::greater, "5", {}});
  any.conditions.push_back({"kind", Operator::equals, "person", {}});
  filter.groups = {Filter{}, any, Filter{}};
  BoundSql sql;
  ASSERT_FALSE(append_filter(sql, filter, declared(), "filter"));
  EXPECT_EQ(sql.sql(), "(+c.city = :v0 AND (+c.score > :v1 OR c.kind = :v2))");
  EXPECT_TRUE(sql.values() == (std::vector<SqlValue>{"上海", Int{5}, Int{0}}));
  BoundSql nothing;
  ASSERT_FALSE(append_filter(nothing, Filter{}, declared(), "filter"));
  EXPECT_TRUE(nothing.empty());
}

TEST_F(ListQuery, a_wrong_condition_deep_inside_is_named_by_its_way) {
  Filter inner = one("name", Operator::equals, "x");
  inner.conditions.push_back({"score", Operator::equals, "much", {}});
  Filter filter;
  filter.groups = {one("city", Operator::is_set, ""), inner};
  is_refused_at(filter, "query.filter.groups[1].conditions[1].value");
}

TEST_F(ListQuery, trees_deeper_than_four_levels_and_more_than_forty_conditions_are_refused) {
  Filter deep = one("city", Operator::is_set, "");
  for (int level = 1; level < 4; ++level) {
    Filter outer;
    outer.groups = {deep};
    deep = outer;
  }
  api::QueryCustomers::Request request;
  request.query.filter = deep;
  EXPECT_EQ(world.call<api::QueryCustomers>(admin, request).status(), 200);
  Filter deeper;
  deeper.groups = {deep};
  is_refused_at(deeper, "query.filter.groups[0].groups[0].groups[0].groups[0]");

  Filter wide;
  wide.groups.resize(2);
  for (int i = 0; i < 40; ++i)
    wide.groups[static_cast<std::size_t>(i % 2)].conditions.push_back({"city", Operator::is_set, "", {}});
  request.query.filter = wide;
  EXPECT_EQ(world.call<api::QueryCustomers>(admin, request).status(), 200);
  wide.groups[1].conditions.push_back({"city", Operator::is_set, "", {}});
  is_refused_at(wide, "query.filter.groups[1].conditions[20]");
}

}  // namespace
}  // namespace tw::services
