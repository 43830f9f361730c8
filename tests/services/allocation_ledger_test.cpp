// The fairness ledger counts what was really given and still stands, whatever happens in between: allocations that are
// stopped, rows that are refused, undo of some, of all and of single ones, and the undo taken back.
#include <cstdlib>

#include <gtest/gtest.h>

#include "domain/allocation/snapshot.h"
#include "services/long_operation.h"
#include "services/policy_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::allocation::Policy;
using domain::allocation::whole_item;

class AllocationLedger : public ::testing::Test {
 protected:
  BatchId batch_of(int items, std::vector<PersonId> executors = {}) {
    api::CreateBatch::Request request;
    request.executors = std::move(executors);
    const BatchId batch = world.create_batch(request);
    world.fill(batch, items);
    return batch;
  }
  OperationId start(BatchId batch, Policy policy = Policy::even) {
    api::AllocateItems::Request request;
    request.batch = batch;
    request.policy = policy;
    const auto accepted = world.call<api::AllocateItems>(world.mia, request);
    EXPECT_TRUE(accepted) << accepted.problem.key;
    return accepted ? accepted->operation : OperationId{};
  }
  OperationId allocated(BatchId batch, Policy policy = Policy::even) {
    const OperationId operation = start(batch, policy);
    world.run_operations();
    return operation;
  }
  OperationId undone(OperationId operation) {
    const auto accepted = world.call<api::UndoAllocation>(world.mia, {operation});
    EXPECT_TRUE(accepted) << accepted.problem.key;
    world.run_operations();
    return accepted ? accepted->operation : OperationId{};
  }
  // One step of the first 64 rows, then stopped.
  void one_step_and_stop(OperationId operation) {
    CountedBudget budget(0);
    services::OperationRunner operations(world.runner, world.env);
    ASSERT_TRUE(operations.run_one_step(budget));
    ASSERT_TRUE(world.call<api::CancelOperation>(world.mia, {operation}));
    world.run_operations();
    ASSERT_EQ(world.operation(operation).state, api::OperationState::cancelled);
  }
  void undo_one(BatchId batch, ItemId item) {
    const auto answer = world.call<api::UndoItems>(world.mia, {batch, {world.version(item)}});
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->outcomes.at(0).result, api::RowResult::done) << answer->outcomes.at(0).key;
  }
  std::vector<services::LedgerRow> ledger(BatchId batch) {
    std::vector<services::LedgerRow> rows;
    world.runner.read([&](services::Work& work) { rows = ledger_of(work, own_policy_of(work, batch)); });
    return rows;
  }
  std::int64_t sum(BatchId batch) {
    std::int64_t all = 0;
    for (const auto& row : ledger(batch)) all += row.debt;
    return all;
  }
  std::int64_t largest_debt(BatchId batch) {
    std::int64_t largest = 0;
    for (const auto& row : ledger(batch)) largest = std::max<std::int64_t>(largest, std::abs(row.debt));
    return largest;
  }
  void set_owner(ItemId item, PersonId owner) {
    world.change([&](services::Work& work) {
      work.db
          .prepare("UPDATE customers SET owner = :owner WHERE id = (SELECT customer FROM batch_items WHERE id = :item)")
          .bind(":owner", owner)
          .bind(":item", item)
          .run();
    });
  }

  BatchWorld world;
};

TEST_F(AllocationLedger, owes_nobody_more_than_one_when_an_allocation_is_stopped_half_way) {
  const BatchId batch = batch_of(200);
  one_step_and_stop(start(batch));
  EXPECT_NEAR(sum(batch), 0, 3);
  EXPECT_GT(largest_debt(batch), 0) << "64 among three do not divide";
  EXPECT_LE(largest_debt(batch), 2 * whole_item);
}

TEST_F(AllocationLedger, takes_what_owners_and_hands_get_as_what_they_are_entitled_to) {
  const BatchId batch = batch_of(128, {world.ann.person, world.bob.person});
  const auto items = world.items_of(batch);
  for (std::size_t i = 0; i < items.size(); ++i) set_owner(items[i].item, (i < 64 ? world.ann : world.bob).person);
  const OperationId operation = start(batch, Policy::by_owner);
  one_step_and_stop(operation);
  EXPECT_EQ(world.outcome(operation, "assigned"), 64) << "Ann's";
  EXPECT_EQ(largest_debt(batch), 0);
}

TEST_F(AllocationLedger, gives_back_what_stands_for_single_items) {
  const BatchId batch = batch_of(7);
  const auto items = world.items_of(batch);
  const OperationId operation = allocated(batch);
  const auto before = ledger(batch);
  undo_one(batch, items[2].item);
  EXPECT_NEAR(sum(batch), 0, 3);
  undo_one(batch, items[5].item);
  const OperationId undo = undone(operation);
  EXPECT_EQ(world.outcome(undo, "reversed"), 5);
  for (const auto& row : ledger(batch)) {
    EXPECT_EQ(row.debt, 0) << row.person.value;
    EXPECT_FALSE(row.last_item_at) << "nobody ever had one";
  }
  EXPECT_FALSE(before.empty());
}

TEST_F(AllocationLedger, remembers_the_last_item_of_before_also_when_some_rows_were_refused) {
  const BatchId batch = batch_of(9);
  allocated(batch);
  const auto before = ledger(batch);
  world.clock.advance(hours(1));
  const auto rows = world.fill(batch, 9);
  const OperationId second = start(batch);
  ASSERT_TRUE(world.call<api::DesignateItems>(world.mia, {batch, world.bob.person, {world.version(rows[9].item)}, {}}));
  undo_one(batch, rows[9].item);  // another version now: a conflict
  world.run_operations();
  ASSERT_EQ(world.outcome(second, "assigned"), 8);
  undone(second);
  const auto after = ledger(batch);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].debt, before[i].debt);
    if (after[i].person != world.bob.person) {
      EXPECT_EQ(after[i].last_item_at, before[i].last_item_at) << after[i].person.value;
    }
  }
}

TEST_F(AllocationLedger, of_a_redo_is_that_of_the_policy_which_the_batch_has_now) {
  const BatchId batch = batch_of(7);
  const OperationId operation = allocated(batch);
  const OperationId undo = undone(operation);
  const auto shared = world.call<api::AddPolicy>(world.mia, {"Renewals", {}});
  ASSERT_TRUE(shared) << shared.reply.body;
  const auto detail = world.call<api::ViewBatch>(world.mia, {batch});
  api::UpdateBatch::Request change;
  change.batch = batch;
  change.version = detail->summary.version;
  change.policy = shared->policy;
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, change));
  const OperationId redo = undone(undo);
  EXPECT_EQ(world.outcome(redo, "assigned"), 7);
  EXPECT_EQ(largest_debt(batch), 0) << "its own";
  std::int64_t of_shared = 0;
  const auto look = [&] {
    of_shared = 0;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, shared->policy)) of_shared += std::abs(row.debt);
    });
    return of_shared;
  };
  EXPECT_GT(look(), 0);
  undone(redo);
  EXPECT_EQ(look(), 0);
}

TEST_F(AllocationLedger, of_a_redo_that_is_undone_is_as_it_was_just_before_the_redo) {
  const BatchId batch = batch_of(6);
  const OperationId undo = undone(allocated(batch));
  world.clock.advance(hours(1));
  api::AllocateItems::Request more;
  more.batch = batch;
  for (const auto& row : world.fill(batch, 3))
    if (!row.ever_allocated && more.items.size() < 3 && row.version == Version{1}) more.items.push_back(row.item);
  ASSERT_EQ(more.items.size(), 3u);
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, more));
  world.run_operations();
  const auto before = ledger(batch);
  world.clock.advance(hours(1));
  undone(undone(undo));
  const auto after = ledger(batch);
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    EXPECT_EQ(after[i].debt, before[i].debt);
    EXPECT_EQ(after[i].last_item_at, before[i].last_item_at) << after[i].person.value;
  }
}

TEST_F(AllocationLedger, of_a_redo_of_what_was_given_before_entitlements_were_kept_owes_nobody) {
  const BatchId batch = batch_of(4);
  const OperationId operation = allocated(batch, Policy::weighted);
  const OperationId undo = undone(operation);
  world.change([&](services::Work& work) {
    work.db
        .prepare(R"sql(
          UPDATE operations SET input = json_set(input, '$.divided', 0, '$.inputs[0].entitled', 0,
                                                 '$.inputs[1].entitled', 0, '$.inputs[2].entitled', 0)
          WHERE id = :id)sql")
        .bind(":id", operation)
        .run();
  });
  undone(undo);
  EXPECT_EQ(largest_debt(batch), 0);
}

TEST_F(AllocationLedger, waits_with_a_redo_while_another_batch_is_allocated_by_the_same_policy) {
  const auto shared = world.call<api::AddPolicy>(world.mia, {"Renewals", {}});
  ASSERT_TRUE(shared) << shared.reply.body;
  std::vector<BatchId> batches;
  for (int i = 0; i < 2; ++i) {
    batches.push_back(batch_of(4));
    const auto detail = world.call<api::ViewBatch>(world.mia, {batches.back()});
    api::UpdateBatch::Request change;
    change.batch = batches.back();
    change.version = detail->summary.version;
    change.policy = shared->policy;
    ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, change));
  }
  const OperationId undo = undone(allocated(batches[0]));
  start(batches[1]);
  EXPECT_EQ(world.call<api::UndoAllocation>(world.mia, {undo}).problem.key, "policies.busy");
  world.run_operations();
  EXPECT_TRUE(world.call<api::UndoAllocation>(world.mia, {undo}));
  world.run_operations();
}

}  // namespace
}  // namespace tw::test
