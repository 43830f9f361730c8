// Who may do what: roles, permissions, data scopes. A permission opens an operation, the scope says which rows it
// reaches; both are checked on the server for every request, and the client asks the same functions only to decide
// what to offer.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/describe.h"
#include "core/ids.h"

namespace tw::domain::access {

enum class Role : std::uint8_t { administrator, manager, member };
inline constexpr WireName<Role> role_names[] = {
    {Role::administrator, "administrator"}, {Role::manager, "manager"}, {Role::member, "member"}};
constexpr std::span<const WireName<Role>> wire_names(Role) { return role_names; }

// Which customers a person's lists, queries, imports and searches reach.
enum class Scope : std::uint8_t {
  own,                   // customers they own
  department_and_below,  // customers whose department is theirs or below it
  all,
};
inline constexpr WireName<Scope> scope_names[] = {
    {Scope::own, "own"}, {Scope::department_and_below, "department_and_below"}, {Scope::all, "all"}};
constexpr std::span<const WireName<Scope>> wire_names(Scope) { return scope_names; }

enum class Permission : std::uint8_t {
  anyone,         // no session needed
  signed_in,      // any active person
  view_people,    // names and departments of colleagues: needed wherever a person is picked
  manage_people,  // add, change, disable people and departments
  view_customers,
  edit_customers,
  import_customers,
  manage_customer_fields,
  create_batch,
  manage_batch,  // row rule: creator, co-manager or manage_every_batch
  manage_every_batch,
  execute_items,  // row rule: the item's executor
  manage_settings,
};
inline constexpr WireName<Permission> permission_names[] = {
    {Permission::anyone, "anyone"},
    {Permission::signed_in, "signed_in"},
    {Permission::view_people, "view_people"},
    {Permission::manage_people, "manage_people"},
    {Permission::view_customers, "view_customers"},
    {Permission::edit_customers, "edit_customers"},
    {Permission::import_customers, "import_customers"},
    {Permission::manage_customer_fields, "manage_customer_fields"},
    {Permission::create_batch, "create_batch"},
    {Permission::manage_batch, "manage_batch"},
    {Permission::manage_every_batch, "manage_every_batch"},
    {Permission::execute_items, "execute_items"},
    {Permission::manage_settings, "manage_settings"},
};
constexpr std::span<const WireName<Permission>> wire_names(Permission) { return permission_names; }

// What a role leaves open may be granted to single people.
constexpr bool grantable(Permission permission) { return permission == Permission::create_batch; }

// Members may edit, not import; managers do everything with customers and batches of their scope.
constexpr bool holds(Role role, Permission permission) {
  switch (permission) {
    case Permission::anyone:
    case Permission::signed_in:
    case Permission::view_people:
    case Permission::view_customers:
    case Permission::edit_customers:
    case Permission::execute_items:
    case Permission::manage_batch:  // a member can be a co-manager: the row rule decides
      return true;
    case Permission::import_customers:
    case Permission::create_batch:
      return role != Role::member;
    case Permission::manage_people:
    case Permission::manage_customer_fields:
    case Permission::manage_every_batch:
    case Permission::manage_settings:
      return role == Role::administrator;
  }
  return false;
}

constexpr Scope scope_of(Role role) {
  switch (role) {
    case Role::administrator:
      return Scope::all;
    case Role::manager:
      return Scope::department_and_below;
    case Role::member:
      return Scope::own;
  }
  return Scope::own;
}

// The person behind a request, resolved once per request from the session.
struct Actor {
  PersonId person;  // none for "local operator" (the command line on the server's own machine)
  std::string name;
  Role role = Role::member;
  Scope scope = Scope::own;
  bool may_create_batches = false;  // granted to them, whatever their role
  DepartmentId department;
  std::vector<DepartmentId> departments;  // own department and all below, ascending; empty when the person has none
  std::string language = "zh-CN";
  std::string zone = "Asia/Shanghai";
  std::int64_t session = 0;  // row of the session; 0 for the local operator

  bool holds(Permission permission) const {
    return access::holds(role, permission) || (permission == Permission::create_batch && may_create_batches);
  }
};

// Does a customer row lie in the actor's scope? The same rule as the SQL of services/customer_store.
bool reaches(const Actor& actor, PersonId owner, DepartmentId department);

}  // namespace tw::domain::access
