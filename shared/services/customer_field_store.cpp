#include "services/customer_field_store.h"

#include <algorithm>

#include "core/text.h"
#include "services/custom_value.h"

namespace tw::services {

namespace {

constexpr std::string_view field_columns = "SELECT id, version, name, type, filterable FROM customer_fields ";

std::string sql(std::string_view tail) { return std::string(field_columns) + std::string(tail); }

CustomerFieldRow read_field(db::Row row) {
  CustomerFieldRow field;
  field.field = row.id<CustomerFieldId>(0);
  field.version = row.version(1);
  field.name = row.string(2);
  field.type = static_cast<domain::customer::FieldType>(row.integer(3));
  field.filterable = row.boolean(4);
  return field;
}

// Primary key (field, position).
void read_choices(Work& work, CustomerFieldRow& field) {
  if (field.type != domain::customer::FieldType::choice) return;
  field.choices = work.db.prepare("SELECT text FROM customer_field_choices WHERE field = :field ORDER BY position")
                      .bind(":field", field.field)
                      .all([](db::Row row) { return row.string(0); });
}

void insert_choice(Work& work, CustomerFieldId field, std::size_t position, const std::string& text) {
  work.db.prepare("INSERT INTO customer_field_choices (field, position, text) VALUES (:field, :position, :text)")
      .bind(":field", field)
      .bind(":position", static_cast<std::int64_t>(position))
      .bind(":text", text)
      .run();
}

const char* sql_type(domain::customer::FieldType type) {
  return type == domain::customer::FieldType::number ? "REAL" : "TEXT";
}

void create_index(Work& work, CustomerFieldId field) {
  const std::string column = column_of(field);
  work.db.execute(("CREATE INDEX customer_field_values_by_" + column + " ON customer_field_values (" + column +
                   ") WHERE " + column + " IS NOT NULL")
                      .c_str());
}

void drop_index(Work& work, CustomerFieldId field) {
  work.db.execute(("DROP INDEX customer_field_values_by_" + column_of(field)).c_str());
}

std::string column_text(db::Row row, int column, domain::customer::FieldType type) {
  return type == domain::customer::FieldType::number ? decimal_text(row.number(column)) : row.string(column);
}

// Primary key.
std::string upsert_sql(std::span<const CustomSet> values, bool blank_keeps) {
  std::string columns;
  std::string parameters;
  std::string updates;
  for (const CustomSet& set : values) {
    const std::string column = column_of(set.field);
    columns += ", " + column;
    parameters += ", :" + column;
    updates += (updates.empty() ? "" : ", ") + column + " = ";
    updates += blank_keeps ? "coalesce(excluded." + column + ", " + column + ")" : "excluded." + column;
  }
  return "INSERT INTO customer_field_values (customer" + columns + ") VALUES (:customer" + parameters +
         ") ON CONFLICT (customer) DO UPDATE SET " + updates;
}

void bind_values(db::Statement& statement, CustomerId customer, std::span<const CustomSet> values) {
  statement.bind(":customer", customer);
  for (const CustomSet& set : values) {
    const std::string name = ":" + column_of(set.field);
    if (!set.value)
      statement.bind(name.c_str(), nullptr);
    else if (const auto* number = std::get_if<double>(&*set.value))
      statement.bind(name.c_str(), *number);
    else
      statement.bind(name.c_str(), std::string_view(*std::get_if<std::string>(&*set.value)));
  }
  statement.run();
}

}  // namespace

std::string column_of(CustomerFieldId field) { return "field_" + std::to_string(field.value); }

// Small table.
std::vector<CustomerFieldRow> customer_fields(Work& work) {
  auto fields = work.db.prepare(sql("ORDER BY id")).all(&read_field);
  for (CustomerFieldRow& field : fields) read_choices(work, field);
  return fields;
}

std::optional<CustomerFieldRow> load_customer_field(Work& work, CustomerFieldId field) {
  auto row = work.db.prepare(sql("WHERE id = :field")).bind(":field", field).one(&read_field);
  if (row) read_choices(work, *row);
  return row;
}

std::optional<CustomerFieldRow> customer_field_by_name(Work& work, std::string_view name) {
  const std::string key = text::lower(name);
  auto row = work.db.prepare(sql("WHERE name_key = :key")).bind(":key", key).one(&read_field);
  if (row) read_choices(work, *row);
  return row;
}

std::int64_t count_customer_fields(Work& work) {
  return work.db.prepare("SELECT count(*) FROM customer_fields").integer_or(0);
}

CustomerFieldId insert_customer_field(Work& work, const CustomerFieldRow& field) {
  const std::string key = text::lower(field.name);
  auto insert = work.db.prepare(
      "INSERT INTO customer_fields (name, name_key, type, filterable, created, changed) "
      "VALUES (:name, :key, :type, :filterable, :now, :now) RETURNING id");
  const CustomerFieldId id{insert.bind(":name", field.name)
                               .bind(":key", key)
                               .bind(":type", static_cast<int>(field.type))
                               .bind(":filterable", field.filterable)
                               .bind(":now", work.now)
                               .integer_or(0)};
  for (std::size_t i = 0; i < field.choices.size(); ++i) insert_choice(work, id, i, field.choices[i]);
  work.db.execute(
      ("ALTER TABLE customer_field_values ADD COLUMN " + column_of(id) + " " + sql_type(field.type)).c_str());
  if (field.filterable) create_index(work, id);
  return id;
}

bool update_customer_field(Work& work, const CustomerFieldRow& field, const CustomerFieldRow& before) {
  const std::string key = text::lower(field.name);
  const auto changed = work.db
                           .prepare(
                               "UPDATE customer_fields SET name = :name, name_key = :key, filterable = :filterable, "
                               "changed = :now, version = version + 1 WHERE id = :field AND version = :version")
                           .bind(":name", field.name)
                           .bind(":key", key)
                           .bind(":filterable", field.filterable)
                           .bind(":now", work.now)
                           .bind(":field", field.field)
                           .bind(":version", field.version)
                           .run_changes();
  if (changed == 0) return false;
  for (std::size_t i = before.choices.size(); i < field.choices.size(); ++i)
    insert_choice(work, field.field, i, field.choices[i]);
  if (field.filterable && !before.filterable) create_index(work, field.field);
  if (!field.filterable && before.filterable) drop_index(work, field.field);
  return true;
}

std::optional<CustomSet> read_custom_value(const CustomerFieldRow& field, std::string_view text) {
  if (text.empty()) return CustomSet{field.field, std::nullopt};
  switch (field.type) {
    case domain::customer::FieldType::number:
      if (const auto number = decimal_value(text)) return CustomSet{field.field, SqlValue(*number)};
      return std::nullopt;
    case domain::customer::FieldType::date:
      if (!is_iso_date(text)) return std::nullopt;
      break;
    case domain::customer::FieldType::choice:
      if (std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end()) return std::nullopt;
      break;
    case domain::customer::FieldType::text:
      break;
  }
  return CustomSet{field.field, SqlValue(std::string(text))};
}

void write_custom_values(Work& work, CustomerId customer, std::span<const CustomSet> values) {
  if (values.empty()) return;
  auto statement = work.db.prepare_once(upsert_sql(values, false));
  bind_values(statement, customer, values);
}

void merge_custom_values(Work& work, CustomerId customer, std::span<const CustomSet> values) {
  if (values.empty()) return;
  auto statement = work.db.prepare(upsert_sql(values, true));  // one text for a whole import
  bind_values(statement, customer, values);
}

// Primary key.
CustomValues::CustomValues(Work& work, std::span<const CustomerFieldRow> fields, Fields which) : fields_(fields) {
  if (fields.empty()) return;
  std::string columns;
  for (const CustomerFieldRow& field : fields) columns += (columns.empty() ? "" : ", ") + column_of(field.field);
  const std::string sql = "SELECT " + columns + " FROM customer_field_values WHERE customer = :customer";
  statement_.emplace(which == Fields::all ? work.db.prepare(sql) : work.db.prepare_once(sql));
}

std::vector<api::CustomValue> CustomValues::of(CustomerId customer) {
  std::vector<api::CustomValue> values;
  if (!statement_) return values;
  statement_->reset();
  if (!statement_->bind(":customer", customer).step()) return values;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const int column = static_cast<int>(i);
    if (!statement_->row().is_null(column))
      values.push_back({fields_[i].field, column_text(statement_->row(), column, fields_[i].type)});
  }
  return values;
}

std::vector<api::CustomValue> custom_values_of(Work& work, CustomerId customer) {
  const std::vector<CustomerFieldRow> fields = customer_fields(work);
  return CustomValues(work, fields, CustomValues::Fields::all).of(customer);
}

}  // namespace tw::services
