// Custom fields: listed for everybody, made and changed by administrators. Imports make theirs by the same rules
// (new_customer_field).
#include "services/customer_fields.h"

#include <algorithm>

#include "core/text.h"
#include "services/audit.h"
#include "services/customers.h"

namespace tw::services {

namespace {

api::CustomerField shown(CustomerFieldRow row) {
  return {row.field, row.version, std::move(row.name), row.type, row.filterable, std::move(row.choices)};
}

Refusal check_choices(const std::vector<std::string>& choices, std::size_t first, const char* path) {
  if (choices.size() > most_choices)
    return field_error(path, text_key("field.too_many"), {param("maximum", static_cast<std::int64_t>(most_choices))});
  for (std::size_t i = first; i < choices.size(); ++i) {
    const std::string here = std::string(path) + "[" + std::to_string(i - first) + "]";
    if (choices[i].empty()) return field_error(here, text_key("field.missing"));
    if (text::code_points(choices[i]) > 200)
      return field_error(here, text_key("field.too_long"), {param("maximum", std::int64_t{200})});
    if (std::find(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(i), choices[i]) !=
        choices.begin() + static_cast<std::ptrdiff_t>(i))
      return field_error(here, text_key("customer_field.choice_named_twice"));
  }
  return std::nullopt;
}

void audit_field(Work& work, const Actor& actor, CustomerFieldId field, std::string_view change) {
  audit(work, actor.person, api::AuditKind::settings_changed,
        AuditFacts().id(api::AuditFact::customer_field, field).text(api::AuditFact::change, change));
}

}  // namespace

Result<CustomerFieldRow> new_customer_field(Work& work, CustomerFieldRow field) {
  field.name = std::string(text::trim(field.name));
  for (std::string& choice : field.choices) choice = std::string(text::trim(choice));
  if (field.name.empty()) return field_error("name", text_key("field.missing"));
  if (customer_field_by_name(work, field.name)) return error(Code::conflict, text_key("customer_field.name_is_taken"));
  if (count_customer_fields(work) >= most_customer_fields)
    return error(Code::limited, text_key("customer_field.too_many"), {param("maximum", most_customer_fields)});
  const bool is_choice = field.type == domain::customer::FieldType::choice;
  if (is_choice && field.choices.empty()) return field_error("choices", text_key("field.missing"));
  if (!is_choice && !field.choices.empty()) return field_error("choices", text_key("customer_field.has_no_choices"));
  if (auto refused = check_choices(field.choices, 0, "choices")) return *refused;
  field.field = insert_customer_field(work, field);
  field.version = {1};
  work.emit(EventKind::field_changed, field.field.value);
  return field;
}

Result<api::ListCustomerFields::Response> list_customer_fields(Work& work, const Actor&,
                                                               const api::ListCustomerFields::Request&) {
  api::ListCustomerFields::Response response;
  for (CustomerFieldRow& field : customer_fields(work)) response.rows.push_back(shown(std::move(field)));
  return response;
}

Result<api::CustomerField> add_customer_field(Work& work, const Actor& actor,
                                              const api::AddCustomerField::Request& request) {
  auto field = new_customer_field(work, {{}, {}, request.name, request.type, request.filterable, request.choices});
  if (!field) return field.error();
  audit_field(work, actor, field->field, "added");
  return shown(std::move(*field));
}

Result<api::CustomerField> change_customer_field(Work& work, const Actor& actor,
                                                 const api::UpdateCustomerField::Request& request) {
  const auto before = load_customer_field(work, request.field);
  if (!before) return error(Code::not_found, text_key("error.not_found"));
  if (before->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  CustomerFieldRow field = *before;
  if (request.name) {
    field.name = std::string(text::trim(*request.name));
    if (field.name.empty()) return field_error("name", text_key("field.missing"));
    const auto same = customer_field_by_name(work, field.name);
    if (same && same->field != field.field) return error(Code::conflict, text_key("customer_field.name_is_taken"));
  }
  if (request.filterable) field.filterable = *request.filterable;
  if (!request.add_choices.empty() && field.type != domain::customer::FieldType::choice)
    return field_error("add_choices", text_key("customer_field.has_no_choices"));
  for (const std::string& choice : request.add_choices) field.choices.push_back(std::string(text::trim(choice)));
  if (auto refused = check_choices(field.choices, before->choices.size(), "add_choices")) return *refused;
  if (!update_customer_field(work, field, *before)) return error(Code::conflict, text_key("error.changed_meanwhile"));
  field.version.value += 1;
  audit_field(work, actor, field.field, "changed");
  work.emit(EventKind::field_changed, field.field.value);
  return shown(std::move(field));
}

}  // namespace tw::services
