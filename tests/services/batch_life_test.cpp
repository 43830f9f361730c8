// One batch task from its creation to its end, through the door that everybody uses.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::batch::Action;
using domain::batch::BatchState;
using domain::batch::ItemState;

TEST(BatchLife, a_batch_goes_from_creation_over_allocation_and_confirmation_to_its_end) {
  BatchWorld world;
  const BatchId batch = world.create_batch(24);
  world.fill(batch, 7);
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.unassigned, 7);

  world.allocate(batch);
  const auto view = *world.call<api::ViewBatch>(world.mia, {batch});
  EXPECT_EQ(view.summary.counts.executing, 7);
  ASSERT_TRUE(view.summary.next_due);
  EXPECT_EQ(*view.summary.next_due, world.clock.now() + hours(24));
  for (const auto& person : view.executors) {
    EXPECT_GE(person.held, 2) << person.name;
    EXPECT_LE(person.held, 3) << person.name;
  }

  // Ann sees only hers, writes, completes; Mia returns it, Ann completes again, Mia confirms.
  const auto mine = *world.call<api::QueryMyItems>(world.ann, {});
  ASSERT_GE(mine.rows.size(), 2u);
  EXPECT_EQ(mine.counts.to_do, static_cast<std::int64_t>(mine.rows.size()));
  const ItemId item = mine.rows[0].item;
  auto detail = world.call<api::SaveProgress>(
      world.ann, {item, mine.rows[0].version, "will call back", world.clock.now() + hours(2)});
  ASSERT_TRUE(detail) << detail.problem.detail;
  ASSERT_TRUE(detail->customer);
  EXPECT_EQ(detail->customer->phone, "13812341234");
  EXPECT_EQ(detail->row.phone, "138****1234");
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.following, 1);
  EXPECT_EQ(detail->row.next_follow_up, world.clock.now() + hours(2));
  detail = world.call<api::SaveProgress>(world.ann, {item, detail->row.version, "no, they call us", {}});
  ASSERT_TRUE(detail) << detail.problem.detail;
  EXPECT_FALSE(detail->row.next_follow_up) << "what is saved says what comes next, or that nothing does";

  world.clock.advance(hours(3));
  detail = world.call<api::CompleteItem>(world.ann, {item, detail->row.version, "bought"});
  ASSERT_TRUE(detail) << detail.problem.detail;
  EXPECT_EQ(detail->row.state, ItemState::completed);
  EXPECT_FALSE(detail->row.due_at);
  EXPECT_EQ(world.call<api::ViewWorkbench>(world.mia, {})->to_confirm, 1);

  auto rows = world.call<api::ReturnItems>(world.mia, {batch, {world.version(item)}, "which product?"});
  ASSERT_EQ(rows->outcomes.at(0).result, RowResult::done) << rows->outcomes.at(0).key;
  auto again = *world.call<api::ViewItem>(world.ann, {item});
  EXPECT_TRUE(again.row.returned);
  EXPECT_EQ(again.row.rounds, 1);
  EXPECT_EQ(again.return_reason, "which product?");
  EXPECT_EQ(*again.row.due_at, world.clock.now() + hours(24)) << "a returned item leaves the whole short limit";
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.returned, 1);

  detail = world.call<api::CompleteItem>(world.ann, {item, again.row.version, "the red one"});
  ASSERT_TRUE(detail) << detail.problem.detail;
  rows = world.call<api::ConfirmItems>(world.mia, {batch, {world.version(item)}});
  ASSERT_EQ(rows->outcomes.at(0).result, RowResult::done);
  EXPECT_EQ(world.item(item).state, ItemState::ended);
  EXPECT_EQ(world.call<api::ViewItem>(world.ann, {item}).status(), 404) << "an ended item has left the executor";

  // The second is abandoned and reset by hand, and goes to somebody else.
  const auto second = mine.rows[1];
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {second.item, second.version, "does not speak to me"}));
  EXPECT_EQ(world.item(second.item).state, ItemState::abandoned);
  world.designate(batch, world.bob.person, second.item);
  ASSERT_EQ(world.call<api::ResetItems>(world.mia, {batch, {world.version(second.item)}, ""})->outcomes.at(0).result,
            RowResult::done);
  EXPECT_FALSE(world.item(second.item).executor);
  EXPECT_EQ(world.wrong_counters(), "");

  const Version version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  EXPECT_EQ(world.call<api::EndBatch>(world.mia, {batch, version, "Another subject"}).status(), 400);
  const auto ended = world.call<api::EndBatch>(world.mia, {batch, version, "Spring calls"});
  ASSERT_TRUE(ended) << ended.problem.detail;
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.state, BatchState::ended) << "at once";
  world.run_operations();
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.ended, 7);
  EXPECT_EQ(world.call<api::QueryMyItems>(world.bob, {})->rows.size(), 0u);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST(BatchLife, every_step_stands_in_the_items_log_and_the_customers_timeline) {
  BatchWorld world;
  const BatchId batch = world.create_batch();
  const ItemId item = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "called", std::nullopt}));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {batch, {world.version(item)}}));

  const auto log = *world.call<api::ViewItemLog>(world.mia, {item});
  ASSERT_EQ(log.entries.size(), 4u);
  EXPECT_EQ(log.entries[3].action, Action::designate);
  EXPECT_EQ(log.entries[3].actor_name, "Mia");
  EXPECT_EQ(log.entries[3].executor_name, "Ann");
  EXPECT_EQ(log.entries[2].text, "called");
  EXPECT_EQ(log.entries[1].from_state, ItemState::executing);
  EXPECT_EQ(log.entries[1].to_state, ItemState::completed);
  EXPECT_EQ(log.entries[0].action, Action::confirm);

  const CustomerId customer = world.item(item).customer;
  world.runner.read([&](services::Work& work) {
    const auto timeline = services::item_timeline(work, customer, services::newest_point, 50);
    ASSERT_EQ(timeline.size(), 5u);
    EXPECT_EQ(timeline[0].entry.kind, api::TimelineKind::item_ended);
    EXPECT_EQ(timeline[1].entry.kind, api::TimelineKind::item_completed);
    EXPECT_EQ(timeline[2].entry.kind, api::TimelineKind::execution_note);
    EXPECT_EQ(timeline[2].entry.text, "called");
    EXPECT_EQ(timeline[3].entry.kind, api::TimelineKind::item_allocated);
    EXPECT_EQ(timeline[4].entry.kind, api::TimelineKind::item_added);
    const auto rest = services::item_timeline(work, customer, {timeline[2].entry.at, timeline[2].position}, 50);
    EXPECT_EQ(rest.size(), 2u) << "the next page goes on behind the last entry";
  });
}

TEST(BatchLife, an_ended_or_terminated_batch_refuses_everything) {
  for (const bool terminated : {false, true}) {
    SCOPED_TRACE(terminated ? "terminated" : "ended");
    BatchWorld world;
    const BatchId batch = world.create_batch(1);
    const ItemId item = world.designated(batch, world.ann.person);
    const auto rows = std::vector<api::ItemVersion>{world.version(item)};
    const Version version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    if (terminated) {
      ASSERT_TRUE(world.call<api::TerminateBatch>(world.mia, {batch, version, "Spring calls", "no budget"}));
      EXPECT_EQ(world.item(item).state, ItemState::executing) << "every item keeps its state";
      EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->termination_reason, "no budget");
    } else {
      ASSERT_TRUE(world.call<api::EndBatch>(world.mia, {batch, version, "Spring calls"}));
      world.run_operations();
    }
    const Version after = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    EXPECT_EQ(world.call<api::RemoveItems>(world.mia, {batch, rows}).status(), 409);
    EXPECT_EQ(world.call<api::DesignateItems>(world.mia, {batch, world.bob.person, rows, {}}).status(), 409);
    EXPECT_EQ(world.call<api::ConfirmItems>(world.mia, {batch, rows}).status(), 409);
    EXPECT_EQ(world.call<api::ReturnItems>(world.mia, {batch, rows, "why"}).status(), 409);
    EXPECT_EQ(world.call<api::ResetItems>(world.mia, {batch, rows, ""}).status(), 409);
    EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, {.batch = batch, .executors = {}, .items = {}}).status(), 409);
    EXPECT_EQ(world.call<api::AllocateItems>(world.mia, {.batch = batch, .executors = {}, .items = {}, .snapshot = {}})
                  .status(),
              409);
    api::AddCustomersToBatch::Request add;
    add.batch = batch;
    add.customers = {world.add_customer("Late")};
    EXPECT_EQ(world.call<api::AddCustomersToBatch>(world.mia, add).status(), 409);
    api::UpdateBatch::Request edit;
    edit.batch = batch;
    edit.version = after;
    edit.description = "new";
    EXPECT_EQ(world.call<api::UpdateBatch>(world.mia, edit).status(), 409);
    EXPECT_EQ(world.call<api::EndBatch>(world.mia, {batch, after, "Spring calls"}).status(), 409);
    EXPECT_EQ(world.call<api::TerminateBatch>(world.mia, {batch, after, "Spring calls", "x"}).status(), 409);
    const Version seen = world.item(item).version;
    const int expected = 409;  // who held it is told why
    EXPECT_EQ(world.call<api::SaveProgress>(world.ann, {item, seen, "text", std::nullopt}).status(), expected);
    EXPECT_EQ(world.call<api::CompleteItem>(world.ann, {item, seen, "text"}).status(), expected);
    EXPECT_EQ(world.call<api::AbandonItem>(world.ann, {item, seen, "text"}).status(), expected);
    world.clock.advance(days(2));
    EXPECT_FALSE(world.recall()) << "no clock runs";
    EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.to_do, 0);
    EXPECT_EQ(world.call<api::ViewWorkbench>(world.ann, {})->my_executing, 0);
    world.runner.read([&](services::Work& work) { EXPECT_EQ(services::held_by(work, world.ann.person), 0); });
    EXPECT_EQ(world.wrong_counters(), "");
  }
}

}  // namespace
}  // namespace tw::test
