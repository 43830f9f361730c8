#include "services/audit_upkeep.h"

#include "services/audit.h"
#include "services/audit_entry_store.h"

namespace tw::services {

namespace {
constexpr Millis pause = minutes(10);

std::int64_t day_of(Instant at) { return at.ms / days(1).value; }

bool is_due(Work& work) { return !is_audit_head_noted(work, day_of(work.now)) && audit_head(work).number > 0; }
}  // namespace

NextRun keep_audit_log(WorkRunner& runner, Env& env) {
  bool needed = false;
  runner.read([&needed](Work& work) { needed = is_due(work) || has_left_out_refusals(work); });
  if (!needed) return {false, env.clock.now() + pause, 0};
  std::optional<AuditHead> told;
  runner.change(Lane::jobs, [&](Work& work) {
    told.reset();
    const bool summed_up = audit_left_out(work);
    if (!is_due(work)) return summed_up;
    told = audit_head(work);
    note_audit_head(work, day_of(work.now), *told);
    return true;
  });
  if (told)
    env.log.write(Log::Level::info, "newest entry of the audit log",
                  {param("number", told->number), param("hash", told->hash)});
  return {false, env.clock.now() + pause, 0};
}

void audit_restore(Work& work, const AuditHead& replaced) {
  AuditFacts facts;
  if (replaced.number > 0)
    facts.number(api::AuditFact::replaced, replaced.number).text(api::AuditFact::replaced_hash, replaced.hash);
  audit(work, {}, api::AuditKind::restored, facts);
}

}  // namespace tw::services
