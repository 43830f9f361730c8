// Who may not receive any more when their turn comes: disabled between a plan and its commit, or picked by somebody who
// did not know. And a pool of customers, where everybody takes from what others could not keep.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::batch::ItemState;

class ReceiversWhoAreGone : public ::testing::Test {
 protected:
  void disable(const Caller& who) {
    const auto row = world.call<api::ViewPerson>(world.admin, {who.person});
    const auto answer = world.call<api::SetPersonActive>(world.admin, {who.person, row->version, false});
    ASSERT_TRUE(answer) << answer.problem.key;
  }
  std::int64_t held_by(const Caller& who) { return world.call<api::ViewPerson>(world.admin, {who.person})->held; }

  BatchWorld world;
};

TEST_F(ReceiversWhoAreGone, a_plan_that_counts_on_somebody_who_was_disabled_since_is_refused_or_made_without_them) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 6);
  const auto plan = world.call<api::PlanAllocation>(world.mia, {.batch = batch, .executors = {}, .items = {}});
  ASSERT_TRUE(plan);
  disable(world.ann);
  api::AllocateItems::Request request{.batch = batch, .executors = {}, .items = {}, .seed = 42, .snapshot = {}};
  request.snapshot = plan->snapshot;
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, request).problem.key, "allocation.plan_is_old");
  request.snapshot = {};
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, request));
  world.run_operations();
  EXPECT_EQ(held_by(world.ann), 0);
  EXPECT_EQ(held_by(world.bob), 3);
  EXPECT_EQ(held_by(world.cid), 3);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ReceiversWhoAreGone, what_a_running_operation_meant_for_somebody_disabled_meanwhile_stays_without_executor) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 9);
  const auto accepted = world.call<api::AllocateItems>(
      world.mia, {.batch = batch, .executors = {}, .items = {}, .seed = 42, .snapshot = {}});
  ASSERT_TRUE(accepted);
  disable(world.ann);  // after the plan gave her three
  world.run_operations();
  EXPECT_EQ(held_by(world.ann), 0);
  EXPECT_EQ(world.outcome(accepted->operation, "inactive_person"), 3);
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 6);
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.unassigned, 3);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ReceiversWhoAreGone, nobody_designates_reassigns_or_transfers_to_somebody_who_is_disabled) {
  api::CreateBatch::Request lets;
  lets.allows_transfer = true;
  const BatchId batch = world.create_batch(lets);
  const auto free = world.fill(batch, 1).at(0).item;
  const ItemId bobs = world.designated(batch, world.bob.person);
  disable(world.ann);
  const auto outcome_of = [](const auto& answer) {
    return answer->outcomes.at(0).result == RowResult::done ? "done" : answer->outcomes.at(0).key;
  };
  const PersonId ann = world.ann.person;
  EXPECT_EQ(outcome_of(world.call<api::DesignateItems>(world.mia, {batch, ann, {world.version(free)}, {}})),
            "item.not_eligible");
  EXPECT_EQ(outcome_of(world.call<api::ReassignItems>(world.mia, {batch, ann, {world.version(bobs)}, {}, {}})),
            "item.not_eligible");
  EXPECT_EQ(world.call<api::TransferItem>(world.bob, {bobs, world.item(bobs).version, ann, ""}).problem.key,
            "item.not_eligible");
  EXPECT_EQ(world.item(free).state, ItemState::unassigned);
  EXPECT_EQ(world.item(bobs).executor, world.bob.person);
  const auto offered = world.call<api::ListTransferTargets>(world.bob, {bobs});
  for (const auto& target : offered->targets)
    if (target.person == ann) EXPECT_FALSE(target.obstacles.empty()) << "offered without a word";
  EXPECT_EQ(world.wrong_counters(), "");
}

// The template of the form (tests/ui/leaving_view_test.cpp) asks for this, with a limit of 60 days: claiming open, no
// confirmation.
TEST(CustomerPool, is_claimed_from_without_allocation_and_gives_others_what_is_overdue_or_given_up) {
  BatchWorld world;
  api::CreateBatch::Request pool;
  pool.claim_open = true;
  pool.limit = 8;
  pool.limit_unit = domain::batch::LimitUnit::hours;
  pool.needs_confirmation = false;
  const BatchId batch = world.create_batch(pool);
  const auto items = world.fill(batch, 3);
  const auto claims = [&](const Caller& who, ItemId item) {
    const auto answer = world.call<api::ClaimItems>(who, {batch, {world.version(item)}});
    return answer->outcomes.at(0).result == RowResult::done;
  };
  for (const auto& row : items) EXPECT_TRUE(claims(world.ann, row.item));
  EXPECT_FALSE(claims(world.bob, items[0].item)) << "it is hers";
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {items[0].item, world.item(items[0].item).version, "sold"}));
  EXPECT_EQ(world.item(items[0].item).state, ItemState::ended) << "nobody has to confirm";
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {items[1].item, world.item(items[1].item).version, "no time"}));
  EXPECT_FALSE(claims(world.ann, items[1].item)) << "what one gave up is for others";
  EXPECT_TRUE(claims(world.bob, items[1].item));
  world.clock.advance(hours(8));
  world.recall();
  EXPECT_EQ(world.item(items[2].item).state, ItemState::reset);
  EXPECT_TRUE(claims(world.cid, items[2].item));
  EXPECT_EQ(world.item(items[2].item).due_at, world.clock.now() + hours(8));
  EXPECT_EQ(world.wrong_counters(), "");
}

}  // namespace
}  // namespace tw::test
