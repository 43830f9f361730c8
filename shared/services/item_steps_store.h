// The SQL behind the undo of allocations: single rows of an item's log, and what became of what an operation gave away.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/batch/state.h"
#include "services/work.h"

namespace tw::services {

// A row of an item's log, as far as undoing needs it.
struct ItemStep {
  domain::batch::Action action = domain::batch::Action::allocate;
  domain::batch::ItemState from = domain::batch::ItemState::unassigned;
  PersonId executor;  // afterwards, or whom it was taken from
  PersonId actor;
  Instant at;
  OperationId operation;  // that did it to many; none: one by itself
};
// The one that made this version.
std::optional<ItemStep> item_step(Work& work, ItemId item, Version version);
// Those before this version, oldest first.
std::vector<ItemStep> item_steps(Work& work, ItemId item, Version before);

// One item after the other: was it given to somebody by this operation (or given back by this undo), and what happened
// since?
class GivenReader {
 public:
  struct Given {
    bool untouched = false;
    PersonId keeper;          // who did something to it first, and their name then
    std::string keeper_name;  // empty: the system
  };
  GivenReader(Work& work, OperationId operation);
  // Empty: the operation did not do that to it, or it is gone.
  std::optional<Given> find(ItemId item, Version after);

 private:
  const OperationId operation_;
  db::Statement item_;
  db::Statement keeper_;
};

}  // namespace tw::services
