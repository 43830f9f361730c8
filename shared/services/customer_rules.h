// Who may give a customer to whom, for edits and imports alike.
#pragma once

#include "core/error.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

// Nobody whose scope is their own rows gives to others; a manager gives within the departments; whoever reaches
// everything, to everybody. The owner must be active.
Refusal may_own(Work& work, const domain::access::Actor& actor, PersonId owner);
// The owner's own department is always right.
Refusal may_file_under(Work& work, const domain::access::Actor& actor, DepartmentId department, DepartmentId of_owner);
DepartmentId department_of(Work& work, PersonId person);

}  // namespace tw::services
