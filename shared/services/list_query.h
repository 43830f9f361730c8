// What every filtered and paged list shares: declared columns, a filter tree compiled to SQL with bound values,
// cursors.
//
// What must stay true: nothing of a request ever becomes SQL text. A condition names a column of our table, an operator
// of an enum and a value; the SQL comes from the table, the value is bound. A wrong column, operator or value is
// refused with its path ("query.filter.groups[1].conditions[0].value"). Trees are at most 4 levels deep with 40
// conditions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/page.h"
#include "core/result.h"
#include "db/sqlite.h"

namespace tw::services {

enum class ColumnType : std::uint8_t {
  text,
  integer,
  decimal,
  instant,    // milliseconds
  date,       // ISO text
  flag,       // "true" or "false"
  choice,     // one of `choices`, stored as its number
  reference,  // an id
};

struct ListColumn {
  std::string name;  // as a filter names it
  ColumnType type = ColumnType::text;
  std::string sql;   // the expression, ours
  std::string none;  // SQL literal that stands for "empty"; without one, NULL does
  std::vector<std::string_view> choices;
};

using SqlValue = std::variant<std::int64_t, double, std::string>;

// SQL text that grows together with its values.
class BoundSql {
 public:
  void text(std::string_view sql) { sql_ += sql; }
  void value(SqlValue value);  // appends a parameter and remembers what to bind to it
  const std::string& sql() const { return sql_; }
  const std::vector<SqlValue>& values() const { return values_; }  // of :v0, :v1 …
  bool empty() const { return sql_.empty(); }
  // Of a filter's shape there is no end, so the statement passes the cache. The values must outlive the statement.
  db::Statement prepare(db::Database& database) const;

 private:
  std::string sql_;
  std::vector<std::string> names_;
  std::vector<SqlValue> values_;
};

// Appends the filter as one parenthesised condition; nothing for an empty filter.
Refusal append_filter(BoundSql& out, const api::Filter& filter, std::span<const ListColumn> columns,
                      std::string_view path);

// Does any condition name a column that `is` accepts?
template <class F>
bool any_condition(const api::Filter& filter, F&& is) {
  for (const api::Condition& condition : filter.conditions)
    if (is(condition)) return true;
  for (const api::Filter& group : filter.groups)
    if (any_condition(group, is)) return true;
  return false;
}
inline bool matches_everything(const api::Filter& filter) {
  return !any_condition(filter, [](const api::Condition&) { return true; });
}

// Where a page ended: the sort key and id of its last row, the order they belong to, and the total that was told with
// the first page, so that the next ones need not count again.
struct ListCursor {
  std::variant<std::int64_t, std::string> key;
  std::int64_t id = 0;
  api::Total total;
};
std::string encode_cursor(const ListCursor& cursor, const api::Sort& order);
// Empty unless it is a cursor of this order: whoever invents one gets a 400, not another list.
std::optional<ListCursor> decode_cursor(std::string_view text, const api::Sort& order, bool text_key);

}  // namespace tw::services
