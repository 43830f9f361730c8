// One action on everything that a filter selects: exactly the selection of that moment, each row whole, the same
// whether or not it was interrupted.
#include <set>

#include <gtest/gtest.h>

#include "support/batch_world.h"
#include "support/random.h"

namespace tw::test {
namespace {

using api::ChangeSelectedItems;
using domain::batch::Action;
using domain::batch::ItemState;

class ChangeItems : public ::testing::Test {
 protected:
  BatchWorld world;

  OperationId start(const ChangeSelectedItems::Request& request) {
    const auto accepted = world.call<ChangeSelectedItems>(world.mia, request);
    EXPECT_EQ(accepted.status(), 202) << accepted.reply.body;
    return accepted ? accepted->operation : OperationId{};
  }
  OperationId change(const ChangeSelectedItems::Request& request) {
    const OperationId operation = start(request);
    world.run_operations();
    EXPECT_EQ(world.operation(operation).state, api::OperationState::done);
    EXPECT_EQ(world.wrong_counters(), "");
    return operation;
  }
  static ChangeSelectedItems::Request all(BatchId batch, Action action) {
    ChangeSelectedItems::Request request;
    request.batch = batch;
    request.action = action;
    return request;
  }
  // So many items that more than one page, and with `steps` more than one chunk, is needed.
  BatchId held_by_ann(int count) {
    const BatchId batch = world.create_batch();
    world.fill(batch, count);
    auto request = all(batch, Action::designate);
    request.executor = world.ann.person;
    const OperationId operation = change(request);
    EXPECT_EQ(world.outcome(operation, "done"), count);
    return batch;
  }
  void complete_every_second(BatchId batch) {
    for (const auto& row : world.items_of(batch)) {
      if (row.item.value % 2 != 0) continue;
      ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {row.item, row.version, "done"}));
    }
  }
  std::int64_t in_state(BatchId batch, ItemState state) {
    std::int64_t items = 0;
    for (const auto& row : world.items_of(batch)) items += row.state == state ? 1 : 0;
    return items;
  }
};

TEST_F(ChangeItems, every_action_for_managers_reaches_every_page) {
  const BatchId batch = held_by_ann(620);  // more than may be ticked at once
  EXPECT_EQ(in_state(batch, ItemState::executing), 620);
  complete_every_second(batch);
  auto send_back = all(batch, Action::send_back);
  send_back.reason = "once more";
  EXPECT_EQ(world.outcome(change(send_back), "done"), 310);
  EXPECT_EQ(in_state(batch, ItemState::executing), 620);
  complete_every_second(batch);
  const OperationId confirmed = change(all(batch, Action::confirm));
  EXPECT_EQ(world.outcome(confirmed, "done"), 310);
  EXPECT_EQ(world.outcome(confirmed, "conflict"), 310) << "still executing";
  EXPECT_EQ(in_state(batch, ItemState::ended), 310);
  EXPECT_EQ(world.outcome(change(all(batch, Action::reset)), "done"), 310);
  EXPECT_EQ(in_state(batch, ItemState::reset), 310);
}

TEST_F(ChangeItems, only_what_the_filter_selects_and_nobody_unticked) {
  const BatchId batch = world.create_batch();
  const auto rows = world.fill(batch, 12);  // Customer 1 … Customer 12
  world.designate(batch, world.ann.person, rows[0].item);
  world.designate(batch, world.ann.person, rows[9].item);
  world.designate(batch, world.bob.person, rows[10].item);
  world.designate(batch, world.bob.person, rows[1].item);
  auto request = all(batch, Action::reset);
  request.selection.states = {ItemState::executing};
  request.selection.search = "customer 1";  // 1, 10, 11, 12
  request.selection.except = {rows[0].item};
  const OperationId operation = change(request);
  EXPECT_EQ(world.operation(operation).total, 2);
  EXPECT_EQ(world.item(rows[0].item).state, ItemState::executing) << "unticked";
  EXPECT_EQ(world.item(rows[1].item).state, ItemState::executing) << "another name";
  EXPECT_EQ(world.item(rows[9].item).state, ItemState::reset);
  EXPECT_EQ(world.item(rows[10].item).state, ItemState::reset);
  request = all(batch, Action::reset);
  request.selection.executors = {world.bob.person};
  change(request);
  EXPECT_EQ(world.item(rows[1].item).state, ItemState::reset);
  EXPECT_EQ(world.item(rows[0].item).state, ItemState::executing) << "another person's";
}

TEST_F(ChangeItems, what_changed_meanwhile_is_a_conflict_and_stays_as_it_is) {
  const BatchId batch = held_by_ann(6);
  const auto rows = world.items_of(batch);
  const OperationId operation = start(all(batch, Action::reset));
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {rows[2].item, rows[2].version, "note", std::nullopt}));
  world.run_operations();
  EXPECT_EQ(world.outcome(operation, "done"), 5);
  EXPECT_EQ(world.outcome(operation, "conflict"), 1);
  EXPECT_EQ(world.item(rows[2].item).state, ItemState::executing);
}

TEST_F(ChangeItems, interrupted_after_any_step_does_nothing_twice_and_forgets_nothing) {
  const BatchId batch = held_by_ann(200);
  const OperationId operation = start(all(batch, Action::reset));
  for (int steps = 0; steps < 100; ++steps) {
    services::OperationRunner runner(world.runner, world.env);  // as after a kill between any two
    CountedBudget budget(0);
    if (!runner.run_one_step(budget)) break;
    ASSERT_EQ(world.wrong_counters(), "");
    ASSERT_EQ(in_state(batch, ItemState::reset), world.operation(operation).done);
  }
  EXPECT_EQ(world.operation(operation).state, api::OperationState::done);
  EXPECT_EQ(world.outcome(operation, "done"), 200);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM item_log WHERE action = 10"), 200);
}

TEST_F(ChangeItems, a_removal_is_one_entry_of_the_batch_with_its_number) {
  const BatchId batch = world.create_batch();
  const auto rows = world.fill(batch, 8);
  world.designate(batch, world.ann.person, rows[3].item);
  const OperationId operation = change(all(batch, Action::remove));
  EXPECT_EQ(world.outcome(operation, "done"), 7);
  EXPECT_EQ(world.outcome(operation, "conflict"), 1) << "it was allocated";
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50});
  EXPECT_EQ(log->entries.front().event, domain::batch::BatchEvent::removed);
  EXPECT_EQ(log->entries.front().count, 7);
  EXPECT_EQ(log->entries.front().operation, operation);
}

TEST_F(ChangeItems, a_designation_obeys_caps_and_asks_for_confirmation_row_by_row) {
  const BatchId batch = world.create_batch();
  const auto rows = world.fill(batch, 5);
  api::UpdatePerson::Request cap;
  cap.person = world.ann.person;
  cap.version = world.call<api::ViewPerson>(world.admin, {cap.person})->version;
  cap.holding_cap = 3;
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, cap));
  auto request = all(batch, Action::designate);
  request.executor = world.ann.person;
  const OperationId refused = change(request);
  EXPECT_EQ(world.outcome(refused, "done"), 3);
  EXPECT_EQ(world.outcome(refused, "conflict"), 2) << "over the cap, not confirmed";
  request.confirmed = {domain::allocation::Obstacle::over_holding_cap};
  const OperationId confirmed = change(request);
  EXPECT_EQ(world.outcome(confirmed, "unchanged"), 3);
  EXPECT_EQ(world.outcome(confirmed, "done"), 2);
}

TEST_F(ChangeItems, what_is_wrong_is_refused_before_anything_starts) {
  const BatchId batch = held_by_ann(2);
  const auto refused = [&](ChangeSelectedItems::Request request, const char* path) {
    const auto answer = world.call<ChangeSelectedItems>(world.mia, request);
    EXPECT_EQ(answer.status(), 400) << path;
    EXPECT_TRUE(answer.problem.names(path)) << answer.reply.body;
  };
  auto request = all(batch, Action::send_back);
  request.reason = "  ";
  refused(request, "reason");
  request = all(batch, Action::designate);
  refused(request, "executor");
  for (const Action action : {Action::add, Action::allocate, Action::complete, Action::end_all, Action::recall})
    refused(all(batch, action), "action");
  EXPECT_EQ(world.call<ChangeSelectedItems>(world.ann, all(batch, Action::reset)).status(), 403)
      << "executors see the batch, managers move its items";
  EXPECT_EQ(in_state(batch, ItemState::executing), 2);
}

TEST_F(ChangeItems, an_ended_batch_and_a_busy_one_refuse) {
  const BatchId batch = held_by_ann(3);
  start(all(batch, Action::confirm));
  EXPECT_EQ(world.call<ChangeSelectedItems>(world.mia, all(batch, Action::reset)).problem.key,
            "operation.batch_is_busy");
  world.run_operations();
  const auto view = world.call<api::ViewBatch>(world.mia, {batch});
  ASSERT_TRUE(
      world.call<api::TerminateBatch>(world.mia, {batch, view->summary.version, view->summary.subject, "no budget"}));
  EXPECT_EQ(world.call<ChangeSelectedItems>(world.mia, all(batch, Action::reset)).status(), 409);
}

// --- taken back
// --------------------------------------------------------------------------------------------------------

TEST_F(ChangeItems, what_was_assigned_by_hand_stands_in_the_log_and_is_taken_back_and_done_again) {
  const BatchId batch = world.create_batch(24);
  world.fill(batch, 5);
  auto request = all(batch, Action::designate);
  request.executor = world.ann.person;
  const OperationId given = change(request);
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch});
  EXPECT_EQ(log->entries.at(0).event, domain::batch::BatchEvent::designated);
  EXPECT_EQ(log->entries.at(0).count, 5);
  EXPECT_EQ(log->entries.at(0).operation, given);
  const auto item = world.items_of(batch)[1];
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {item.item, item.version, "called", {}}));

  EXPECT_EQ(world.call<api::ViewAllocationUndo>(world.mia, {given})->reversed, 4);
  const auto undo = world.call<api::UndoAllocation>(world.mia, {given});
  ASSERT_TRUE(undo) << undo.problem.key;
  world.run_operations();
  EXPECT_EQ(in_state(batch, ItemState::unassigned), 4);
  const auto again = world.call<api::ViewAllocationUndo>(world.mia, {undo->operation});
  EXPECT_TRUE(again->again);
  EXPECT_EQ(again->reversed, 4);
  const auto redo = world.call<api::UndoAllocation>(world.mia, {undo->operation});
  ASSERT_TRUE(redo) << redo.problem.key;
  world.run_operations();
  EXPECT_EQ(world.outcome(redo->operation, "done"), 4);
  for (const auto& row : world.items_of(batch)) EXPECT_EQ(row.executor, world.ann.person);
  EXPECT_EQ(world.call<api::UndoAllocation>(world.mia, {undo->operation}).problem.key, "undo.nothing");
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ChangeItems, what_was_reassigned_goes_back_to_whom_it_was_taken_from) {
  const BatchId batch = held_by_ann(4);
  world.clock.advance(hours(1));
  auto request = all(batch, Action::reassign);
  request.executor = world.bob.person;
  const OperationId taken = change(request);
  EXPECT_EQ(world.call<api::ViewBatchLog>(world.mia, {batch})->entries.at(0).event,
            domain::batch::BatchEvent::reassigned);
  EXPECT_EQ(world.call<api::ViewAllocationUndo>(world.mia, {taken})->reversed, 4);
  const auto undo = world.call<api::UndoAllocation>(world.mia, {taken});
  ASSERT_TRUE(undo) << undo.problem.key;
  world.run_operations();
  EXPECT_EQ(world.outcome(undo->operation, "reversed"), 4);
  for (const auto& row : world.items_of(batch)) EXPECT_EQ(row.executor, world.ann.person);
  const auto redo = world.call<api::UndoAllocation>(world.mia, {undo->operation});
  ASSERT_TRUE(redo) << redo.problem.key;
  world.run_operations();
  for (const auto& row : world.items_of(batch)) EXPECT_EQ(row.executor, world.bob.person);
}

TEST_F(ChangeItems, what_was_taken_from_somebody_who_receives_nothing_any_more_is_said_to_be_blocked) {
  const BatchId batch = held_by_ann(4);
  auto request = all(batch, Action::reassign);
  request.executor = world.bob.person;
  const OperationId taken = change(request);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE people SET active = 0 WHERE id = :id").bind(":id", world.ann.person).run();
  });
  const auto seen = world.call<api::ViewAllocationUndo>(world.mia, {taken});
  EXPECT_EQ(seen->reversed, 0);
  EXPECT_EQ(seen->blocked, 4);
  EXPECT_EQ(seen->blocked_why, "item.return_needs_executor");
}

TEST_F(ChangeItems, a_reset_of_a_selection_gave_nothing_that_could_be_taken_back) {
  const BatchId batch = held_by_ann(3);
  const OperationId reset = change(all(batch, Action::reset));
  EXPECT_EQ(world.call<api::ViewAllocationUndo>(world.mia, {reset}).problem.key, "undo.gave_nothing");
}

TEST_F(ChangeItems, ticked_rows_that_are_assigned_by_hand_are_counted_in_the_log) {
  const BatchId batch = world.create_batch(24);
  const auto rows = world.fill(batch, 3);
  ASSERT_TRUE(world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, world.versions(rows), {}}));
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch});
  EXPECT_EQ(log->entries.at(0).event, domain::batch::BatchEvent::designated);
  EXPECT_EQ(log->entries.at(0).count, 3);
  EXPECT_FALSE(log->entries.at(0).operation);
}

}  // namespace
}  // namespace tw::test
