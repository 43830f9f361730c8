// When somebody had their last item by a policy: the next tie is decided by it, and what is taken back leaves no trace.
#include <gtest/gtest.h>

#include "api/claim.h"
#include "services/policy_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

class LastItem : public ::testing::Test {
 protected:
  LastItem() {
    api::CreateBatch::Request request;
    request.allows_transfer = true;
    request.claim_open = true;
    batch = world.create_batch(request);
    rows = world.fill(batch, 6);
  }
  // In hours since the beginning; -1: never.
  std::int64_t last_of(const Caller& who) {
    std::int64_t hour = -1;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, policy_of(work)))
        if (row.person == who.person && row.last_item_at) hour = (*row.last_item_at - begin).value / hours(1).value;
    });
    return hour;
  }
  PolicyId policy_of(services::Work& work) { return load_batch(work, batch)->policy; }
  void an_hour_later() { world.clock.advance(hours(1)); }
  void designate(const Caller& who, std::vector<std::size_t> which) {
    std::vector<api::ItemVersion> items;
    for (const std::size_t one : which) items.push_back(world.version(rows[one].item));
    const auto answer = world.call<api::DesignateItems>(world.mia, {batch, who.person, items, {}});
    ASSERT_TRUE(answer) << answer.reply.body;
    for (const auto& outcome : answer->outcomes) ASSERT_EQ(outcome.result, api::RowResult::done) << outcome.key;
  }
  void undo(const Caller& who, std::size_t which) {
    const auto answer = world.call<api::UndoItems>(who, {batch, {world.version(rows[which].item)}});
    ASSERT_TRUE(answer) << answer.reply.body;
    ASSERT_EQ(answer->outcomes.at(0).result, api::RowResult::done) << answer->outcomes.at(0).key;
  }
  OperationId allocated(std::vector<ItemId> items) {
    api::AllocateItems::Request request;
    request.batch = batch;
    request.items = std::move(items);
    request.executors = {world.ann.person};
    const auto accepted = world.call<api::AllocateItems>(world.mia, request);
    EXPECT_TRUE(accepted) << accepted.reply.body;
    world.run_operations();
    return accepted->operation;
  }

  BatchWorld world;
  const Instant begin = world.clock.now();
  BatchId batch;
  std::vector<api::ItemRow> rows;
};

TEST_F(LastItem, of_a_designation_is_the_one_before_when_nothing_of_it_is_left) {
  EXPECT_EQ(last_of(world.ann), -1);
  designate(world.ann, {0});
  an_hour_later();
  designate(world.ann, {1, 2});
  EXPECT_EQ(last_of(world.ann), 1);
  undo(world.mia, 1);
  EXPECT_EQ(last_of(world.ann), 1) << "the other one stands";
  undo(world.mia, 2);
  EXPECT_EQ(last_of(world.ann), 0);
  undo(world.mia, 0);
  EXPECT_EQ(last_of(world.ann), -1);
}

TEST_F(LastItem, knows_what_stands_in_whatever_order_things_are_taken_back) {
  designate(world.ann, {0});
  an_hour_later();
  designate(world.ann, {1});
  an_hour_later();
  const OperationId operation = allocated({rows[2].item, rows[3].item});
  EXPECT_EQ(last_of(world.ann), 2);
  undo(world.mia, 1);
  EXPECT_EQ(last_of(world.ann), 2);
  undo(world.mia, 3);
  EXPECT_EQ(last_of(world.ann), 2);
  ASSERT_TRUE(world.call<api::UndoAllocation>(world.mia, {operation}));
  world.run_operations();
  EXPECT_EQ(last_of(world.ann), 0) << "the one of the first hour was taken back before";
}

TEST_F(LastItem, is_not_set_back_by_an_operation_that_began_earlier) {
  api::AllocateItems::Request request;
  request.batch = batch;
  request.items = {rows[0].item};
  request.executors = {world.ann.person};
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, request));
  an_hour_later();
  designate(world.ann, {1});
  world.run_operations();
  EXPECT_EQ(last_of(world.ann), 1);
}

TEST_F(LastItem, of_whom_it_was_transferred_to_goes_when_that_is_taken_back) {
  ASSERT_TRUE(world.call<api::ClaimItems>(world.ann, {batch, {world.version(rows[0].item)}}));
  an_hour_later();
  ASSERT_TRUE(world.call<api::TransferItem>(
      world.ann, {rows[0].item, world.item(rows[0].item).version, world.bob.person, "holiday"}));
  EXPECT_EQ(last_of(world.bob), 1);
  EXPECT_EQ(last_of(world.ann), 0);
  undo(world.ann, 0);
  EXPECT_EQ(last_of(world.bob), -1);
  EXPECT_EQ(last_of(world.ann), 0) << "what comes back is no other one";
}

TEST_F(LastItem, of_a_claim_that_was_taken_back_is_none) {
  ASSERT_TRUE(world.call<api::ClaimItems>(world.ann, {batch, {world.version(rows[0].item)}}));
  EXPECT_EQ(last_of(world.ann), 0);
  undo(world.ann, 0);
  EXPECT_EQ(last_of(world.ann), -1);
}

TEST_F(LastItem, is_given_back_to_the_policy_that_it_was_counted_by) {
  designate(world.ann, {0});
  const auto shared = world.call<api::AddPolicy>(world.mia, {"Renewals", {}});
  ASSERT_TRUE(shared) << shared.reply.body;
  api::UpdateBatch::Request change;
  change.batch = batch;
  change.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  change.policy = shared->policy;
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, change));
  undo(world.mia, 0);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM policy_ledger WHERE last_item_at IS NOT NULL"), 0);
}

TEST_F(LastItem, keeps_of_what_nobody_can_take_back_any_more_only_the_last) {
  for (int i = 0; i < 5; ++i) {
    designate(world.ann, {static_cast<std::size_t>(i)});
    world.clock.advance(days(2));
    world.mia = world.sign_in(world.mia.person);
  }
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM policy_receipts"), 3) << "two, and four days ago; the last before that";
  undo(world.mia, 4);
  EXPECT_EQ(last_of(world.ann), 6 * 24);
}

TEST_F(LastItem, of_an_operation_of_before_it_was_counted_is_still_put_back) {
  designate(world.ann, {0});
  an_hour_later();
  const OperationId operation = allocated({rows[1].item});
  EXPECT_EQ(last_of(world.ann), 1);
  world.change([](services::Work& work) {  // as the migration leaves it
    work.db.execute("DELETE FROM policy_receipts");
    work.db.execute(
        "INSERT INTO policy_receipts (person, at, policy, items) SELECT person, last_item_at, policy, NULL FROM "
        "policy_ledger WHERE last_item_at IS NOT NULL");
  });
  an_hour_later();
  designate(world.ann, {2});
  undo(world.mia, 2);
  EXPECT_EQ(last_of(world.ann), 1);
  ASSERT_TRUE(world.call<api::UndoAllocation>(world.mia, {operation}));
  world.run_operations();
  EXPECT_EQ(last_of(world.ann), 0);
}

}  // namespace
}  // namespace tw::test
