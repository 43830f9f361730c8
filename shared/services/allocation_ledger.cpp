// See allocation_ledger.h.
#include "services/allocation_ledger.h"

#include <algorithm>

#include "core/json.h"
#include "services/policy_store.h"

namespace tw::services {

using domain::allocation::whole_item;

AllocationLedger::AllocationLedger(Work& work, const LongOperation& allocation, FrozenAllocation frozen)
    : work_(work),
      operation_(allocation.id),
      at_(allocation.now),
      frozen_(std::move(frozen)),
      policy_(ledger_of(work, frozen_, allocation.batch)) {}

void AllocationLedger::count(const PlanRow& row, std::int64_t items) {
  moved_.all += items;
  if (!divided(frozen_, row.item_class)) return;
  moved_.divided += items;
  divided_[row.person] += items;
}

void AllocationLedger::write() {
  if (moved_.all == 0) return;
  const AllocationRows before = standing_rows(work_, operation_);
  const AllocationRows now{before.all + moved_.all, before.divided + moved_.divided};
  if (now.all < 0 || now.divided < 0) return;  // it began before its rows were counted (schema 14)
  set_standing_rows(work_, operation_, now);
  const bool from_before = frozen_.divided == 0 && moved_.all < 0;  // its entitlements were written whole (schema 13)
  for (std::size_t person = 0; person < std::min(frozen_.people.size(), frozen_.inputs.size()); ++person) {
    const FrozenPerson& input = frozen_.inputs[person];
    const std::int64_t entitled = input.entitled - input.given * whole_item;
    const auto items = divided_.find(person);
    const std::int64_t debt = from_before ? 0
                                          : part_of(entitled, now.divided, frozen_.divided) -
                                                part_of(entitled, before.divided, frozen_.divided) -
                                                (items == divided_.end() ? 0 : items->second) * whole_item;
    if (debt != 0) add_to_debt(work_, policy_, frozen_.people[person], debt);
    // Whoever has nothing of it left had their last item when they had it before; item_change.h counts that since
    // schema 19.
    if (now.all == 0) last_item_was(work_, policy_, frozen_.people[person], at_, input.last_item_before);
  }
}

void SingleRowsBack::taken_back(ItemId item, OperationId given_by) {
  if (given_by) items_[given_by].push_back(item);
}

void SingleRowsBack::write() {
  for (auto& [operation, items] : items_) {
    const auto allocation = load_operation(work_, operation);
    if (!allocation || allocation->kind != api::OperationKind::allocate) continue;
    auto frozen = json::decode<FrozenAllocation>(allocation->input);
    if (!frozen) continue;
    AllocationLedger ledger(work_, *allocation, std::move(frozen).value());
    std::sort(items.begin(), items.end());
    PlanRows rows(work_, operation);
    for (const ItemId item : items)
      if (const auto row = rows.find(item)) ledger.taken_back(*row);
    ledger.write();
  }
  items_.clear();
}

}  // namespace tw::services
