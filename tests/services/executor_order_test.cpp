// The items of a batch in the order of who has them.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::ItemState;

class ExecutorOrder : public ::testing::Test {
 protected:
  ExecutorOrder() {
    const auto rows = world.fill(batch, 9);
    for (int i = 0; i < 3; ++i) give(world.cid, rows[static_cast<std::size_t>(i)]);
    give(world.ann, rows[3]);
    give(world.bob, rows[4]);
    give(world.bob, rows[5]);
  }
  void give(const Caller& to, const api::ItemRow& row) {
    world.clock.advance(seconds(1));
    world.designate(batch, to.person, row.item);
  }
  // The executors of the rows by their first letters, "-" for nobody, page after page.
  std::string order(api::QueryItems::Request request, std::int64_t limit = 2) {
    request.batch = batch;
    request.sort.column = "executor";
    request.page.limit = limit;
    std::string letters;
    do {
      const auto page = world.call<api::QueryItems>(world.mia, request);
      EXPECT_TRUE(page) << page.reply.body;
      if (!page) break;
      for (const auto& row : page->rows) letters += row.executor ? row.executor_name.substr(0, 1) : "-";
      request.page.after = page->next;
      request.page.offset = 0;
    } while (!request.page.after.empty() && letters.size() < 50);
    return letters;
  }

  BatchWorld world;
  BatchId batch = world.create_batch();
};

TEST_F(ExecutorOrder, is_by_name_and_whom_nobody_has_comes_last_or_first) {
  EXPECT_EQ(order({}), "ABBCCC---");
  api::QueryItems::Request turned;
  turned.sort.descending = true;
  EXPECT_EQ(order(turned), "---CCCBBA");
  EXPECT_EQ(order({}, 50), "ABBCCC---");
}

TEST_F(ExecutorOrder, keeps_to_the_filter) {
  api::QueryItems::Request request;
  request.executors = {world.cid.person, world.ann.person};
  EXPECT_EQ(order(request), "ACCC");
  request = {};
  request.states = {ItemState::unassigned};
  EXPECT_EQ(order(request), "---");
  request = {};
  request.search = "customer";
  const std::string found = order(request);
  EXPECT_EQ(found, order({})) << "all are called so";
  request.search = "no such";
  EXPECT_EQ(order(request), "");
  request = {};
  request.held_by_disabled = true;
  EXPECT_EQ(order(request), "");
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE people SET active = 0 WHERE id = :id").bind(":id", world.bob.person).run();
  });
  EXPECT_EQ(order(request), "BB");
}

TEST_F(ExecutorOrder, begins_anywhere) {
  const std::string all = "ABBCCC---";
  for (std::size_t offset = 0; offset <= all.size(); ++offset) {
    api::QueryItems::Request request;
    request.page.offset = static_cast<std::int64_t>(offset);
    EXPECT_EQ(order(request), all.substr(offset)) << offset;
    request.search = "customer";
    EXPECT_EQ(order(request), all.substr(offset)) << offset << " of what is found";
  }
}

TEST_F(ExecutorOrder, goes_on_behind_somebody_who_has_nothing_any_more) {
  api::QueryItems::Request request;
  request.batch = batch;
  request.sort.column = "executor";
  request.page.limit = 1;
  auto page = world.call<api::QueryItems>(world.mia, request);
  ASSERT_EQ(page->rows.at(0).executor, world.ann.person);
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {{page->rows[0].item, page->rows[0].version}}, ""}));
  request.page.after = page->next;
  request.page.limit = 50;
  page = world.call<api::QueryItems>(world.mia, request);
  ASSERT_EQ(page->rows.size(), 9u) << "what was taken from her stands with those whom nobody has";
  EXPECT_EQ(page->rows[0].executor, world.bob.person);
  request.page.after = "7:1:2:3";
  EXPECT_TRUE(world.call<api::QueryItems>(world.mia, request).problem.names("page.after"));
}

TEST_F(ExecutorOrder, shows_an_ended_item_of_nobody_with_nobody_s) {
  const auto summary = world.call<api::ViewBatch>(world.mia, {batch})->summary;
  ASSERT_TRUE(world.call<api::EndBatch>(world.mia, {batch, summary.version, summary.subject}));
  world.run_operations();
  EXPECT_EQ(order({}), "ABBCCC---");
}

}  // namespace
}  // namespace tw::test
