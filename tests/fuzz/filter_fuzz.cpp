// A filter as a client sends it, on its way to SQL and its rows; and cursors.
//
// Claims: every sign of the SQL comes from our own column table; the SQL finds exactly the rows that a second reader of
// the filter, which knows no SQL, finds; a refusal names a place within the filter; a cursor that is taken is one that
// we could have written.
#include <algorithm>
#include <array>
#include <optional>

#include "core/json.h"
#include "core/text.h"
#include "fuzz/property.h"
#include "services/custom_value.h"
#include "services/list_query.h"

namespace tw::fuzz {
namespace {

using api::Condition;
using api::Filter;
using api::Operator;
using services::ColumnType;
using services::ListColumn;
using services::SqlValue;

// One of each type, and the two that have a value of their own for "none".
const std::vector<ListColumn>& columns() {
  static const std::vector<ListColumn> all = {
      {"name", ColumnType::text, "t.name", "''", {}},
      {"note", ColumnType::text, "t.note", "", {}},
      {"amount", ColumnType::integer, "t.amount", "", {}},
      {"price", ColumnType::decimal, "t.price", "", {}},
      {"changed", ColumnType::instant, "t.changed", "", {}},
      {"birthday", ColumnType::date, "t.birthday", "''", {}},
      {"active", ColumnType::flag, "t.active", "", {}},
      {"mood", ColumnType::choice, "t.mood", "", {"low", "middle", "high"}},
      {"owner", ColumnType::reference, "t.owner", "0", {}},
  };
  return all;
}

using Cell = std::optional<SqlValue>;  // none: NULL
using Row = std::array<Cell, 9>;

SqlValue text_value(const char* text) { return std::string(text); }
SqlValue number(std::int64_t value) { return value; }

const std::vector<Row>& rows() {
  static const std::vector<Row> all = {
      {text_value("Ann"), text_value("100%"), number(0), 0.5, number(1000), text_value("2000-02-29"), number(1),
       number(0), number(7)},
      {text_value("annabel"), std::nullopt, number(-5), std::nullopt, number(0), text_value(""), number(0), number(1),
       number(0)},
      {text_value("客户 甲"), text_value("a_b\\c"), std::nullopt, -12.25, std::nullopt, text_value("1999-12-31"),
       number(1), number(2), number(1)},
      {text_value(""), text_value(""), number(9), 9.0, number(9), text_value("2026-01-01"), number(0), number(1),
       number(9)},
      {text_value("' OR 1=1 --"), text_value("%_\""), number(INT64_MAX), 1e9, number(-1), text_value("1000-01-01"),
       number(1), number(0), number(0)},
  };
  return all;
}

db::Database& database() {
  static const auto opened = [] {
    auto made = db::Database::open(":memory:", db::OpenMode::in_memory);
    made->execute(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT, amount INTEGER, price REAL, "
        "changed INTEGER, birthday TEXT NOT NULL, active INTEGER NOT NULL, mood INTEGER NOT NULL, "
        "owner INTEGER NOT NULL) STRICT");
    for (const Row& row : rows()) {
      services::BoundSql insert;
      insert.text("INSERT INTO t (name, note, amount, price, changed, birthday, active, mood, owner) VALUES (");
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) insert.text(", ");
        if (row[i])
          insert.value(*row[i]);
        else
          insert.text("NULL");
      }
      insert.text(")");
      insert.prepare(*made).run();
    }
    return made;
  }();
  return *opened;
}

// --- the second reader -----------------------------------------------------------------------------------------------

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

double as_number(const SqlValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  return std::get<double>(value);
}

int compared(const SqlValue& cell, const SqlValue& value) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text->compare(std::get<std::string>(value));
  const auto* one = std::get_if<std::int64_t>(&cell);
  const auto* other = std::get_if<std::int64_t>(&value);
  if (one && other) return *one < *other ? -1 : *one > *other;
  const double a = as_number(cell), b = as_number(value);
  return a < b ? -1 : a > b;
}

SqlValue meant(const ListColumn& column, const std::string& value) {
  switch (column.type) {
    case ColumnType::text:
    case ColumnType::date:
      return value;
    case ColumnType::decimal:
      return services::decimal_value(value).value();
    case ColumnType::flag:
      return number(value == "true");
    case ColumnType::choice:
      return number(std::find(column.choices.begin(), column.choices.end(), value) - column.choices.begin());
    default:
      return number(text::to_integer(value).value());
  }
}

bool is_set(const ListColumn& column, const Cell& cell) {
  if (!cell) return false;
  if (column.none == "''") return !std::get<std::string>(*cell).empty();
  if (column.none == "0") return std::get<std::int64_t>(*cell) != 0;
  return true;
}

bool holds(const Condition& condition, const Row& row) {
  std::size_t place = 0;
  while (columns()[place].name != condition.column) ++place;
  const ListColumn& column = columns()[place];
  const Cell& cell = row[place];
  const auto against = [&](const std::string& value) { return compared(*cell, meant(column, value)); };
  switch (condition.op) {
    case Operator::is_set:
      return is_set(column, cell);
    case Operator::is_empty:
      return !is_set(column, cell);
    case Operator::contains:
      return cell && ascii_lower(std::get<std::string>(*cell)).find(ascii_lower(condition.value)) != std::string::npos;
    case Operator::one_of:
      return cell && std::any_of(condition.values.begin(), condition.values.end(),
                                 [&](const std::string& value) { return against(value) == 0; });
    case Operator::equals:
      return cell && against(condition.value) == 0;
    case Operator::not_equals:
      return !cell || against(condition.value) != 0;
    case Operator::less:
      return is_set(column, cell) && against(condition.value) < 0;
    case Operator::at_most:
      return is_set(column, cell) && against(condition.value) <= 0;
    case Operator::greater:
      return cell && against(condition.value) > 0;
    case Operator::at_least:
      return cell && against(condition.value) >= 0;
  }
  return false;
}

// Empty: the filter says nothing.
std::optional<bool> holds(const Filter& filter, const Row& row) {
  const bool all = filter.combine == api::Combine::all;
  std::optional<bool> result;
  const auto add = [&](bool one) { result = !result ? one : all ? *result && one : *result || one; };
  for (const Condition& condition : filter.conditions) add(holds(condition, row));
  for (const Filter& group : filter.groups)
    if (const auto one = holds(group, row)) add(*one);
  return result;
}

// --- the claims ------------------------------------------------------------------------------------------------------

// Takes our own pieces off the front; what is left came from somewhere else.
void only_our_words(std::string_view sql) {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all = {"IS NOT NULL", "IS NULL", "ESCAPE '\\'", "LIKE", "AND", "OR", "IN", "<>", "<=",
                                    ">=",          "<",       ">",           "=",    "(",   ")",  ",",  " "};
    for (const ListColumn& column : columns()) all.push_back(column.sql);
    for (const ListColumn& column : columns())
      if (!column.none.empty()) all.push_back(column.none);
    return all;
  }();
  const std::string_view whole = sql;
  while (!sql.empty()) {
    if (sql.substr(0, 2) == ":v") {
      sql.remove_prefix(2);
      while (!sql.empty() && sql[0] >= '0' && sql[0] <= '9') sql.remove_prefix(1);
      continue;
    }
    const auto word = std::find_if(words.begin(), words.end(),
                                   [&](const std::string& known) { return sql.substr(0, known.size()) == known; });
    must(word != words.end(), "every word of the SQL is ours", whole, sql);
    sql.remove_prefix(word->size());
  }
}

void filter(std::string_view json) {
  const auto read = json::decode<Filter>(json);
  if (!read) return;
  const auto again = json::decode<Filter>(json::encode(*read));
  must(again && json::encode(*again) == json::encode(*read), "a filter survives the wire", json::encode(*read));

  services::BoundSql sql;
  if (const auto refused = services::append_filter(sql, *read, columns(), "filter")) {
    must(refused->code == Code::invalid && refused->fields.size() == 1, "a filter is refused for one place");
    must(refused->fields[0].path.rfind("filter", 0) == 0, "the place is within the filter", refused->fields[0].path);
    return;
  }
  only_our_words(sql.sql());
  services::BoundSql query;
  std::vector<std::int64_t> found;
  std::vector<std::int64_t> expected;
  services::BoundSql select;
  select.text("SELECT id FROM t WHERE ");
  if (sql.empty())
    select.text("1");
  else
    (void)services::append_filter(select, *read, columns(), "filter");
  select.text(" ORDER BY id");
  auto statement = select.prepare(database());
  statement.each([&](db::Row row) { found.push_back(row.integer(0)); });
  for (std::size_t i = 0; i < rows().size(); ++i)
    if (holds(*read, rows()[i]).value_or(true)) expected.push_back(static_cast<std::int64_t>(i) + 1);
  std::string in_words;
  for (const auto id : found) in_words += std::to_string(id) + " ";
  in_words += "instead of ";
  for (const auto id : expected) in_words += std::to_string(id) + " ";
  must(found == expected, "the SQL finds the rows that the filter means", json::encode(*read), select.sql(), in_words);
}

void cursor(std::string_view text) {
  for (const bool text_key : {false, true}) {
    for (const char* column : {"", "name"}) {
      const api::Sort order{column, text_key};
      const auto read = services::decode_cursor(text, order, text_key);
      if (!read) continue;
      const std::string written = services::encode_cursor(*read, order);
      const auto again = services::decode_cursor(written, order, text_key);
      must(again && again->key == read->key && again->id == read->id && again->total.count == read->total.count &&
               again->total.exact == read->total.exact,
           "a cursor that is taken is one that can be written", text, written);
      must(!services::decode_cursor(text, {"other", text_key}, text_key), "a cursor belongs to its order", text);
    }
  }
}

}  // namespace
}  // namespace tw::fuzz

// The first line is a cursor, the rest a filter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tw::fuzz;
  const std::string_view text = text_of(data, size);
  const std::size_t line = std::min(text.find('\n'), text.size());
  cursor(text.substr(0, line));
  if (line < text.size()) filter(text.substr(line + 1));
  return 0;
}
