// What the words of batch tasks are called on the screen: the key of each value's text. Texts name values by the same
// keys through {state, name, item_state} and its like (core/catalog.h), so the family of a key is the enum's name.
#pragma once

#include "core/error.h"
#include "domain/batch/state.h"

namespace tw::domain::batch {

constexpr TextKey label(BatchState state) {
  switch (state) {
    case BatchState::active:
      return text_key("batch_state.active");
    case BatchState::ended:
      return text_key("batch_state.ended");
    case BatchState::terminated:
      return text_key("batch_state.terminated");
  }
  return {};
}

constexpr TextKey label(ItemState state) {
  switch (state) {
    case ItemState::unassigned:
      return text_key("item_state.unassigned");
    case ItemState::executing:
      return text_key("item_state.executing");
    case ItemState::completed:
      return text_key("item_state.completed");
    case ItemState::ended:
      return text_key("item_state.ended");
    case ItemState::reset:
      return text_key("item_state.reset");
    case ItemState::abandoned:
      return text_key("item_state.abandoned");
  }
  return {};
}

constexpr TextKey label(Action action) {
  switch (action) {
    case Action::add:
      return text_key("action.add");
    case Action::remove:
      return text_key("action.remove");
    case Action::allocate:
      return text_key("action.allocate");
    case Action::designate:
      return text_key("action.designate");
    case Action::claim:
      return text_key("action.claim");
    case Action::save_progress:
      return text_key("action.save_progress");
    case Action::complete:
      return text_key("action.complete");
    case Action::abandon:
      return text_key("action.abandon");
    case Action::confirm:
      return text_key("action.confirm");
    case Action::send_back:
      return text_key("action.return");
    case Action::reset:
      return text_key("action.reset");
    case Action::recall:
      return text_key("action.recall");
    case Action::transfer:
      return text_key("action.transfer");
    case Action::end_all:
      return text_key("action.end_all");
    case Action::terminate:
      return text_key("action.terminate");
    case Action::reassign:
      return text_key("action.reassign");
    case Action::undo_allocation:
      return text_key("action.undo_allocation");
    case Action::undo_own:
      return text_key("action.undo_own");
  }
  return {};
}

}  // namespace tw::domain::batch
