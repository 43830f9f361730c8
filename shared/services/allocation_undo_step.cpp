// The steps of an undo: the rows of the operation that is undone, a chunk at a time. A row that this operation gave to
// somebody and that nobody has touched since goes back to what it was; all others stay as they are and are counted.
//
// The cursor is that of a plan (plan_store.h); `input` is the number of the operation that is undone.
#include <map>

#include "core/text.h"
#include "services/allocation_undo.h"
#include "services/allocation_undo_store.h"
#include "services/item_change.h"
#include "services/long_operation.h"
#include "services/plan_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::Action;
using domain::batch::Standing;

namespace {

constexpr std::size_t rows_between_questions = 64;

std::string_view take_back(Work& work, ItemChanges& changes, GivenReader& given, const PlanRow& row) {
  const auto seen = given.find(row.item, {row.version.value + 1});
  if (!seen) return "unchanged";  // it was not given to anybody by that operation
  if (!seen->untouched) return "kept";
  auto item = load_item(work, row.item);
  if (!item) return "gone";
  const auto undo = allocation_to_undo(work, *item);
  if (!undo || changes.perform(*item, {.action = Action::undo_allocation, .undo = &*undo})) return "blocked";
  return "reversed";
}

}  // namespace

Result<StepResult> step_undo_allocation(Work& work, LongOperation& operation) {
  const OperationId undone{text::to_integer(operation.input).value_or(0)};
  const auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  Actor actor;
  actor.person = operation.actor;
  actor.name = operation.actor_name;

  PlanCursor cursor = read_plan_cursor(operation.cursor);
  const auto rows = plan_chunk(work, undone, cursor.chunk);
  if (rows.empty()) return StepResult::finished;
  ItemChanges changes(work, *batch, {&actor, Standing::creator_side, operation.id}, operation.now);
  GivenReader given(work, undone);
  std::map<std::string_view, std::int64_t> outcomes;
  const std::size_t first = cursor.row;
  while (cursor.row < rows.size()) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    ++outcomes[take_back(work, changes, given, rows[cursor.row])];
    ++cursor.row;
  }
  changes.finish();
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [outcome, count] : outcomes) operation.count(outcome, count);
  if (cursor.row == rows.size()) cursor = {cursor.chunk + 1, 0};
  operation.cursor = written(cursor);
  add_to_batch_log(work, batch->id, operation.id, changes.changed());
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
