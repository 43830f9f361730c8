// The audit log as administrators read it: ids with the names that they have today.
#pragma once

#include "api/audit.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

Result<api::ListAudit::Response> list_audit(Work& work, const domain::access::Actor& actor,
                                            const api::ListAudit::Request& request);

}  // namespace tw::services
