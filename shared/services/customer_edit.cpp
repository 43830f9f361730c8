// Writing customers by hand: adding, changing, noting.
#include <algorithm>

#include "core/text.h"
#include "services/customer_detail.h"
#include "services/customer_field_store.h"
#include "services/customer_rules.h"
#include "services/customer_store.h"
#include "services/customers.h"

namespace tw::services {

namespace {

Error no_such_customer() { return error(Code::not_found, text_key("error.not_found")); }

std::string trimmed(const std::string& s) { return std::string(text::trim(s)); }

Result<std::vector<CustomSet>> read_values(Work& work, const std::vector<api::CustomValue>& values) {
  std::vector<CustomSet> sets;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string path = "values[" + std::to_string(i) + "]";
    const auto field = load_customer_field(work, values[i].field);
    if (!field) return field_error(path + ".field", text_key("customer.no_such_field"));
    for (const CustomSet& set : sets)
      if (set.field == field->field) return field_error(path + ".field", text_key("customer.field_named_twice"));
    auto set = read_custom_value(*field, text::trim(values[i].value));
    if (!set)
      return field_error(path + ".value", text_key("customer.value_does_not_fit"), {param("field", field->name)});
    sets.push_back(std::move(*set));
  }
  return sets;
}

// Which custom values really change: the timeline names these only.
std::vector<CustomSet> changed_values(Work& work, CustomerId customer, std::vector<CustomSet> sets,
                                      const std::vector<api::CustomValue>& wanted, std::string& names) {
  if (sets.empty()) return {};
  const auto stored = custom_values_of(work, customer);
  std::vector<CustomSet> changed;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    const auto found = std::find_if(stored.begin(), stored.end(),
                                    [&](const api::CustomValue& value) { return value.field == sets[i].field; });
    const std::string before = found == stored.end() ? std::string() : found->value;
    if (before == text::trim(wanted[i].value)) continue;
    names += (names.empty() ? "" : ",") + column_of(sets[i].field);
    changed.push_back(std::move(sets[i]));
  }
  return changed;
}

class Changes {
 public:
  template <class T>
  void take(const char* name, const std::optional<T>& wanted, T& value) {
    if (!wanted || *wanted == value) return;
    value = *wanted;
    note(name);
  }
  void take_text(const char* name, const std::optional<std::string>& wanted, std::string& value) {
    if (wanted) take(name, std::optional<std::string>(trimmed(*wanted)), value);
  }
  void note(const char* name) { names_ += (names_.empty() ? "" : ",") + std::string(name); }
  std::string& names() { return names_; }
  bool has(std::string_view name) const { return names_.find(name) != std::string::npos; }

 private:
  std::string names_;
};

void apply(const api::UpdateCustomer::Request& request, Customer& customer, Changes& changes) {
  changes.take("kind", request.kind, customer.kind);
  changes.take_text("name", request.name, customer.name);
  changes.take_text("contact", request.contact, customer.contact);
  const std::string phone_before = customer.phone;
  changes.take_text("phone", request.phone, customer.phone);
  changes.take_text("email", request.email, customer.email);
  changes.take_text("city", request.city, customer.city);
  changes.take_text("address", request.address, customer.address);
  changes.take_text("source", request.source, customer.source);
  changes.take_text("note", request.note, customer.note);
  changes.take_text("external_key", request.external_key, customer.external_key);
  changes.take("do_not_contact", request.do_not_contact, customer.do_not_contact);
  changes.take("owner", request.owner, customer.owner);
  changes.take("department", request.department, customer.department);
  const auto score = request.clear_score ? std::optional<std::int64_t>() : request.score;
  if ((request.clear_score || request.score) && score != customer.score) {
    customer.score = score;
    changes.note("score");
  }
  // Whoever corrects the phone says that the number is good again, unless they say otherwise.
  const bool corrected = customer.phone != phone_before && !customer.phone.empty();
  changes.take("number_error",
               request.number_error ? request.number_error : std::optional<bool>(customer.number_error && !corrected),
               customer.number_error);
}

}  // namespace

Result<api::CustomerDetail> add_customer(Work& work, const Actor& actor, const api::AddCustomer::Request& request) {
  Customer customer;
  customer.kind = request.kind;
  customer.name = trimmed(request.name);
  customer.contact = trimmed(request.contact);
  customer.phone = trimmed(request.phone);
  customer.email = trimmed(request.email);
  customer.city = trimmed(request.city);
  customer.address = trimmed(request.address);
  customer.source = trimmed(request.source);
  customer.score = request.score;
  customer.note = trimmed(request.note);
  customer.external_key = trimmed(request.external_key);
  customer.do_not_contact = request.do_not_contact;
  customer.owner = request.owner.value_or(actor.person);
  if (auto refused = may_own(work, actor, customer.owner)) return *refused;
  const DepartmentId of_owner = department_of(work, customer.owner);
  // Nobody's customer stays where it was made, else only who reaches everything would see it.
  customer.department = request.department.value_or(customer.owner ? of_owner : actor.department);
  if (auto refused = may_file_under(work, actor, customer.department, of_owner)) return *refused;
  const auto values = read_values(work, request.values);
  if (!values) return values.error();

  customer.id = insert_customer(work, customer);
  std::vector<CustomSet> set_values;
  for (const CustomSet& set : *values)
    if (set.value) set_values.push_back(set);
  write_custom_values(work, customer.id, set_values);
  insert_customer_log(work, actor, customer.id, api::TimelineKind::created, {});
  work.emit(EventKind::customer_changed, customer.id.value);
  return customer_detail(work, actor, customer);
}

Result<api::CustomerDetail> change_customer(Work& work, const Actor& actor,
                                            const api::UpdateCustomer::Request& request) {
  const auto before = load_customer(work, request.customer);
  if (!before || !domain::access::reaches(actor, before->owner, before->department)) return no_such_customer();
  if (before->version != request.version) return error(Code::conflict, text_key("error.changed_meanwhile"));
  Customer customer = *before;
  Changes changes;
  apply(request, customer, changes);
  const DepartmentId of_owner = department_of(work, customer.owner);
  if (customer.owner != before->owner)
    if (auto refused = may_own(work, actor, customer.owner)) return *refused;
  // A new owner takes the customer along into their department, unless the request says where it goes.
  if (customer.owner != before->owner && !request.department && of_owner && customer.department != of_owner) {
    customer.department = of_owner;
    changes.note("department");
  }
  if (customer.department != before->department)
    if (auto refused = may_file_under(work, actor, customer.department, of_owner)) return *refused;
  auto values = read_values(work, request.values);
  if (!values) return values.error();
  const auto changed = changed_values(work, customer.id, std::move(*values), request.values, changes.names());
  if (changes.names().empty()) return customer_detail(work, actor, customer);

  update_customer(work, customer, *before);
  write_custom_values(work, customer.id, changed);
  insert_customer_log(work, actor, customer.id, api::TimelineKind::changed, changes.names());
  work.emit(EventKind::customer_changed, customer.id.value);
  return customer_detail(work, actor, customer);
}

Result<Done> add_customer_note(Work& work, const Actor& actor, const api::AddCustomerNote::Request& request) {
  if (!in_scope(work, actor, request.customer)) return no_such_customer();
  const std::string note = trimmed(request.text);
  if (note.empty()) return field_error("text", text_key("field.missing"));
  insert_customer_log(work, actor, request.customer, api::TimelineKind::note, note);
  mark_followed_up(work, request.customer, work.now);
  return Done{};
}

}  // namespace tw::services
