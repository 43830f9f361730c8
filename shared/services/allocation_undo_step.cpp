// The steps of an undo: the rows of the operation that is undone, a chunk at a time. A row that this operation gave to
// somebody and that nobody has touched since goes back to what it was; all others stay as they are and are counted.
//
// The cursor is that of a plan (plan_store.h); `input` is the number of the operation that is undone.
#include <map>

#include "core/json.h"
#include "core/text.h"
#include "domain/allocation/basis.h"
#include "services/allocation_frozen.h"
#include "services/allocation_redo.h"
#include "services/allocation_undo.h"
#include "services/item_change.h"
#include "services/item_steps_store.h"
#include "services/long_operation.h"
#include "services/operation_store.h"
#include "services/plan_store.h"
#include "services/policy_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::Action;
using domain::batch::Standing;

namespace {

constexpr std::size_t rows_between_questions = 64;

// What the undone operation did to the fairness ledger: a person paid for each item received with what they were
// entitled to. Rows that go back are given back to both sides: the item, and the part of the entitlement that stands
// for it, so that an allocation that is undone as a whole leaves no trace.
class LedgerBack {
 public:
  LedgerBack(Work& work, BatchId batch, const LongOperation& undone) : work_(work), at_(undone.now) {
    if (undone.kind != api::OperationKind::allocate) return;
    if (auto frozen = json::decode<FrozenAllocation>(undone.input)) frozen_ = std::move(*frozen);
    if (frozen_) policy_ = ledger_of(work, *frozen_, batch);
  }
  void back(std::size_t person) {
    if (frozen_) ++got_[person];
  }
  // `before`: how many of the operation's rows earlier steps took back.
  void write(std::int64_t before) const {
    if (!frozen_ || got_.empty()) return;
    const domain::allocation::Division division = domain::allocation::divide(thawed(*frozen_), true);
    std::int64_t placed = 0, now = before;
    for (const std::int64_t count : division.got) placed += count;
    for (const auto& one : got_) now += one.second;
    for (std::size_t person = 0; person < frozen_->people.size(); ++person) {
      const auto got = got_.find(person);
      const std::int64_t items = got == got_.end() ? 0 : got->second;
      const std::int64_t entitled = division.entitled.at(person);
      const std::int64_t debt =
          items * domain::allocation::whole_item - (part_of(entitled, now, placed) - part_of(entitled, before, placed));
      if (debt != 0) add_to_ledger(work_, policy_, {frozen_->people[person], debt, std::nullopt});
      // Whoever has nothing of it left had their last item when they had it before.
      if (now == placed)
        last_item_was(work_, policy_, frozen_->people[person], at_, frozen_->inputs[person].last_item_at);
    }
  }

 private:
  Work& work_;
  const Instant at_;
  PolicyId policy_;  // whose ledger that operation wrote in
  std::optional<FrozenAllocation> frozen_;
  std::map<std::size_t, std::int64_t> got_;  // by index in the frozen people
};

std::string_view take_back(Work& work, ItemChanges& changes, GivenReader& given, const PlanRow& row) {
  const auto seen = given.find(row.item, given_version(row));
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
  LedgerBack ledger(work, batch->id, *source);
  std::int64_t reversed_before = 0;
  for (const auto& one : operation.outcomes)
    if (one.outcome == "reversed") reversed_before = one.count;
  ItemChanges changes(work, *batch, {&actor, Standing::creator_side, operation.id}, operation.now);
  GivenReader given(work, undone);
  std::map<std::string_view, std::int64_t> outcomes;
  const std::size_t first = cursor.row;
  while (cursor.row < rows.size()) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    const std::string_view outcome = take_back(work, changes, given, rows[cursor.row]);
    if (outcome == "reversed") ledger.back(rows[cursor.row].person);
    ++outcomes[outcome];
    ++cursor.row;
  }
  changes.finish();
  ledger.write(reversed_before);
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [outcome, count] : outcomes) operation.count(outcome, count);
  if (cursor.row == rows.size()) cursor = {cursor.chunk + 1, 0};
  operation.cursor = written(cursor);
  add_to_batch_log(work, batch->id, operation.id, changes.changed());
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
