// An undo taken back: the allocation that it undid, done again for the rows that it gave back and nobody has touched
// since. Nothing is planned anew. Each goes to whom it was given before, with the explanation it had, as an allocation
// of its own, which can be undone like any other; what people are entitled to is the part that stands for these rows.
#pragma once

#include <string>
#include <vector>

#include "services/long_operation.h"
#include "services/plan_store.h"

namespace tw::services {

// A row of an allocation, after it was given to somebody and after that was undone.
inline Version given_version(const PlanRow& row) { return {row.version.value + 1}; }
inline Version given_back_version(const PlanRow& row) { return {row.version.value + 2}; }

struct Redo {
  std::string frozen;
  std::vector<std::string> chunks;
  std::int64_t rows = 0;
};
Result<Redo> redo_of(Work& work, const LongOperation& allocation, OperationId undo);

}  // namespace tw::services
