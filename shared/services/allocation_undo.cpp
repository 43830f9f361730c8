// See allocation_undo.h. The steps of the long operation are allocation_undo_step.cpp.
#include "services/allocation_undo.h"

#include <algorithm>
#include <map>

#include "services/item_steps_store.h"
#include "services/long_operation.h"
#include "services/operation_store.h"
#include "services/plan_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::ItemFacts;
using domain::batch::ItemState;

namespace {

constexpr std::size_t most_keepers = 20;

bool starts_anew(Action action) {
  return domain::batch::transition(action).clock == domain::batch::ClockEffect::starts;
}
bool takes_back(Action action) { return domain::batch::transition(action).to == domain::batch::Next::as_before; }

// What the columns said that allocation empties, told again by the log up to the version before it.
struct Remembered {
  std::int64_t rounds = 0;
  PersonId barred;
};
Remembered remembered(Work& work, ItemId item, Version before) {
  Remembered now, before_last;
  for (const ItemStep& step : item_steps(work, item, before)) {
    const Remembered was = now;
    if (takes_back(step.action)) {
      now = before_last;
    } else if (starts_anew(step.action)) {
      now = {};
    } else if (step.action == Action::send_back) {
      ++now.rounds;
    } else if (step.action == Action::abandon) {
      now.barred = step.executor;
    }
    before_last = was;
  }
  return now;
}

bool gives_away(const LongOperation& operation) {
  return operation.kind == api::OperationKind::allocate || operation.kind == api::OperationKind::change_items;
}

struct Undoable {
  LongOperation operation;
  BatchAccess access;
};

// In the actor's sight, and theirs to take back.
Result<Undoable> undoable(Work& work, const Actor& actor, OperationId id) {
  auto operation = load_operation(work, id);
  if (!operation || !operation->batch) return error(Code::not_found, text_key("error.not_found"));
  auto access = see_batch(work, actor, operation->batch);
  const bool did_it = actor.person && operation->actor == actor.person;
  if (!access || (!access->manages && !did_it)) return error(Code::not_found, text_key("error.not_found"));
  if (!gives_away(*operation)) return error(Code::conflict, text_key("undo.gave_nothing"));
  if (!operation->finished) return error(Code::conflict, text_key("undo.still_running"));
  return Undoable{std::move(*operation), std::move(*access)};
}

Refusal refused(const Undoable& what, Instant now) {
  if (auto refusal = domain::batch::batch_refuses(what.access.batch.facts(), Action::undo_allocation)) return refusal;
  if (what.operation.now + domain::batch::allocation_undo_window < now)
    return error(Code::conflict, text_key("undo.too_late"));
  return std::nullopt;
}

}  // namespace

std::optional<ItemUndo> allocation_to_undo(Work& work, const Item& item) {
  const auto given = item_step(work, item.id, item.facts.version);
  if (!given || !domain::batch::undoes(Action::undo_allocation, given->action)) return std::nullopt;
  // Taken from somebody: their work on it is in no log.
  if (given->action == Action::transfer || given->action == Action::reassign) {
    auto kept = load_undo(work, item.id);
    if (!kept || kept->undone.version_after != item.facts.version) return std::nullopt;
    // A return to another executor ends with a transfer too, and is taken back whole.
    if (!domain::batch::undoes(Action::undo_allocation, kept->undone.action)) return std::nullopt;
    return kept;
  }
  ItemUndo undo;
  undo.actor = given->actor;
  undo.last_text = item.last_text;
  undo.undone = {given->action, given->at, item.facts.version, {}};
  ItemFacts& before = undo.undone.before;
  before.state = given->from;
  if (given->from == ItemState::unassigned) return undo;  // never held by anybody
  before.ever_allocated = true;
  const Remembered was = remembered(work, item.id, item.facts.version);
  before.rounds = was.rounds;
  before.barred = was.barred;
  return undo;
}

Result<api::ViewAllocationUndo::Response> view_allocation_undo(Work& work, const Actor& actor,
                                                               const api::ViewAllocationUndo::Request& request) {
  const auto found = undoable(work, actor, request.operation);
  if (!found) return found.error();
  api::ViewAllocationUndo::Response view;
  view.operation = request.operation;
  std::map<std::pair<PersonId, std::string>, std::int64_t> keepers;
  GivenReader given(work, request.operation);
  for (std::int64_t chunk = 0;; ++chunk) {
    const auto rows = plan_chunk(work, request.operation, chunk);
    if (rows.empty()) break;
    for (const PlanRow& row : rows) {
      const auto seen = given.find(row.item, {row.version.value + 1});
      if (!seen) continue;
      if (seen->untouched) {
        ++view.reversed;
      } else {
        ++view.kept;
        ++keepers[{seen->keeper, seen->keeper_name}];
      }
    }
  }
  if (view.reversed + view.kept > 0) view.until = found->operation.now + domain::batch::allocation_undo_window;
  if (const auto refusal = refused(*found, work.now)) {
    view.blocked = std::exchange(view.reversed, 0);
    view.blocked_why = std::string(refusal->key.view());
  }
  for (const auto& [keeper, items] : keepers) view.by.push_back({keeper.first, keeper.second, items});
  std::stable_sort(view.by.begin(), view.by.end(), [](const auto& a, const auto& b) { return a.items > b.items; });
  if (view.by.size() > most_keepers) view.by.resize(most_keepers);
  return view;
}

Result<api::Accepted> undo_allocation(Work& work, const Actor& actor, const api::UndoAllocation::Request& request) {
  const auto found = undoable(work, actor, request.operation);
  if (!found) return found.error();
  if (auto refusal = refused(*found, work.now)) return *refusal;
  const BatchId batch = found->access.batch.id;
  const auto operation = start_operation(work, actor, api::OperationKind::undo_allocation, batch, {},
                                         std::to_string(request.operation.value), found->operation.total);
  if (!operation) return operation.error();
  insert_batch_log(work, actor, {batch, BatchEvent::allocation_undone, {}, 0, *operation});
  touch_batch(work, batch);
  work.emit(EventKind::batch_changed, batch.value, {}, batch);
  return api::Accepted{*operation};
}

}  // namespace tw::services
