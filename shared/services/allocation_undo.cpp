// See allocation_undo.h. The steps of the long operation are allocation_undo_step.cpp.
#include "services/allocation_undo.h"

#include <algorithm>
#include <map>

#include "core/text.h"
#include "services/allocation.h"
#include "services/allocation_redo.h"
#include "services/candidates.h"
#include "services/dispatcher_register.h"
#include "services/item_steps_store.h"
#include "services/long_operation.h"
#include "services/operation_store.h"
#include "services/plan_store.h"
#include "services/policy_store.h"
#include "services/settings.h"

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

struct Undoable {
  LongOperation operation;
  BatchAccess access;
  std::optional<LongOperation> undone;  // what it took back, which is done again

  // Whose rows they are, and how many versions an item was further when the operation had been at it.
  const LongOperation& source() const { return undone ? *undone : operation; }
  std::int64_t versions() const { return versions_given_with(source()) + (undone ? 1 : 0); }
};

// In the actor's sight, and theirs to take back.
Result<Undoable> undoable(Work& work, const Actor& actor, OperationId id) {
  auto operation = load_operation(work, id);
  if (!operation || !operation->batch) return error(Code::not_found, text_key("error.not_found"));
  auto access = see_batch(work, actor, operation->batch);
  const bool did_it = actor.person && operation->actor == actor.person;
  if (!access || (!access->manages && !did_it)) return error(Code::not_found, text_key("error.not_found"));
  std::optional<LongOperation> undone;
  if (operation->kind == api::OperationKind::undo_allocation)
    undone = load_operation(work, {text::to_integer(operation->input).value_or(0)});
  const bool again = undone && gives_away(*undone);
  if (!again && !gives_away(*operation)) return error(Code::conflict, text_key("undo.gave_nothing"));
  if (!operation->finished) return error(Code::conflict, text_key("undo.still_running"));
  if (!again) undone.reset();
  return Undoable{std::move(*operation), std::move(*access), std::move(undone)};
}

Refusal refused(Work& work, const Undoable& what, const Actor& actor, Instant now) {
  if (auto refusal = what.undone ? batch_refuses_allocation(what.access, actor, now)
                                 : domain::batch::batch_refuses(what.access.batch.facts(), Action::undo_allocation))
    return refusal;
  if (what.operation.now + allocation_undo_window(work) < now) return error(Code::conflict, text_key("undo.too_late"));
  return std::nullopt;
}

// Do the items that were taken from somebody still come back to them? Asked once per person.
class FormerHolders {
 public:
  FormerHolders(Work& work, BatchId batch) : work_(work), batch_(batch) {}
  bool receives(ItemId item) {
    const auto kept = load_undo(work_, item);
    const PersonId holder = kept ? kept->undone.before.executor : PersonId{};
    const auto [known, asks] = receives_.try_emplace(holder, true);
    if (asks && holder) known->second = still_receives(work_, batch_, holder);
    return known->second;
  }

 private:
  Work& work_;
  const BatchId batch_;
  std::map<PersonId, bool> receives_;
};

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
  undo.given_by = given->operation;
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
  const std::int64_t versions = found->versions();
  const bool takes_from_somebody = !found->undone && versions > 1;  // a reassignment
  FormerHolders back(work, found->access.batch.id);
  GivenReader given(work, request.operation);
  for (std::int64_t chunk = 0;; ++chunk) {
    const auto rows = plan_chunk(work, found->source().id, chunk);
    if (rows.empty()) break;
    for (const PlanRow& row : rows) {
      const auto seen = given.find(row.item, {row.version.value + versions});
      if (!seen) continue;
      if (seen->untouched && takes_from_somebody && !back.receives(row.item)) {
        ++view.blocked;
        view.blocked_why = "item.return_needs_executor";
      } else if (seen->untouched) {
        ++view.reversed;
      } else {
        ++view.kept;
        ++keepers[{seen->keeper, seen->keeper_name}];
      }
    }
  }
  if (view.reversed + view.kept > 0) view.until = found->operation.now + allocation_undo_window(work);
  view.again = found->undone.has_value();
  if (const auto refusal = refused(work, *found, actor, work.now)) {
    view.blocked += std::exchange(view.reversed, 0);
    view.blocked_why = std::string(refusal->key.view());
  }
  for (const auto& [keeper, items] : keepers) view.by.push_back({keeper.first, keeper.second, items});
  std::stable_sort(view.by.begin(), view.by.end(), [](const auto& a, const auto& b) { return a.items > b.items; });
  if (view.by.size() > most_keepers) view.by.resize(most_keepers);
  return view;
}

namespace {

Result<std::optional<Redo>> what_is_given_again(Work& work, const Actor& actor, OperationId operation) {
  const auto found = undoable(work, actor, operation);
  if (!found) return found.error();
  if (auto refusal = refused(work, *found, actor, work.now)) return *refusal;
  if (!found->undone) return std::optional<Redo>();
  auto redo = redo_of(work, *found->undone, operation, found->access.batch.policy);
  if (!redo) return redo.error();
  if (redo->rows == 0) return error(Code::conflict, text_key("undo.nothing"));
  return std::optional<Redo>(std::move(redo).value());
}

// What was seen before may have changed: the batch is looked at again, its items are compared in the steps.
Result<api::Accepted> start_undo(Work& work, const Actor& actor, OperationId undone, const std::optional<Redo>& redo) {
  const auto found = undoable(work, actor, undone);
  if (!found) return found.error();
  if (auto refusal = refused(work, *found, actor, work.now)) return *refusal;
  const BatchId batch = found->access.batch.id;
  if (redo && redo->ledger) {
    if (redo->ledger != found->access.batch.policy) return error(Code::conflict, text_key("error.changed_meanwhile"));
    if (const OperationId running = allocation_running_by(work, redo->ledger, batch))
      return error(Code::conflict, text_key("policies.busy"), {param("operation", running.value)});
  }
  const auto operation = redo ? start_operation(work, actor, redo->kind, batch, {}, redo->input, redo->rows)
                              : start_operation(work, actor, api::OperationKind::undo_allocation, batch, {},
                                                std::to_string(undone.value), found->operation.total);
  if (!operation) return operation.error();
  if (redo) insert_plan(work, *operation, redo->chunks);
  insert_batch_log(work, actor, {batch, redo ? redo->event : BatchEvent::allocation_undone, {}, 0, *operation});
  touch_batch(work, batch);
  work.emit(EventKind::batch_changed, batch.value, {}, batch);
  return api::Accepted{*operation};
}

}  // namespace

Result<api::Accepted> undo_allocation(Phases& phases, const Actor* actor, const api::UndoAllocation::Request& request) {
  if (auto answer = answered_before<api::Accepted>(phases)) return *answer;
  std::optional<Result<std::optional<Redo>>> redo;  // none: an allocation is taken back
  phases.runner.read([&](Work& work) { redo.emplace(what_is_given_again(work, *actor, request.operation)); });
  if (!*redo) return redo->error();
  return change_once<api::Accepted>(phases,
                                    [&](Work& work) { return start_undo(work, *actor, request.operation, **redo); });
}

}  // namespace tw::services
