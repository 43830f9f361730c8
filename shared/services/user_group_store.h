// Rows of `user_groups` and of who is in them. Small tables: at most 500 groups of at most 1,000 people.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/user_group.h"
#include "services/work.h"

namespace tw::services {

struct UserGroup {
  UserGroupId group;
  Version version;
  std::string name;
};
std::vector<UserGroup> list_user_groups(Work& work);  // by name
std::optional<UserGroup> load_user_group(Work& work, UserGroupId group);
std::optional<UserGroup> user_group_by_name(Work& work, std::string_view name);  // whatever its case
std::int64_t count_user_groups(Work& work);

UserGroupId insert_user_group(Work& work, std::string_view name);  // version 1, nobody in it
bool update_user_group(Work& work, const UserGroup& group);        // where it still is `group.version`; else false
void delete_user_group(Work& work, UserGroupId group);             // and who is in it

std::vector<api::PersonName> people_of(Work& work, UserGroupId group);  // by name
void put_into_user_group(Work& work, UserGroupId group, PersonId person);
void take_out_of_user_group(Work& work, UserGroupId group, PersonId person);

}  // namespace tw::services
