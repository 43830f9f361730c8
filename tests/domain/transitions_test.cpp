// The transition table against expectations that are written out by hand, from the specification "Batch customer tasks"
// and not from the code: every action, in every state, for everybody.
#include "domain/batch/transitions.h"

#include <ostream>

#include <gtest/gtest.h>

#include "domain/batch/labels.h"

namespace tw::domain::batch {

static void PrintTo(ItemState state, std::ostream* out) { *out << wire_name(state); }
static void PrintTo(Action action, std::ostream* out) { *out << wire_name(action); }
static void PrintTo(const ItemClock& clock, std::ostream* out) {
  *out << "used " << clock.used.value << ", resumed " << (clock.resumed_at ? clock.resumed_at->ms : -1) << ", due "
       << (clock.due_at ? clock.due_at->ms : -1);
}

namespace {

constexpr ItemState all_states[] = {ItemState::unassigned, ItemState::executing, ItemState::completed,
                                    ItemState::ended,      ItemState::reset,     ItemState::abandoned};

// --- who may do what, in which state
// -------------------------------------------------------------------------------------

constexpr Standing roles[] = {Standing::creator_side, Standing::its_executor, Standing::batch_executor,
                              Standing::system,       Standing::who_did_it,   Standing::none};

struct ByHand {
  Action action;
  // One letter per role: creator side, its executor, an executor of the batch, system, who did it, nobody.
  const char* unassigned;
  const char* executing;
  const char* completed;
  const char* ended;
  const char* reset;
  const char* abandoned;
};

// clang-format off
constexpr ByHand by_hand[] = {
    //                        unassigned executing completed  ended     reset     abandoned
    {Action::add,             "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::remove,          "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::allocate,        "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::designate,       "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::claim,           "nnYnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnYnnn", "nnYnnn"},
    {Action::save_progress,   "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::complete,        "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::abandon,         "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::confirm,         "nnnnnn", "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::send_back,       "nnnnnn", "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::reset,           "nnnnnn", "Ynnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::recall,          "nnnnnn", "nnnYnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::transfer,        "nnnnnn", "nYnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::end_all,         "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::terminate,       "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn", "Ynnnnn"},
    {Action::reassign,        "nnnnnn", "Ynnnnn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::undo_allocation, "nnnnnn", "YnnnYn", "nnnnnn", "nnnnnn", "nnnnnn", "nnnnnn"},
    {Action::undo_own,        "nnnnnn", "nnnnYn", "nnnnYn", "nnnnYn", "nnnnYn", "nnnnYn"},
};
// clang-format on

const char* letters(const ByHand& row, ItemState state) {
  switch (state) {
    case ItemState::unassigned:
      return row.unassigned;
    case ItemState::executing:
      return row.executing;
    case ItemState::completed:
      return row.completed;
    case ItemState::ended:
      return row.ended;
    case ItemState::reset:
      return row.reset;
    case ItemState::abandoned:
      return row.abandoned;
  }
  return "";
}

const ByHand& expected(Action action) {
  for (const ByHand& row : by_hand)
    if (row.action == action) return row;
  ADD_FAILURE() << "no expectation for " << wire_name(action);
  return by_hand[0];
}

constexpr Instant start{1'000'000'000'000};
constexpr Instant noon = start + hours(5);
constexpr Millis limit = days(2);
constexpr PersonId ann{1};   // the creator
constexpr PersonId bo{2};    // holds the item
constexpr PersonId cara{3};  // gets it

// An item as it may be in this state: bo started on it at `start` and, where it rests, stopped after two hours.
ItemFacts item_in(ItemState state) {
  ItemFacts item;
  item.state = state;
  item.version = {7};
  switch (state) {
    case ItemState::unassigned:
      break;
    case ItemState::executing:
      item.executor = bo;
      item.clock = {{}, start, start + limit};
      item.ever_allocated = true;
      break;
    case ItemState::completed:
    case ItemState::ended:
      item.executor = bo;
      item.clock.used = hours(2);
      item.ever_allocated = true;
      break;
    case ItemState::reset:
      item.ever_allocated = true;
      break;
    case ItemState::abandoned:
      item.ever_allocated = true;
      item.barred = bo;
      break;
  }
  return item;
}

// A batch in which no guard stands in the way.
BatchFacts open_batch() {
  BatchFacts batch;
  batch.limit = limit;
  batch.allows_transfer = true;
  batch.claim_open = true;
  return batch;
}

// Everything that an action could ask for; late enough for a recall.
struct Attempt {
  ItemFacts item;
  Action action;
  ActorStanding actor;
  BatchFacts batch = open_batch();
  Instant now = noon;
  Undone undone;
  Details details;

  Attempt(ItemState state, Action tried, Standing standing)
      : item(item_in(state)), action(tried), actor{ann, standing} {
    if (action == Action::recall) now = start + limit;
    undone.action = action == Action::undo_allocation ? Action::allocate : Action::complete;
    undone.done_at = now - minutes(1);
    undone.version_after = item.version;
    details.target = cara;
    details.undone = &undone;
  }
  Refusal refusal() {
    details.undone = details.undone ? &undone : nullptr;
    return may(item, action, actor, batch, now, details);
  }
};

TEST(Transitions, have_an_expectation_for_every_action) {
  ASSERT_EQ(std::size(by_hand), static_cast<std::size_t>(action_count));
  for (const auto& name : action_names) EXPECT_EQ(expected(name.value).action, name.value);
}

TEST(Transitions, every_state_action_and_role_is_as_written) {
  for (const ByHand& row : by_hand)
    for (const ItemState state : all_states)
      for (std::size_t role = 0; role < std::size(roles); ++role) {
        const bool allowed = letters(row, state)[role] == 'Y';
        SCOPED_TRACE(testing::Message() << wire_name(row.action) << " when " << wire_name(state) << ", role " << role);
        EXPECT_EQ(transition_allowed(state, row.action, roles[role]), allowed);
        Attempt attempt(state, row.action, roles[role]);
        EXPECT_EQ(!attempt.refusal().has_value(), allowed);
      }
}

TEST(Transitions, several_standings_allow_what_any_of_them_allows) {
  for (const ByHand& row : by_hand)
    for (const ItemState state : all_states)
      for (unsigned set = 0; set < 32; ++set) {
        bool allowed = false;
        for (std::size_t role = 0; role < 5; ++role)
          allowed = allowed || ((set >> role & 1) != 0 && letters(row, state)[role] == 'Y');
        EXPECT_EQ(transition_allowed(state, row.action, static_cast<Standing>(set)), allowed);
      }
}

TEST(Transitions, a_wrong_state_is_a_conflict_and_a_wrong_person_is_forbidden) {
  for (const ByHand& row : by_hand)
    for (const ItemState state : all_states)
      for (std::size_t role = 0; role < std::size(roles); ++role) {
        Attempt attempt(state, row.action, roles[role]);
        const auto refusal = attempt.refusal();
        if (!refusal) continue;
        const bool anybody = std::string_view(letters(row, state)).find('Y') != std::string_view::npos;
        EXPECT_EQ(refusal->code, anybody ? Code::forbidden : Code::conflict)
            << wire_name(row.action) << " when " << wire_name(state);
      }
}

TEST(Transitions, nothing_at_all_is_allowed_once_the_batch_is_over) {
  for (const BatchState over : {BatchState::ended, BatchState::terminated})
    for (const ByHand& row : by_hand)
      for (const ItemState state : all_states) {
        Attempt attempt(state, row.action, static_cast<Standing>(31));
        attempt.batch.state = over;
        const auto refusal = attempt.refusal();
        ASSERT_TRUE(refusal) << wire_name(row.action) << " when " << wire_name(state);
        EXPECT_EQ(refusal->code, Code::conflict);
        EXPECT_EQ(refusal->key.view(), over == BatchState::ended ? "batch.refused_ended" : "batch.refused_terminated");
      }
}

TEST(Transitions, a_refusal_names_the_state_found_and_what_is_allowed) {
  Attempt attempt(ItemState::completed, Action::allocate, Standing::creator_side);
  const auto refusal = attempt.refusal();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->key.view(), "item.refused_in_state_but");
  EXPECT_EQ(refusal->params, (std::vector<Param>{param("state", "completed"), param("action", "allocate"),
                                                 param("allowed", "confirm,return,reset,end_all,terminate")}));
}

TEST(Transitions, who_may_do_nothing_is_told_so) {
  Attempt attempt(ItemState::ended, Action::complete, Standing::its_executor);
  const auto refusal = attempt.refusal();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->key.view(), "item.refused_in_state");
}

TEST(Transitions, only_the_creators_side_adds_and_only_while_the_batch_is_active) {
  BatchFacts batch = open_batch();
  EXPECT_FALSE(may_add({ann, Standing::creator_side}, batch));
  for (const Standing other :
       {Standing::its_executor, Standing::batch_executor, Standing::system, Standing::who_did_it, Standing::none})
    EXPECT_EQ(may_add({ann, other}, batch)->code, Code::forbidden);
  batch.state = BatchState::ended;
  EXPECT_EQ(may_add({ann, Standing::creator_side}, batch)->code, Code::conflict);
}

// --- guards
// ------------------------------------------------------------------------------------------------------------

std::string refused(Attempt& attempt) {
  const auto refusal = attempt.refusal();
  return refusal ? std::string(refusal->key.view()) : "allowed";
}

TEST(Guards, an_item_that_was_ever_allocated_is_not_removed) {
  Attempt attempt(ItemState::unassigned, Action::remove, Standing::creator_side);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.item.ever_allocated = true;
  EXPECT_EQ(refused(attempt), "item.was_allocated");
}

TEST(Guards, after_the_end_date_nothing_is_allocated_or_claimed) {
  const std::pair<Action, ItemState> starting[] = {{Action::allocate, ItemState::unassigned},
                                                   {Action::designate, ItemState::unassigned},
                                                   {Action::claim, ItemState::unassigned},
                                                   {Action::reassign, ItemState::executing}};
  for (const auto& [action, state] : starting) {
    Attempt attempt(state, action, Standing::creator_side | Standing::batch_executor);
    attempt.batch.ends_at = attempt.now + Millis{1};
    EXPECT_EQ(refused(attempt), "allowed") << wire_name(action);
    attempt.batch.ends_at = attempt.now;
    EXPECT_EQ(refused(attempt), "item.past_end_date") << wire_name(action);
  }
}

TEST(Guards, after_the_end_date_work_goes_on) {
  for (const Action action : {Action::save_progress, Action::complete, Action::abandon, Action::transfer}) {
    Attempt attempt(ItemState::executing, action, Standing::its_executor);
    attempt.batch.ends_at = start;
    EXPECT_EQ(refused(attempt), "allowed") << wire_name(action);
  }
}

TEST(Guards, claiming_needs_the_switch_and_its_window) {
  Attempt attempt(ItemState::reset, Action::claim, Standing::batch_executor);
  attempt.batch.claim_open = false;
  EXPECT_EQ(refused(attempt), "item.claiming_is_off");
  attempt.batch.claim_open = true;
  attempt.batch.claim_from = noon + Millis{1};
  EXPECT_EQ(refused(attempt), "item.claiming_opens_at");
  attempt.batch.claim_from = noon;
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.batch.claim_to = noon;
  EXPECT_EQ(refused(attempt), "item.claiming_closed_at");
  attempt.batch.claim_to = noon + Millis{1};
  EXPECT_EQ(refused(attempt), "allowed");
}

TEST(Guards, a_transfer_needs_the_batchs_permission_and_another_person) {
  Attempt attempt(ItemState::executing, Action::transfer, Standing::its_executor);
  attempt.batch.allows_transfer = false;
  EXPECT_EQ(refused(attempt), "item.transfer_is_off");
  attempt.batch.allows_transfer = true;
  attempt.details.target = bo;
  EXPECT_EQ(refused(attempt), "item.already_with_them");
  attempt.details.target = {};
  EXPECT_EQ(refused(attempt), "item.target_missing");
}

TEST(Guards, a_recall_waits_until_the_item_is_due) {
  Attempt attempt(ItemState::executing, Action::recall, Standing::system);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.now = start + limit - Millis{1};
  EXPECT_EQ(refused(attempt), "item.not_overdue");
  attempt.item.clock.due_at.reset();  // no limit
  attempt.now = start + days(1000);
  EXPECT_EQ(refused(attempt), "item.not_overdue");
}

TEST(Guards, an_overdue_item_can_still_be_completed_abandoned_and_transferred) {
  for (const Action action : {Action::complete, Action::abandon, Action::transfer}) {
    Attempt attempt(ItemState::executing, action, Standing::its_executor);
    attempt.now = start + limit + seconds(3);
    EXPECT_EQ(refused(attempt), "allowed") << wire_name(action);
  }
}

TEST(Guards, confirming_ones_own_item_is_allowed_unless_the_company_forbids_it) {
  Attempt attempt(ItemState::completed, Action::confirm, Standing::creator_side | Standing::batch_executor);
  attempt.actor.person = bo;
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.batch.forbids_own_confirmation = true;
  EXPECT_EQ(refused(attempt), "item.own_confirmation_is_off");
  EXPECT_EQ(attempt.refusal()->code, Code::forbidden);
  attempt.actor.person = ann;
  EXPECT_EQ(refused(attempt), "allowed");
}

TEST(Guards, a_return_needs_somebody_who_may_receive_it) {
  Attempt attempt(ItemState::completed, Action::send_back, Standing::creator_side);
  attempt.details.executor_receives = false;
  EXPECT_EQ(refused(attempt), "item.return_needs_executor");
}

TEST(Guards, an_undo_needs_the_item_untouched_and_its_window_open) {
  Attempt attempt(ItemState::executing, Action::undo_allocation, Standing::who_did_it);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.now = attempt.undone.done_at + hours(72);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.now = attempt.now + Millis{1};
  EXPECT_EQ(refused(attempt), "item.undo_too_late");
  attempt.now = noon;
  attempt.undone.version_after = {6};
  EXPECT_EQ(refused(attempt), "item.changed_since");
  attempt.details.undone = nullptr;
  EXPECT_EQ(refused(attempt), "item.nothing_to_undo");
}

TEST(Guards, ones_own_slip_can_be_undone_for_ten_minutes) {
  Attempt attempt(ItemState::completed, Action::undo_own, Standing::who_did_it);
  attempt.now = attempt.undone.done_at + minutes(10);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.now = attempt.now + Millis{1};
  EXPECT_EQ(refused(attempt), "item.undo_too_late");
}

TEST(Guards, each_undo_takes_back_only_its_own_actions) {
  const Action allocations[] = {Action::allocate, Action::designate, Action::claim, Action::transfer, Action::reassign};
  const Action own[] = {Action::complete, Action::abandon, Action::confirm, Action::send_back, Action::reset};
  const Action neither[] = {Action::add,     Action::remove,    Action::save_progress,   Action::recall,
                            Action::end_all, Action::terminate, Action::undo_allocation, Action::undo_own};
  const auto answer = [](Action undo, Action done) {
    Attempt attempt(ItemState::executing, undo, Standing::who_did_it);
    attempt.undone.action = done;
    return refused(attempt);
  };
  for (const Action done : allocations) {
    EXPECT_EQ(answer(Action::undo_allocation, done), "allowed") << wire_name(done);
    EXPECT_EQ(answer(Action::undo_own, done), "item.nothing_to_undo") << wire_name(done);
  }
  for (const Action done : own) {
    EXPECT_EQ(answer(Action::undo_own, done), "allowed") << wire_name(done);
    EXPECT_EQ(answer(Action::undo_allocation, done), "item.nothing_to_undo") << wire_name(done);
  }
  for (const Action done : neither) {
    EXPECT_EQ(answer(Action::undo_own, done), "item.nothing_to_undo") << wire_name(done);
    EXPECT_EQ(answer(Action::undo_allocation, done), "item.nothing_to_undo") << wire_name(done);
  }
}

// --- what comes of it
// --------------------------------------------------------------------------------------------------

struct Effect {
  Action action;
  ItemState from;
  ItemState to;
  PersonId executor;
  ItemClock clock;
  PersonId barred;
  bool ever_allocated;
};

// clang-format off
const Effect effects_by_hand[] = {
    {Action::allocate,      ItemState::unassigned, ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::allocate,      ItemState::reset,      ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::allocate,      ItemState::abandoned,  ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::designate,     ItemState::unassigned, ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::designate,     ItemState::reset,      ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::designate,     ItemState::abandoned,  ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::claim,         ItemState::unassigned, ItemState::executing, ann,  {{}, noon, noon + limit}, {}, true},
    {Action::claim,         ItemState::reset,      ItemState::executing, ann,  {{}, noon, noon + limit}, {}, true},
    {Action::claim,         ItemState::abandoned,  ItemState::executing, ann,  {{}, noon, noon + limit}, {}, true},
    {Action::save_progress, ItemState::executing,  ItemState::executing, bo,   {{}, start, start + limit}, {}, true},
    {Action::complete,      ItemState::executing,  ItemState::completed, bo,   {hours(5), {}, {}}, {}, true},
    {Action::abandon,       ItemState::executing,  ItemState::abandoned, {},   {{}, {}, {}}, bo, true},
    {Action::confirm,       ItemState::completed,  ItemState::ended,     bo,   {hours(2), {}, {}}, {}, true},
    {Action::send_back,     ItemState::completed,  ItemState::executing, bo,   {hours(2), noon, noon + hours(46)}, {}, true},
    {Action::reset,         ItemState::executing,  ItemState::reset,     {},   {{}, {}, {}}, {}, true},
    {Action::reset,         ItemState::completed,  ItemState::reset,     {},   {{}, {}, {}}, {}, true},
    {Action::recall,        ItemState::executing,  ItemState::reset,     {},   {{}, {}, {}}, {}, true},
    {Action::transfer,      ItemState::executing,  ItemState::executing, cara, {{}, start, start + limit}, {}, true},
    {Action::reassign,      ItemState::executing,  ItemState::executing, cara, {{}, noon, noon + limit}, {}, true},
    {Action::end_all,       ItemState::unassigned, ItemState::ended,     {},   {{}, {}, {}}, {}, false},
    {Action::end_all,       ItemState::executing,  ItemState::ended,     bo,   {hours(5), {}, {}}, {}, true},
    {Action::end_all,       ItemState::completed,  ItemState::ended,     bo,   {hours(2), {}, {}}, {}, true},
    {Action::end_all,       ItemState::ended,      ItemState::ended,     bo,   {hours(2), {}, {}}, {}, true},
    {Action::end_all,       ItemState::reset,      ItemState::ended,     {},   {{}, {}, {}}, {}, true},
    {Action::end_all,       ItemState::abandoned,  ItemState::ended,     {},   {{}, {}, {}}, bo, true},
    {Action::terminate,     ItemState::unassigned, ItemState::unassigned, {},  {{}, {}, {}}, {}, false},
    {Action::terminate,     ItemState::executing,  ItemState::executing, bo,   {hours(5), {}, {}}, {}, true},
    {Action::terminate,     ItemState::completed,  ItemState::completed, bo,   {hours(2), {}, {}}, {}, true},
    {Action::terminate,     ItemState::ended,      ItemState::ended,     bo,   {hours(2), {}, {}}, {}, true},
    {Action::terminate,     ItemState::reset,      ItemState::reset,     {},   {{}, {}, {}}, {}, true},
    {Action::terminate,     ItemState::abandoned,  ItemState::abandoned, {},   {{}, {}, {}}, bo, true},
};
// clang-format on

TEST(Apply, every_transition_ends_as_written) {
  for (const Effect& effect : effects_by_hand) {
    SCOPED_TRACE(testing::Message() << wire_name(effect.action) << " when " << wire_name(effect.from));
    const Details details{.target = cara};
    const Outcome outcome =
        apply(item_in(effect.from), effect.action, {ann, Standing::none}, open_batch(), noon, details);
    ASSERT_TRUE(outcome.row);
    EXPECT_EQ(outcome.row->action, effect.action);
    EXPECT_EQ(outcome.item.state, effect.to);
    EXPECT_EQ(outcome.item.executor.value, effect.executor.value);
    EXPECT_EQ(outcome.item.clock, effect.clock);
    EXPECT_EQ(outcome.item.barred.value, effect.barred.value);
    EXPECT_EQ(outcome.item.ever_allocated, effect.ever_allocated);
    EXPECT_EQ(outcome.item.version.value, 8);
    EXPECT_FALSE(outcome.removed);
  }
}

// Every pair that is allowed has an effect above, but for those with tests of their own.
TEST(Apply, no_allowed_pair_is_without_an_expectation) {
  for (const ByHand& row : by_hand) {
    if (row.action == Action::remove || row.action == Action::undo_allocation || row.action == Action::undo_own)
      continue;
    for (const ItemState state : all_states) {
      if (std::string_view(letters(row, state)).find('Y') == std::string_view::npos) continue;
      bool found = false;
      for (const Effect& effect : effects_by_hand)
        found = found || (effect.action == row.action && effect.from == state);
      EXPECT_TRUE(found) << wire_name(row.action) << " when " << wire_name(state);
    }
  }
}

TEST(Apply, an_added_item_is_unassigned_and_its_first_version) {
  const Outcome outcome = apply({}, Action::add, {ann, Standing::creator_side}, open_batch(), noon);
  EXPECT_EQ(outcome.item.state, ItemState::unassigned);
  EXPECT_EQ(outcome.item.clock, ItemClock());
  EXPECT_FALSE(outcome.item.ever_allocated);
  EXPECT_EQ(outcome.item.version.value, 1);
}

TEST(Apply, a_removed_item_is_gone) {
  EXPECT_TRUE(apply(item_in(ItemState::unassigned), Action::remove, {}, open_batch(), noon).removed);
}

TEST(Apply, completing_ends_the_item_where_no_confirmation_is_needed) {
  BatchFacts batch = open_batch();
  batch.needs_confirmation = false;
  const Outcome outcome = apply(item_in(ItemState::executing), Action::complete, {bo, {}}, batch, noon);
  EXPECT_EQ(outcome.item.state, ItemState::ended);
  EXPECT_EQ(outcome.item.executor.value, bo.value);
  EXPECT_EQ(outcome.item.clock, (ItemClock{hours(5), {}, {}}));
}

TEST(Apply, completing_after_the_end_date_is_late) {
  BatchFacts batch = open_batch();
  const auto late = [&] {
    return apply(item_in(ItemState::executing), Action::complete, {bo, {}}, batch, noon).completed_late;
  };
  EXPECT_FALSE(late());
  batch.ends_at = noon + Millis{1};
  EXPECT_FALSE(late());
  batch.ends_at = noon;
  EXPECT_TRUE(late());
}

TEST(Apply, confirming_ones_own_item_is_marked) {
  const auto own = [](PersonId actor) {
    return apply(item_in(ItemState::completed), Action::confirm, {actor, {}}, open_batch(), noon).own_confirmation;
  };
  EXPECT_TRUE(own(bo));
  EXPECT_FALSE(own(ann));
}

TEST(Apply, the_returned_marker_lasts_until_the_item_is_completed_again_or_leaves_its_executor) {
  const BatchFacts batch = open_batch();
  const ItemFacts returned = apply(item_in(ItemState::completed), Action::send_back, {ann, {}}, batch, noon).item;
  EXPECT_TRUE(returned.returned);
  EXPECT_EQ(returned.rounds, 1);
  const auto after = [&](Action action) {
    return apply(returned, action, {bo, {}}, batch, noon, Details{.target = cara}).item;
  };
  EXPECT_TRUE(after(Action::save_progress).returned);
  EXPECT_TRUE(after(Action::transfer).returned);
  EXPECT_TRUE(after(Action::terminate).returned);
  for (const Action action :
       {Action::complete, Action::abandon, Action::reset, Action::recall, Action::reassign, Action::end_all})
    EXPECT_FALSE(after(action).returned) << wire_name(action);
  EXPECT_EQ(after(Action::complete).rounds, 1);
  EXPECT_EQ(after(Action::reassign).rounds, 0);
  const ItemFacts again = apply(after(Action::complete), Action::send_back, {ann, {}}, batch, noon).item;
  EXPECT_EQ(again.rounds, 2);
}

TEST(Apply, a_bar_lasts_until_somebody_else_holds_the_item_or_a_hand_lifts_it) {
  const BatchFacts batch = open_batch();
  const ItemFacts abandoned = apply(item_in(ItemState::executing), Action::abandon, {bo, {}}, batch, noon).item;
  EXPECT_EQ(abandoned.barred.value, bo.value);
  EXPECT_EQ(apply(abandoned, Action::designate, {ann, {}}, batch, noon, Details{.target = bo}).item.barred.value, 0);
  const ItemFacts other = apply(abandoned, Action::allocate, {ann, {}}, batch, noon, Details{.target = cara}).item;
  EXPECT_EQ(other.barred.value, 0);
  for (const Action action : {Action::reset, Action::recall})
    EXPECT_EQ(apply(other, action, {}, batch, noon).item.barred.value, 0) << "recall and reset bar nobody";
}

TEST(Apply, undoing_an_allocation_restores_the_item_as_it_was) {
  const BatchFacts batch = open_batch();
  const ItemFacts before = item_in(ItemState::abandoned);
  const Outcome done = apply(before, Action::allocate, {ann, {}}, batch, noon, Details{.target = cara});
  const Undone undone{Action::allocate, noon, done.item.version, before};
  const ItemFacts back =
      apply(done.item, Action::undo_allocation, {ann, {}}, batch, noon + hours(1), Details{.undone = &undone}).item;
  EXPECT_EQ(back.state, ItemState::abandoned);
  EXPECT_EQ(back.executor.value, 0);
  EXPECT_EQ(back.barred.value, bo.value);
  EXPECT_EQ(back.clock, before.clock);
  EXPECT_EQ(back.version.value, before.version.value + 2);
}

TEST(Apply, undoing_the_first_allocation_makes_the_item_removable_again) {
  const BatchFacts batch = open_batch();
  const ItemFacts before = item_in(ItemState::unassigned);
  const Outcome done = apply(before, Action::allocate, {ann, {}}, batch, noon, Details{.target = cara});
  EXPECT_TRUE(done.item.ever_allocated);
  const Undone undone{Action::allocate, noon, done.item.version, before};
  EXPECT_FALSE(apply(done.item, Action::undo_allocation, {ann, {}}, batch, noon, Details{.undone = &undone})
                   .item.ever_allocated);
}

TEST(Apply, undoing_a_reassignment_gives_the_item_back_with_its_clock_as_it_was) {
  const BatchFacts batch = open_batch();
  const ItemFacts before = item_in(ItemState::executing);
  const Outcome done = apply(before, Action::reassign, {ann, {}}, batch, noon, Details{.target = cara});
  const Undone undone{Action::reassign, noon, done.item.version, before};
  const ItemFacts back =
      apply(done.item, Action::undo_allocation, {ann, {}}, batch, noon + hours(1), Details{.undone = &undone}).item;
  EXPECT_EQ(back.executor.value, bo.value);
  EXPECT_EQ(back.clock, before.clock);
}

TEST(Apply, undoing_ones_own_slip_does_not_count_the_time_between) {
  const BatchFacts batch = open_batch();
  const ItemFacts before = item_in(ItemState::executing);
  for (const Action slip : {Action::complete, Action::abandon, Action::reset}) {
    const Outcome done = apply(before, slip, {bo, {}}, batch, noon);
    const Undone undone{slip, noon, done.item.version, before};
    const Instant later = noon + minutes(9);
    const ItemFacts back = apply(done.item, Action::undo_own, {bo, {}}, batch, later, Details{.undone = &undone}).item;
    EXPECT_EQ(back.state, ItemState::executing);
    EXPECT_EQ(back.executor.value, bo.value);
    EXPECT_EQ(back.clock, (ItemClock{hours(5), later, later + limit - hours(5)})) << wire_name(slip);
    EXPECT_EQ(back.barred.value, 0);
  }
}

TEST(Apply, undoing_a_return_or_a_confirmation_leaves_the_clock_at_rest) {
  const BatchFacts batch = open_batch();
  const ItemFacts before = item_in(ItemState::completed);
  for (const Action slip : {Action::send_back, Action::confirm}) {
    const Outcome done = apply(before, slip, {ann, {}}, batch, noon);
    const Undone undone{slip, noon, done.item.version, before};
    const ItemFacts back =
        apply(done.item, Action::undo_own, {ann, {}}, batch, noon + minutes(1), Details{.undone = &undone}).item;
    EXPECT_EQ(back.state, ItemState::completed);
    EXPECT_EQ(back.clock, (ItemClock{hours(2), {}, {}}));
    EXPECT_FALSE(back.returned);
    EXPECT_EQ(back.rounds, 0);
  }
}

TEST(Labels, every_state_and_action_has_one) {
  for (const auto& row : item_state_names) EXPECT_FALSE(label(row.value).view().empty());
  for (const auto& row : batch_state_names) EXPECT_FALSE(label(row.value).view().empty());
  // Texts name actions by their wire names, so the two must agree.
  for (const auto& row : action_names) EXPECT_EQ(label(row.value).view(), "action." + std::string(row.name));
  for (const auto& row : item_state_names) EXPECT_EQ(label(row.value).view(), "item_state." + std::string(row.name));
}

}  // namespace
}  // namespace tw::domain::batch
