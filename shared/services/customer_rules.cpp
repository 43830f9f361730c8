#include "services/customer_rules.h"

#include <algorithm>

#include "services/people_store.h"

namespace tw::services {

using domain::access::Scope;

Refusal may_own(Work& work, const domain::access::Actor& actor, PersonId owner) {
  if (owner == actor.person) return std::nullopt;
  if (actor.scope == Scope::own) return error(Code::forbidden, text_key("customer.owner_is_for_wider_scopes"));
  if (!owner) return std::nullopt;
  const auto person = load_person(work, owner);
  if (!person || !person->active) return field_error("owner", text_key("customer.no_such_person"));
  const bool reached = actor.scope == Scope::all ||
                       std::binary_search(actor.departments.begin(), actor.departments.end(), person->department);
  if (!reached) return field_error("owner", text_key("customer.owner_out_of_scope"));
  return std::nullopt;
}

Refusal may_file_under(Work& work, const domain::access::Actor& actor, DepartmentId department, DepartmentId of_owner) {
  if (!department || department == of_owner) return std::nullopt;
  if (actor.scope == Scope::own) return error(Code::forbidden, text_key("customer.department_is_for_wider_scopes"));
  if (!load_department(work, department)) return field_error("department", text_key("customer.no_such_department"));
  const bool reached =
      actor.scope == Scope::all || std::binary_search(actor.departments.begin(), actor.departments.end(), department);
  if (!reached) return field_error("department", text_key("customer.department_out_of_scope"));
  return std::nullopt;
}

DepartmentId department_of(Work& work, PersonId person) {
  const auto row = person ? load_person(work, person) : std::nullopt;
  return row ? row->department : DepartmentId{};
}

}  // namespace tw::services
