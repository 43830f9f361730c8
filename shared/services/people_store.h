// Rows of `people` and `departments`: what this area and others read about them. One statement per function; all of
// them are small tables (thousands of rows), still read by index.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

struct Person {
  PersonId person;
  Version version;
  std::string login;
  std::string name;
  DepartmentId department;  // none: in no department
  domain::access::Role role = domain::access::Role::member;
  std::string zone;
  std::string language;
  bool active = true;
  bool has_password = false;
  bool may_create_batches = false;  // although their role does not say so
  std::optional<std::int64_t> holding_cap;
  std::optional<std::int64_t> daily_inflow_cap;
  std::int64_t weight = 100;
  std::optional<Instant> last_seen;
};

// The columns of a person in the order of the struct, but for `has_password`, which is `password_hash IS NOT NULL`.
Person read_person(db::Row row);

std::optional<Person> load_person(Work& work, PersonId person);
std::optional<Person> person_by_login(Work& work, std::string_view login);
std::string name_of(Work& work, PersonId person);  // empty when there is no such person
bool has_people(Work& work);

// Returns the new id; version 1. The login must be free (else DbError: a unique violation).
PersonId insert_person(Work& work, const Person& person);
// Writes all but login and password, and counts the version up, where it still is `person.version`; else false.
bool update_person(Work& work, const Person& person);

// Of people who were there before initials were kept; answers of how many.
std::int64_t make_missing_initials(Work& work, std::int64_t limit);

std::optional<std::string> password_hash_of(Work& work, PersonId person);
void set_password_hash(Work& work, PersonId person, const std::optional<std::string>& hash);

struct Department {
  DepartmentId department;
  Version version;
  std::string name;
  DepartmentId parent;  // none at the top
  std::string path;     // "/1/5/"
};

std::optional<Department> load_department(Work& work, DepartmentId department);
std::string department_name_of(Work& work, DepartmentId department);  // empty when there is none
DepartmentId insert_department(Work& work, std::string_view name, DepartmentId parent);
// This one and all below it, ascending; empty for "none".
std::vector<DepartmentId> departments_below(Work& work, DepartmentId department);

// Who acts: the person with role, scope and reach, as of now. `session` 0: outside a session.
domain::access::Actor actor_for(Work& work, const Person& person, std::int64_t session = 0);
// The command line on the server's own machine: everything is open to it, nothing belongs to it.
domain::access::Actor local_operator();

}  // namespace tw::services
