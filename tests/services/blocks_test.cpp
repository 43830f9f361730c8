// What waits, counted for the blocks and listed behind them; when a thing is due soon; confirming one's own work.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::MyItemsTab;
using api::Waiting;
using domain::batch::ItemState;

class Blocks : public ::testing::Test {
 protected:
  api::Block block(const Caller& who, Waiting what) {
    return world.call<api::ViewWorkbench>(who, {})->blocks.at(static_cast<std::size_t>(what));
  }
  std::vector<BatchId> listed(const Caller& who, Waiting what) {
    api::ListBatches::Request request;
    request.waiting = what;
    std::vector<BatchId> ids;
    const auto list = world.call<api::ListBatches>(who, request);
    for (const auto& row : list->rows) ids.push_back(row.batch);
    EXPECT_EQ(list->total.count, static_cast<std::int64_t>(ids.size()));
    return ids;
  }
  Answer<api::BatchDetail> edit(BatchId batch, api::UpdateBatch::Request change) {
    change.batch = batch;
    change.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    return world.call<api::UpdateBatch>(world.mia, change);
  }
  std::int64_t due_soon_ms(BatchId batch) { return world.call<api::ViewBatch>(world.mia, {batch})->due_soon_ms; }
  std::size_t tab(const Caller& who, MyItemsTab of) {
    api::QueryMyItems::Request request;
    request.tab = of;
    return world.call<api::QueryMyItems>(who, request)->rows.size();
  }

  BatchWorld world;
};

TEST_F(Blocks, count_what_waits_and_lead_to_the_batches_where_it_does) {
  const BatchId one = world.create_batch(0);
  world.clock.advance(Millis{1});
  const BatchId two = world.create_batch(0);
  world.fill(one, 3);
  EXPECT_EQ(block(world.mia, Waiting::needs_executor).items, 3);
  EXPECT_EQ(block(world.mia, Waiting::needs_executor).only, one);
  world.clock.advance(Millis{1});
  world.fill(two, 2);
  EXPECT_EQ(block(world.mia, Waiting::needs_executor).items, 5);
  EXPECT_EQ(block(world.mia, Waiting::needs_executor).batches, 2);
  EXPECT_FALSE(block(world.mia, Waiting::needs_executor).only);
  EXPECT_EQ(listed(world.mia, Waiting::needs_executor), (std::vector<BatchId>{two, one})) << "latest changed first";
  EXPECT_TRUE(listed(world.ann, Waiting::needs_executor).empty()) << "who only executes manages nothing";
  const ItemId item = world.designated(two, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  EXPECT_EQ(block(world.mia, Waiting::to_confirm).items, 1);
  EXPECT_EQ(listed(world.mia, Waiting::to_confirm), std::vector<BatchId>{two});
}

TEST_F(Blocks, what_can_be_claimed_is_counted_for_executors_while_it_can) {
  const BatchId batch = world.create_batch(0);
  world.fill(batch, 3);
  EXPECT_EQ(block(world.ann, Waiting::claimable).items, 0);
  api::UpdateBatch::Request open;
  open.claim_open = true;
  ASSERT_TRUE(edit(batch, open));
  EXPECT_EQ(block(world.ann, Waiting::claimable).items, 3);
  EXPECT_EQ(block(world.ann, Waiting::claimable).only, batch);
  EXPECT_EQ(listed(world.ann, Waiting::claimable), std::vector<BatchId>{batch});
  EXPECT_EQ(block(world.mia, Waiting::claimable).items, 0) << "she executes nothing";
  EXPECT_EQ(block(world.outsider, Waiting::claimable).items, 0);
  world.designated(batch, world.ann.person);
  api::UpdateBatch::Request without_ann;
  without_ann.executors = std::vector<PersonId>{world.bob.person};
  without_ann.leaving = api::Leaving{};
  ASSERT_TRUE(edit(batch, without_ann));
  EXPECT_EQ(block(world.ann, Waiting::claimable).items, 0) << "who was taken off finishes, and claims nothing";
}

TEST_F(Blocks, due_soon_is_what_the_batch_says_and_goes_with_the_limit_until_somebody_says_it) {
  const BatchId batch = world.create_batch(72);
  EXPECT_EQ(due_soon_ms(batch), hours(24).value);
  api::UpdateBatch::Request change;
  change.limit = 8;
  ASSERT_TRUE(edit(batch, change));
  EXPECT_EQ(due_soon_ms(batch), hours(2).value);
  change = {};
  change.due_soon_minutes = 30;
  ASSERT_TRUE(edit(batch, change));
  change = {};
  change.limit = 20;
  ASSERT_TRUE(edit(batch, change));
  EXPECT_EQ(due_soon_ms(batch), minutes(30).value);

  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(hours(19));
  EXPECT_EQ(block(world.mia, Waiting::due_soon).items, 0);
  EXPECT_EQ(tab(world.ann, MyItemsTab::due_soon), 0u);
  world.clock.advance(minutes(40));
  EXPECT_EQ(block(world.mia, Waiting::due_soon).items, 1);
  EXPECT_EQ(tab(world.ann, MyItemsTab::due_soon), 1u);
  api::QueryItems::Request query;
  query.batch = batch;
  query.due_soon = true;
  const auto rows = world.call<api::QueryItems>(world.mia, query);
  ASSERT_EQ(rows->rows.size(), 1u);
  EXPECT_EQ(rows->rows[0].item, item);

  change = {};
  change.clear_due_soon = true;
  ASSERT_TRUE(edit(batch, change));
  EXPECT_EQ(due_soon_ms(batch), hours(5).value);
}

TEST_F(Blocks, what_is_open_after_its_batchs_end_date_is_overdue) {
  const BatchId batch = world.create_batch(0);
  api::UpdateBatch::Request change;
  change.end_date = world.clock.now() + hours(2);
  ASSERT_TRUE(edit(batch, change));
  world.designated(batch, world.ann.person);
  EXPECT_EQ(tab(world.ann, MyItemsTab::overdue), 0u);
  world.clock.advance(hours(3));
  EXPECT_EQ(tab(world.ann, MyItemsTab::overdue), 1u);
  EXPECT_EQ(world.call<api::QueryMyItems>(world.ann, {})->counts.overdue, 1);
}

// --- confirmation ----------------------------------------------------------------------------------------------------

class OwnWork : public Blocks {
 protected:
  OwnWork() {
    api::CreateBatch::Request request;
    request.executors = {world.mia.person, world.ann.person};
    batch = world.create_batch(std::move(request));
    item = world.designated(batch, world.mia.person);
    EXPECT_TRUE(world.call<api::CompleteItem>(world.mia, {item, world.item(item).version, "sold"}));
  }
  std::int64_t own() { return world.call<api::ViewBatch>(world.mia, {batch})->own_confirmed; }

  BatchId batch;
  ItemId item;
};

TEST_F(OwnWork, confirmed_by_its_executor_is_counted_until_that_is_undone) {
  const ItemId anns = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {anns, world.item(anns).version, "sold"}));
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {batch, {world.version(item), world.version(anns)}}));
  EXPECT_EQ(own(), 1);
  EXPECT_EQ(world.wrong_counters(), "");
  const auto undone = world.call<api::UndoItems>(world.mia, {batch, {world.version(item), world.version(anns)}});
  EXPECT_EQ(undone->outcomes.at(0).result, api::RowResult::done);
  EXPECT_EQ(own(), 0);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(OwnWork, the_company_may_forbid_it) {
  EXPECT_EQ(world.call<api::UpdateSettings>(world.mia, {true}).status(), 403);
  ASSERT_TRUE(world.call<api::UpdateSettings>(world.admin, {true}));
  EXPECT_TRUE(world.call<api::ViewSettings>(world.ann, {})->forbids_own_confirmation);
  const auto refused = world.call<api::ConfirmItems>(world.mia, {batch, {world.version(item)}});
  EXPECT_EQ(refused->outcomes.at(0).key, "item.own_confirmation_is_off");
  EXPECT_EQ(world.item(item).state, ItemState::completed);
  const auto by_another = world.call<api::ConfirmItems>(world.admin, {batch, {world.version(item)}});
  EXPECT_EQ(by_another->outcomes.at(0).result, api::RowResult::done);
  EXPECT_EQ(own(), 0);
}

TEST(CompanyRules, say_what_a_return_leaves_and_how_long_an_allocation_can_be_undone) {
  BatchWorld world;
  const auto usual = world.call<api::ViewSettings>(world.ann, {});
  EXPECT_EQ(usual->return_minimum_hours, 24);
  EXPECT_EQ(usual->allocation_undo_hours, 72);
  for (const std::int64_t nonsense : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{8761}}) {
    api::UpdateSettings::Request request;
    request.return_minimum_hours = nonsense;
    EXPECT_TRUE(world.call<api::UpdateSettings>(world.admin, request).problem.names("return_minimum_hours"));
    request = {};
    request.allocation_undo_hours = nonsense;
    EXPECT_TRUE(world.call<api::UpdateSettings>(world.admin, request).problem.names("allocation_undo_hours"));
  }
  api::UpdateSettings::Request request;
  request.return_minimum_hours = 2;
  request.allocation_undo_hours = 1;
  ASSERT_TRUE(world.call<api::UpdateSettings>(world.admin, request));

  const BatchId batch = world.create_batch(72);
  const ItemId item = world.designated(batch, world.ann.person);
  world.clock.advance(days(3) - hours(1));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(item)}, "again"}));
  EXPECT_EQ(world.item(item).due_at, world.clock.now() + hours(2));
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->allocation_undo_hours, 1);
}

TEST_F(OwnWork, what_waits_goes_on_waiting_when_confirmation_is_turned_off) {
  api::UpdateBatch::Request change;
  change.needs_confirmation = false;
  ASSERT_TRUE(edit(batch, change));
  EXPECT_EQ(world.item(item).state, ItemState::completed);
  api::ChangeSelectedItems::Request all;
  all.batch = batch;
  all.action = domain::batch::Action::confirm;
  all.selection.states = {ItemState::completed};
  ASSERT_TRUE(world.call<api::ChangeSelectedItems>(world.mia, all));
  world.run_operations();
  EXPECT_EQ(world.item(item).state, ItemState::ended);
}

}  // namespace
}  // namespace tw::test
