// What comes of each action: the item afterwards, its clock, its row in the log, against expectations written out by
// hand.
#include <gtest/gtest.h>

#include "domain/batch/transitions.h"
#include "support/item_attempt.h"

namespace tw::domain::batch {
namespace {

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

}  // namespace
}  // namespace tw::domain::batch
