// Use cases of the departments in api/people.h.
#pragma once

#include "api/people.h"
#include "services/dispatcher.h"

namespace tw::services {

Result<api::ListDepartments::Response> list_departments(Work& work, const Actor& actor,
                                                        const api::ListDepartments::Request& request);
Result<api::DepartmentRow> add_department(Work& work, const Actor& actor, const api::AddDepartment::Request& request);
Result<api::DepartmentRow> update_department(Work& work, const Actor& actor,
                                             const api::UpdateDepartment::Request& request);

}  // namespace tw::services
