// The long operation after a change of calendars, or of who works by which: every due time that counts working time.
#pragma once

#include "api/batch_limit.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/long_operation.h"

namespace tw::services {

// Starts it; 0 where nothing is due by any calendar.
Result<OperationId> recount_working_time(Work& work, const domain::access::Actor& actor, api::OverdueChoice overdue);

// Somebody, or a whole department, has moved to another department. Nobody was asked what becomes of what is overdue at
// once by the calendar there, so it gets a working day more.
Refusal recount_after_a_move(Work& work, const domain::access::Actor& actor);

// One of these, or that of a changed limit, has failed. Whoever caused it may not even know that it ran, when all they
// did was to move somebody to another department: it is told them, and can be tried again (operations.retry).
void tell_of_failed_recount(Work& work, const LongOperation& operation);

}  // namespace tw::services
