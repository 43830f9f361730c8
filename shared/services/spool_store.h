// Which spooled files belong to a row. Any other one is left over from a request or a step that a kill cut off.
#pragma once

#include <vector>

#include "core/ids.h"
#include "services/work.h"

namespace tw::services {

std::vector<SpoolId> owned_spool_files(Work& work);

}  // namespace tw::services
