// The frozen rows of operations that walk a list of items (an allocation's plan, a selection), chunk by chunk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/allocation_plan.h"
#include "services/batch_store.h"

namespace tw::services {

void insert_plan_chunk(Work& work, OperationId operation, std::int64_t chunk, std::string_view bytes);
void insert_plan(Work& work, OperationId operation, const std::vector<std::string>& chunks);
// Where such an operation stands: the next row to look at. As an operation's cursor it reads "chunk:row".
struct PlanCursor {
  std::int64_t chunk = 0;
  std::size_t row = 0;
};
PlanCursor read_plan_cursor(std::string_view cursor);
std::string written(const PlanCursor& cursor);

// One item's row; empty: it is not in the plan.
std::optional<PlanRow> plan_row_of(Work& work, OperationId operation, ItemId item);

// Empty behind the last chunk.
std::vector<PlanRow> plan_chunk(Work& work, OperationId operation, std::int64_t chunk);

}  // namespace tw::services
