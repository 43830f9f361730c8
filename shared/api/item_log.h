// The log of an item: every transition with who, when, from where to where and why, in the words of that moment.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"

namespace tw::api {

// One transition of an item.
struct LogEntry {
  std::int64_t entry = 0;  // counts up within the item
  Instant at;
  domain::batch::Action action = domain::batch::Action::allocate;
  PersonId actor;          // 0: the system
  std::string actor_name;  // as it was then
  PersonId executor;       // afterwards; after abandon, reset and recall: whom it was taken from
  std::string executor_name;
  domain::batch::ItemState from_state = domain::batch::ItemState::unassigned;
  domain::batch::ItemState to_state = domain::batch::ItemState::unassigned;
  std::string text;
  std::vector<domain::allocation::Obstacle> overridden;  // soft obstacles that a manager's hand put aside
  std::int64_t limit = 0;                                // recall: the handling limit that had passed
  domain::batch::LimitUnit limit_unit = domain::batch::LimitUnit::days;
  domain::batch::LimitCounts limit_counts = domain::batch::LimitCounts::natural;
  OperationId operation;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entry", s.entry);
    v("at", s.at);
    v("action", s.action);
    v("actor", s.actor);
    v("actor_name", s.actor_name);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
    v("from_state", s.from_state);
    v("to_state", s.to_state);
    v("text", s.text);
    v("overridden", s.overridden);
    v("limit", s.limit);
    v("limit_unit", s.limit_unit);
    v("limit_counts", s.limit_counts);
    v("operation", s.operation);
  }
};

struct LogPage {
  std::vector<LogEntry> entries;  // newest first
  bool more = false;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("entries", s.entries);
    v("more", s.more);
  }
};

}  // namespace tw::api
