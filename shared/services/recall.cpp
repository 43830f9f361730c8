// The recall job (jobs.h): takes back what is overdue, row 11 of the transition table, in active batches only. After a
// restart the first steps take back, once, whatever became overdue meanwhile.
#include <vector>

#include "services/item_change.h"
#include "services/jobs.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::Standing;

namespace {

constexpr std::int64_t rows_a_step = 5000;
constexpr std::size_t rows_between_questions = 64;

// Those of one batch, from `at` on; answers how many were looked at.
std::size_t recall_in_batch(Work& work, const Batch& batch, const std::vector<DueItem>& due, std::size_t at) {
  ItemChanges changes(work, batch, {nullptr, Standing::system, {}}, work.now);
  const std::string limit = detail_of_limit(batch.limit);
  const std::size_t first = at;
  for (; at < due.size() && due[at].batch == batch.id; ++at) {
    if (at > first && at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    auto item = load_item(work, due[at].item);
    // Whoever completed, abandoned or handed it on first has won; the table refuses what is not overdue any more.
    if (item) changes.perform(*item, {.action = Action::recall, .detail = limit});
  }
  changes.finish();
  return at - first;
}

// One step. False: nothing was overdue, nothing was written.
bool recall_some(Work& work) {
  const auto due = overdue_items(work, work.now, rows_a_step);
  for (std::size_t at = 0; at < due.size();) {
    const auto batch = load_batch(work, due[at].batch);
    if (!batch) return false;
    const std::size_t looked_at = recall_in_batch(work, *batch, due, at);
    at += looked_at;
    if (work.budget && work.budget->used_up()) break;
  }
  return !due.empty();
}

}  // namespace

NextRun recall_overdue(WorkRunner& runner, Env& env, StepBudget& budget) {
  std::optional<Instant> earliest;
  runner.read([&earliest](Work& work) { earliest = earliest_due(work); });
  if (!earliest) return {};
  if (env.clock.now() < *earliest) return {false, earliest};
  runner.change(Lane::jobs, [&budget](Work& work) {
    work.budget = &budget;
    return recall_some(work);
  });
  return {true, std::nullopt};  // look again: there may be more
}

}  // namespace tw::services
