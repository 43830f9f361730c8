// What the clock does for the audit log: once a day (UTC) the newest entry's number and hash are noted and told to the
// server's log, so that a tail that is cut off later is missed; and refusals that were only counted get their entry.
#pragma once

#include "services/jobs.h"

namespace tw::services {

// One step; soon after midnight (UTC), and at the first round of a day.
NextRun keep_audit_log(WorkRunner& runner, Env& env);

bool has_left_out_refusals(Work& work);
// An entry for what audit_refusal only counted, once its hour is over. False: there is nothing to tell yet.
bool audit_left_out(Work& work);

}  // namespace tw::services
