// Use cases of api/user_group.h.
#pragma once

#include "api/user_group.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::ListUserGroups::Response> list_user_groups(Work& work, const Actor& actor,
                                                       const api::ListUserGroups::Request& request);
Result<api::UserGroupRow> add_user_group(Work& work, const Actor& actor, const api::AddUserGroup::Request& request);
Result<api::UserGroupRow> update_user_group(Work& work, const Actor& actor,
                                            const api::UpdateUserGroup::Request& request);
Result<Done> delete_user_group(Work& work, const Actor& actor, const api::DeleteUserGroup::Request& request);
Result<Done> set_most_user_groups(Work& work, const Actor& actor, const api::SetMostUserGroups::Request& request);

}  // namespace tw::services
