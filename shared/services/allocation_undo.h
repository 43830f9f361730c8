// Taking an allocation back (row 16 of the transition table): what an item was before it was given to somebody, and the
// undo of a whole operation, with its three piles: reversed, kept (somebody has worked on it since), blocked (why).
//
// What an item was before rows 2, 3 and 4 is not stored but told by its log: nothing is written twice for a million
// items that hardly anybody takes back. Rows 12 and 15 take an item from somebody who worked on it: item_undo keeps it.
#pragma once

#include <optional>

#include "api/allocation_undo.h"
#include "services/dispatcher.h"
#include "services/item_store.h"
#include "services/item_undo_store.h"

namespace tw::services {

// Empty when the last thing that happened to the item was no allocation.
std::optional<ItemUndo> allocation_to_undo(Work& work, const Item& item);

Result<api::ViewAllocationUndo::Response> view_allocation_undo(Work& work, const domain::access::Actor& actor,
                                                               const api::ViewAllocationUndo::Request& request);
// Starts a long operation of its own; its rows are those of the operation that it undoes. The undo of an undo is an
// allocation (allocation_redo.h).
Result<api::Accepted> undo_allocation(Phases& phases, const domain::access::Actor* actor,
                                      const api::UndoAllocation::Request& request);

}  // namespace tw::services
