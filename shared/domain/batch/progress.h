// How far the executor of an item has come (state.h, Progress), after an action: what decides the tab where it stands.
#pragma once

#include "domain/batch/transitions.h"

namespace tw::domain::batch {

// `before` is what the item had, `outcome` what the action makes of it.
constexpr Progress progress_after(Progress before, Action action, const ItemFacts& after) {
  if (after.state != ItemState::executing) return Progress::untouched;
  if (after.returned) return Progress::returned;  // until the next complete, whatever is done meanwhile
  if (transition(action).clock == ClockEffect::starts || action == Action::transfer) return Progress::untouched;
  return action == Action::save_progress ? Progress::followed : before;
}

}  // namespace tw::domain::batch
