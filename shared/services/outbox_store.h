// Rows of `outbox`: what changed, in the order of commits, told to whoever asks with EventsAfter.
#pragma once

#include <cstdint>

#include "services/work.h"

namespace tw::services {

void append_event(Work& work, EventKind kind, std::int64_t entity, PersonId person, BatchId batch);

}  // namespace tw::services
