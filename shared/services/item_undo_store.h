// The SQL of item_undo: what an item was before its last action that can be taken back and that its log does not tell:
// rows 6 to 10 of the transition table for ten minutes, rows 12 and 15 for 72 hours (allocation_undo.h). Written by
// ItemWriter's caller in the same Work as the item itself.
#pragma once

#include <optional>

#include "services/item_store.h"

namespace tw::services {

struct ItemUndo {
  domain::batch::Undone undone;  // with the facts before
  PersonId actor;                // who did it, and alone may take it back
  domain::batch::Progress progress = domain::batch::Progress::untouched;
  std::optional<Instant> next_follow_up;
  std::string last_text;
  PersonId transferred_from;
  OperationId given_by;  // of an allocation: the operation that gave it, if one did
};

std::optional<ItemUndo> load_undo(Work& work, ItemId item);

// Keeps what items were; its statement serves for as many as there are.
class UndoKeeper {
 public:
  explicit UndoKeeper(Work& work);
  // `before` as it was, `done` the action with time and version after it.
  void keep(const Item& before, PersonId actor, const domain::batch::Undone& done);

 private:
  db::Statement statement_;
};

// At most `limit` rows of what can no longer be taken back: ten minutes for one's own actions, 72 hours where an item
// was taken from somebody (transfer, reassign). Returns how many.
std::int64_t forget_undo(Work& work, Instant now, std::int64_t limit);

}  // namespace tw::services
