// The numbers that everybody starts their day with (api/workbench.h): all from kept counters and due-time indexes.
#pragma once

#include "api/workbench.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

Result<api::ViewWorkbench::Response> view_workbench(Work& work, const domain::access::Actor& actor,
                                                    const api::ViewWorkbench::Request& request);

}  // namespace tw::services
