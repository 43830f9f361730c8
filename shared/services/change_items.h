// The frozen input of one action on a selection (change_items.cpp), for whoever takes it back.
#pragma once

#include <string>
#include <vector>

#include "core/describe.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"
#include "domain/batch/transitions.h"

namespace tw::services {

struct FrozenChange {
  domain::batch::Action action = domain::batch::Action::reset;
  std::string reason;
  PersonId executor;
  std::vector<domain::allocation::Obstacle> confirmed;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("action", s.action, rule::required);
    v("reason", s.reason);
    v("executor", s.executor);
    v("confirmed", s.confirmed);
  }
};

// Does it give items to somebody, which is taken back like an allocation (row 16)?
inline bool gives(domain::batch::Action action) {
  return domain::batch::undoes(domain::batch::Action::undo_allocation, action);
}
inline domain::batch::BatchEvent event_of(domain::batch::Action action) {
  using domain::batch::Action;
  using domain::batch::BatchEvent;
  switch (action) {
    case Action::remove:
      return BatchEvent::removed;
    case Action::confirm:
      return BatchEvent::confirmed;
    case Action::send_back:
      return BatchEvent::returned;
    case Action::reset:
      return BatchEvent::reset;
    case Action::reassign:
      return BatchEvent::reassigned;
    default:
      return BatchEvent::designated;
  }
}

}  // namespace tw::services
