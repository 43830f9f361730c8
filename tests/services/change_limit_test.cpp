// Another handling limit while people work against the old one: what it would do is said first, then every due time
// follows the formula.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::OverdueChoice;
using domain::batch::ItemState;
using domain::batch::LimitUnit;

class ChangingTheLimit : public ::testing::Test {
 protected:
  ChangingTheLimit() {
    early = world.designated(batch, world.ann.person);
    world.clock.advance(hours(6));
    late = world.designated(batch, world.bob.person);
    world.clock.advance(hours(1));
  }
  Answer<api::Accepted> change(std::int64_t hours_long, OverdueChoice overdue = OverdueChoice::recall) {
    const auto version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    return world.call<api::ChangeLimit>(world.mia, {batch, version, hours_long, LimitUnit::hours, overdue, {}});
  }

  BatchWorld world;
  BatchId batch = world.create_batch(10);
  ItemId early, late;
};

TEST_F(ChangingTheLimit, says_first_how_many_due_times_move_and_how_many_are_over_at_once) {
  const auto preview = [&](std::int64_t limit) {
    return *world.call<api::PreviewLimit>(world.mia, {batch, limit, LimitUnit::hours, {}});
  };
  EXPECT_EQ(preview(3).moves, 2);
  EXPECT_EQ(preview(3).overdue, 1);
  EXPECT_EQ(preview(1).overdue, 2);
  EXPECT_EQ(preview(20).overdue, 0);
  EXPECT_EQ(preview(0).overdue, 0);
  EXPECT_EQ(preview(10).moves, 0) << "as long as it is";
  EXPECT_EQ(world.call<api::PreviewLimit>(world.ann, {batch, 3, LimitUnit::hours, {}}).status(), 403);
}

TEST_F(ChangingTheLimit, moves_every_due_time_to_the_formula_and_takes_back_what_is_over) {
  const auto accepted = change(3);
  ASSERT_TRUE(accepted) << accepted.problem.key;
  const Version seen = world.item(late).version;
  world.run_operations();
  EXPECT_EQ(world.item(late).due_at, world.clock.now() + hours(2));
  EXPECT_EQ(world.item(late).version, seen) << "what somebody sees of it is still what it is";
  EXPECT_EQ(world.item(early).due_at, world.clock.now() - hours(4));
  EXPECT_EQ(world.outcome(accepted->operation, "done"), 2);
  world.recall();
  EXPECT_EQ(world.item(early).state, ItemState::reset);
  EXPECT_EQ(world.item(late).state, ItemState::executing);
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->limit, 3);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ChangingTheLimit, leaves_a_day_where_the_manager_says_so) {
  const auto accepted = change(3, OverdueChoice::grace);
  world.run_operations();
  EXPECT_EQ(world.item(early).due_at, world.clock.now() + days(1));
  EXPECT_EQ(world.item(late).due_at, world.clock.now() + hours(2)) << "not over: no grace";
  EXPECT_EQ(world.outcome(accepted->operation, "graced"), 1);
  world.recall();
  EXPECT_EQ(world.item(early).state, ItemState::executing);
  world.clock.advance(days(1));
  world.recall();
  EXPECT_EQ(world.item(early).state, ItemState::reset);
}

TEST_F(ChangingTheLimit, to_none_takes_due_times_away_and_back_brings_them_again) {
  ASSERT_TRUE(change(0));
  world.run_operations();
  EXPECT_EQ(world.item(early).due_at, std::nullopt);
  ASSERT_TRUE(change(12));
  world.run_operations();
  EXPECT_EQ(world.item(early).due_at, world.clock.now() + hours(5)) << "what was used counted on";
}

TEST_F(ChangingTheLimit, survives_being_cut_into_steps) {
  for (int i = 0; i < 200; ++i) world.designated(batch, world.cid.person);
  ASSERT_TRUE(change(20));
  services::OperationRunner operations(world.runner, world.env);
  int steps = 0;
  for (bool more = true; more; ++steps) {
    CountedBudget impatient(0);
    more = operations.run_one_step(impatient);
  }
  EXPECT_GT(steps, 2);
  for (const auto& row : world.items_of(batch)) EXPECT_EQ(row.due_at.has_value(), true);
  EXPECT_EQ(world.item(late).due_at, world.clock.now() + hours(19));
}

TEST_F(ChangingTheLimit, is_refused_when_it_is_no_change_or_somebody_was_faster) {
  EXPECT_TRUE(change(10).problem.names("limit"));
  ASSERT_TRUE(change(12));
  EXPECT_EQ(world.call<api::ChangeLimit>(world.mia, {batch, {1}, 5, LimitUnit::hours, {}, {}}).problem.key,
            "batch.changed_by");
  EXPECT_EQ(change(5).problem.key, "operation.batch_is_busy") << "one at a time";
}

}  // namespace
}  // namespace tw::test
