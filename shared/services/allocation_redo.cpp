// See allocation_redo.h.
#include "services/allocation_redo.h"

#include <numeric>

#include "core/json.h"
#include "domain/allocation/basis.h"
#include "services/allocation_frozen.h"
#include "services/item_steps_store.h"

namespace tw::services {

namespace {

std::vector<PlanRow> rows_given_back(Work& work, OperationId allocation, OperationId undo) {
  std::vector<PlanRow> rows;
  GivenReader given(work, undo);
  for (std::int64_t chunk = 0;; ++chunk) {
    const auto planned = plan_chunk(work, allocation, chunk);
    if (planned.empty()) return rows;
    for (PlanRow row : planned) {
      const auto seen = given.find(row.item, given_back_version(row));
      if (!seen || !seen->untouched) continue;
      row.version = given_back_version(row);
      rows.push_back(row);
    }
  }
}

}  // namespace

Result<Redo> redo_of(Work& work, const LongOperation& allocation, OperationId undo) {
  auto frozen = json::decode<FrozenAllocation>(allocation.input);
  if (!frozen) return frozen.error();
  const auto rows = rows_given_back(work, allocation.id, undo);
  const auto division = domain::allocation::divide(thawed(*frozen), true);
  const std::int64_t placed = std::accumulate(division.got.begin(), division.got.end(), std::int64_t{0});
  const auto count = static_cast<std::int64_t>(rows.size());
  for (std::size_t person = 0; person < frozen->inputs.size(); ++person)
    frozen->inputs[person].entitled = part_of(division.entitled.at(person), count, placed);
  frozen->left_out.clear();  // counted by the first
  return Redo{json::encode(*frozen), packed(rows, RowKind::with_places), count};
}

}  // namespace tw::services
