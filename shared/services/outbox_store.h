// Rows of `outbox`: what changed, in the order of commits, told to whoever asks with EventsAfter.
#pragma once

#include <cstdint>
#include <vector>

#include "services/work.h"

namespace tw::services {

void append_event(Work& work, EventKind kind, std::int64_t entity, PersonId person, BatchId batch);

std::int64_t newest_event(Work& work);  // 0: nothing ever happened
std::int64_t oldest_event(Work& work);  // 0: nothing is kept

struct OutboxRow {
  std::int64_t seq = 0;
  EventKind kind = EventKind::customers_changed;
  std::int64_t entity = 0;
  PersonId person;
  BatchId batch;
  // Of customer_changed: what decides who reaches the customer now.
  PersonId owner;
  DepartmentId department;
};
std::vector<OutboxRow> events_after(Work& work, std::int64_t seq, std::int64_t limit);

// Deletes rows written before `before`, the oldest first; never the newest row, which carries the last number. Answers
// how many.
std::int64_t forget_events(Work& work, Instant before, std::int64_t limit);

}  // namespace tw::services
