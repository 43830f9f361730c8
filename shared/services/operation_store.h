// Rows of `operations`: long operations, running and ended.
#pragma once

#include <optional>
#include <vector>

#include "services/long_operation.h"

namespace tw::services {

// Of an allocation: rows that it gave and nobody has taken back, and those of them that its policy divided.
struct AllocationRows {
  std::int64_t all = 0;
  std::int64_t divided = 0;
};
AllocationRows standing_rows(Work& work, OperationId allocation);
void set_standing_rows(Work& work, OperationId allocation, AllocationRows rows);

OperationId insert_operation(Work& work, const LongOperation& operation);
std::optional<LongOperation> load_operation(Work& work, OperationId operation);
// The unfinished one of a batch; none: nothing allocates, adds or ends there.
OperationId operation_running_on(Work& work, BatchId batch);
// The unfinished one with the smallest id above `after`, or else with the smallest id at all.
std::optional<LongOperation> next_unfinished(Work& work, OperationId after);
// Cursor, progress, outcomes, state; `finished` is set to the Work's now when the state is final.
void store_progress(Work& work, const LongOperation& operation);
void request_cancel(Work& work, OperationId operation);
// Unfinished ones, and those finished after `since`; newest first.
std::vector<LongOperation> operations_of(Work& work, PersonId actor, Instant since, std::int64_t limit);

}  // namespace tw::services
