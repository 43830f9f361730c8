// Row 16: an allocation is taken back, one item or a whole operation; what has been worked on since is kept.
#include <gtest/gtest.h>

#include "services/policy_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::OperationState;
using api::RowResult;
using domain::batch::Action;
using domain::batch::ItemState;

struct AllocationUndo : ::testing::Test {
  BatchWorld world;

  // Everything that an item is, but for the version and the time of the last change, which only grow.
  std::string columns(BatchId batch) {
    std::string all;
    world.runner.read([&](services::Work& work) {
      auto statement = work.db.prepare(R"sql(
        SELECT id || ':' || state || ',' || progress || ',' || COALESCE(executor, '-') || ',' || ever_allocated || ',' ||
               COALESCE(barred, '-') || ',' || used || ',' || COALESCE(resumed_at, '-') || ',' ||
               COALESCE(due_at, '-') || ',' || rounds || ',' || COALESCE(next_follow_up, '-') || ',' || last_text || ',' ||
               drawn
        FROM batch_items WHERE batch = :batch ORDER BY id)sql");
      statement.bind(":batch", batch).each([&](db::Row row) { all += row.string(0) + "\n"; });
    });
    return all;
  }
  // What people are owed, and when they got the last one; who is owed nothing and never had one is left out.
  std::string ledger(BatchId batch) {
    std::string all;
    world.runner.read([&](services::Work& work) {
      for (const auto& row : ledger_of(work, own_policy_of(work, batch)))
        if (row.debt != 0 || row.last_item_at)
          all += std::to_string(row.person.value) + ":" + std::to_string(row.debt) + "," +
                 std::to_string(row.last_item_at ? row.last_item_at->ms : 0) + "\n";
    });
    return all;
  }
  OperationId allocated(BatchId batch) {
    api::AllocateItems::Request request;
    request.batch = batch;
    const auto accepted = world.call<api::AllocateItems>(world.mia, request);
    EXPECT_TRUE(accepted) << accepted.problem.key;
    world.run_operations();
    return accepted->operation;
  }
  api::ViewAllocationUndo::Response look(OperationId operation) {
    const auto seen = world.call<api::ViewAllocationUndo>(world.mia, {operation});
    EXPECT_TRUE(seen) << seen.problem.key;
    return seen ? *seen : api::ViewAllocationUndo::Response{};
  }
  OperationId undone(OperationId operation) {
    const auto accepted = world.call<api::UndoAllocation>(world.mia, {operation});
    EXPECT_TRUE(accepted) << accepted.problem.key;
    world.run_operations();
    return accepted ? accepted->operation : OperationId{};
  }
  std::int64_t received_today(const Caller& who) {
    std::int64_t items = -1;
    world.runner.read([&](services::Work& work) { items = person_today(work, who.person).received; });
    return items;
  }
  std::string undo_item(const Caller& who, BatchId batch, ItemId item) {
    const auto answer = world.call<api::UndoItems>(who, {batch, {world.version(item)}});
    if (!answer) return answer.problem.key;
    return answer->outcomes.at(0).result == RowResult::done ? "done" : answer->outcomes.at(0).key;
  }
};

TEST_F(AllocationUndo, of_a_whole_operation_leaves_everything_as_it_was) {
  const BatchId batch = world.create_batch(24);
  const auto items = world.fill(batch, 100);
  const std::string before = columns(batch);
  const OperationId operation = allocated(batch);
  EXPECT_EQ(received_today(world.ann) + received_today(world.bob) + received_today(world.cid), 100);
  world.clock.advance(hours(2));

  const auto seen = look(operation);
  EXPECT_EQ(seen.reversed, 100);
  EXPECT_EQ(seen.kept + seen.blocked, 0);
  EXPECT_EQ(seen.until, world.operation(operation).created + hours(72));
  EXPECT_NE(columns(batch), before) << "looking changes nothing";

  const OperationId undo = undone(operation);
  EXPECT_EQ(world.outcome(undo, "reversed"), 100);
  EXPECT_EQ(ledger(batch), "");
  EXPECT_EQ(columns(batch), before);
  EXPECT_EQ(world.wrong_counters(), "");
  EXPECT_EQ(received_today(world.ann) + received_today(world.bob) + received_today(world.cid), 0);
  const auto seen_log = world.call<api::ViewItemLog>(world.mia, {items[0].item});
  ASSERT_TRUE(seen_log) << seen_log.problem.key;
  const auto& log = seen_log->entries;
  EXPECT_EQ(log.at(0).action, Action::undo_allocation);
  EXPECT_EQ(log.at(0).operation, undo);
  EXPECT_EQ(log.at(0).actor_name, "Mia");
  const auto history = world.call<api::ViewBatchLog>(world.mia, {batch});
  ASSERT_TRUE(history) << history.problem.key;
  EXPECT_EQ(history->entries.at(0).event, domain::batch::BatchEvent::allocation_undone);
  EXPECT_FALSE(history->entries.at(0).taken_back);
  EXPECT_EQ(history->entries.at(1).operation, operation);
  EXPECT_TRUE(history->entries.at(1).taken_back);
  // Never held by anybody, so it can be taken out again.
  const auto removed = world.call<api::RemoveItems>(world.mia, {batch, {world.version(items[0].item)}});
  ASSERT_TRUE(removed) << removed.problem.key;
  EXPECT_EQ(removed->outcomes.at(0).result, RowResult::done);
  EXPECT_EQ(look(operation).reversed, 0) << "what is undone is not undone twice";
}

TEST_F(AllocationUndo, in_many_steps_leaves_the_ledger_as_the_allocation_before_left_it) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 100);
  allocated(batch);
  const std::string first = ledger(batch);
  EXPECT_NE(first, "") << "100 items do not divide by three";
  world.clock.advance(hours(1));
  world.fill(batch, 1000);
  const OperationId second = allocated(batch);
  EXPECT_NE(ledger(batch), first);
  const auto accepted = world.call<api::UndoAllocation>(world.mia, {second});
  ASSERT_TRUE(accepted) << accepted.problem.key;
  int steps = 0;
  for (bool more = true; more; ++steps) {
    services::OperationRunner operations(world.runner, world.env);
    CountedBudget budget(1);
    more = operations.run_one_step(budget);
  }
  EXPECT_GT(steps, 5);
  EXPECT_EQ(world.outcome(accepted->operation, "reversed"), 1000);
  EXPECT_EQ(ledger(batch), first);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(AllocationUndo, keeps_what_somebody_has_worked_on_and_says_who) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 9);
  const OperationId operation = allocated(batch);
  std::map<PersonId, std::vector<ItemId>> of;
  for (const auto& item : world.items_of(batch)) of[item.executor].push_back(item.item);
  const auto save = [&](const Caller& who, ItemId item) {
    ASSERT_TRUE(world.call<api::SaveProgress>(who, {item, world.item(item).version, "called", {}}));
  };
  save(world.ann, of[world.ann.person][0]);
  save(world.bob, of[world.bob.person][0]);
  save(world.bob, of[world.bob.person][1]);

  const auto seen = look(operation);
  EXPECT_EQ(seen.reversed, 6);
  EXPECT_EQ(seen.kept, 3);
  ASSERT_EQ(seen.by.size(), 2u);
  EXPECT_EQ(seen.by[0].name, "Bob");
  EXPECT_EQ(seen.by[0].items, 2);
  EXPECT_EQ(seen.by[1].person, world.ann.person);
  const OperationId undo = undone(operation);
  EXPECT_EQ(world.outcome(undo, "reversed"), 6);
  EXPECT_EQ(world.outcome(undo, "kept"), 3);
  EXPECT_EQ(world.item(of[world.bob.person][1]).executor, world.bob.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(AllocationUndo, gives_back_the_bar_and_the_rounds) {
  const BatchId batch = world.create_batch(48);
  const ItemId given_up = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {given_up, world.item(given_up).version, "not mine"}));
  const ItemId twice = world.designated(batch, world.bob.person);
  for (int round = 0; round < 2; ++round) {
    ASSERT_TRUE(world.call<api::CompleteItem>(world.bob, {twice, world.item(twice).version, "sold"}));
    ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(twice)}, "which one?"}));
  }
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(twice)}, ""}));
  const std::string before = columns(batch);
  ASSERT_NE(before.find(",2,-,"), std::string::npos) << "the rounds stand in the row: " << before;
  for (int again = 0; again < 2; ++again) {  // the second time the log holds an undo, too
    const OperationId operation = allocated(batch);
    EXPECT_NE(world.item(given_up).executor, world.ann.person);
    EXPECT_EQ(world.outcome(undone(operation), "reversed"), 2);
    EXPECT_EQ(columns(batch), before) << again;
  }
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(AllocationUndo, ends_after_72_hours_and_with_the_batch) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 3);
  const OperationId operation = allocated(batch);
  world.clock.advance(hours(72) + minutes(1));
  world.mia = world.sign_in(world.mia.person);
  world.admin = world.sign_in(world.admin.person);
  EXPECT_EQ(look(operation).reversed, 0);
  EXPECT_EQ(look(operation).blocked, 3);
  EXPECT_EQ(look(operation).blocked_why, "undo.too_late");
  const auto late = world.call<api::UndoAllocation>(world.mia, {operation});
  EXPECT_EQ(late.problem.key, "undo.too_late");
  EXPECT_EQ(undo_item(world.mia, batch, world.items_of(batch)[0].item), "item.undo_too_late");

  const BatchId second = world.create_batch();
  world.fill(second, 2);
  const OperationId other = allocated(second);
  const auto detail = world.call<api::ViewBatch>(world.mia, {second});
  ASSERT_TRUE(
      world.call<api::TerminateBatch>(world.mia, {second, detail->summary.version, detail->summary.subject, "enough"}));
  EXPECT_EQ(look(other).blocked, 2);
  EXPECT_EQ(look(other).blocked_why, "batch.refused_terminated");
  EXPECT_EQ(world.call<api::UndoAllocation>(world.mia, {other}).problem.key, "batch.refused_terminated");
}

TEST_F(AllocationUndo, belongs_to_the_managers_of_the_batch) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 3);
  const OperationId operation = allocated(batch);
  for (const Caller& who : {world.ann, world.outsider}) {
    EXPECT_EQ(world.call<api::ViewAllocationUndo>(who, {operation}).problem.status, 404);
    EXPECT_EQ(world.call<api::UndoAllocation>(who, {operation}).problem.status, 404);
  }
  EXPECT_EQ(world.call<api::UndoAllocation>(world.mia, {OperationId{9999}}).problem.status, 404);
  EXPECT_EQ(undo_item(world.ann, batch, world.items_of(batch)[0].item).substr(0, 5), "item.");
  EXPECT_EQ(world.items_of(batch)[0].state, ItemState::executing);
}

TEST_F(AllocationUndo, of_one_item_by_hand) {
  const BatchId batch = world.create_batch(24);
  const auto items = world.fill(batch, 1);
  const std::string before = columns(batch);
  world.designate(batch, world.ann.person, items[0].item);
  EXPECT_EQ(world.call<api::ViewItem>(world.mia, {items[0].item})->undo_until, world.clock.now() + hours(72));
  EXPECT_FALSE(world.call<api::ViewItem>(world.ann, {items[0].item})->undo_until) << "it was not hers to give";
  EXPECT_EQ(undo_item(world.mia, batch, items[0].item), "done");
  EXPECT_EQ(columns(batch), before);
  EXPECT_EQ(received_today(world.ann), 0);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(AllocationUndo, of_what_was_taken_from_somebody_gives_it_back_to_them_with_their_clock) {
  api::CreateBatch::Request request;
  request.subject = "Handed on";
  request.executors = {world.ann.person, world.bob.person, world.cid.person};
  request.limit = 24;
  request.limit_unit = domain::batch::LimitUnit::hours;
  request.allows_transfer = true;
  const BatchId batch = world.create_batch(request);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(hours(1));
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "called", {}}));
  const std::string before = columns(batch);

  const auto reassigned =
      world.call<api::ReassignItems>(world.mia, {batch, world.bob.person, {world.version(item)}, {}, {}});
  ASSERT_TRUE(reassigned) << reassigned.problem.key;
  EXPECT_EQ(world.item(item).executor, world.bob.person);
  world.clock.advance(hours(2));
  EXPECT_EQ(undo_item(world.mia, batch, item), "done");
  EXPECT_EQ(columns(batch), before);

  const auto handed = world.call<api::TransferItem>(world.ann, {item, world.item(item).version, world.cid.person, {}});
  ASSERT_TRUE(handed) << handed.problem.key;
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.transferred_out, 1);
  EXPECT_EQ(undo_item(world.ann, batch, item), "done");
  EXPECT_EQ(columns(batch), before);
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.transferred_out, 0);
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.transferred_in, 0);
  EXPECT_EQ(world.wrong_counters(), "");
}

// --- an undo taken back ----------------------------------------------------------------------------------------------

TEST_F(AllocationUndo, is_undone_itself_and_everything_goes_to_whom_it_went_before) {
  const BatchId batch = world.create_batch(24);
  world.fill(batch, 100);
  const CustomerId quiet = world.add_customer("Quiet");
  world.add(batch, {quiet});
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", quiet).run();
  });
  const OperationId operation = allocated(batch);
  EXPECT_EQ(world.outcome(operation, "do_not_contact"), 1);
  const std::string given = columns(batch), owed = ledger(batch);
  const OperationId undo = undone(operation);
  const std::string before = columns(batch);

  const auto seen = look(undo);
  EXPECT_TRUE(seen.again);
  EXPECT_EQ(seen.reversed, 100);
  EXPECT_EQ(seen.kept + seen.blocked, 0);
  const OperationId redo = undone(undo);
  EXPECT_EQ(world.outcome(redo, "assigned"), 100);
  EXPECT_EQ(world.outcome(redo, "do_not_contact"), 0) << "it gives what was given, and leaves nothing out";
  EXPECT_EQ(world.call<api::ViewBatchLog>(world.mia, {batch})->entries.at(0).event,
            domain::batch::BatchEvent::allocated);
  EXPECT_EQ(columns(batch), given);
  EXPECT_EQ(ledger(batch), owed);
  EXPECT_EQ(look(undo).reversed, 0) << "once";
  EXPECT_EQ(look(operation).reversed, 0) << "what it gave was given by another since";

  const auto again = look(redo);
  EXPECT_FALSE(again.again) << "an allocation like any other";
  EXPECT_EQ(again.reversed, 100);
  undone(redo);
  EXPECT_EQ(columns(batch), before);
  EXPECT_EQ(ledger(batch), "");
}

TEST_F(AllocationUndo, that_is_taken_back_leaves_what_went_elsewhere_and_owes_only_for_the_rest) {
  const BatchId batch = world.create_batch(24);
  const auto items = world.fill(batch, 9);
  const OperationId operation = allocated(batch);
  const auto first = world.item(items[0].item), second = world.item(items[1].item);
  const auto why_first = *world.call<api::ExplainItem>(world.mia, {items[1].item});
  const OperationId undo = undone(operation);
  const Caller& other = first.executor == world.ann.person ? world.bob : world.ann;
  world.designate(batch, other.person, items[0].item);
  const auto seen = look(undo);
  EXPECT_EQ(seen.reversed, 8);
  EXPECT_EQ(seen.kept, 1);
  ASSERT_EQ(seen.by.size(), 1u);
  EXPECT_EQ(seen.by[0].person, world.mia.person);
  const OperationId redo = undone(undo);
  EXPECT_EQ(world.outcome(redo, "assigned"), 8);
  EXPECT_EQ(world.operation(redo).total, 8);
  EXPECT_EQ(world.item(items[0].item).executor, other.person);
  EXPECT_EQ(world.item(items[1].item).executor, second.executor);
  const auto why = world.call<api::ExplainItem>(world.mia, {items[1].item});
  ASSERT_TRUE(why && why->plan) << why.reply.body;
  EXPECT_EQ(why->plan->winner.person, why_first.plan->winner.person);
  EXPECT_EQ(why->plan->tier, why_first.plan->tier);
  EXPECT_EQ(why->plan->decisive, why_first.plan->decisive);
  EXPECT_EQ(why->plan->of_them, why_first.plan->of_them);
  std::int64_t sum = 0;
  world.runner.read([&](services::Work& work) {
    for (const auto& row : ledger_of(work, own_policy_of(work, batch))) sum += row.debt;
  });
  EXPECT_NEAR(sum, 0, 3) << "entitled to eight, got eight, but for rounding to millionths";
}

TEST_F(AllocationUndo, is_taken_back_by_who_may_allocate_and_as_long_as_the_batch_takes_it) {
  const BatchId batch = world.create_batch(24);
  world.fill(batch, 3);
  const OperationId undo = undone(allocated(batch));
  EXPECT_EQ(world.call<api::UndoAllocation>(world.ann, {undo}).status(), 404);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE batches SET ends_at = :now WHERE id = :id").bind(":now", work.now).bind(":id", batch).run();
  });
  const auto seen = look(undo);
  EXPECT_EQ(seen.blocked, 3);
  EXPECT_EQ(seen.blocked_why, "item.past_end_date");
  EXPECT_EQ(world.call<api::UndoAllocation>(world.mia, {undo}).problem.key, "item.past_end_date");
}

TEST_F(AllocationUndo, an_operation_that_gave_nothing_away_has_nothing_to_undo) {
  const BatchId batch = world.create_batch();
  api::AddCustomersToBatch::Request add;
  add.batch = batch;
  add.customers = world.add_customers(2);
  const auto added = world.call<api::AddCustomersToBatch>(world.mia, add);
  world.run_operations();
  EXPECT_EQ(world.call<api::ViewAllocationUndo>(world.mia, {added->operation}).problem.key, "undo.gave_nothing");
}

}  // namespace
}  // namespace tw::test
