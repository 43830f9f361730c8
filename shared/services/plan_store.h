// The frozen rows of operations that walk a list of items (an allocation's plan, a selection), chunk by chunk.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/allocation_plan.h"
#include "services/batch_store.h"

namespace tw::services {

void insert_plan_chunk(Work& work, OperationId operation, std::int64_t chunk, std::string_view bytes);
void insert_plan(Work& work, OperationId operation, const std::vector<std::string>& chunks);
// Where such an operation stands: the next row to look at. As an operation's cursor it reads "chunk:row", and of an
// allocation whose hand put limits aside besides "chunk:row:person=items,…".
struct PlanCursor {
  std::int64_t chunk = 0;
  std::size_t row = 0;
  std::map<std::size_t, std::int64_t> over_soft = {};  // by index in the plan's people: given against a limit so far
};
PlanCursor read_plan_cursor(std::string_view cursor);
std::string written(const PlanCursor& cursor);

// Single rows of a plan. Asked for in order of id it unpacks no chunk twice, and none that has nothing of them; of
// chunks in between it looks at the first row.
class PlanRows {
 public:
  PlanRows(Work& work, OperationId operation) : work_(work), operation_(operation) {}
  // Empty: it is not in the plan.
  std::optional<PlanRow> find(ItemId item);

 private:
  std::int64_t chunk_of(ItemId item);  // -1: before the first
  ItemId first_of(std::int64_t chunk);

  Work& work_;
  const OperationId operation_;
  std::optional<std::int64_t> chunks_;
  std::map<std::int64_t, ItemId> first_;
  std::int64_t at_ = -1;       // the chunk that is unpacked
  std::vector<PlanRow> rows_;  // of it
};

// Empty behind the last chunk.
std::vector<PlanRow> plan_chunk(Work& work, OperationId operation, std::int64_t chunk);

}  // namespace tw::services
