// See item_change.h.
#include "services/item_change.h"

#include "core/text.h"
#include "domain/batch/progress.h"
#include "services/candidates.h"
#include "services/customer_store.h"
#include "services/policy_store.h"
#include "services/settings.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::ActorStanding;
using domain::batch::Details;
using domain::batch::ItemState;
using domain::batch::Standing;

namespace {

constexpr std::size_t shown_text = 200;       // code points of the last text that lists show
constexpr std::size_t most_item_events = 20;  // beyond it one event of the batch tells everybody

Error changed_meanwhile() { return error(Code::conflict, text_key("item.changed_meanwhile")); }

// Whether executors may transfer binds executors only.
domain::batch::BatchFacts facts_for(const ItemAction& action, domain::batch::BatchFacts facts) {
  if (action.in_their_place) facts.allows_transfer = true;
  return facts;
}

bool leaves_executor(Action action) {
  return action == Action::abandon || action == Action::reset || action == Action::recall ||
         action == Action::undo_allocation;
}

// A planned follow-up belongs to whoever executes: it goes with them, and is done when it has passed. Whoever saves
// progress says what comes next, or that nothing does.
std::optional<Instant> follow_up_after(const Item& before, const Item& after, const ItemAction& action, Instant at) {
  if (action.undo) return action.undo->next_follow_up;
  if (after.facts.state != ItemState::executing || after.facts.executor != before.facts.executor) return std::nullopt;
  if (action.action == Action::save_progress) return action.follow_up;
  return before.next_follow_up && at < *before.next_follow_up ? before.next_follow_up : std::nullopt;
}

// What the tabs of executors tell of how it came to them, and how it was completed. Undone, an item keeps both: they
// are looked at only while it is with the same person, in a state that they are about.
void keep_marks(const Item& before, Item& after, const ItemAction& action, bool completed_late) {
  if (action.action == Action::complete) after.completed_late = completed_late;
  const PersonId now = after.facts.executor;
  if (action.undo) after.transferred_from = action.undo->transferred_from;
  if (action.undo || !now || now == before.facts.executor) return;
  after.transferred_from = action.action == Action::transfer ? before.facts.executor : PersonId{};
  after.completed_late = false;
}

domain::batch::BatchFacts facts_of(Work& work, const Batch& batch) {
  auto facts = batch.facts();
  facts.forbids_own_confirmation = forbids_own_confirmation(work);
  facts.return_minimum = return_minimum(work);
  facts.allocation_undo_window = allocation_undo_window(work);
  return facts;
}

}  // namespace

ItemChanges::ItemChanges(Work& work, const Batch& batch, const Doer& doer, Instant at)
    : work_(work),
      batch_(batch),
      facts_(facts_of(work, batch)),
      doer_(doer),
      at_(at),
      writer_(work, at, doer.actor ? doer.actor->person : PersonId{}, doer.actor ? doer.actor->name : std::string(),
              doer.operation),
      notices_(batch, doer.actor ? doer.actor->person : PersonId{}),
      calendars_(work) {}

Standing ItemChanges::standing_to(const Item& item) const {
  const bool its_executor = doer_.actor && doer_.actor->person && item.facts.executor == doer_.actor->person;
  return its_executor ? doer_.standing | Standing::its_executor : doer_.standing;
}

ActorStanding ItemChanges::actor_standing(const Item& item, const ItemAction& action) const {
  const PersonId person = doer_.actor ? doer_.actor->person : PersonId{};
  const bool did_it = action.undo && person && action.undo->actor == person;
  Standing standing = standing_to(item);
  if (did_it) standing = standing | Standing::who_did_it;
  if (action.in_their_place && overlap(standing, Standing::creator_side)) standing = standing | Standing::its_executor;
  return {person, standing};
}

Details ItemChanges::details_of(const Item& item, const ItemAction& action) {
  Details details;
  details.target = action.target;
  if (action.action == Action::send_back && action.target) return details;  // somebody else receives it
  if (action.undo) details.undone = &action.undo->undone;
  if (const PersonId back = domain::batch::gets_it_back(item.facts, action.action, details.undone)) {
    const auto [known, asks] = receives_.try_emplace(back, false);
    if (asks) known->second = still_receives(work_, batch_.id, back);
    details.executor_receives = known->second;
  }
  const PersonId next =
      domain::batch::executor_after(item.facts, action.action, doer_.actor ? doer_.actor->person : PersonId{}, details);
  details.pace = calendars_.pace(batch_.limit_counts, item.facts.executor);
  details.pace_after = calendars_.pace(batch_.limit_counts, next);
  return details;
}

Refusal ItemChanges::may(const Item& item, const ItemAction& action) {
  return domain::batch::may(item.facts, action.action, actor_standing(item, action), facts_for(action, facts_), at_,
                            details_of(item, action));
}

Refusal ItemChanges::perform(Item& item, const ItemAction& action) {
  if (auto refused = may(item, action)) return refused;
  if (action.action == Action::send_back && action.target) return return_to(item, action);
  const auto outcome = domain::batch::apply(item.facts, action.action, actor_standing(item, action), facts_, at_,
                                            details_of(item, action));
  Item after = item;
  if (outcome.removed) {
    if (!remove_item(work_, *doer_.actor, item)) return changed_meanwhile();
    counts_.add(item.batch, item.standpoint(), -1);
    ++changed_;
    return std::nullopt;
  }
  after.facts = outcome.item;
  after.progress =
      action.undo ? action.undo->progress : domain::batch::progress_after(item.progress, action.action, after.facts);
  after.next_follow_up = follow_up_after(item, after, action, at_);
  if (action.undo) after.last_text = action.undo->last_text;
  if (!action.text.empty()) after.last_text = std::string(text::prefix(action.text, shown_text));
  keep_marks(item, after, action, outcome.completed_late);
  after.drawn = action.drawn;  // whatever else is done to it, it is touched
  after.changed = at_;
  ItemLogRow log;
  if (action.action == Action::reassign && !take_first(item, after, action)) return changed_meanwhile();
  log.version = after.facts.version;
  log.action = action.action;
  log.from = action.action == Action::reassign ? ItemState::reset : item.facts.state;
  log.to = after.facts.state;
  log.executor = leaves_executor(action.action) ? item.facts.executor : after.facts.executor;
  log.text = action.text;
  log.detail = outcome.own_confirmation ? std::string_view("by_executor") : action.detail;
  const Version before{after.facts.version.value - 1};
  if (!writer_.write(after, before, log)) return changed_meanwhile();
  if (action.action == Action::transfer) note_transfer(work_, item, after.facts.executor);
  if (action.undo && action.undo->undone.action == Action::transfer)
    forget_transfer(work_, item.id, after.facts.executor);
  if (action.undo && action.undo->undone.action == Action::send_back && item.facts.executor != after.facts.executor)
    forget_transfer(work_, item.id, after.facts.executor);
  count_own_confirmations(item, after, action, outcome.own_confirmation);
  note(item, after, action);
  keep_undo(item, after, action.action);
  item = std::move(after);
  return std::nullopt;
}

void ItemChanges::count_own_confirmations(const Item& before, const Item& after, const ItemAction& action, bool own) {
  own_confirmed_ += own ? 1 : 0;
  const bool undone = action.undo && action.undo->undone.action == Action::confirm;
  if (undone && before.facts.state == ItemState::ended && action.undo->actor == after.facts.executor) --own_confirmed_;
}

// Rows 9 and 12 in one, where who completed it receives no more: its log shows both, nobody sees it in between. The
// manager hands on in that person's place, whether or not the batch lets executors transfer.
Refusal ItemChanges::return_to(Item& item, const ItemAction& action) {
  const auto actor = actor_standing(item, action);
  Details back, to;
  back.pace = back.pace_after = to.pace = calendars_.pace(batch_.limit_counts, item.facts.executor);
  to.target = action.target;
  to.pace_after = calendars_.pace(batch_.limit_counts, action.target);
  Item between = item;
  between.facts = domain::batch::apply(item.facts, Action::send_back, actor, facts_, at_, back).item;
  between.progress = domain::batch::progress_after(item.progress, Action::send_back, between.facts);
  between.last_text = std::string(text::prefix(action.text, shown_text));
  between.drawn = false;
  between.changed = at_;
  ItemLogRow log;
  log.version = between.facts.version;
  log.action = Action::send_back;
  log.from = item.facts.state;
  log.to = between.facts.state;
  log.executor = between.facts.executor;
  log.text = action.text;
  if (!writer_.write(between, item.facts.version, log)) return changed_meanwhile();

  Item after = between;
  const ActorStanding in_their_place{actor.person, actor.standing | Standing::its_executor};
  after.facts = domain::batch::apply(between.facts, Action::transfer, in_their_place, facts_, at_, to).item;
  after.next_follow_up.reset();
  keep_marks(between, after, {.action = Action::transfer}, false);
  log.version = after.facts.version;
  log.action = Action::transfer;
  log.from = between.facts.state;
  log.to = after.facts.state;
  log.executor = after.facts.executor;
  log.text = {};
  log.detail = action.detail;
  if (!writer_.write(after, between.facts.version, log)) return changed_meanwhile();
  note_transfer(work_, between, after.facts.executor);
  note(item, after, action);
  keep_undo(item, after, Action::send_back);
  item = std::move(after);
  return std::nullopt;
}

// Reassigning is two steps in one: the log shows who lost it and who got it. The item goes through "reset" in between,
// and nobody ever sees it there.
bool ItemChanges::take_first(const Item& item, Item& after, const ItemAction& action) {
  Item taken = item;
  taken.facts.state = ItemState::reset;
  taken.facts.executor = {};
  taken.facts.clock = domain::batch::stopped();
  taken.facts.returned = false;
  taken.facts.version = {item.facts.version.value + 1};
  taken.progress = domain::batch::Progress::untouched;
  taken.next_follow_up.reset();
  taken.drawn = false;
  taken.changed = at_;
  ItemLogRow log;
  log.version = taken.facts.version;
  log.action = Action::reset;
  log.from = item.facts.state;
  log.to = ItemState::reset;
  log.executor = item.facts.executor;
  log.text = action.text;
  if (!writer_.write(taken, item.facts.version, log)) return false;
  after.facts.version = {taken.facts.version.value + 1};
  return true;
}

void ItemChanges::note(const Item& before, const Item& after, const ItemAction& action) {
  counts_.move(batch_.id, before.standpoint(), after.standpoint());
  ++changed_;
  if (changed_items_.size() <= most_item_events) changed_items_.push_back(after.id);
  count_of_the_day(before, after, action);
  // Who did not give it away themselves is told that it is gone.
  const Action told = action.in_their_place ? Action::reassign : action.action;
  notices_.note({told, before.facts.state, after.facts.state, before.facts.executor, after.facts.executor}, after.id);
  const auto& row = domain::batch::transition(action.action);
  if (row.log == domain::batch::LogKind::item_and_timeline) mark_followed_up(work_, after.customer, at_);
}

// Who gets an item back that was theirs has not received another one; what was completed by mistake was not completed.
void ItemChanges::count_of_the_day(const Item& before, const Item& after, const ItemAction& action) {
  const PersonId executor = after.facts.executor;
  if (action.undo) {
    // Whoever got it by what is undone; what was theirs all the time has no other one.
    if (before.facts.executor && before.facts.executor != executor)
      ++back_[{before.facts.executor, action.undo->undone.done_at}];
    if (action.action == Action::undo_allocation && before.facts.executor &&
        same_day(work_, before.facts.executor, action.undo->undone.done_at, at_))
      --days_[before.facts.executor].received;
    if (action.undo->undone.action == Action::complete && same_day(work_, executor, action.undo->undone.done_at, at_))
      --days_[executor].completed;
    return;
  }
  if (executor && executor != before.facts.executor) ++days_[executor].received;
  if (action.action == Action::complete) ++days_[executor].completed;
}

void ItemChanges::keep_undo(const Item& before, const Item& after, Action action) {
  const bool own = domain::batch::undoes(Action::undo_own, action);
  // What is taken from one who worked on it; what was with nobody is told by its log (allocation_undo.h).
  const bool from_somebody =
      domain::batch::undoes(Action::undo_allocation, action) && before.facts.state == ItemState::executing;
  if (!(own || from_somebody) || !doer_.actor || !doer_.actor->person) return;
  if (!undo_) undo_.emplace(work_);
  undo_->keep(before, doer_.actor->person, {action, at_, after.facts.version, {}});
}

void ItemChanges::finish() {
  if (changed_ == 0) return;
  counts_.write(work_);
  if (own_confirmed_ != 0) add_own_confirmed(work_, batch_.id, own_confirmed_);
  notices_.write(work_, doer_.actor ? doer_.actor->name : std::string(), doer_.operation);
  for (const auto& [person, day] : days_) {
    add_to_person_today(work_, person, day);
    if (day.received > 0)
      received(work_, batch_.policy, {person, at_, day.received}, work_.now - facts_.allocation_undo_window);
  }
  for (const auto& [receipt, items] : back_) given_back(work_, batch_.policy, {receipt.first, receipt.second, items});
  if (changed_items_.size() <= most_item_events)
    for (const ItemId item : changed_items_) work_.emit(EventKind::item_changed, item.value, {}, batch_.id);
  work_.emit(EventKind::batch_changed, batch_.id.value, {}, batch_.id);
}

// --- refusals --------------------------------------------------------------------------------------------------------

Refusal stale(Work& work, const Item& item, Version seen) {
  if (item.facts.version == seen) return std::nullopt;
  const auto last = last_change(work, item.id);
  if (!last) return error(Code::conflict, text_key("item.changed_meanwhile"));
  std::vector<Param> params{param("action", std::string(wire_name(last->action))), param("at", last->at.ms),
                            param("state", std::string(wire_name(item.facts.state)))};
  if (last->actor_name.empty()) return error(Code::conflict, text_key("item.changed_by_system"), std::move(params));
  params.push_back(param("who", last->actor_name));
  return error(Code::conflict, text_key("item.changed_by"), std::move(params));
}

api::RowOutcome outcome_of(const Item& item, const Error& refusal) {
  api::RowOutcome outcome;
  outcome.item = item.id;
  outcome.version = item.facts.version;
  switch (refusal.code) {
    case Code::forbidden:
    case Code::unauthenticated:
      outcome.result = api::RowResult::forbidden;
      break;
    case Code::not_found:
    case Code::gone:
      outcome.result = api::RowResult::gone;
      break;
    default:
      outcome.result = api::RowResult::conflict;
  }
  outcome.key = std::string(refusal.key.view());
  for (const auto& p : refusal.params) outcome.params.push_back({p.name, p.value});
  return outcome;
}

api::RowOutcome outcome_gone(ItemId item) {
  api::RowOutcome outcome;
  outcome.item = item;
  outcome.result = api::RowResult::gone;
  outcome.key = std::string(text_key("item.gone").view());
  return outcome;
}

api::RowOutcome outcome_done(const Item& item, api::RowResult result) {
  api::RowOutcome outcome;
  outcome.item = item.id;
  outcome.result = result;
  outcome.version = item.facts.version;
  return outcome;
}

}  // namespace tw::services
