// What is told before customers are added to a batch (api/addition.h).
#include "api/addition.h"

#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

TEST(Addition, says_before_whom_it_leaves_out_skips_and_finds_in_other_active_batches) {
  BatchWorld world;
  const BatchId other = world.create_batch();
  const BatchId over = world.create_batch();
  const BatchId batch = world.create_batch();
  const auto customers = world.add_customers(6);
  world.add(other, {customers[0], customers[1], customers[2]});
  world.add(over, {customers[3]});
  ASSERT_TRUE(world.call<api::TerminateBatch>(
      world.mia, {over, world.call<api::ViewBatch>(world.mia, {over})->summary.version,
                  world.call<api::ViewBatch>(world.mia, {over})->summary.subject, "wrong list"}));
  world.add(batch, {customers[1]});
  const CustomerId silent = world.add_customer("Customer silent", {}, true);
  const CustomerId far = world.add_customer("Customer far", world.add_department("East"));
  world.add(other, {silent});
  const auto found = [&](api::PreviewAddition::Request request) {
    request.batch = batch;
    const auto answer = world.call<api::PreviewAddition>(world.mia, request);
    EXPECT_TRUE(answer) << answer.problem.detail;
    return std::to_string(answer->looked_at) + (answer->more ? "+" : "") + ": silent " +
           std::to_string(answer->do_not_contact) + ", wrong " + std::to_string(answer->number_error) + ", in " +
           std::to_string(answer->already_in) + ", elsewhere " + std::to_string(answer->in_other_batch);
  };
  api::PreviewAddition::Request ticked, query;
  ticked.customers = customers;
  ticked.customers.insert(ticked.customers.end(), {silent, far, customers[0]});
  query.query = api::CustomerQuery{};
  query.query->search = "customer";
  const std::string all = "7: silent 1, wrong 0, in 1, elsewhere 2";
  EXPECT_EQ(found(ticked), all) << "each once; who is out of scope is not there, who is in an ended batch is free";
  EXPECT_EQ(found(query), all);
  query.except = {customers[0], silent};
  EXPECT_EQ(found(query), "5: silent 0, wrong 0, in 1, elsewhere 1");
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET number_error = 1 WHERE id = :id").bind(":id", customers[5]).run();
  });
  EXPECT_EQ(found(query), "5: silent 0, wrong 1, in 1, elsewhere 1");
  ticked.except = {silent};
  ticked.batch = batch;
  EXPECT_EQ(world.call<api::PreviewAddition>(world.mia, ticked).problem.fields.at(0).path, "except");
  EXPECT_EQ(world.call<api::PreviewAddition>(world.mia, {batch, {}, {}, {}}).problem.fields.at(0).path, "customers");
  EXPECT_EQ(world.call<api::PreviewAddition>(world.ann, {batch, customers, {}, {}}).status(), 403);
  EXPECT_EQ(world.call<api::PreviewAddition>(world.outsider, {batch, customers, {}, {}}).status(), 404);
}

}  // namespace
}  // namespace tw::test
