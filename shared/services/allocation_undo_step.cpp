// The steps of an undo: the rows of the operation that is undone, a chunk at a time. A row that this operation gave to
// somebody and that nobody has touched since goes back to what it was; all others stay as they are and are counted.
//
// The cursor is that of a plan (plan_store.h); `input` is the number of the operation that is undone.
#include <map>

#include "core/json.h"
#include "core/text.h"
#include "services/allocation_ledger.h"
#include "services/allocation_redo.h"
#include "services/allocation_undo.h"
#include "services/item_change.h"
#include "services/item_steps_store.h"
#include "services/long_operation.h"
#include "services/operation_rows_store.h"
#include "services/operation_store.h"
#include "services/plan_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::Action;
using domain::batch::Standing;

namespace {

constexpr std::size_t rows_between_questions = 64;

// Only an allocation by policy is in a ledger.
std::optional<AllocationLedger> ledger_of_undone(Work& work, const LongOperation& undone) {
  std::optional<AllocationLedger> ledger;
  if (undone.kind != api::OperationKind::allocate) return ledger;
  if (auto frozen = json::decode<FrozenAllocation>(undone.input))
    ledger.emplace(work, undone, std::move(frozen).value());
  return ledger;
}

std::string_view take_back(Work& work, ItemChanges& changes, GivenReader& given, const PlanRow& row, Version given_as) {
  const auto seen = given.find(row.item, given_as);
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
  const auto source = load_operation(work, undone);
  if (!source) return error(Code::gone, text_key("error.gone"));
  auto ledger = ledger_of_undone(work, *source);
  const std::int64_t versions = versions_given_with(*source);
  ItemChanges changes(work, *batch, {&actor, Standing::creator_side, operation.id}, operation.now);
  GivenReader given(work, undone);
  RowKeeper keeper(work, operation.id);
  std::map<std::string_view, std::int64_t> outcomes;
  const std::size_t first = cursor.row;
  while (cursor.row < rows.size()) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    const std::string_view outcome =
        take_back(work, changes, given, rows[cursor.row], {rows[cursor.row].version.value + versions});
    if (outcome == "reversed" && ledger) ledger->taken_back(rows[cursor.row]);
    keeper.item(rows[cursor.row].item, outcome);
    ++outcomes[outcome];
    ++cursor.row;
  }
  changes.finish();
  if (ledger) ledger->write();
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [outcome, count] : outcomes) operation.count(outcome, count);
  if (cursor.row == rows.size()) cursor = {cursor.chunk + 1, 0};
  operation.cursor = written(cursor);
  add_to_batch_log(work, batch->id, operation.id, changes.changed());
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
