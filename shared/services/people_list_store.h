// Statements of people.cpp alone: lists, counts and the shape of the department tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/people_store.h"

namespace tw::services {

struct PeopleFilter {
  std::string search;          // in lower case; empty: everybody
  bool search_logins = false;  // logins are not for everybody's eyes, not even by guessing
  DepartmentId department;     // this one and below; none: all
  std::optional<bool> active;
};

// Behind (after_name, after), by name and id; `department_name` comes with each row.
struct ListedPerson {
  Person person;
  std::string department_name;
};
std::vector<ListedPerson> list_people(Work& work, const PeopleFilter& filter, std::string_view after_name,
                                      PersonId after, std::int64_t limit);
std::int64_t count_people(Work& work, const PeopleFilter& filter);
std::int64_t count_active_administrators(Work& work);

struct ListedDepartment {
  Department department;
  std::int64_t people = 0;  // active, directly in it
};
// Parents before children, then by name.
std::vector<ListedDepartment> list_departments(Work& work);
std::optional<ListedDepartment> listed_department(Work& work, DepartmentId department);
std::int64_t count_departments(Work& work);
// Name and parent, where the row still is `department.version`; else false. A new parent moves everything below along;
// it must not lie below the department itself.
bool update_department(Work& work, const Department& department);

}  // namespace tw::services
