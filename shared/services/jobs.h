// Work that nobody asked for: what the server's job thread and the demo worker's timer run again and again. Each call
// does one step (one transaction at most) and says when it wants to be called next.
#pragma once

#include <optional>

#include "services/long_operation.h"
#include "services/work.h"

namespace tw::services {

struct NextRun {
  bool at_once = false;       // more is waiting right now
  std::optional<Instant> at;  // sleep until then at the latest; none: until something changes
  std::int64_t items = 0;     // that this step took back
};

// Takes back what is overdue (transition 11): sleeps until the earliest due_at of active batches, acts in steps by
// compare-and-set. A complete, abandon or transfer that commits first wins, even seconds late.
NextRun recall_overdue(WorkRunner& runner, Env& env, StepBudget& budget);

// Forgets what has served its time: outbox rows, idempotency keys, expired sessions and invitations, notifications and
// what became of each customer of a long operation (both after 90 days), imports that
// nobody goes on with, their files (import_upkeep.h) and files without an owner. Bounded rows per call.
NextRun sweep(WorkRunner& runner, Env& env, StepBudget& budget);

}  // namespace tw::services
