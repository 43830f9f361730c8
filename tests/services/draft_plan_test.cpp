// Entries by hand of a draft plan, as the server takes them: who "all of the query" means, entries whose item has
// changed meanwhile, and who the plan leaves out, by name.
#include <gtest/gtest.h>

#include "api/allocation.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::allocation::Obstacle;
using domain::batch::ItemState;

class DraftPlan : public ::testing::Test {
 protected:
  api::PlanWish by_hand(BatchId batch, std::vector<api::ItemVersion> items) {
    api::PlanWish wish;
    wish.batch = batch;
    wish.fixed = {{world.ann.person, false, std::move(items)}};
    return wish;
  }
  BatchWorld world;
};

TEST_F(DraftPlan, all_of_the_query_means_the_items_of_the_filter_that_need_an_executor) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 6);
  world.designate(batch, world.ann.person, items[0].item);
  api::SelectItems::Request request{batch, {}};
  auto found = world.call<api::SelectItems>(world.mia, request);
  ASSERT_TRUE(found) << found.problem.detail;
  ASSERT_EQ(found->items.size(), 5u) << "one is executing";
  EXPECT_EQ(found->items[0].item, items[1].item);
  EXPECT_EQ(found->items[0].version, world.item(items[1].item).version);
  request.selection.except = {items[2].item};
  EXPECT_EQ(world.call<api::SelectItems>(world.mia, request)->items.size(), 4u);
  request.selection.states = {ItemState::executing, ItemState::reset};
  EXPECT_TRUE(world.call<api::SelectItems>(world.mia, request)->items.empty());
  EXPECT_EQ(world.call<api::SelectItems>(world.ann, request).status(), 403) << "executors do not manage it";
}

TEST_F(DraftPlan, items_are_read_by_id_in_the_order_asked_for) {
  const BatchId batch = world.create_batch(), other = world.create_batch();
  world.fill(batch, 1);
  const auto elsewhere = world.fill(other, 1);
  const auto items = world.fill(batch, 3);
  api::QueryItems::Request request;
  request.batch = batch;
  request.items = {items[2].item, elsewhere[0].item, items[0].item};
  const auto answer = world.call<api::QueryItems>(world.mia, request);
  ASSERT_TRUE(answer);
  ASSERT_EQ(answer->rows.size(), 2u);
  EXPECT_EQ(answer->rows[0].item, items[2].item);
  EXPECT_EQ(answer->rows[1].item, items[0].item);
  EXPECT_EQ(answer->total.count, 2);
}

TEST_F(DraftPlan, an_entry_whose_item_changed_is_named_with_what_is_true_now_and_cannot_be_committed) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 4);
  std::vector<api::ItemVersion> seen;
  for (std::size_t i = 0; i < 3; ++i) seen.push_back({items[i].item, items[i].version});
  world.designate(batch, world.bob.person, items[1].item);  // needs nobody any more
  world.designate(batch, world.bob.person, items[2].item);  // abandoned: needs somebody again
  ASSERT_TRUE(world.call<api::AbandonItem>(world.bob, {items[2].item, world.item(items[2].item).version, "no time"}));
  auto wish = by_hand(batch, seen);
  auto plan = world.call<api::PlanAllocation>(world.mia, wish);
  ASSERT_TRUE(plan) << plan.problem.detail;
  ASSERT_EQ(plan->changed.size(), 2u);
  EXPECT_EQ(plan->changed[0].item, items[1].item);
  EXPECT_EQ(plan->changed[0].version.value, 0) << "it needs nobody";
  EXPECT_EQ(plan->changed[1].item, items[2].item);
  EXPECT_EQ(plan->changed[1].version, world.item(items[2].item).version);
  const auto refused = world.call<api::AllocateItems>(world.mia, wish);
  EXPECT_EQ(refused.status(), 409);
  EXPECT_EQ(refused.problem.key, "allocation.entries_changed");
  EXPECT_EQ(world.item(items[0].item).state, ItemState::unassigned) << "nothing happened by half";
  // Kept as it is now, it can.
  wish = by_hand(batch, {seen[0], plan->changed[1]});
  plan = world.call<api::PlanAllocation>(world.mia, wish);
  EXPECT_TRUE(plan->changed.empty());
  wish.seed = plan->seed;
  wish.snapshot = plan->snapshot;
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, wish));
  world.run_operations();
  EXPECT_EQ(world.item(items[0].item).executor, world.ann.person);
  EXPECT_EQ(world.item(items[2].item).executor, world.ann.person);
}

TEST_F(DraftPlan, what_was_confirmed_over_a_cap_takes_no_room_of_what_fits_whatever_comes_first) {
  for (const bool confirmed_first : {true, false}) {
    const BatchId batch = world.create_batch();
    const auto items = world.fill(batch, 150);  // more than one step
    const PersonId ann = world.add_person("Ann " + std::to_string(confirmed_first), Role::member, world.north);
    api::UpdateBatch::Request change;
    change.batch = batch;
    change.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    change.executors = {{ann}};
    ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, change));
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE people SET holding_cap = 80 WHERE id = :id").bind(":id", ann).run();
    });
    api::PlanWish wish;
    wish.batch = batch;
    wish.fixed = {{ann, confirmed_first, {}}, {ann, !confirmed_first, {}}};
    for (std::size_t i = 0; i < 150; ++i) {
      const std::size_t confirmed = confirmed_first ? 70 : 80;  // the first, or all behind the first eighty
      wish.fixed[i < confirmed ? 0 : 1].items.push_back({items[i].item, items[i].version});
    }
    const auto plan = world.call<api::PlanAllocation>(world.mia, wish);
    ASSERT_TRUE(plan) << plan.reply.body;
    EXPECT_EQ(plan->placed, 150);
    const auto accepted = world.call<api::AllocateItems>(world.mia, wish);
    ASSERT_TRUE(accepted) << accepted.reply.body;
    services::OperationRunner operations(world.runner, world.env);
    for (bool more = true; more;) {
      CountedBudget impatient(0);
      more = operations.run_one_step(impatient);
    }
    EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 150) << confirmed_first;
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM item_log WHERE detail <> '' AND operation = " +
                          std::to_string(accepted->operation.value)),
              70)
        << "the log names the cap where it was put aside";
  }
}

TEST_F(DraftPlan, what_is_over_a_cap_by_now_is_refused_whatever_was_confirmed_for_others) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 5);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE people SET holding_cap = 2 WHERE id = :id").bind(":id", world.ann.person).run();
  });
  api::PlanWish wish;
  wish.batch = batch;
  wish.fixed = {{world.ann.person, true, {}}, {world.ann.person, false, {}}};
  for (std::size_t i = 0; i < 3; ++i) wish.fixed[i == 0 ? 0 : 1].items.push_back({items[i].item, items[i].version});
  wish.items = {items[0].item};
  const auto accepted = world.call<api::AllocateItems>(world.mia, wish);
  ASSERT_TRUE(accepted) << accepted.reply.body;
  world.designate(batch, world.ann.person, items[4].item);  // meanwhile
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 2) << "the confirmed one, and one of the two that fitted";
  EXPECT_EQ(world.outcome(accepted->operation, "over_holding_cap"), 1);
}

TEST_F(DraftPlan, one_item_given_twice_is_refused) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 1);
  auto wish = by_hand(batch, {{items[0].item, items[0].version}});
  wish.fixed.push_back({world.bob.person, false, wish.fixed[0].items});
  const auto refused = world.call<api::PlanAllocation>(world.mia, wish);
  EXPECT_EQ(refused.status(), 400);
  ASSERT_EQ(refused.problem.fields.size(), 1u);
  EXPECT_EQ(refused.problem.fields[0].path, "fixed");
  EXPECT_EQ(refused.problem.fields[0].key, "allocation.given_twice");
}

TEST_F(DraftPlan, who_is_left_out_is_named_with_the_reasons) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 3);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1, name = '不再联系' WHERE id = :id")
        .bind(":id", items[1].customer)
        .run();
  });
  api::PlanWish wish;
  wish.batch = batch;
  const auto plan = world.call<api::PlanAllocation>(world.mia, wish);
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->unplaced.size(), 1u);
  EXPECT_EQ(plan->unplaced[0].item, items[1].item);
  EXPECT_EQ(plan->unplaced[0].customer_name, "不再联系");
  EXPECT_EQ(plan->unplaced[0].reasons, std::vector{Obstacle::do_not_contact});
}

TEST_F(DraftPlan, managers_see_who_gave_an_item_up_until_somebody_else_holds_it) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 1);
  world.designate(batch, world.bob.person, items[0].item);
  ASSERT_TRUE(world.call<api::AbandonItem>(world.bob, {items[0].item, world.item(items[0].item).version, "no time"}));
  api::QueryItems::Request request;
  request.batch = batch;
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, request)->rows[0].barred, world.bob.person);
  world.designate(batch, world.ann.person, items[0].item);
  EXPECT_FALSE(world.call<api::QueryItems>(world.mia, request)->rows[0].barred);
}

}  // namespace
}  // namespace tw::test
