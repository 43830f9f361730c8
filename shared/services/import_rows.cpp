#include "services/import_rows.h"

#include <algorithm>

#include "core/text.h"
#include "domain/imports/values.h"
#include "services/custom_value.h"
#include "services/customer_rules.h"
#include "services/people_store.h"

namespace tw::services {

namespace imports = domain::imports;

namespace {

constexpr std::size_t longest_custom_text = 1'000;
constexpr std::size_t longest_choice = 200;
constexpr std::size_t names_kept = 5'000;  // of people and departments that were looked up

// The texts among the standard fields, with the lengths of api::AddCustomer.
struct TextField {
  std::string_view name;
  std::string RowContent::*value;
  std::string Customer::*stored;
  std::size_t longest;
};
constexpr TextField text_fields[] = {
    {"name", &RowContent::name, &Customer::name, 200},
    {"contact", &RowContent::contact, &Customer::contact, 200},
    {"phone", &RowContent::phone, &Customer::phone, 60},
    {"email", &RowContent::email, &Customer::email, 200},
    {"city", &RowContent::city, &Customer::city, 100},
    {"address", &RowContent::address, &Customer::address, 400},
    {"source", &RowContent::source, &Customer::source, 100},
    {"note", &RowContent::note, &Customer::note, 4000},
    {"external_key", &RowContent::external_key, &Customer::external_key, 100},
};

std::string shortened(std::string_view value) { return std::string(text::prefix(value, 60)); }

bool too_long(std::string_view cell, std::size_t longest) {
  return cell.size() > longest && text::code_points(cell) > longest;
}

}  // namespace

RowReader::RowReader(Work& work, const domain::access::Actor& actor, const Import& import)
    : work_(work), actor_(actor), import_(import), cells_(import.columns.size()) {
  default_department_ = import.department ? import.department : department_of(work, import.owner);
  for (const api::ColumnMapping& mapping : import.mapping) {
    Column column;
    column.place = mapping.column;
    if (mapping.to == api::MapTo::standard) {
      column.standard = mapping.standard;
    } else if (mapping.to == api::MapTo::custom) {
      column.field = load_customer_field(work, mapping.custom);
      if (!column.field) continue;
      column.choices.insert(column.field->choices.begin(), column.field->choices.end());
    } else if (mapping.to == api::MapTo::new_custom) {
      column.field = CustomerFieldRow{{}, {}, mapping.new_name, mapping.new_type, false, {}};
      for (const ImportChoices& known : import.choices)
        if (known.column == mapping.column) column.choices.insert(known.choices.begin(), known.choices.end());
    } else {
      continue;
    }
    columns_.push_back(std::move(column));
  }
}

std::vector<ImportChoices> RowReader::new_choices() const {
  std::vector<ImportChoices> all;
  for (const Column& column : columns_)
    if (column.field && !column.field->field && column.field->type == domain::customer::FieldType::choice)
      all.push_back({column.place, {column.choices.begin(), column.choices.end()}});
  return all;
}

std::vector<RowProblem> RowReader::read(const imports::CsvRecord& record, std::int64_t row, RowContent& content) {
  std::vector<RowProblem> problems;
  content = RowContent{};
  if (record.size() != cells_) {
    problems.push_back({ProblemKind::wrong_cells, -1, std::to_string(record.size())});
    return problems;
  }
  for (Column& column : columns_) {
    const std::string_view cell = text::trim(record[static_cast<std::size_t>(column.place)]);
    if (column.field)
      read_custom(column, cell, content, problems);
    else if (!cell.empty())
      read_standard(column, cell, content, problems);
  }
  if (import_.key_from_row_number) content.external_key = std::to_string(row);
  content.phone_key = domain::customer::phone_key(content.phone);
  return problems;
}

void RowReader::read_standard(const Column& column, std::string_view cell, RowContent& content,
                              std::vector<RowProblem>& problems) {
  const std::string_view name = column.standard;
  const auto wrong = [&](ProblemKind kind) { problems.push_back({kind, column.place, shortened(cell)}); };
  for (const TextField& field : text_fields) {
    if (field.name != name) continue;
    if (too_long(cell, field.longest))
      problems.push_back({ProblemKind::too_long, column.place, std::to_string(field.longest)});
    else
      content.*field.value = cell;
    return;
  }
  if (name == "kind") {
    content.kind = imports::kind(cell);
    if (!content.kind) wrong(ProblemKind::not_a_kind);
  } else if (name == "score") {
    const auto number = imports::number(cell);
    content.score = number ? text::to_integer(*number) : std::nullopt;
    if (!content.score || *content.score < 0 || *content.score > 100) wrong(ProblemKind::not_a_score);
  } else if (name == "do_not_contact") {
    content.do_not_contact = imports::yes_or_no(cell);
    if (!content.do_not_contact) wrong(ProblemKind::not_a_flag);
  } else if (name == "owner") {
    content.owner = person_named(std::string(cell));
    if (!content.owner) wrong(ProblemKind::no_such_person);
  } else if (name == "department") {
    content.department = department_named(std::string(cell));
    if (!content.department) wrong(ProblemKind::no_such_department);
  }
}

void RowReader::read_custom(Column& column, std::string_view cell, RowContent& content,
                            std::vector<RowProblem>& problems) {
  const CustomerFieldRow& field = *column.field;
  content.values.push_back({field.field, std::nullopt});
  if (cell.empty()) return;
  std::optional<SqlValue>& value = content.values.back().value;
  switch (field.type) {
    case domain::customer::FieldType::number:
      if (const auto canonical = imports::number(cell))
        if (const auto number = decimal_value(*canonical)) value = SqlValue(*number);
      if (!value) problems.push_back({ProblemKind::not_a_number, column.place, shortened(cell)});
      return;
    case domain::customer::FieldType::date:
      if (auto canonical = imports::date(cell)) value = SqlValue(std::move(*canonical));
      if (!value) problems.push_back({ProblemKind::not_a_date, column.place, shortened(cell)});
      return;
    case domain::customer::FieldType::choice:
      if (const ProblemKind problem = read_choice(column, cell); problem != ProblemKind::none)
        problems.push_back({problem, column.place, shortened(cell)});
      else
        value = SqlValue(std::string(cell));
      return;
    case domain::customer::FieldType::text:
      if (too_long(cell, longest_custom_text))
        problems.push_back({ProblemKind::too_long, column.place, std::to_string(longest_custom_text)});
      else
        value = SqlValue(std::string(cell));
      return;
  }
}

ProblemKind RowReader::read_choice(Column& column, std::string_view cell) {
  if (column.choices.find(cell) != column.choices.end()) return ProblemKind::none;
  if (column.field->field) return ProblemKind::not_a_choice;
  if (too_long(cell, longest_choice)) return ProblemKind::too_long;
  if (column.choices.size() >= most_choices) return ProblemKind::too_many_choices;
  column.choices.emplace(cell);
  return ProblemKind::none;
}

// By login, or by a name that only one active person has. Within the importer's reach; remembered, because a file names
// few people often.
PersonId RowReader::person_named(const std::string& name) {
  if (const auto known = people_.find(name); known != people_.end()) return known->second;
  const auto by_login = person_by_login(work_, name);
  PersonId found = by_login ? by_login->person : only_person_named(work_, name);
  if (found && may_own(work_, actor_, found)) found = {};
  if (people_.size() < names_kept) people_[name] = found;
  return found;
}

DepartmentId RowReader::department_named(const std::string& name) {
  if (const auto known = departments_.find(name); known != departments_.end()) return known->second;
  DepartmentId found = only_department_named(work_, name);
  if (found && may_file_under(work_, actor_, found, actor_.department)) found = {};
  if (departments_.size() < names_kept) departments_[name] = found;
  return found;
}

Customer RowReader::new_customer(const RowContent& content) const {
  Customer customer;
  customer.owner = import_.owner;
  customer.department = default_department_;
  customer.import = import_.id;
  (void)merge(content, customer);
  return customer;
}

std::string RowReader::merge(const RowContent& content, Customer& customer) const {
  std::string names;
  const auto take = [&names](std::string_view name, bool said, auto& stored, const auto& value) {
    if (!said || stored == value) return;
    stored = value;
    names += (names.empty() ? "" : ",") + std::string(name);
  };
  for (const TextField& field : text_fields) {
    const std::string& value = content.*field.value;
    take(field.name, !value.empty(), customer.*field.stored, value);
  }
  take("kind", content.kind.has_value(), customer.kind, content.kind.value_or(customer.kind));
  take("score", content.score.has_value(), customer.score, content.score);
  take("do_not_contact", content.do_not_contact.has_value(), customer.do_not_contact,
       content.do_not_contact.value_or(false));
  const bool new_owner = content.owner && content.owner != customer.owner;
  take("owner", bool(content.owner), customer.owner, content.owner);
  const DepartmentId department = content.department ? content.department
                                  : new_owner        ? department_of(work_, content.owner)
                                                     : DepartmentId{};
  take("department", bool(department), customer.department, department);
  return names;
}

}  // namespace tw::services
