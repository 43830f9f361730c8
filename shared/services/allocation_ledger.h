// What one allocation has in the fairness ledger of its policy: the part of each entitlement that stands for the rows
// it has given and nobody has taken back, less those rows. Steps of the allocation, steps of its undo, and the undo of
// single items all count here, in any order, so that after every transaction the debts of the ledger add up, and an
// allocation that was stopped, partly refused or undone leaves nothing owed but for rounding.
//
// Rows that were given by hand or to the customer's owner are neutral: who gets them is entitled to them.
#pragma once

#include <map>
#include <optional>

#include "services/allocation_frozen.h"
#include "services/long_operation.h"
#include "services/operation_store.h"
#include "services/plan_store.h"

namespace tw::services {

class AllocationLedger {
 public:
  AllocationLedger(Work& work, const LongOperation& allocation, FrozenAllocation frozen);

  void given(const PlanRow& row) { count(row, 1); }
  void taken_back(const PlanRow& row) { count(row, -1); }
  void write();  // once, after the last row of this transaction

 private:
  void count(const PlanRow& row, std::int64_t items);

  Work& work_;
  const OperationId operation_;
  const Instant at_;
  const FrozenAllocation frozen_;
  const PolicyId policy_;
  AllocationRows moved_;
  std::map<std::size_t, std::int64_t> divided_;  // by index in the frozen people
};

// The undo of single items, of any allocations: each gives back what stands for it.
class SingleRowsBack {
 public:
  explicit SingleRowsBack(Work& work) : work_(work) {}
  // `given_by`: the operation that gave it; nothing happens where that was no allocation by policy.
  void taken_back(ItemId item, OperationId given_by);
  void write();  // once, after the last row of this transaction

 private:
  Work& work_;
  std::map<OperationId, std::vector<ItemId>> items_;
};

}  // namespace tw::services
