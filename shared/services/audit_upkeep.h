// What keeps the audit log complete: once a day (UTC) the newest entry's number and hash are noted and told to the
// server's log, so that a tail that is cut off later is missed; refusals that were only counted get their entry; and a
// database that takes the place of another one says where the replaced log ended.
#pragma once

#include "services/jobs.h"

namespace tw::services {

// One step; soon after midnight (UTC), and at the first round of a day.
NextRun keep_audit_log(WorkRunner& runner, Env& env);

struct AuditHead;
// In the database that comes: `replaced` is the newest entry of the one whose place it takes, or none.
void audit_restore(Work& work, const AuditHead& replaced);

bool has_left_out_refusals(Work& work);
// An entry for what audit_refusal only counted, once its hour is over. False: there is nothing to tell yet.
bool audit_left_out(Work& work);

}  // namespace tw::services
