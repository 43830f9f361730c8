// The recall job: what is overdue comes back at its due moment, once, in active batches only.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::Action;
using domain::batch::ItemState;

TEST(Recall, takes_an_item_back_at_its_due_moment_and_not_before) {
  BatchWorld world;
  const BatchId batch = world.create_batch(2);
  const ItemId item = world.designated(batch, world.ann.person);
  const Instant due = world.clock.now() + hours(2);
  EXPECT_EQ(world.recall(), due) << "sleeps until then";
  world.clock.set(due - Millis{1});
  EXPECT_EQ(world.recall(), due);
  EXPECT_EQ(world.item(item).state, ItemState::executing);
  world.clock.set(due);
  EXPECT_EQ(world.recall(), std::nullopt);
  const auto row = world.item(item);
  EXPECT_EQ(row.state, ItemState::reset);
  EXPECT_FALSE(row.executor);
  const auto log = *world.call<api::ViewItemLog>(world.mia, {item});
  EXPECT_EQ(log.entries.at(0).action, Action::recall);
  EXPECT_EQ(log.entries.at(0).limit, 2) << "the log says which limit";
  EXPECT_EQ(log.entries.at(0).limit_unit, domain::batch::LimitUnit::hours);
  EXPECT_EQ(log.entries.at(0).executor_name, "Ann") << "from whom";
  EXPECT_FALSE(log.entries.at(0).actor);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST(Recall, leaves_to_whoever_completed_first) {
  BatchWorld world;
  const BatchId batch = world.create_batch(1);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(hours(1) + seconds(3));  // seconds late, before the job came by
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "just in time"}));
  EXPECT_EQ(world.recall(), std::nullopt);
  EXPECT_EQ(world.item(item).state, ItemState::completed);
}

TEST(Recall, after_a_down_time_takes_everything_back_once_in_steps_that_give_way) {
  BatchWorld world;
  const BatchId batch = world.create_batch(1);
  world.fill(batch, 150);
  world.allocate(batch);
  world.clock.advance(days(3));
  int steps = 0;
  services::NextRun next;
  do {
    CountedBudget budget(0);  // somebody waits all the time
    next = services::recall_overdue(world.runner, world.env, budget);
    EXPECT_EQ(world.wrong_counters(), "");
  } while (next.at_once && ++steps < 50);
  EXPECT_GE(steps, 3);
  world.mia = world.sign_in(world.mia.person);  // sessions do not last for days
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.reset, 150);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM item_log WHERE action = 11"), 150);
}

TEST(Recall, without_a_limit_never_comes) {
  BatchWorld world;
  const BatchId batch = world.create_batch(0);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(days(400));
  EXPECT_EQ(world.recall(), std::nullopt);
  world.admin = world.administrator();  // sessions do not last that long
  EXPECT_EQ(world.item(item).state, ItemState::executing);
}

TEST(Recall, who_lost_an_item_is_told_by_whom) {
  BatchWorld world;
  const BatchId batch = world.create_batch(1);
  const ItemId item = world.designated(batch, world.ann.person);
  const Version seen = world.item(item).version;
  world.clock.advance(hours(2));
  world.recall();
  const auto late = world.call<api::CompleteItem>(world.ann, {item, seen, "too late"});
  EXPECT_EQ(late.status(), 409);
  EXPECT_EQ(late.problem.key, "item.changed_by_system");
}

}  // namespace
}  // namespace tw::test
