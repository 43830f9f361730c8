#include "services/customer_columns.h"

namespace tw::services {

namespace {

// Indexed columns are written `+c.name`: a filter looks at every row of the scope in the order of the table, which
// costs less than a million rows picked by an index that happens to fit. (SQLite's way of saying so; elsewhere the plus
// goes.)
std::vector<ListColumn> standard_columns() {
  const auto text = [](const char* name) {
    return ListColumn{name, ColumnType::text, std::string("+c.") + name, "''", {}};
  };
  std::vector<std::string_view> kinds;
  for (const auto& kind : domain::customer::kind_names) kinds.push_back(kind.name);
  return {
      {"kind", ColumnType::choice, "c.kind", "", kinds},
      text("name"),
      text("contact"),
      text("phone"),
      text("email"),
      text("city"),
      text("address"),
      text("source"),
      text("note"),
      text("external_key"),
      {"owner", ColumnType::reference, "+c.owner", "", {}},
      {"department", ColumnType::reference, "+c.department", "", {}},
      {"score", ColumnType::integer, "+c.score", "-1", {}},
      {"do_not_contact", ColumnType::flag, "c.do_not_contact", "", {}},
      {"number_error", ColumnType::flag, "c.number_error", "", {}},
      {"last_follow_up", ColumnType::instant, "c.last_follow_up", "0", {}},
      {"created", ColumnType::instant, "c.created", "", {}},
      {"changed", ColumnType::instant, "+c.changed", "", {}},
  };
}

ColumnType column_type(domain::customer::FieldType type) {
  switch (type) {
    case domain::customer::FieldType::number:
      return ColumnType::decimal;
    case domain::customer::FieldType::date:
      return ColumnType::date;
    case domain::customer::FieldType::text:
    case domain::customer::FieldType::choice:
      return ColumnType::text;
  }
  return ColumnType::text;
}

struct KnownOrder {
  const char* name;
  const char* column;
  bool text_key;
  bool shipped;
};
// Ids grow with time: in the order of creation is in the order of ids.
constexpr KnownOrder known_orders[] = {
    {"name", "name_key", true, true},
    {"changed", "changed", false, true},
    {"score", "score", false, true},
    {"created", "id", false, false},
    {"last_follow_up", "last_follow_up", false, false},
    {"city", "city", true, false},
    {"external_key", "external_key", true, false},
};

}  // namespace

bool names_custom_field(const api::Filter& filter) {
  return any_condition(filter, [](const api::Condition& condition) {
    return std::string_view(condition.column).substr(0, 6) == "field_";
  });
}

std::vector<ListColumn> customer_columns(Work& work, const api::Filter& filter) {
  std::vector<ListColumn> columns = standard_columns();
  if (!names_custom_field(filter)) return columns;
  for (const CustomerFieldRow& field : customer_fields(work)) {
    const std::string column = column_of(field.field);
    columns.push_back({column, column_type(field.type), "v." + column, "", {}});
  }
  return columns;
}

std::optional<CustomerOrder> customer_order(const api::Sort& sort) {
  const std::string_view wanted = sort.column.empty() ? std::string_view("name") : std::string_view(sort.column);
  for (const KnownOrder& known : known_orders)
    if (known.name == wanted)
      return CustomerOrder{{std::string(wanted), sort.descending}, known.column, known.text_key, known.shipped};
  return std::nullopt;
}

}  // namespace tw::services
