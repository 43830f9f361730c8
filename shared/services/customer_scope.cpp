#include "services/customer_scope.h"

#include <algorithm>

namespace tw::services {

CustomerScope scope_of(const domain::access::Actor& actor) {
  CustomerScope scope;
  scope.person = actor.person;
  switch (actor.scope) {
    case domain::access::Scope::all:
      scope.kind = CustomerScope::Kind::all;
      break;
    case domain::access::Scope::department_and_below:
      scope.kind = CustomerScope::Kind::departments;
      scope.or_own = true;
      scope.departments = actor.departments;
      break;
    case domain::access::Scope::own:
      scope.kind = CustomerScope::Kind::own;
      break;
  }
  return scope;
}

CustomerScope scope_of(const domain::access::Actor& actor, api::CustomerView view) {
  CustomerScope scope = scope_of(actor);
  if (scope.kind == CustomerScope::Kind::own || view == api::CustomerView::all) return scope;
  scope.or_own = false;
  if (view == api::CustomerView::own) {
    scope.kind = CustomerScope::Kind::own;
    scope.departments.clear();
  } else {
    scope.kind = CustomerScope::Kind::departments;
    scope.departments = actor.departments;
  }
  return scope;
}

bool reaches(const CustomerScope& scope, PersonId owner, DepartmentId department) {
  const bool own = owner && owner == scope.person;
  switch (scope.kind) {
    case CustomerScope::Kind::all:
      return true;
    case CustomerScope::Kind::own:
      return own;
    case CustomerScope::Kind::departments:
      return (scope.or_own && own) ||
             (department && std::binary_search(scope.departments.begin(), scope.departments.end(), department));
  }
  return false;
}

}  // namespace tw::services
