// See allocation_redo.h.
#include "services/allocation_redo.h"

#include <algorithm>
#include <utility>

#include "core/json.h"
#include "services/allocation_frozen.h"
#include "services/change_items.h"
#include "services/item_steps_store.h"
#include "services/policy_store.h"

namespace tw::services {

using api::OperationKind;
using domain::allocation::whole_item;

namespace {

std::vector<PlanRow> rows_given_back(Work& work, const LongOperation& undone, OperationId undo) {
  const std::int64_t versions = versions_given_with(undone) + 1;
  std::vector<PlanRow> rows;
  GivenReader given(work, undo);
  for (std::int64_t chunk = 0;; ++chunk) {
    const auto planned = plan_chunk(work, undone.id, chunk);
    if (planned.empty()) return rows;
    for (PlanRow row : planned) {
      row.version = {row.version.value + versions};
      const auto seen = given.find(row.item, row.version);
      if (seen && seen->untouched) rows.push_back(row);
    }
  }
}

// The same plan with fewer rows, in the ledger of now.
std::string narrowed(Work& work, FrozenAllocation frozen, const std::vector<PlanRow>& rows, PolicyId policy) {
  const std::int64_t divided_before = std::exchange(frozen.divided, 0);
  std::vector<std::int64_t> divided_to(frozen.inputs.size());
  for (const PlanRow& row : rows) {
    if (!divided(frozen, row.item_class)) continue;
    ++frozen.divided;
    if (row.person < divided_to.size()) ++divided_to[row.person];
  }
  const auto ledger = ledger_of(work, policy);
  for (std::size_t person = 0; person < std::min(frozen.people.size(), frozen.inputs.size()); ++person) {
    FrozenPerson& input = frozen.inputs[person];
    const std::int64_t given = input.given * whole_item;
    // From before schema 14 nobody knows what for: it counts as what they got.
    input.entitled = given + (divided_before == 0 ? divided_to[person] * whole_item
                                                  : part_of(input.entitled - given, frozen.divided, divided_before));
    const PersonId who = frozen.people[person];
    const auto row =
        std::find_if(ledger.begin(), ledger.end(), [who](const LedgerRow& one) { return one.person == who; });
    input.last_item_before = row == ledger.end() ? std::nullopt : row->last_item_at;
  }
  frozen.left_out.clear();  // counted by the first
  frozen.ledger = policy;
  return json::encode(frozen);
}

}  // namespace

bool gives_away(const LongOperation& operation) {
  if (operation.kind == OperationKind::allocate) return true;
  if (operation.kind != OperationKind::change_items) return false;
  const auto frozen = json::decode<FrozenChange>(operation.input);
  return frozen && gives(frozen->action);
}

std::int64_t versions_given_with(const LongOperation& operation) {
  if (operation.kind != OperationKind::change_items) return 1;
  const auto frozen = json::decode<FrozenChange>(operation.input);
  return frozen && frozen->action == domain::batch::Action::reassign ? 2 : 1;  // taken away, and given
}

Result<Redo> redo_of(Work& work, const LongOperation& undone, OperationId undo, PolicyId policy) {
  const auto rows = rows_given_back(work, undone, undo);
  Redo redo;
  redo.kind = undone.kind;
  redo.rows = static_cast<std::int64_t>(rows.size());
  if (undone.kind == OperationKind::allocate) {
    auto frozen = json::decode<FrozenAllocation>(undone.input);
    if (!frozen) return frozen.error();
    redo.input = narrowed(work, std::move(frozen).value(), rows, policy);
    redo.chunks = packed(rows, RowKind::with_places);
    redo.ledger = policy;
    return redo;
  }
  const auto frozen = json::decode<FrozenChange>(undone.input);
  if (!frozen) return frozen.error();
  redo.event = event_of(frozen->action);
  redo.input = undone.input;
  redo.chunks = packed(rows, RowKind::short_rows);
  return redo;
}

}  // namespace tw::services
