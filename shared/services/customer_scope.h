// Which customers a list reaches: the shipped view, narrowed to the actor's scope, as plain data that can be frozen
// with a long operation. The same rule as domain::access::reaches, in a form that SQL can use.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "api/customer.h"
#include "domain/access/access.h"

namespace tw::services {

struct CustomerScope {
  // `own`: owned by `person`. `departments`: of one of `departments`, and, with `or_own`, also what `person` owns
  // elsewhere. `all`: every customer.
  enum class Kind : std::uint8_t { own, departments, all };
  Kind kind = Kind::own;
  PersonId person;
  bool or_own = false;
  std::vector<DepartmentId> departments;  // ascending

  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("kind", s.kind, rule::required);
    v("person", s.person);
    v("or_own", s.or_own);
    v("departments", s.departments, FieldRule{.max_length = 100'000});
  }
};

inline constexpr WireName<CustomerScope::Kind> customer_scope_names[] = {
    {CustomerScope::Kind::own, "own"},
    {CustomerScope::Kind::departments, "departments"},
    {CustomerScope::Kind::all, "all"}};
constexpr std::span<const WireName<CustomerScope::Kind>> wire_names(CustomerScope::Kind) {
  return customer_scope_names;
}

// Everything that the actor reaches.
CustomerScope scope_of(const domain::access::Actor& actor);

// A view shows less than the scope, never more: `own` what the actor owns, `department` what lies in the actor's
// departments, `all` the whole scope. Who reaches only their own customers sees these in every view.
CustomerScope scope_of(const domain::access::Actor& actor, api::CustomerView view);

// Does a row with this owner and department lie in the scope?
bool reaches(const CustomerScope& scope, PersonId owner, DepartmentId department);

}  // namespace tw::services
