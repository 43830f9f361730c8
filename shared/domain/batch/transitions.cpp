#include "domain/batch/transitions.h"

#include <cassert>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

namespace tw::domain::batch {

namespace {

constexpr bool rows_stand_at_their_action() {
  for (std::size_t i = 0; i < std::size(transition_table); ++i)
    if (static_cast<std::size_t>(transition_table[i].action) != i) return false;
  return std::size(transition_table) == static_cast<std::size_t>(action_count);
}
static_assert(rows_stand_at_their_action(), "transition() looks rows up by position");

// The actions as one parameter, wire names with commas: the catalogue names each in the reader's language.
std::string names_of(const std::vector<Action>& actions) {
  std::string names;
  for (const Action action : actions) {
    if (!names.empty()) names += ',';
    names += wire_name(action);
  }
  return names;
}

std::vector<Param> found(const ItemFacts& item, Action action, const ActorStanding& actor) {
  return {param("state", std::string(wire_name(item.state))), param("action", std::string(wire_name(action))),
          param("allowed", names_of(allowed_actions(item.state, actor.standing)))};
}

Error refused(Code code, TextKey key, const ItemFacts& item, Action action, const ActorStanding& actor) {
  return error(code, key, found(item, action, actor));
}

Error refused_at(TextKey key, Instant at, const ItemFacts& item, Action action, const ActorStanding& actor) {
  Error refusal = refused(Code::conflict, key, item, action, actor);
  refusal.params.push_back(param("at", at.ms));
  return refusal;
}

TextKey who_may(Standing who) {
  if (who == Standing::creator_side) return text_key("item.only_the_creator_may");
  if (who == Standing::its_executor) return text_key("item.only_its_executor_may");
  if (who == Standing::batch_executor) return text_key("item.only_an_executor_may");
  if (who == Standing::system) return text_key("item.only_the_system_may");
  if (who == Standing::who_did_it) return text_key("item.only_who_did_it_may");
  return text_key("item.only_who_did_it_or_the_creator_may");
}

bool takes_target(ExecutorEffect effect) { return effect == ExecutorEffect::set || effect == ExecutorEffect::target; }

Refusal undo_refuses(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch,
                     Instant now, const Undone* undone) {
  if (!undone || !undoes(action, undone->action))
    return refused(Code::conflict, text_key("item.nothing_to_undo"), item, action, actor);
  if (item.version != undone->version_after)
    return refused(Code::conflict, text_key("item.changed_since"), item, action, actor);
  const Millis window = action == Action::undo_allocation ? batch.allocation_undo_window : own_undo_window;
  if (now > undone->done_at + window)
    return refused_at(text_key("item.undo_too_late"), undone->done_at + window, item, action, actor);
  return {};
}

// The same refusal as for the batch, with what was found.
Refusal claiming_refuses(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch,
                         Instant now) {
  Refusal refusal = claiming_refused(batch, now);
  if (!refusal) return {};
  std::vector<Param> params = found(item, action, actor);
  params.insert(params.end(), refusal->params.begin(), refusal->params.end());
  return error(refusal->code, refusal->key, std::move(params));
}

// The guards that need nothing but these facts; texts and eligibility are asked elsewhere, see Guard.
Refusal guards_refuse(const Transition& row, const ItemFacts& item, const ActorStanding& actor, const BatchFacts& batch,
                      Instant now, const Details& details) {
  const Action action = row.action;
  const auto conflict = [&](TextKey key) { return refused(Code::conflict, key, item, action, actor); };
  if (has(row.guards, Guard::never_allocated) && item.ever_allocated) return conflict(text_key("item.was_allocated"));
  if (has(row.guards, Guard::before_end_date) && batch.ends_at && now >= *batch.ends_at)
    return refused_at(text_key("item.past_end_date"), *batch.ends_at, item, action, actor);
  if (has(row.guards, Guard::claiming_open))
    if (auto refusal = claiming_refuses(item, action, actor, batch, now)) return refusal;
  if (has(row.guards, Guard::transfer_allowed) && !batch.allows_transfer)
    return conflict(text_key("item.transfer_is_off"));
  if (has(row.guards, Guard::overdue) && !overdue(item.clock, now)) return conflict(text_key("item.not_overdue"));
  if (has(row.guards, Guard::own_confirmation) && batch.forbids_own_confirmation && item.executor == actor.person)
    return refused(Code::forbidden, text_key("item.own_confirmation_is_off"), item, action, actor);
  if (has(row.guards, Guard::nothing_since))
    if (auto refusal = undo_refuses(item, action, actor, batch, now, details.undone)) return refusal;
  if (gets_it_back(item, action, details.undone) && !details.executor_receives)
    return conflict(text_key("item.return_needs_executor"));
  if (takes_target(row.executor)) {
    if (!details.target) return conflict(text_key("item.target_missing"));
    if (details.target == item.executor) return conflict(text_key("item.already_with_them"));
  }
  return {};
}

ItemState next_state(const Transition& row, ItemState now, const BatchFacts& batch) {
  switch (row.to) {
    case Next::unassigned:
      return ItemState::unassigned;
    case Next::executing:
      return ItemState::executing;
    case Next::completed_or_ended:
      return batch.needs_confirmation ? ItemState::completed : ItemState::ended;
    case Next::abandoned:
      return ItemState::abandoned;
    case Next::ended:
      return ItemState::ended;
    case Next::reset:
      return ItemState::reset;
    case Next::same:
    case Next::gone:
    case Next::as_before:
      return now;
  }
  return now;
}

PersonId next_executor(ExecutorEffect effect, PersonId current, PersonId actor, const Details& details) {
  switch (effect) {
    case ExecutorEffect::none:
      return {};
    case ExecutorEffect::set:
    case ExecutorEffect::target:
      return details.target;
    case ExecutorEffect::self:
      return actor;
    case ExecutorEffect::same:
    case ExecutorEffect::kept:
      return current;
    case ExecutorEffect::as_before:
      return details.undone ? details.undone->before.executor : current;
  }
  return current;
}

ItemClock next_clock(const Transition& row, const ItemClock& clock, const BatchFacts& batch, Instant now,
                     const Details& details) {
  switch (row.clock) {
    case ClockEffect::off:
    case ClockEffect::pauses:
      return paused(clock, now, details.pace);
    case ClockEffect::starts:
      return started(batch.limit, now, details.pace_after);
    case ClockEffect::stops_zero:
      return stopped();
    case ClockEffect::resumes:
      return returned(clock, batch.limit, now, details.pace_after, batch.return_minimum);
    case ClockEffect::runs_on:
      return row.executor == ExecutorEffect::target
                 ? handed_on(clock, batch.limit, now, details.pace, details.pace_after)
                 : with_limit(clock, batch.limit, details.pace);
    case ClockEffect::as_before:
    case ClockEffect::used_as_before:
      return clock;
  }
  return clock;
}

// The item as it was. An allocation's clock goes on as if nothing had been done; a person's own slip does not cost them
// the time until they noticed it.
ItemFacts before_undone(const Undone& undone, ClockEffect effect, const BatchFacts& batch, Instant now,
                        const Pace& pace) {
  ItemFacts item = undone.before;
  if (effect == ClockEffect::used_as_before && item.clock.resumed_at)
    item.clock = resumed(paused(item.clock, undone.done_at, pace), batch.limit, now, pace);
  else
    item.clock = with_limit(item.clock, batch.limit, pace);
  return item;
}

}  // namespace

bool undoes(Action undo, Action done) {
  switch (done) {
    case Action::allocate:
    case Action::designate:
    case Action::claim:
    case Action::transfer:
    case Action::reassign:
      return undo == Action::undo_allocation;
    case Action::complete:
    case Action::abandon:
    case Action::confirm:
    case Action::send_back:
    case Action::reset:
      return undo == Action::undo_own;
    default:
      return false;
  }
}

PersonId gets_it_back(const ItemFacts& item, Action action, const Undone* undone) {
  const Transition& row = transition(action);
  if (!has(row.guards, Guard::executor_receives)) return {};
  if (row.to != Next::as_before) return item.executor;
  return undone && undone->before.state == ItemState::executing ? undone->before.executor : PersonId{};
}

PersonId executor_after(const ItemFacts& item, Action action, PersonId actor, const Details& details) {
  return next_executor(transition(action).executor, item.executor, actor, details);
}

Refusal batch_refuses(const BatchFacts& batch, Action action) {
  if (batch.state == BatchState::active) return {};
  return error(
      Code::conflict,
      batch.state == BatchState::ended ? text_key("batch.refused_ended") : text_key("batch.refused_terminated"),
      {param("action", std::string(wire_name(action)))});
}

Refusal claiming_refused(const BatchFacts& batch, Instant now) {
  const auto at = [](TextKey key, Instant when) {
    return error(Code::conflict, key, {param("at", when.ms), param("action", std::string(wire_name(Action::claim)))});
  };
  if (auto refusal = batch_refuses(batch, Action::claim)) return refusal;
  if (!batch.claim_open) return error(Code::conflict, text_key("item.claiming_is_off"));
  if (batch.claim_from && now < *batch.claim_from) return at(text_key("item.claiming_opens_at"), *batch.claim_from);
  if (batch.claim_to && now >= *batch.claim_to) return at(text_key("item.claiming_closed_at"), *batch.claim_to);
  if (batch.ends_at && now >= *batch.ends_at) return at(text_key("item.past_end_date"), *batch.ends_at);
  return {};
}

std::vector<Action> allowed_actions(ItemState state, Standing standing) {
  std::vector<Action> actions;
  for (const Transition& row : transition_table)
    if (row.to != Next::as_before && transition_allowed(state, row.action, standing)) actions.push_back(row.action);
  return actions;
}

Refusal may_add(const ActorStanding& actor, const BatchFacts& batch) {
  if (auto refusal = batch_refuses(batch, Action::add)) return refusal;
  if (!overlap(transition(Action::add).who, actor.standing))
    return error(Code::forbidden, text_key("batch.only_the_creator_adds"));
  return {};
}

Refusal may(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch, Instant now,
            const Details& details) {
  if (auto refusal = batch_refuses(batch, action)) return refusal;
  const Transition* row = find(item.state, action);
  if (!row)
    return refused(Code::conflict,
                   allowed_actions(item.state, actor.standing).empty() ? text_key("item.refused_in_state")
                                                                       : text_key("item.refused_in_state_but"),
                   item, action, actor);
  if (!overlap(row->who, actor.standing)) return refused(Code::forbidden, who_may(row->who), item, action, actor);
  return guards_refuse(*row, item, actor, batch, now, details);
}

Outcome apply(const ItemFacts& item, Action action, const ActorStanding& actor, const BatchFacts& batch, Instant now,
              const Details& details) {
  const Transition& row = transition(action);
  Outcome outcome;
  outcome.row = &row;
  outcome.removed = row.to == Next::gone;
  if (row.to == Next::as_before) {
    assert(details.undone);
    outcome.item = before_undone(*details.undone, row.clock, batch, now, details.pace_after);
  } else {
    ItemFacts& after = outcome.item = item;
    after.state = next_state(row, item.state, batch);
    after.executor = next_executor(row.executor, item.executor, actor.person, details);
    after.clock = next_clock(row, item.clock, batch, now, details);
    if (row.clock == ClockEffect::starts) after.rounds = 0;
    if (action == Action::send_back) ++after.rounds;
    if (action == Action::abandon) after.barred = item.executor;
    if (after.executor && after.executor != item.executor) {
      after.ever_allocated = true;
      after.barred = {};  // somebody else has held it, or a manager's hand lifted the bar
    }
    // The marker belongs to an executing item, and to the person it was returned to or who took it over from them.
    after.returned =
        action == Action::send_back || (item.returned && (row.to == Next::same || row.clock == ClockEffect::runs_on));
    outcome.completed_late = action == Action::complete && batch.ends_at && now >= *batch.ends_at;
    outcome.own_confirmation = action == Action::confirm && actor.person && item.executor == actor.person;
  }
  outcome.item.version = {item.version.value + 1};
  return outcome;
}

}  // namespace tw::domain::batch
