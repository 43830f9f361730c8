// Who may do what, in which state, and what stands in the way: the transition table against expectations that are
// written out by hand (support/item_attempt.h), every action, in every state, for everybody.
#include "domain/batch/transitions.h"

#include <gtest/gtest.h>

#include "domain/batch/labels.h"
#include "support/item_attempt.h"

namespace tw::domain::batch {
namespace {

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

// --- guards ---

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

TEST(Guards, nothing_comes_back_by_undo_to_somebody_who_no_longer_receives) {
  Attempt attempt(ItemState::reset, Action::undo_own, Standing::who_did_it);
  attempt.undone.before.state = ItemState::executing;
  attempt.undone.before.executor = bo;
  EXPECT_EQ(gets_it_back(attempt.item, Action::undo_own, &attempt.undone), bo);
  EXPECT_EQ(refused(attempt), "allowed");
  attempt.details.executor_receives = false;
  EXPECT_EQ(refused(attempt), "item.return_needs_executor");
  attempt.undone.before.state = ItemState::completed;  // as after a confirmation: nobody executes it again
  EXPECT_EQ(gets_it_back(attempt.item, Action::undo_own, &attempt.undone), PersonId{});
  EXPECT_EQ(refused(attempt), "allowed");
  for (const Action other : {Action::complete, Action::reset, Action::designate})
    EXPECT_EQ(gets_it_back(attempt.item, other, &attempt.undone), PersonId{}) << wire_name(other);
}

TEST(Guards, a_transfer_is_not_undone_towards_somebody_who_no_longer_receives) {
  Attempt attempt(ItemState::executing, Action::undo_allocation, Standing::creator_side);
  for (const Action done : {Action::transfer, Action::reassign}) {
    attempt.undone.action = done;
    attempt.undone.before.state = ItemState::executing;
    attempt.undone.before.executor = bo;
    attempt.details.executor_receives = true;
    EXPECT_EQ(gets_it_back(attempt.item, Action::undo_allocation, &attempt.undone), bo);
    EXPECT_EQ(refused(attempt), "allowed") << wire_name(done);
    attempt.details.executor_receives = false;
    EXPECT_EQ(refused(attempt), "item.return_needs_executor") << wire_name(done);
  }
  attempt.undone.action = Action::designate;  // what nobody had goes back to nobody
  attempt.undone.before.state = ItemState::unassigned;
  attempt.undone.before.executor = {};
  EXPECT_EQ(refused(attempt), "allowed");
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

TEST(Labels, every_state_and_action_has_one) {
  for (const auto& row : item_state_names) EXPECT_FALSE(label(row.value).view().empty());
  for (const auto& row : batch_state_names) EXPECT_FALSE(label(row.value).view().empty());
  // Texts name actions by their wire names, so the two must agree.
  for (const auto& row : action_names) EXPECT_EQ(label(row.value).view(), "action." + std::string(row.name));
  for (const auto& row : item_state_names) EXPECT_EQ(label(row.value).view(), "item_state." + std::string(row.name));
}

}  // namespace
}  // namespace tw::domain::batch
