// One action on every item of a selection, as a long operation. The selection is frozen as the ids and versions of that
// moment, packed like an allocation's plan: what changed meanwhile is a conflict, what came meanwhile stays out.
//
// The cursor is that of a plan (plan_store.h): the next row to look at.
#include "services/change_items.h"

#include <algorithm>
#include <map>

#include "core/json.h"
#include "services/batch_views.h"
#include "services/item_list_store.h"
#include "services/long_operation.h"
#include "services/managed_items.h"
#include "services/managed_rows.h"
#include "services/operation_rows_store.h"
#include "services/plan_store.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::Standing;

namespace {

constexpr std::size_t rows_between_questions = 64;

template <class From>
ManagedAction managed_action(const From& from) {
  ManagedAction action{.action = from.action, .reason = from.reason, .executor = from.executor};
  for (const auto obstacle : from.confirmed) action.confirmed |= domain::allocation::bit(obstacle);
  return action;
}

Result<BatchAccess> may_change(Work& work, const Actor& actor, const api::ChangeSelectedItems::Request& request) {
  auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access;
  if (auto refused = check_managed_action(work, managed_action(request))) return *refused;
  if (auto refused = domain::batch::batch_refuses(access->batch.facts(), request.action)) return *refused;
  return access;
}

struct Chunks {
  std::vector<std::string> packed;
  std::int64_t rows = 0;
};

Chunks selected(Work& work, const api::ChangeSelectedItems::Request& request) {
  std::vector<ItemId> except = request.selection.except;
  std::sort(except.begin(), except.end());
  std::vector<PlanRow> rows;
  for (const auto& row : selected_items(work, request.batch, request.selection))
    if (!std::binary_search(except.begin(), except.end(), row.item)) rows.push_back({row.item, row.version, 0});
  Chunks chunks;
  chunks.packed = packed(rows, RowKind::short_rows);
  chunks.rows = static_cast<std::int64_t>(rows.size());
  return chunks;
}

// The second phase: the batch is looked at again, items are compared by version in the steps.
Result<api::Accepted> start(Work& work, const Actor& actor, const api::ChangeSelectedItems::Request& request,
                            const Chunks& chunks) {
  if (const auto access = may_change(work, actor, request); !access) return access.error();
  const FrozenChange frozen{request.action, request.reason, request.executor, request.confirmed};
  const auto operation = start_operation(work, actor, api::OperationKind::change_items, request.batch, {},
                                         json::encode(frozen), chunks.rows);
  if (!operation) return operation.error();
  insert_plan(work, *operation, chunks.packed);
  insert_batch_log(work, actor, {request.batch, event_of(request.action), {}, 0, *operation});
  touch_batch(work, request.batch);
  work.emit(EventKind::batch_changed, request.batch.value, {}, request.batch);
  return api::Accepted{*operation};
}

}  // namespace

Result<api::Accepted> change_selected_items(Phases& phases, const Actor* actor,
                                            const api::ChangeSelectedItems::Request& request) {
  if (auto answer = answered_before<api::Accepted>(phases)) return *answer;
  Refusal refused;
  Chunks chunks;
  phases.runner.read([&](Work& work) {
    if (const auto access = may_change(work, *actor, request); !access)
      refused = access.error();
    else
      chunks = selected(work, request);
  });
  if (refused) return *refused;
  return change_once<api::Accepted>(phases, [&](Work& work) { return start(work, *actor, request, chunks); });
}

Result<StepResult> step_change_items(Work& work, LongOperation& operation) {
  const auto frozen = json::decode<FrozenChange>(operation.input);
  if (!frozen) return frozen.error();
  const auto batch = load_batch(work, operation.batch);
  if (!batch) return error(Code::gone, text_key("error.gone"));
  Actor actor;
  actor.person = operation.actor;
  actor.name = operation.actor_name;

  PlanCursor cursor = read_plan_cursor(operation.cursor);
  const auto rows = plan_chunk(work, operation.id, cursor.chunk);
  if (rows.empty()) return StepResult::finished;
  const ManagedAction action = managed_action(*frozen);
  ManagedRows changes(work, *batch, {&actor, Standing::creator_side, operation.id}, operation.now, action);
  RowKeeper keeper(work, operation.id);
  std::map<api::RowResult, std::int64_t> results;
  const std::size_t first = cursor.row;
  while (cursor.row < rows.size()) {
    const std::size_t looked_at = cursor.row - first;
    if (looked_at > 0 && looked_at % rows_between_questions == 0 && work.budget && work.budget->used_up()) break;
    const api::RowOutcome outcome = changes.perform(rows[cursor.row].item, rows[cursor.row].version);
    const PersonId given_to = outcome.result == api::RowResult::done ? action.executor : PersonId{};
    keeper.item(rows[cursor.row].item, wire_name(outcome.result), given_to, {outcome.key, outcome.params});
    ++results[outcome.result];
    ++cursor.row;
  }
  changes.finish();
  operation.done += static_cast<std::int64_t>(cursor.row - first);
  for (const auto& [result, count] : results) operation.count(wire_name(result), count);
  if (cursor.row == rows.size()) cursor = {cursor.chunk + 1, 0};
  operation.cursor = written(cursor);
  add_to_batch_log(work, batch->id, operation.id, changes.changed());
  return operation.done >= operation.total ? StepResult::finished : StepResult::more;
}

}  // namespace tw::services
