// The SQL of running allocations: the frozen plan's chunks, the ledger.
#pragma once

#include <string>
#include <vector>

#include "services/allocation_plan.h"
#include "services/batch_store.h"

namespace tw::services {

void insert_plan_chunk(Work& work, OperationId operation, std::int64_t chunk, std::string_view bytes);
// Empty behind the last chunk.
std::vector<PlanRow> plan_chunk(Work& work, OperationId operation, std::int64_t chunk);

}  // namespace tw::services
