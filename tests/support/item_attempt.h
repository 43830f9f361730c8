// What the tests of the batch's state machine share: an item in each state, an attempt at an action, and who may do
// what in which state, written out by hand from the specification "Batch customer tasks" and not from the code.
#pragma once

#include <ostream>

#include <gtest/gtest.h>

#include "domain/batch/transitions.h"

namespace tw::domain::batch {

inline void PrintTo(ItemState state, std::ostream* out) { *out << wire_name(state); }
inline void PrintTo(Action action, std::ostream* out) { *out << wire_name(action); }
inline void PrintTo(const ItemClock& clock, std::ostream* out) {
  *out << "used " << clock.used.value << ", resumed " << (clock.resumed_at ? clock.resumed_at->ms : -1) << ", due "
       << (clock.due_at ? clock.due_at->ms : -1);
}

inline constexpr ItemState all_states[] = {ItemState::unassigned, ItemState::executing, ItemState::completed,
                                           ItemState::ended,      ItemState::reset,     ItemState::abandoned};

inline constexpr Standing roles[] = {Standing::creator_side, Standing::its_executor, Standing::batch_executor,
                                     Standing::system,       Standing::who_did_it,   Standing::none};

struct ByHand {
  Action action;
  // One letter per role: creator side, its executor, an executor of the batch, system, who did it, nobody.
  const char* unassigned;
  const char* executing;
  const char* completed;
  const char* ended;
  const char* reset;
  const char* abandoned;
};

// clang-format off
inline constexpr ByHand by_hand[] = {
    //                        unassigned executing completed  ended     reset     abandoned
    {Action::add,             "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::remove,          "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::allocate,        "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::designate,       "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::claim,           "nnYnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnYnnn", "nnYnnn"},
    {Action::save_progress,   "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::complete,        "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::abandon,         "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::confirm,         "nnnnnn", "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::send_back,       "nnnnnn", "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::reset,           "nnnnnn", "Ynnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::recall,          "nnnnnn", "nnnYnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::transfer,        "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::end_all,         "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::terminate,       "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::reassign,        "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::undo_allocation, "nnnnnn", "YnnnYn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::undo_own,        "nnnnnn", "nnnnYn", "nnnnYn", "nnnnYn", "nnnnYn", "nnnnYn"},
};
// clang-format on

inline const char* letters(const ByHand& row, ItemState state) {
  switch (state) {
    case ItemState::unassigned:
      return row.unassigned;
    case ItemState::executing:
      return row.executing;
    case ItemState::completed:
      return row.completed;
    case ItemState::ended:
      return row.ended;
    case ItemState::reset:
      return row.reset;
    case ItemState::abandoned:
      return row.abandoned;
  }
  return "";
}

inline const ByHand& expected(Action action) {
  for (const ByHand& row : by_hand)
    if (row.action == action) return row;
  ADD_FAILURE() << "no expectation for " << wire_name(action);
  return by_hand[0];
}

inline constexpr Instant start{1'000'000'000'000};
inline constexpr Instant noon = start + hours(5);
inline constexpr Millis limit = days(2);
inline constexpr PersonId ann{1};   // the creator
inline constexpr PersonId bo{2};    // holds the item
inline constexpr PersonId cara{3};  // gets it

// An item as it may be in this state: bo started on it at `start` and, where it rests, stopped after two hours.
inline ItemFacts item_in(ItemState state) {
  ItemFacts item;
  item.state = state;
  item.version = {7};
  switch (state) {
    case ItemState::unassigned:
      break;
    case ItemState::executing:
      item.executor = bo;
      item.clock = {{}, start, start + limit};
      item.ever_allocated = true;
      break;
    case ItemState::completed:
    case ItemState::ended:
      item.executor = bo;
      item.clock.used = hours(2);
      item.ever_allocated = true;
      break;
    case ItemState::reset:
      item.ever_allocated = true;
      break;
    case ItemState::abandoned:
      item.ever_allocated = true;
      item.barred = bo;
      break;
  }
  return item;
}

// A batch in which no guard stands in the way.
inline BatchFacts open_batch() {
  BatchFacts batch;
  batch.limit = {2, LimitUnit::days};  // as `limit`
  batch.allows_transfer = true;
  batch.claim_open = true;
  return batch;
}

// Everything that an action could ask for; late enough for a recall.
struct Attempt {
  ItemFacts item;
  Action action;
  ActorStanding actor;
  BatchFacts batch = open_batch();
  Instant now = noon;
  Undone undone;
  Details details;

  Attempt(ItemState state, Action tried, Standing standing)
      : item(item_in(state)), action(tried), actor{ann, standing} {
    if (action == Action::recall) now = start + limit;
    undone.action = action == Action::undo_allocation ? Action::allocate : Action::complete;
    undone.done_at = now - minutes(1);
    undone.version_after = item.version;
    details.target = cara;
    details.undone = &undone;
  }
  Refusal refusal() {
    details.undone = details.undone ? &undone : nullptr;
    return may(item, action, actor, batch, now, details);
  }
};

}  // namespace tw::domain::batch
