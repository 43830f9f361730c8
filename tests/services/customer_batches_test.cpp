// In which batches a customer is, as managers, executors and readers of the customer may know of it.
#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::ItemState;

class CustomerBatches : public ::testing::Test {
 protected:
  CustomerBatches() {
    world.add(ours, {customer});
    world.add(theirs, {customer});
    mine = world.items_of(ours).front().item;
    other = world.items_of(theirs).front().item;
    world.designate(ours, world.ann.person, mine);
    world.designate(theirs, world.bob.person, other);
  }

  BatchId batch_called(std::string subject, std::vector<PersonId> co_managers = {}) {
    api::CreateBatch::Request request;
    request.subject = std::move(subject);
    request.co_managers = std::move(co_managers);
    return world.create_batch(std::move(request));
  }
  std::vector<api::OtherBatch> others(const Caller& who, ItemId item) {
    const auto view = world.call<api::ViewItem>(who, {item});
    EXPECT_TRUE(view) << view.problem.key;
    return view ? view->others : std::vector<api::OtherBatch>{};
  }

  BatchWorld world;
  Caller colin = world.sign_in("Colin", Role::member);  // a co-manager of one batch, without a customer of their own
  CustomerId customer = world.add_customer("Acme");
  BatchId ours = batch_called("ours", {colin.person});
  BatchId theirs = batch_called("theirs");
  ItemId mine, other;
};

TEST_F(CustomerBatches, an_item_shows_who_manages_both_the_other_active_one_whole) {
  const auto seen = others(world.mia, mine);
  ASSERT_EQ(seen.size(), 1u) << "not itself";
  EXPECT_EQ(seen[0].batch, theirs);
  EXPECT_EQ(seen[0].item, other);
  EXPECT_EQ(seen[0].subject, "theirs");
  EXPECT_EQ(seen[0].state, ItemState::executing);
  EXPECT_EQ(seen[0].executor_name, "Bob");
  EXPECT_TRUE(seen[0].may_open);
}

TEST_F(CustomerBatches, its_executor_is_told_that_there_is_another_and_not_who_has_it) {
  const auto seen = others(world.ann, mine);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].subject, "theirs");
  EXPECT_EQ(seen[0].executor, PersonId{});
  EXPECT_EQ(seen[0].executor_name, "");
  EXPECT_FALSE(seen[0].may_open);
  const auto read = world.call<api::ViewItem>(world.ann, {mine});
  ASSERT_TRUE(read->customer);
  for (const auto& batch : read->customer->batches)
    EXPECT_EQ(batch.executor_name, batch.batch == ours ? "Ann" : "") << batch.subject;
  const auto of_scope = world.call<api::ViewCustomer>(world.mia, {customer});
  ASSERT_EQ(of_scope->batches.size(), 2u);
  for (const auto& batch : of_scope->batches) EXPECT_NE(batch.executor_name, "") << batch.subject;
}

TEST_F(CustomerBatches, who_has_both_opens_both) {
  ASSERT_TRUE(world.call<api::ReassignItems>(world.mia, {theirs, world.ann.person, {world.version(other)}, {}, ""}));
  const auto seen = others(world.ann, mine);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].executor, world.ann.person);
  EXPECT_TRUE(seen[0].may_open);
}

TEST_F(CustomerBatches, a_manager_who_does_not_reach_the_customer_is_told_only_of_batches_that_they_see) {
  EXPECT_TRUE(others(colin, mine).empty()) << "one scope too far";
  const auto access = world.call<api::ViewBatch>(world.mia, {theirs});
  api::UpdateBatch::Request edit;
  edit.batch = theirs;
  edit.version = access->summary.version;
  edit.co_managers = std::vector<PersonId>{colin.person};
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, edit));
  ASSERT_EQ(others(colin, mine).size(), 1u);
  EXPECT_EQ(others(colin, mine)[0].executor_name, "Bob");
}

TEST_F(CustomerBatches, ended_and_terminated_ones_are_no_others) {
  const auto summary = world.call<api::ViewBatch>(world.mia, {theirs})->summary;
  ASSERT_TRUE(world.call<api::TerminateBatch>(world.mia, {theirs, summary.version, summary.subject, "wrong list"}));
  EXPECT_TRUE(others(world.mia, mine).empty());
}

}  // namespace
}  // namespace tw::test
