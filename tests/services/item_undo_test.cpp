// Row 17: what one did oneself is taken back, whole, for ten minutes, by nobody else.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::batch::Action;
using domain::batch::ItemState;

struct ItemUndo : ::testing::Test {
  BatchWorld world;

  std::string undo(const Caller& who, BatchId batch, api::ItemVersion row) {
    const auto answer = world.call<api::UndoItems>(who, {batch, {row}});
    if (!answer) return answer.problem.key;
    const api::RowOutcome& outcome = answer->outcomes.at(0);
    return outcome.result == RowResult::done ? "done" : outcome.key;
  }
};

TEST_F(ItemUndo, a_completion_is_taken_back_with_clock_follow_up_counters_and_the_day) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(hours(1));
  const Instant later = world.clock.now() + hours(5);
  const auto saved = world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "called", later});
  ASSERT_TRUE(saved);
  const auto before = world.item(item);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, before.version, "sold"}));
  EXPECT_EQ(world.call<api::ViewWorkbench>(world.ann, {})->completed_today, 1);
  EXPECT_EQ(world.call<api::ViewItem>(world.ann, {item})->undo_until, world.clock.now() + minutes(10));

  world.clock.advance(minutes(9));
  EXPECT_EQ(undo(world.ann, batch, world.version(item)), "done");
  const auto after = world.item(item);
  EXPECT_EQ(after.state, ItemState::executing);
  EXPECT_EQ(after.executor, world.ann.person);
  EXPECT_EQ(after.next_follow_up, later);
  EXPECT_EQ(after.last_text, "called");
  EXPECT_EQ(*after.due_at, *before.due_at + minutes(9)) << "the time between does not count";
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.following, 1);
  EXPECT_EQ(world.call<api::ViewWorkbench>(world.ann, {})->completed_today, 0);
  EXPECT_FALSE(world.call<api::ViewItem>(world.ann, {item})->undo_until) << "what is undone is not undone again";
  EXPECT_EQ(world.wrong_counters(), "");
  EXPECT_EQ(world.call<api::ViewItemLog>(world.ann, {item})->entries.at(0).action, Action::undo_own);
}

TEST_F(ItemUndo, who_abandoned_gets_the_item_back_without_the_bar_and_without_having_received_another_one) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  const auto received = [&] {
    std::int64_t items = -1;
    world.runner.read([&](services::Work& work) { items = person_today(work, world.ann.person).received; });
    return items;
  };
  EXPECT_EQ(received(), 1);
  const Version seen = world.item(item).version;
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {item, seen, "not mine"}));
  EXPECT_EQ(undo(world.bob, batch, world.version(item)), "item.gone") << "somebody else does not even see it";
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "item.only_who_did_it_may");
  EXPECT_EQ(undo(world.ann, batch, {item, {seen.value + 1}}), "done") << "the version that a client can foresee";
  EXPECT_EQ(world.item(item).state, ItemState::executing);
  EXPECT_EQ(world.item(item).executor, world.ann.person);
  EXPECT_EQ(received(), 1);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ItemUndo, a_managers_confirmation_return_and_reset_are_taken_back_to_completed) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {batch, {world.version(item)}}));
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "done");
  EXPECT_EQ(world.item(item).state, ItemState::completed);
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(item)}, "which?"}));
  EXPECT_EQ(world.item(item).rounds, 1);
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "done");
  EXPECT_EQ(world.item(item).state, ItemState::completed);
  EXPECT_EQ(world.item(item).rounds, 0);
  EXPECT_FALSE(world.item(item).returned);
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(item)}, ""}));
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "done");
  EXPECT_EQ(world.item(item).state, ItemState::completed);
  EXPECT_EQ(world.item(item).executor, world.ann.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ItemUndo, it_is_too_late_after_ten_minutes_and_after_anything_else_and_the_sweep_forgets_it) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  EXPECT_EQ(undo(world.ann, batch, world.version(item)), "item.only_who_did_it_or_the_creator_may");
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  world.clock.advance(minutes(10) + Millis{1});
  EXPECT_EQ(undo(world.ann, batch, world.version(item)), "item.undo_too_late");
  EXPECT_FALSE(world.call<api::ViewItem>(world.ann, {item})->undo_until);
  PatientBudget budget;
  services::sweep(world.runner, world.env, budget);
  EXPECT_EQ(undo(world.ann, batch, world.version(item)), "item.nothing_to_undo");

  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(item)}, "which?"}));
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "the red one", std::nullopt}));
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "item.changed_since");
}

TEST_F(ItemUndo, nothing_comes_back_to_somebody_who_no_longer_receives) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(item)}, ""}));
  const auto ann = world.call<api::ViewPerson>(world.admin, {world.ann.person});
  ASSERT_TRUE(world.call<api::SetPersonActive>(world.admin, {ann->person, ann->version, false}));
  EXPECT_EQ(undo(world.mia, batch, world.version(item)), "item.return_needs_executor");
  EXPECT_EQ(world.item(item).state, ItemState::reset);
}

TEST_F(ItemUndo, what_was_taken_from_somebody_who_is_disabled_does_not_go_back_to_them) {
  const BatchId batch = world.create_batch(24);
  const ItemId moved = world.designated(batch, world.ann.person), given = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::ReassignItems>(world.mia, {batch, world.bob.person, {world.version(moved)}, {}, {}}));
  const auto ann = world.call<api::ViewPerson>(world.admin, {world.ann.person});
  ASSERT_TRUE(world.call<api::SetPersonActive>(world.admin, {ann->person, ann->version, false}));
  EXPECT_FALSE(world.call<api::ViewItem>(world.mia, {moved})->undo_until) << "nothing is offered that is refused";
  EXPECT_EQ(undo(world.mia, batch, world.version(moved)), "item.return_needs_executor");
  EXPECT_EQ(world.item(moved).executor, world.bob.person);
  EXPECT_EQ(undo(world.mia, batch, world.version(given)), "done") << "what they were given can be taken from them";
  EXPECT_EQ(world.item(given).state, ItemState::unassigned);
  EXPECT_EQ(world.wrong_counters(), "");
}

}  // namespace
}  // namespace tw::test
