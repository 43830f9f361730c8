// The sweep of jobs.h: forgets what has served its time, a bounded number of rows at once, so that nobody waits for it.
#include "services/idempotency_store.h"
#include "services/jobs.h"
#include "services/outbox_store.h"
#include "services/session_store.h"
#include "services/sign_in_limit.h"

namespace tw::services {

namespace {

constexpr Millis events_kept = days(1);  // whoever was away for longer looks at everything again
constexpr Millis calls_kept = days(1);   // a call is repeated within seconds, or by hand within hours
constexpr Millis pause = minutes(10);
constexpr std::int64_t rows_at_once = 1000;  // of each kind

}  // namespace

NextRun sweep(WorkRunner& runner, Env& env, StepBudget&) {
  bool more = false;
  runner.change(Lane::jobs, [&](Work& work) {
    const std::int64_t gone[] = {
        forget_events(work, work.now - events_kept, rows_at_once),
        forget_calls(work, work.now - calls_kept, rows_at_once),
        forget_expired_sessions(work, rows_at_once),
        forget_expired_tokens(work, rows_at_once),
        forget_attempts(work, work.now - sign_in_memory, rows_at_once),
    };
    std::int64_t all = 0;
    for (const std::int64_t rows : gone) {
      all += rows;
      more = more || rows == rows_at_once;
    }
    return all > 0;
  });
  NextRun next;
  next.at_once = more;
  next.at = env.clock.now() + pause;
  return next;
}

}  // namespace tw::services
