// Even allocation through the real services: fair, within caps, the same whether or not it was interrupted.
#include <map>

#include <gtest/gtest.h>

#include "services/allocation_plan.h"
#include "support/batch_world.h"
#include "support/random.h"

namespace tw::test {
namespace {

using domain::batch::ItemState;

class Allocation : public ::testing::Test {
 protected:
  // Seven executors.
  BatchId batch_for_seven(std::int64_t limit_hours = 24) {
    api::CreateBatch::Request request;
    request.limit = limit_hours;
    request.limit_unit = domain::batch::LimitUnit::hours;
    for (int i = 1; i <= 7; ++i) {
      seven.push_back(world.add_person("Person " + std::to_string(i), Role::member, world.north));
      request.executors.push_back(seven.back());
    }
    return world.create_batch(std::move(request));
  }
  api::AllocateItems::Request everything(BatchId batch) {
    return {.batch = batch, .executors = {}, .items = {}, .seed = 42, .snapshot = {}};
  }
  std::map<std::int64_t, int> per_person(BatchId batch) {
    std::map<std::int64_t, int> counts;
    for (const auto& row : world.items_of(batch))
      if (row.state == ItemState::executing) ++counts[row.executor.value];
    return counts;
  }
  void set_cap(PersonId person, int cap) {
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE people SET holding_cap = :cap WHERE id = :id")
          .bind(":cap", cap)
          .bind(":id", person)
          .run();
    });
  }

  BatchWorld world;
  std::vector<PersonId> seven;
};

TEST_F(Allocation, spreads_evenly_over_seven_and_obeys_their_caps) {
  const BatchId batch = batch_for_seven();
  set_cap(seven[2], 5);
  world.fill(batch, 100);
  const auto plan = *world.call<api::PlanAllocation>(world.mia, {.batch = batch, .executors = {}, .items = {}});
  EXPECT_EQ(plan.items, 100);
  EXPECT_EQ(plan.placed, 100);
  auto request = everything(batch);
  request.seed = plan.seed;
  request.snapshot = plan.snapshot;
  const auto accepted = world.call<api::AllocateItems>(world.mia, request);
  ASSERT_TRUE(accepted) << accepted.problem.detail;
  EXPECT_EQ(accepted.status(), 202);
  world.run_operations();
  const auto counts = per_person(batch);
  ASSERT_EQ(counts.size(), 7u);
  for (const auto& person : plan.people) EXPECT_EQ(counts.at(person.person.value), person.gets) << "as planned";
  EXPECT_EQ(counts.at(seven[2].value), 5);
  for (const PersonId person : seven)
    if (person != seven[2]) {
      EXPECT_NEAR(counts.at(person.value), 95 / 6.0, 1.0);
    }
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 100);
  EXPECT_EQ(world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50})->entries.at(0).count, 100);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Allocation, interrupted_after_any_step_ends_the_same) {
  std::vector<std::int64_t> expected;
  for (const bool interrupted : {false, true}) {
    BatchWorld fresh;
    const BatchId batch = fresh.create_batch(24);
    fresh.fill(batch, 500);
    ASSERT_TRUE(fresh.call<api::AllocateItems>(fresh.mia, everything(batch)));
    int steps = 0;
    for (bool more = true; more; ++steps) {
      // A new runner each time, as after a kill: nothing but the database says where it stood.
      services::OperationRunner operations(fresh.runner, fresh.env);
      CountedBudget budget(interrupted ? 0 : 1'000'000);
      more = operations.run_one_step(budget);
      EXPECT_EQ(fresh.wrong_counters(), "");
      const auto counts = fresh.call<api::ViewBatch>(fresh.mia, {batch})->summary.counts;
      EXPECT_EQ(counts.unassigned + counts.executing, 500);
    }
    if (interrupted) {
      EXPECT_GT(steps, 5);
    }
    std::vector<std::int64_t> executors;
    for (const auto& row : fresh.items_of(batch)) executors.push_back(row.executor.value);
    if (!interrupted) expected = executors;
    EXPECT_EQ(executors, expected);
    EXPECT_EQ(fresh.count("SELECT COUNT(*) FROM item_log"), 500);
  }
}

TEST_F(Allocation, what_changed_since_the_plan_is_answered_and_not_overwritten) {
  const BatchId batch = world.create_batch(24);
  const auto items = world.fill(batch, 6);
  const auto accepted = world.call<api::AllocateItems>(world.mia, everything(batch));
  ASSERT_TRUE(accepted);
  world.designate(batch, world.cid.person, items[0].item);  // single-item actions go on
  ASSERT_EQ(
      world.call<api::RemoveItems>(world.mia, {batch, {{items[1].item, items[1].version}}})->outcomes.at(0).result,
      api::RowResult::done);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", items[2].customer).run();
  });
  world.run_operations();
  EXPECT_EQ(world.item(items[0].item).executor, world.cid.person);
  EXPECT_EQ(world.item(items[2].item).state, ItemState::unassigned);
  EXPECT_EQ(world.outcome(accepted->operation, "conflict"), 1);
  EXPECT_EQ(world.outcome(accepted->operation, "gone"), 1);
  EXPECT_EQ(world.outcome(accepted->operation, "do_not_contact"), 1);
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 3);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Allocation, a_repeated_call_with_its_key_gets_the_first_answer_and_starts_nothing) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 4);
  auto request = everything(batch);
  request.snapshot =
      world.call<api::PlanAllocation>(world.mia, {.batch = batch, .executors = {}, .items = {}, .seed = 42})->snapshot;
  auto call = call_of<api::AllocateItems>(world.mia, request);
  call.idempotency_key = "once";
  const auto first = world.send(call);
  EXPECT_EQ(first.status, 202) << first.body;
  world.run_operations();  // now nothing needs an executor any more, and the plan is another
  const auto again = world.send(call);
  EXPECT_EQ(again.status, 202) << again.body;
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM operations WHERE kind = 'allocate'"), 1);
}

TEST_F(Allocation, caps_are_checked_again_with_each_row) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 9);
  const auto accepted = world.call<api::AllocateItems>(world.mia, everything(batch));
  ASSERT_TRUE(accepted);
  set_cap(world.ann.person, 1);  // after the plan gave her three
  world.run_operations();
  EXPECT_EQ(per_person(batch)[world.ann.person.value], 1);
  EXPECT_EQ(world.outcome(accepted->operation, "over_holding_cap"), 2);
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 7);
}

TEST_F(Allocation, a_plan_that_is_no_longer_the_one_shown_is_refused) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 4);
  const auto plan = *world.call<api::PlanAllocation>(world.mia, {.batch = batch, .executors = {}, .items = {}});
  world.designate(batch, world.ann.person, items[0].item);
  auto request = everything(batch);
  request.snapshot = plan.snapshot;
  EXPECT_EQ(world.call<api::AllocateItems>(world.mia, request).problem.key, "allocation.plan_is_old");
}

TEST_F(Allocation, one_operation_at_a_time_works_on_a_batch_and_the_second_is_told_which) {
  const BatchId batch = world.create_batch();
  world.fill(batch, 4);
  const auto first = world.call<api::AllocateItems>(world.mia, everything(batch));
  ASSERT_TRUE(first);
  const auto second = world.call<api::AllocateItems>(world.mia, everything(batch));
  EXPECT_EQ(second.status(), 409);
  EXPECT_EQ(second.problem.key, "operation.batch_is_busy");
  EXPECT_NE(second.reply.body.find("\"operation\":\"" + std::to_string(first->operation.value)), std::string::npos)
      << second.reply.body;
  const Version version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  EXPECT_EQ(world.call<api::EndBatch>(world.mia, {batch, version, "Spring calls"}).status(), 409);
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.running, first->operation);
  world.run_operations();
  EXPECT_FALSE(world.call<api::ViewBatch>(world.mia, {batch})->summary.running);
}

TEST_F(Allocation, over_many_batches_of_one_item_nobody_falls_behind) {
  const BatchId batch = world.create_batch();
  for (int round = 0; round < 12; ++round) {
    world.fill(batch, 1);
    world.allocate(batch);
    int least = 1000, most = 0;
    const auto counts = per_person(batch);
    for (const Caller& who : {world.ann, world.bob, world.cid}) {
      const int got = counts.count(who.person.value) ? counts.at(who.person.value) : 0;
      least = std::min(least, got);
      most = std::max(most, got);
    }
    EXPECT_LE(most - least, 1) << "after " << round + 1;
  }
}

TEST_F(Allocation, adding_skips_and_counts_by_reason) {
  const BatchId other = world.create_batch();
  const BatchId batch = world.create_batch();
  const auto customers = world.add_customers(5);
  world.add(other, {customers[0]});
  world.add(batch, {customers[1]});
  api::AddCustomersToBatch::Request request;
  request.batch = batch;
  request.customers = customers;
  request.customers.push_back(world.add_customer("Silent", {}, true));
  request.customers.push_back(world.add_customer("Elsewhere", world.add_department("East")));
  request.leave_out_if_in_other_batch = true;
  const auto accepted = *world.call<api::AddCustomersToBatch>(world.mia, request);
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted.operation, "added"), 3);
  EXPECT_EQ(world.outcome(accepted.operation, "already_in"), 1);
  EXPECT_EQ(world.outcome(accepted.operation, "in_other_batch"), 1);
  EXPECT_EQ(world.outcome(accepted.operation, "do_not_contact"), 1);
  EXPECT_EQ(world.outcome(accepted.operation, "not_found"), 1) << "out of scope is not there";
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Allocation, adding_by_query_reaches_what_matches_within_the_scope) {
  const BatchId batch = world.create_batch();
  world.add_customers(30);
  world.add_customer("Zoe Other");
  world.add_customer("Customer far", world.add_department("East"));
  api::AddCustomersToBatch::Request request;
  request.batch = batch;
  request.query = api::CustomerQuery{};
  request.query->search = "customer";
  const auto accepted = world.call<api::AddCustomersToBatch>(world.mia, request);
  ASSERT_TRUE(accepted) << accepted.problem.detail;
  for (bool more = true; more;) {
    services::OperationRunner operations(world.runner, world.env);
    CountedBudget budget(0);
    more = operations.run_one_step(budget);
  }
  EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.unassigned, 30);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Allocation, what_was_unticked_is_left_out_of_a_query_and_counted) {
  const BatchId batch = world.create_batch();
  const auto customers = world.add_customers(6);
  api::AddCustomersToBatch::Request request;
  request.batch = batch;
  request.query = api::CustomerQuery{};
  request.except = {
      customers[4], customers[1], customers[4], {999'999}};  // in any order, twice, and one that is not there
  const auto accepted = *world.call<api::AddCustomersToBatch>(world.mia, request);
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted.operation, "added"), 4);
  EXPECT_EQ(world.outcome(accepted.operation, "excepted"), 2);
  for (const api::ItemRow& item : world.items_of(batch)) {
    EXPECT_NE(item.customer, customers[1]);
    EXPECT_NE(item.customer, customers[4]);
  }
  request.query.reset();
  request.customers = customers;
  EXPECT_EQ(world.call<api::AddCustomersToBatch>(world.mia, request).status(), 400) << "exceptions belong to a query";
}

TEST_F(Allocation, a_plan_for_one_person_says_everything_that_a_hand_would_override) {
  using domain::allocation::Obstacle;
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 3);
  world.designate(batch, world.ann.person, items[0].item);
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {items[0].item, world.item(items[0].item).version, "no time"}));
  api::PlanAllocation::Request request;
  request.batch = batch;
  request.executors = {world.ann.person};
  for (const auto& item : items) request.items.push_back(item.item);
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, request)->reasons,
            std::vector<Obstacle>{Obstacle::barred_abandoner});
  set_cap(world.ann.person, 0);
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, request)->reasons,
            (std::vector<Obstacle>{Obstacle::over_holding_cap, Obstacle::barred_abandoner}));
  request.executors = {world.bob.person};
  EXPECT_TRUE(world.call<api::PlanAllocation>(world.mia, request)->reasons.empty());
}

// --- policies over the API -------------------------------------------------------------------------------------------

TEST_F(Allocation, commits_what_any_policy_planned_with_overrides_and_entries_by_hand) {
  using domain::allocation::Policy;
  for (const auto& policy : domain::allocation::policy_names) {
    SCOPED_TRACE(policy.name);
    BatchWorld fresh;
    const BatchId batch = fresh.create_batch();
    const auto items = fresh.fill(batch, 30);
    api::PlanWish wish;
    wish.batch = batch;
    wish.policy = policy.value;
    wish.people = {{fresh.ann.person, 300, std::nullopt}, {fresh.bob.person, std::nullopt, 4}};
    wish.fixed = {{fresh.cid.person, false, {{items[0].item, items[0].version}}}};
    const auto plan = *fresh.call<api::PlanAllocation>(fresh.mia, wish);
    wish.seed = plan.seed;
    wish.snapshot = plan.snapshot;
    const auto accepted = fresh.call<api::AllocateItems>(fresh.mia, wish);
    ASSERT_TRUE(accepted) << accepted.problem.detail;
    fresh.run_operations();
    std::map<std::int64_t, std::int64_t> counts;
    for (const auto& row : fresh.items_of(batch)) ++counts[row.executor.value];
    for (const auto& person : plan.people) EXPECT_EQ(counts[person.person.value], person.gets) << person.name;
    EXPECT_LE(counts[fresh.bob.person.value], 4);
    EXPECT_EQ(fresh.item(items[0].item).executor, fresh.cid.person);
    EXPECT_EQ(fresh.outcome(accepted->operation, "assigned"), 30);
    if (policy.value == Policy::weighted) {
      EXPECT_GT(counts[fresh.ann.person.value], counts[fresh.cid.person.value]);
    }
  }
}

TEST_F(Allocation, by_owner_gives_customers_to_their_owners) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 9);
  world.change([&](services::Work& work) {
    for (int i = 0; i < 5; ++i)
      work.db.prepare("UPDATE customers SET owner = :owner WHERE id = :id")
          .bind(":owner", world.bob.person)
          .bind(":id", items[static_cast<std::size_t>(i)].customer)
          .run();
  });
  auto request = everything(batch);
  request.policy = domain::allocation::Policy::by_owner;
  ASSERT_TRUE(world.call<api::AllocateItems>(world.mia, request));
  world.run_operations();
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(world.item(items[i].item).executor, world.bob.person);
  EXPECT_EQ(per_person(batch)[world.bob.person.value], 5);
}

TEST_F(Allocation, a_filter_of_the_item_list_chooses_what_is_planned) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 8);
  world.designate(batch, world.ann.person, items[0].item);
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {items[0].item, world.item(items[0].item).version, "no time"}));
  api::PlanWish wish;
  wish.batch = batch;
  wish.selection = api::ItemSelection{};
  wish.selection->states = {ItemState::unassigned};
  wish.selection->except = {items[3].item};
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, wish)->items, 6);
  // What is given by hand is planned besides, and is no change that the plan would tell of.
  wish.fixed = {{world.ann.person, false, {world.version(items[3].item), world.version(items[4].item)}}};
  const auto with_hand = world.call<api::PlanAllocation>(world.mia, wish);
  EXPECT_EQ(with_hand->items, 7);
  EXPECT_TRUE(with_hand->changed.empty());
  wish.selection.reset();
  wish.items = {items[1].item};
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, wish)->items, 3);
  EXPECT_TRUE(world.call<api::PlanAllocation>(world.mia, wish)->changed.empty());
  wish.selection = api::ItemSelection{};
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, wish).status(), 400);
}

TEST_F(Allocation, an_entry_by_hand_overrides_a_cap_only_where_it_says_so_and_the_log_names_it) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 2);
  set_cap(world.ann.person, 0);
  auto request = everything(batch);
  request.fixed = {{world.ann.person, true, {{items[0].item, items[0].version}}},
                   {world.ann.person, false, {{items[1].item, items[1].version}}}};
  const auto accepted = world.call<api::AllocateItems>(world.mia, request);
  ASSERT_TRUE(accepted);
  world.run_operations();
  EXPECT_EQ(world.item(items[0].item).executor, world.ann.person);
  EXPECT_EQ(world.item(items[1].item).state, ItemState::unassigned) << "not given to somebody else instead";
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM item_log WHERE action = 3 AND detail LIKE '%over_holding_cap%'"), 1);
  EXPECT_EQ(world.outcome(accepted->operation, "over_holding_cap"), 1);
}

TEST_F(Allocation, what_somebody_was_given_meanwhile_is_unchanged_where_it_is_the_same_person) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 1);
  auto request = everything(batch);
  request.fixed = {{world.ann.person, false, {{items[0].item, items[0].version}}}};
  const auto accepted = world.call<api::AllocateItems>(world.mia, request);
  ASSERT_TRUE(accepted);
  world.designate(batch, world.ann.person, items[0].item);
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted->operation, "unchanged"), 1);
}

TEST_F(Allocation, a_stale_plan_is_told_what_is_true_now) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 4);
  auto request = everything(batch);
  request.snapshot = world.call<api::PlanAllocation>(world.mia, request)->snapshot;
  world.designate(batch, world.ann.person, items[0].item);
  const auto refused = world.call<api::AllocateItems>(world.mia, request);
  EXPECT_EQ(refused.status(), 409);
  EXPECT_NE(refused.reply.body.find("\"items\":\"3\""), std::string::npos) << refused.reply.body;
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM operations WHERE kind = 'allocate'"), 0);
}

// --- why this person? ------------------------------------------------------------------------------------------------

TEST_F(Allocation, every_item_says_why_to_its_managers_by_name_and_to_its_executor_without) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 12);
  set_cap(world.cid.person, 2);
  world.allocate(batch);
  for (const auto& row : items) {
    const auto now = world.item(row.item);
    const auto why = world.call<api::ExplainItem>(world.mia, {row.item});
    ASSERT_TRUE(why) << why.problem.detail;
    ASSERT_TRUE(why->plan);
    EXPECT_EQ(why->action, domain::batch::Action::allocate);
    EXPECT_EQ(why->plan->winner.person, now.executor) << "as it was done";
    EXPECT_EQ(why->plan->alike, 12);
    EXPECT_FALSE(why->plan->runners_up.empty());
  }
  const auto mine = [&] {
    for (const auto& row : items)
      if (world.item(row.item).executor == world.ann.person) return row.item;
    return ItemId{};
  }();
  const auto told = world.call<api::ExplainItem>(world.ann, {mine});
  ASSERT_TRUE(told);
  EXPECT_EQ(told->plan->winner.name, world.call<api::ExplainItem>(world.mia, {mine})->plan->winner.name);
  EXPECT_EQ(told->plan->runners_up.at(0).person, PersonId{});
  EXPECT_EQ(told->plan->runners_up.at(0).name, "");
  EXPECT_TRUE(told->plan->excluded.empty());
  EXPECT_EQ(world.call<api::ExplainItem>(world.bob, {mine}).status(), 404) << "not theirs";
}

TEST_F(Allocation, an_item_given_by_hand_says_by_whom_and_one_without_executor_that_nobody_has_it) {
  const BatchId batch = world.create_batch();
  const auto items = world.fill(batch, 2);
  world.designate(batch, world.ann.person, items[0].item);
  const auto why = world.call<api::ExplainItem>(world.mia, {items[0].item});
  ASSERT_TRUE(why);
  EXPECT_EQ(why->action, domain::batch::Action::designate);
  EXPECT_FALSE(why->actor_name.empty());
  EXPECT_FALSE(why->plan);
  EXPECT_EQ(world.call<api::ExplainItem>(world.mia, {items[1].item}).problem.key, "why.nobody");
}

TEST(AllocationPlan, packed_rows_come_back_whole) {
  support::for_seeds(50, [](support::Seeded random) {
    std::vector<services::PlanRow> rows;
    std::int64_t id = 0;
    for (int i = 0; i < 200; ++i) {
      id += random.between(1, random.one_in(10) ? (std::int64_t{1} << 40) : 3);
      rows.push_back({{id},
                      {random.between(1, 1000)},
                      static_cast<std::uint16_t>(random.between(0, 60'000)),
                      static_cast<std::uint16_t>(random.between(0, 60'000)),
                      static_cast<std::uint32_t>(random.between(0, 1'000'000))});
    }
    const std::string bytes = services::pack(rows.data(), rows.size(), services::RowKind::with_places);
    EXPECT_LE(bytes.size(), rows.size() * 16);
    const auto back = services::unpack(bytes);
    ASSERT_EQ(back.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(back[i].item, rows[i].item);
      EXPECT_EQ(back[i].version, rows[i].version);
      EXPECT_EQ(back[i].person, rows[i].person);
      EXPECT_EQ(back[i].item_class, rows[i].item_class);
      EXPECT_EQ(back[i].position, rows[i].position);
    }
    const std::string without = services::pack(rows.data(), rows.size());
    EXPECT_LT(without.size(), bytes.size());
    EXPECT_EQ(services::unpack(without).size(), rows.size());
    EXPECT_EQ(services::unpack(without).back().item, rows.back().item);
  });
}

}  // namespace
}  // namespace tw::test
