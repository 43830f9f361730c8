// People who leave: disabled, or taken off a batch, with items in hand. What becomes of these is what was chosen, and
// nothing new comes to who has left.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::Leaving;
using api::LeavingChoice;
using api::RowResult;
using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::ItemState;

class PeopleWhoLeave : public ::testing::Test {
 protected:
  PeopleWhoLeave() {
    for (int i = 0; i < 3; ++i) anns.push_back(world.designated(batch, world.ann.person));
    bobs = world.designated(batch, world.bob.person);
  }

  Answer<api::SetPersonActive::Response> disable(const Caller& who, const Leaving& leaving, PersonId successor = {}) {
    const auto row = world.call<api::ViewPerson>(world.admin, {who.person});
    return world.call<api::SetPersonActive>(world.admin, {who.person, row->version, false, leaving, successor});
  }
  Answer<api::BatchDetail> take_off_ann(std::optional<Leaving> leaving) {
    api::UpdateBatch::Request edit;
    edit.batch = batch;
    edit.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    edit.executors = std::vector<PersonId>{world.bob.person, world.cid.person};
    edit.leaving = std::move(leaving);
    return world.call<api::UpdateBatch>(world.mia, edit);
  }
  Leaving to(std::vector<PersonId> people) { return {LeavingChoice::transfer, std::move(people), {}}; }
  std::int64_t held_by(const Caller& who) { return world.call<api::ViewPerson>(world.admin, {who.person})->held; }
  api::BatchDetail detail(BatchId of) { return *world.call<api::ViewBatch>(world.mia, {of}); }

  BatchWorld world;
  BatchId batch = world.create_batch(24);
  std::vector<ItemId> anns;
  ItemId bobs;
};

// --- taken off a batch -----------------------------------------------------------------------------------------------

TEST_F(PeopleWhoLeave, who_is_taken_off_with_items_in_hand_needs_a_choice) {
  const auto refused = take_off_ann(std::nullopt);
  EXPECT_EQ(refused.problem.key, "batch.executor_holds_items");
  EXPECT_EQ(detail(batch).executors.size(), 3u);
}

TEST_F(PeopleWhoLeave, who_is_taken_off_keeps_what_they_hold_and_may_finish_it_but_gets_nothing_more) {
  ASSERT_TRUE(take_off_ann(Leaving{}));
  world.run_operations();
  EXPECT_EQ(held_by(world.ann), 3);
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {anns[0], world.item(anns[0]).version, "rang", std::nullopt}));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {anns[1], world.item(anns[1]).version, "no"}));
  const auto seen = detail(batch);
  EXPECT_EQ(seen.executors.size(), 2u);
  ASSERT_EQ(seen.gone.size(), 1u);
  EXPECT_EQ(seen.gone[0].person, world.ann.person);
  EXPECT_TRUE(seen.gone[0].active);
  const auto designated =
      world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, {world.version(anns[1])}, {}});
  EXPECT_EQ(designated->outcomes.at(0).key, "item.not_eligible");
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, what_they_hold_is_reset_at_once) {
  const auto edited = take_off_ann(Leaving{LeavingChoice::reset, {}, {}});
  ASSERT_TRUE(edited) << edited.problem.key;
  const OperationId operation = edited->summary.running;
  ASSERT_TRUE(operation);
  world.run_operations();
  for (const ItemId item : anns) EXPECT_EQ(world.item(item).state, ItemState::reset);
  EXPECT_EQ(world.item(bobs).state, ItemState::executing);
  EXPECT_EQ(world.outcome(operation, "done"), 3);
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50})->entries;
  EXPECT_EQ(log.at(0).event, BatchEvent::edited);
  EXPECT_EQ(log.at(1).event, BatchEvent::handed_over);
  EXPECT_EQ(log.at(1).count, 3);
  EXPECT_EQ(log.at(1).text, "Ann");
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, what_they_hold_goes_to_whoever_holds_least_of_those_who_are_named) {
  const Instant due = *world.item(anns[0]).due_at;
  world.clock.advance(hours(5));
  ASSERT_TRUE(take_off_ann(to({world.bob.person, world.cid.person})));
  world.run_operations();
  EXPECT_EQ(held_by(world.ann), 0);
  EXPECT_EQ(held_by(world.bob), 2);  // one was theirs
  EXPECT_EQ(held_by(world.cid), 2);
  const auto item = world.item(anns[0]);
  EXPECT_EQ(item.state, ItemState::executing);
  EXPECT_EQ(item.due_at, due) << "the clock runs on";
  EXPECT_EQ(world.call<api::ViewItemLog>(world.mia, {anns[0]})->entries.at(0).action, Action::transfer);
  EXPECT_TRUE(detail(batch).gone.empty());
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, what_they_hold_is_handed_over_after_the_end_date_too) {
  api::UpdateBatch::Request edit;
  edit.batch = batch;
  edit.version = detail(batch).summary.version;
  edit.end_date = world.clock.now() + hours(1);
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, edit));
  world.clock.advance(hours(2));
  const auto by_hand =
      world.call<api::ReassignItems>(world.mia, {batch, world.cid.person, {world.version(anns[0])}, {}, {}});
  EXPECT_EQ(by_hand->outcomes.at(0).key, "item.past_end_date");
  const auto answer = disable(world.ann, to({world.bob.person}));
  ASSERT_TRUE(answer) << answer.problem.key;
  world.run_operations();
  EXPECT_EQ(world.outcome(answer->operation, "done"), 3);
  EXPECT_EQ(held_by(world.ann), 0);
  EXPECT_EQ(world.item(anns[0]).executor, world.bob.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, who_loses_and_who_gets_what_is_handed_over_are_told) {
  ASSERT_TRUE(take_off_ann(to({world.bob.person})));
  world.run_operations();
  const auto newest = [&](const Caller& who) {
    const auto rows = world.call<api::ListNotifications>(who, {})->rows;
    return rows.empty() ? std::string() : std::string(wire_name(rows[0].kind)) + " " + std::to_string(rows[0].items);
  };
  EXPECT_EQ(newest(world.ann), "taken_back 3");
  EXPECT_EQ(newest(world.bob), "received 3");
}

TEST_F(PeopleWhoLeave, who_takes_over_becomes_an_executor) {
  const auto edited = take_off_ann(to({world.outsider.person}));
  ASSERT_TRUE(edited) << edited.problem.key;
  EXPECT_EQ(edited->executors.size(), 3u);
  world.run_operations();
  EXPECT_EQ(held_by(world.outsider), 3);
}

TEST_F(PeopleWhoLeave, nobody_who_leaves_or_is_disabled_takes_over) {
  EXPECT_EQ(take_off_ann(to({})).problem.fields.at(0).path, "leaving.to");
  EXPECT_EQ(take_off_ann(to({world.ann.person})).problem.fields.at(0).key, "leaving.leaves_too");
  ASSERT_TRUE(disable(world.cid, {}));
  EXPECT_EQ(take_off_ann(to({world.cid.person})).problem.fields.at(0).key, "field.disabled_person");
  EXPECT_EQ(detail(batch).executors.size(), 3u) << "nothing of a refused edit stays";
  EXPECT_EQ(held_by(world.ann), 3);
}

TEST_F(PeopleWhoLeave, limits_hold_unless_they_are_put_aside) {
  const auto cid = world.call<api::ViewPerson>(world.admin, {world.cid.person});
  api::UpdatePerson::Request cap;
  cap.person = world.cid.person;
  cap.version = cid->version;
  cap.holding_cap = 1;
  ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, cap));
  const auto edited = take_off_ann(to({world.cid.person}));
  ASSERT_TRUE(edited);
  const OperationId operation = edited->summary.running;
  world.run_operations();
  EXPECT_EQ(world.outcome(operation, "done"), 1);
  EXPECT_EQ(world.outcome(operation, "nobody_can"), 2);
  EXPECT_EQ(held_by(world.ann), 2) << "what nobody can take stays";

  Leaving anyway = to({world.cid.person});
  anyway.confirmed = {domain::allocation::Obstacle::over_holding_cap};
  ASSERT_TRUE(disable(world.ann, anyway));
  world.run_operations();
  EXPECT_EQ(held_by(world.ann), 0);
  EXPECT_EQ(held_by(world.cid), 3);
}

TEST_F(PeopleWhoLeave, what_changed_since_is_left_as_it_is_and_what_was_only_written_on_is_not) {
  ASSERT_TRUE(take_off_ann(Leaving{LeavingChoice::reset, {}, {}}));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {anns[1], world.item(anns[1]).version, "rang", std::nullopt}));
  ASSERT_TRUE(world.call<api::ReassignItems>(world.mia, {batch, world.cid.person, {world.version(anns[2])}, {}, {}}));
  world.run_operations();
  EXPECT_EQ(world.item(anns[0]).state, ItemState::completed);
  EXPECT_EQ(world.item(anns[1]).state, ItemState::reset);
  EXPECT_EQ(world.item(anns[2]).executor, world.cid.person) << "it is not theirs any more";
  EXPECT_EQ(world.wrong_counters(), "");
}

// --- disabled --------------------------------------------------------------------------------------------------------

TEST_F(PeopleWhoLeave, the_dialog_is_told_what_they_hold_and_manage) {
  const BatchId other = world.create_batch(0);
  world.designated(other, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  const auto held = world.call<api::ViewHeld>(world.admin, {world.ann.person});
  ASSERT_TRUE(held) << held.problem.key;
  EXPECT_EQ(held->executing, 3);
  EXPECT_EQ(held->completed, 1);
  EXPECT_EQ(held->batches, 2);
  EXPECT_EQ(held->held.at(0).batch, batch);
  EXPECT_EQ(held->held.at(0).executing, 2);
  EXPECT_TRUE(held->left.empty());
  EXPECT_EQ(world.call<api::ViewHeld>(world.admin, {world.mia.person})->left.size(), 2u);
  EXPECT_FALSE(world.call<api::ViewHeld>(world.admin, {world.mia.person})->needs_successor) << "administrators go on";
  EXPECT_EQ(world.call<api::ViewHeld>(world.mia, {world.ann.person}).status(), 403);
}

TEST_F(PeopleWhoLeave, a_disabled_person_keeps_what_they_hold_and_it_is_told_as_such) {
  ASSERT_TRUE(disable(world.ann, {}));
  EXPECT_EQ(held_by(world.ann), 3);
  EXPECT_EQ(detail(batch).gone.at(0).active, false);
  const auto bench = world.call<api::ViewWorkbench>(world.mia, {});
  const auto& block = bench->blocks.at(static_cast<std::size_t>(api::Waiting::held_by_disabled));
  EXPECT_EQ(block.items, 3);
  EXPECT_EQ(block.only, batch);

  api::QueryItems::Request query;
  query.batch = batch;
  query.held_by_disabled = true;
  const auto rows = world.call<api::QueryItems>(world.mia, query);
  EXPECT_EQ(rows->rows.size(), 3u);
  EXPECT_EQ(rows->total.count, 3);
  world.clock.advance(hours(24));
  world.recall();
  for (const ItemId item : anns) EXPECT_EQ(world.item(item).state, ItemState::reset);
}

TEST_F(PeopleWhoLeave, what_a_disabled_person_held_in_every_batch_goes_to_their_successor) {
  const BatchId other = world.create_batch(0);
  const ItemId elsewhere = world.designated(other, world.ann.person);
  const auto answer = disable(world.ann, to({world.outsider.person}));
  ASSERT_TRUE(answer) << answer.problem.key;
  EXPECT_FALSE(answer->person.active);
  world.run_operations();
  EXPECT_EQ(world.outcome(answer->operation, "done"), 4);
  EXPECT_EQ(world.item(elsewhere).executor, world.outsider.person);
  EXPECT_EQ(held_by(world.outsider), 4);
  EXPECT_TRUE(world.call<api::ViewItem>(world.outsider, {elsewhere}));
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, a_hand_over_in_many_steps_does_what_one_step_does) {
  for (int i = 0; i < 200; ++i) world.designated(batch, world.ann.person);
  const auto answer = disable(world.ann, to({world.bob.person, world.cid.person}));
  ASSERT_TRUE(answer);
  services::OperationRunner runner(world.runner, world.env);
  int steps = 0;
  for (bool more = true; more; ++steps) {
    CountedBudget budget(0);
    more = runner.run_one_step(budget);
  }
  EXPECT_GT(steps, 3);
  EXPECT_EQ(world.outcome(answer->operation, "done"), 203);
  EXPECT_EQ(held_by(world.bob), 102);
  EXPECT_EQ(held_by(world.cid), 102);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, a_successor_manages_what_nobody_else_does) {
  EXPECT_EQ(world.call<api::ViewBatch>(world.outsider, {batch}).status(), 404);
  EXPECT_EQ(disable(world.mia, {}, world.mia.person).problem.fields.at(0).key, "leaving.leaves_too");
  ASSERT_TRUE(disable(world.mia, {}, world.outsider.person));
  const auto seen = world.call<api::ViewBatch>(world.outsider, {batch});
  ASSERT_TRUE(seen) << seen.problem.key;
  EXPECT_TRUE(seen->summary.manages);
  EXPECT_EQ(seen->summary.creator_name, "Mia") << "logs keep the old name";
}

TEST_F(PeopleWhoLeave, reminders_go_to_those_who_go_on) {
  ASSERT_TRUE(disable(world.mia, {}));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  EXPECT_EQ(world.call<api::ListNotifications>(world.admin, {})->rows.size(), 1u) << "nobody else manages it";
}

// --- back to another executor ----------------------------------------------------------------------------------------

TEST_F(PeopleWhoLeave, what_they_completed_is_returned_to_somebody_else) {
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.bob, {bobs, world.item(bobs).version, "sold"}));
  ASSERT_TRUE(disable(world.ann, {}));
  const std::vector<api::ItemVersion> rows = {world.version(anns[0]), world.version(bobs)};
  const auto alone = world.call<api::ReturnItems>(world.mia, {batch, rows, "which?", {}, {}});
  EXPECT_EQ(alone->outcomes.at(0).key, "item.return_needs_executor");
  EXPECT_EQ(alone->outcomes.at(1).result, RowResult::done);

  ASSERT_TRUE(world.call<api::CompleteItem>(world.bob, {bobs, world.item(bobs).version, "the red one"}));
  const auto answer = world.call<api::ReturnItems>(
      world.mia, {batch, {world.version(anns[0]), world.version(bobs)}, "which?", world.cid.person, {}});
  for (const auto& row : answer->outcomes) EXPECT_EQ(row.result, RowResult::done) << row.key;
  const auto item = world.item(anns[0]);
  EXPECT_EQ(item.executor, world.cid.person);
  EXPECT_TRUE(item.returned);
  EXPECT_EQ(item.rounds, 1);
  const auto log = world.call<api::ViewItem>(world.cid, {anns[0]})->log;
  EXPECT_EQ(log.at(0).action, Action::transfer);
  EXPECT_EQ(log.at(1).action, Action::send_back);
  EXPECT_EQ(log.at(1).text, "which?");
  EXPECT_EQ(world.item(bobs).executor, world.bob.person) << "who still receives gets their own back";
  EXPECT_EQ(world.wrong_counters(), "");

  const auto undone = world.call<api::UndoItems>(world.mia, {batch, {world.version(anns[0])}});
  EXPECT_EQ(undone->outcomes.at(0).result, RowResult::done) << undone->outcomes.at(0).key;
  EXPECT_EQ(world.item(anns[0]).state, ItemState::completed);
  EXPECT_EQ(world.item(anns[0]).executor, world.ann.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(PeopleWhoLeave, a_return_goes_to_nobody_who_may_not_have_it) {
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns[0], world.item(anns[0]).version, "sold"}));
  ASSERT_TRUE(disable(world.ann, {}));
  const auto answer =
      world.call<api::ReturnItems>(world.mia, {batch, {world.version(anns[0])}, "?", world.outsider.person, {}});
  EXPECT_EQ(answer->outcomes.at(0).key, "item.not_eligible");
  EXPECT_EQ(world.item(anns[0]).state, ItemState::completed);
}

}  // namespace
}  // namespace tw::test
