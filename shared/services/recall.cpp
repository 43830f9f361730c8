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
constexpr Millis patience = seconds(5);

struct Recalled {
  std::size_t looked_at = 0;
  std::int64_t items = 0;
};

// Those of one batch, from `at` on.
Recalled recall_in_batch(Work& work, const Batch& batch, const std::vector<DueItem>& due, std::size_t at) {
  ItemChanges changes(work, batch, {nullptr, Standing::system, {}}, work.now);
  const std::string limit = detail_of_limit(batch.limit, batch.limit_counts);
  const std::size_t first = at;
  for (; at < due.size() && due[at].batch == batch.id; ++at) {
    if (at > first && at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    auto item = load_item(work, due[at].item);
    // Whoever completed, abandoned or handed it on first has won; the table refuses what is not overdue any more.
    if (item) changes.perform(*item, {.action = Action::recall, .detail = limit});
  }
  changes.finish();
  return {at - first, changes.changed()};
}

// One step; answers how many items it took back.
std::int64_t recall_some(Work& work) {
  const auto due = overdue_items(work, work.now, rows_a_step);
  std::int64_t items = 0;
  for (std::size_t at = 0; at < due.size();) {
    const auto batch = load_batch(work, due[at].batch);
    if (!batch) break;
    const Recalled recalled = recall_in_batch(work, *batch, due, at);
    at += recalled.looked_at;
    items += recalled.items;
    if (work.budget && work.budget->used_up()) break;
  }
  return items;
}

}  // namespace

NextRun recall_overdue(WorkRunner& runner, Env& env, StepBudget& budget) {
  std::optional<Instant> earliest;
  runner.read([&earliest](Work& work) { earliest = earliest_due(work); });
  if (!earliest) return {};
  if (env.clock.now() < *earliest) return {false, earliest, 0};
  std::int64_t items = 0;
  runner.change(Lane::jobs, [&](Work& work) {
    work.budget = &budget;
    items = recall_some(work);
    return items > 0;
  });
  if (items > 0) return {true, std::nullopt, items};  // look again: there may be more
  // Overdue, and yet nothing could be taken back: never in a hurry about that.
  return {false, env.clock.now() + patience, 0};
}

}  // namespace tw::services
