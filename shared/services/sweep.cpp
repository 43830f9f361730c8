// The sweep of jobs.h: forgets what has served its time, a bounded number of rows at once, so that nobody waits for it.
#include "services/idempotency_store.h"
#include "services/import_upkeep.h"
#include "services/item_undo_store.h"
#include "services/jobs.h"
#include "services/notification_store.h"
#include "services/operation_rows_store.h"
#include "services/outbox_store.h"
#include "services/people_store.h"
#include "services/session_store.h"
#include "services/sign_in_limit.h"

namespace tw::services {

namespace {

constexpr Millis events_kept = days(1);  // whoever was away for longer looks at everything again
constexpr Millis calls_kept = days(1);   // a call is repeated within seconds, or by hand within hours
constexpr Millis notifications_kept = days(90);
constexpr Millis operation_rows_kept = days(90);  // what became of each customer of a long operation
constexpr Millis upload_can_grow = days(1);       // whoever still sends one appends every few seconds
constexpr Millis pause = minutes(10);
constexpr std::int64_t rows_at_once = 1000;  // of each kind

// What an upload or a step left behind that was cut off without the server ending.
void remove_files_without_row(WorkRunner& runner, Env& env) {
  std::vector<SpoolId> files = env.spool.untouched_for(upload_can_grow);
  if (files.empty()) return;
  runner.read([&](Work& work) { files = without_row(work, std::move(files)); });
  for (const SpoolId file : files) env.spool.remove(file);
  if (!files.empty())
    env.log.write(Log::Level::info, "files that nothing refers to were removed",
                  {param("files", static_cast<std::int64_t>(files.size()))});
}

}  // namespace

NextRun sweep(WorkRunner& runner, Env& env, StepBudget&) {
  bool more = false;
  Unowned unowned;
  runner.change(Lane::jobs, [&](Work& work) {
    const std::int64_t gone[] = {
        forget_events(work, work.now - events_kept, rows_at_once),
        forget_calls(work, work.now - calls_kept, rows_at_once),
        forget_expired_sessions(work, rows_at_once),
        forget_expired_tokens(work, rows_at_once),
        forget_attempts(work, work.now - sign_in_memory, rows_at_once),
        forget_undo(work, work.now, rows_at_once),
        forget_notifications(work, work.now - notifications_kept, rows_at_once),
        forget_operation_rows(work, work.now - operation_rows_kept, rows_at_once),
        make_missing_initials(work, rows_at_once),
    };
    unowned = end_abandoned_imports(work);
    const bool keys = forget_leftover_keys(work);
    more = unowned.more || keys;
    auto all = static_cast<std::int64_t>(unowned.files.size()) + (keys ? 1 : 0);
    for (const std::int64_t rows : gone) {
      all += rows;
      more = more || rows == rows_at_once;
    }
    return all > 0;
  });
  for (const SpoolId file : unowned.files) env.spool.remove(file);
  remove_files_without_row(runner, env);
  NextRun next;
  next.at_once = more;
  next.at = env.clock.now() + pause;
  return next;
}

}  // namespace tw::services
