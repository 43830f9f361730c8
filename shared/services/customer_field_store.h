// Custom fields: their rows, their typed columns, and the values of customers. The name of a column is made of the
// field's id and never of anything a person typed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/customer.h"
#include "services/list_query.h"
#include "services/work.h"

namespace tw::services {

inline constexpr std::int64_t most_customer_fields = 200;
inline constexpr std::size_t most_choices = 500;

struct CustomerFieldRow {
  CustomerFieldId field;
  Version version;
  std::string name;
  domain::customer::FieldType type = domain::customer::FieldType::text;
  bool filterable = false;
  std::vector<std::string> choices;
};

std::string column_of(CustomerFieldId field);  // "field_12"

std::vector<CustomerFieldRow> customer_fields(Work& work);  // in the order of their creation
std::optional<CustomerFieldRow> load_customer_field(Work& work, CustomerFieldId field);
std::optional<CustomerFieldRow> customer_field_by_name(Work& work, std::string_view name);
std::int64_t count_customer_fields(Work& work);

// Adds the row and the column. The name must be free.
CustomerFieldId insert_customer_field(Work& work, const CustomerFieldRow& field);
// Writes name and filterable, makes or drops the index, adds choices that are new at the end; false when the version is
// stale.
bool update_customer_field(Work& work, const CustomerFieldRow& field, const CustomerFieldRow& before);

// --- values ---

struct CustomSet {
  CustomerFieldId field;
  std::optional<SqlValue> value;  // none: empty
};
// Canonical text to what the column holds; empty when the text does not fit the field. Empty text is "no value".
std::optional<CustomSet> read_custom_value(const CustomerFieldRow& field, std::string_view text);
// Sets what is named, nothing else; "no value" clears.
void write_custom_values(Work& work, CustomerId customer, std::span<const CustomSet> values);
// The same for the rows of an import, which all name the same fields: "no value" keeps what is there.
void merge_custom_values(Work& work, CustomerId customer, std::span<const CustomSet> values);

// The values that are set, in the order of `fields`, which stay where they are as long as this is there. For the rows
// of a list: one statement for all of them. `all`: these are all fields there are, so that the statement is worth
// keeping; there is no end of the sets that a list may show.
class CustomValues {
 public:
  enum class Fields { all, some };
  CustomValues(Work& work, std::span<const CustomerFieldRow> fields, Fields which);
  std::vector<api::CustomValue> of(CustomerId customer);

 private:
  std::span<const CustomerFieldRow> fields_;
  std::optional<db::Statement> statement_;  // none without fields
};
std::vector<api::CustomValue> custom_values_of(Work& work, CustomerId customer);

}  // namespace tw::services
