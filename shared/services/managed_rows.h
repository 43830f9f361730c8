// One thing that a batch's manager does to many items: remove, designate, confirm, return, reset or reassign. Each row
// is compared with the version that was seen, asked whether it may, and changed whole or not at all. Ticked rows
// (managed_items) and whole selections (change_items) both come here.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "api/batch_items.h"
#include "domain/allocation/eligible.h"
#include "services/item_change.h"

namespace tw::services {

struct ManagedAction {
  domain::batch::Action action = domain::batch::Action::reset;
  std::string reason = {};  // of a return, reset or reassignment
  PersonId executor = {};   // of a designation or reassignment; of a return, where its executor receives no more
  domain::allocation::ObstacleMask confirmed = 0;  // soft obstacles that the manager has accepted
};

// Wrong whatever the rows are: no such action for managers, a return without a reason, a designation to nobody.
Refusal check_managed_action(Work& work, const ManagedAction& action);

class ManagedRows {
 public:
  // `batch`, `doer.actor` and `action` must outlive it. The action is checked.
  ManagedRows(Work& work, const Batch& batch, const Doer& doer, Instant at, const ManagedAction& action);

  api::RowOutcome perform(ItemId item, Version seen);
  std::int64_t changed() const { return changes_.changed(); }
  void finish() { changes_.finish(); }  // once, after the last perform

 private:
  api::RowOutcome plain(Item& item);
  // Rows 3 and 15: a manager's hand gives it to somebody.
  bool by_hand() const {
    return action_.action == domain::batch::Action::designate || action_.action == domain::batch::Action::reassign;
  }
  api::RowOutcome give(Item& item);
  bool receives(PersonId person);

  Work& work_;
  const Batch& batch_;
  const ManagedAction& action_;
  ItemChanges changes_;
  std::optional<domain::allocation::CandidatePerson> candidate_;  // who is given items: fuller with each row
  std::map<PersonId, bool> receives_;
};

}  // namespace tw::services
