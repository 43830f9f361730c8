// Which rows the statements of batches reach: of one batch, of active batches, of one moment.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::BatchState;
using domain::batch::ItemState;

class BatchScope : public ::testing::Test {
 protected:
  BatchWorld world;

  std::vector<ItemId> own_items(BatchId batch) {
    api::QueryMyItems::Request query;
    query.batch = batch;
    std::vector<ItemId> items;
    const auto page = world.call<api::QueryMyItems>(world.ann, query);
    for (const auto& row : page->rows) items.push_back(row.item);
    return items;
  }
  void terminate(BatchId batch) {
    const auto view = world.call<api::ViewBatch>(world.mia, {batch});
    ASSERT_TRUE(
        world.call<api::TerminateBatch>(world.mia, {batch, view->summary.version, view->summary.subject, "no budget"}));
  }
  std::vector<BatchId> batches(std::optional<BatchState> state) {
    api::ListBatches::Request request;
    request.state = state;
    const auto list = world.call<api::ListBatches>(world.mia, request);
    EXPECT_EQ(list->total.count, static_cast<std::int64_t>(list->rows.size()));
    std::vector<BatchId> ids;
    for (const auto& row : list->rows) ids.push_back(row.batch);
    return ids;
  }
};

TEST_F(BatchScope, own_items_are_those_of_the_asked_batch_and_of_active_ones_only) {
  for (const std::int64_t limit : {0, 8}) {  // with and without a due time
    const BatchId spring = world.create_batch(limit);
    const BatchId autumn = world.create_batch(limit);
    const ItemId first = world.designated(spring, world.ann.person);
    const ItemId second = world.designated(autumn, world.ann.person);
    EXPECT_EQ(own_items(spring), std::vector<ItemId>{first});
    EXPECT_EQ(own_items(autumn), std::vector<ItemId>{second});
    EXPECT_EQ(own_items({}).size(), 2u);
    terminate(spring);
    EXPECT_EQ(own_items(spring), std::vector<ItemId>{});
    EXPECT_EQ(own_items({}), std::vector<ItemId>{second});
    terminate(autumn);
  }
}

TEST_F(BatchScope, the_order_by_score_tells_nothing_of_customers_outside_the_readers_scope) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 5);
  const DepartmentId south = world.add_department("South");
  const auto set = [&](std::size_t at, std::int64_t score, DepartmentId department) {
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE customers SET score = :score, department = :department WHERE id = :id")
          .bind(":score", score)
          .bind(":department", department)
          .bind(":id", items[at].customer)
          .run();
    });
  };
  const auto order = [&](const Caller& who, bool descending) {
    api::QueryItems::Request request;
    request.batch = batch;
    request.sort = {"score", descending};
    request.page.limit = 1;
    std::string letters;
    do {
      const auto page = world.call<api::QueryItems>(who, request);
      EXPECT_TRUE(page) << page.reply.body;
      if (!page || page->rows.empty()) break;
      for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].item == page->rows.at(0).item) letters += static_cast<char>('a' + i);
      EXPECT_EQ(page->next.find("77"), std::string::npos) << "nor does the place where a page ends";
      request.page.after = page->next;
    } while (!request.page.after.empty() && letters.size() < 10);
    return letters;
  };
  set(0, 20, world.north);
  set(1, 50, world.north);
  set(2, -1, world.north);
  set(3, 77, south);
  set(4, 10, south);
  EXPECT_EQ(order(world.mia, true), "baedc");
  EXPECT_EQ(order(world.mia, false), "cdeab");
  set(3, 10, south);
  set(4, 77, south);
  EXPECT_EQ(order(world.mia, true), "baedc") << "as before";
  set(3, 30, world.north);
  EXPECT_EQ(order(world.mia, true), "bdaec") << "within it, it counts";
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET score = 60, owner = :mia WHERE id = :id")
        .bind(":mia", world.mia.person)
        .bind(":id", items[4].customer)
        .run();
  });
  EXPECT_EQ(order(world.mia, true), "ebdac") << "what one owns oneself, too";
}

TEST_F(BatchScope, recall_never_looks_at_a_terminated_batch) {
  const BatchId batch = world.create_batch(1);
  const ItemId item = world.designated(batch, world.ann.person);
  terminate(batch);
  world.clock.advance(hours(2));
  EXPECT_EQ(world.recall(), std::nullopt);
  EXPECT_EQ(world.item(item).state, ItemState::executing);
}

TEST_F(BatchScope, the_list_of_batches_is_narrowed_by_state) {
  const BatchId active = world.create_batch();
  const BatchId terminated = world.create_batch();
  terminate(terminated);
  EXPECT_EQ(batches(BatchState::active), std::vector<BatchId>{active});
  EXPECT_EQ(batches(BatchState::terminated), std::vector<BatchId>{terminated});
  EXPECT_EQ(batches(BatchState::ended), std::vector<BatchId>{});
  EXPECT_EQ(batches(std::nullopt).size(), 2u);
}

TEST_F(BatchScope, what_is_added_after_a_query_was_frozen_stays_out_of_the_batch) {
  const BatchId batch = world.create_batch();
  world.add_customers(3);
  api::AddCustomersToBatch::Request add;
  add.batch = batch;
  add.query.emplace();
  ASSERT_TRUE(world.call<api::AddCustomersToBatch>(world.mia, add));
  world.add_customers(2);
  world.run_operations();
  EXPECT_EQ(world.items_of(batch).size(), 3u);
}

TEST_F(BatchScope, a_customer_s_open_tasks_are_unended_items_of_active_batches) {
  const CustomerId customer = world.add_customer("Acme");
  const auto open = [&] { return world.call<api::ViewCustomer>(world.mia, {customer})->row.open_tasks; };
  EXPECT_EQ(open(), 0);
  const BatchId spring = world.create_batch();
  const BatchId autumn = world.create_batch();
  world.add(spring, {customer});
  world.add(autumn, {customer});
  EXPECT_EQ(open(), 2);
  terminate(autumn);
  EXPECT_EQ(open(), 1) << "a terminated batch is only to be looked at";
  const ItemId item = world.items_of(spring).front().item;
  world.designate(spring, world.ann.person, item);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done"}));
  EXPECT_EQ(open(), 1) << "waits for confirmation";
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {spring, {world.version(item)}}));
  EXPECT_EQ(open(), 0);
}

}  // namespace
}  // namespace tw::test
