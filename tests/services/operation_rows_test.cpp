// What became of each row of a long operation: kept while it runs, shown to who manages the batch.
#include "api/operation_rows.h"

#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::Action;
using domain::batch::BatchEvent;
using domain::batch::ItemState;

class OperationRows : public ::testing::Test {
 protected:
  api::ListOperationRows::Response rows(OperationId operation, bool changed, std::int64_t after = 0,
                                        std::int64_t limit = 100) {
    const auto answer = world.call<api::ListOperationRows>(world.mia, {operation, changed, after, limit});
    EXPECT_TRUE(answer) << answer.problem.key;
    return answer ? *answer : api::ListOperationRows::Response{};
  }
  // "name: outcome", with the text key where there is one.
  std::string words(const api::ListOperationRows::Response& all) {
    std::string out;
    for (const api::OperationRow& row : all.rows) {
      out += (out.empty() ? "" : ", ") + row.customer_name + ": " + row.outcome;
      if (!row.reason.empty()) out += " " + row.reason;
    }
    return out;
  }
  OperationId add_all(const std::vector<CustomerId>& customers, bool leave_out_others = false) {
    api::AddCustomersToBatch::Request request;
    request.batch = batch;
    request.customers = customers;
    request.leave_out_if_in_other_batch = leave_out_others;
    const auto accepted = world.call<api::AddCustomersToBatch>(world.mia, request);
    EXPECT_TRUE(accepted) << accepted.problem.key;
    world.run_operations();
    return accepted->operation;
  }

  BatchWorld world;
  BatchId batch = world.create_batch();
};

TEST_F(OperationRows, of_an_addition_name_whom_it_left_out_and_why) {
  const BatchId other = world.create_batch();
  const CustomerId fresh = world.add_customer("Fresh"), here = world.add_customer("Here"),
                   silent = world.add_customer("Silent", {}, true), busy = world.add_customer("Busy");
  world.add(batch, {here});
  world.add(other, {busy});
  const OperationId operation = add_all({fresh, here, silent, busy}, true);
  const auto left = rows(operation, false);
  EXPECT_EQ(words(left), "Here: already_in, Silent: do_not_contact, Busy: in_other_batch");
  EXPECT_EQ(left.all, 3);
  EXPECT_EQ(left.hidden, 0);
  EXPECT_TRUE(left.rows.at(0).item) << "is in the batch";
  EXPECT_FALSE(left.rows.at(1).item);
  EXPECT_EQ(words(rows(operation, true)), "Fresh: added");
}

TEST_F(OperationRows, are_forgotten_ninety_days_later_in_bounded_steps_and_the_counts_stay) {
  const BatchId others = world.create_batch();
  const auto customers = world.add_customers(600);
  const OperationId first = add_all(customers);
  const OperationId again = add_all(customers);  // all are in it already
  ASSERT_EQ(rows(first, true).all, 600);
  world.clock.advance(days(80));
  world.mia = world.sign_in(world.mia.person);
  world.add(others, {customers[0]});
  PatientBudget patient;
  EXPECT_FALSE(sweep(world.runner, world.env, patient).at_once);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM operation_rows"), 1201);
  world.clock.advance(days(11));
  world.mia = world.sign_in(world.mia.person);
  world.admin = world.sign_in(world.admin.person);
  EXPECT_TRUE(sweep(world.runner, world.env, patient).at_once) << "a thousand at once";
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM operation_rows"), 201);
  EXPECT_FALSE(sweep(world.runner, world.env, patient).at_once);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM operation_rows"), 1) << "of the one that is eleven days old";
  EXPECT_EQ(rows(first, true).all, 600);
  EXPECT_TRUE(rows(first, true).rows.empty());
  EXPECT_EQ(world.outcome(again, "already_in"), 600);
}

TEST_F(OperationRows, come_in_pages) {
  std::vector<CustomerId> silent;
  for (int i = 0; i < 7; ++i) silent.push_back(world.add_customer("S" + std::to_string(i), {}, true));
  const OperationId operation = add_all(silent);
  std::string seen;
  std::int64_t after = 0;
  int pages = 0;
  do {
    const auto page = rows(operation, false, after, 3);
    for (const auto& row : page.rows) seen += row.customer_name;
    after = page.next;
    EXPECT_EQ(page.all, 7);
  } while (after != 0 && ++pages < 5);
  EXPECT_EQ(seen, "S0S1S2S3S4S5S6");
}

TEST_F(OperationRows, are_the_first_thousand_of_each_kind_over_all_steps) {
  std::vector<CustomerId> customers = world.add_customers(1100);
  world.add(batch, customers);
  api::AddCustomersToBatch::Request again;
  again.batch = batch;
  again.customers = customers;
  const auto accepted = world.call<api::AddCustomersToBatch>(world.mia, again);
  services::OperationRunner runner(world.runner, world.env);
  for (CountedBudget budget(3); runner.run_one_step(budget); budget = CountedBudget(3)) {}
  const auto first = rows(accepted->operation, false, 0, 100);
  EXPECT_EQ(first.all, 1100);
  EXPECT_EQ(first.rows.size(), 100u);
  const auto last = rows(accepted->operation, false, 900, 100);
  EXPECT_EQ(last.rows.size(), 100u);
  EXPECT_EQ(last.next, 0) << "no more than a thousand";
  EXPECT_EQ(last.rows.back().place, api::most_operation_rows);
}

TEST_F(OperationRows, of_a_change_of_a_selection_name_what_stood_in_the_way) {
  const auto items = world.fill(batch, 3);
  world.designate(batch, world.ann.person, items[0].item);
  api::ChangeSelectedItems::Request change;
  change.batch = batch;
  change.action = Action::designate;
  change.executor = world.bob.person;
  const auto accepted = world.call<api::ChangeSelectedItems>(world.mia, change);
  ASSERT_TRUE(accepted) << accepted.problem.key;
  world.run_operations();
  const auto left = rows(accepted->operation, false);
  ASSERT_EQ(left.rows.size(), 1u);
  EXPECT_EQ(left.rows[0].item, items[0].item);
  EXPECT_EQ(left.rows[0].outcome, "conflict");
  EXPECT_EQ(left.rows[0].reason, "item.refused_in_state_but");
  EXPECT_FALSE(left.rows[0].params.empty());
  const auto changed = rows(accepted->operation, true);
  ASSERT_EQ(changed.rows.size(), 2u);
  EXPECT_EQ(changed.rows[0].executor_name, "Bob");
}

TEST_F(OperationRows, of_confirm_return_and_reset_are_found_from_the_history_of_the_batch) {
  world.fill(batch, 2);
  world.allocate(batch);
  api::ChangeSelectedItems::Request change;
  change.batch = batch;
  change.action = Action::reset;
  const auto accepted = world.call<api::ChangeSelectedItems>(world.mia, change);
  world.run_operations();
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50});
  EXPECT_EQ(log->entries.at(0).event, BatchEvent::reset);
  EXPECT_EQ(log->entries.at(0).operation, accepted->operation);
  EXPECT_EQ(log->entries.at(0).count, 2);
}

TEST_F(OperationRows, of_an_allocation_name_whom_the_plan_left_out_and_who_was_quicker) {
  const auto items = world.fill(batch, 3);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", items[0].customer).run();
  });
  const auto accepted = world.call<api::AllocateItems>(world.mia, {batch});
  ASSERT_TRUE(accepted) << accepted.problem.key;
  world.change([&](services::Work& work) {  // somebody changes it between the commit and its step
    work.db.prepare("UPDATE batch_items SET version = version + 1 WHERE id = :id").bind(":id", items[1].item).run();
  });
  world.run_operations();
  const auto left = rows(accepted->operation, false);
  ASSERT_EQ(left.rows.size(), 2u) << words(left);
  EXPECT_EQ(left.rows[0].item, items[0].item);
  EXPECT_EQ(left.rows[0].outcome, "do_not_contact");
  EXPECT_EQ(left.rows[1].item, items[1].item);
  EXPECT_EQ(left.rows[1].outcome, "conflict");
  EXPECT_NE(left.rows[1].reason, "");
  EXPECT_EQ(left.all, 2);
  const auto changed = rows(accepted->operation, true);
  ASSERT_EQ(changed.rows.size(), 1u);
  EXPECT_NE(changed.rows[0].executor_name, "");
}

TEST_F(OperationRows, of_an_undo_name_what_was_kept) {
  const auto items = world.fill(batch, 2);
  const auto given = world.call<api::AllocateItems>(world.mia, {batch});
  world.run_operations();
  const Caller& holder = world.item(items[0].item).executor == world.ann.person   ? world.ann
                         : world.item(items[0].item).executor == world.bob.person ? world.bob
                                                                                  : world.cid;
  ASSERT_TRUE(world.call<api::SaveProgress>(
      holder, {items[0].item, world.item(items[0].item).version, "called", std::nullopt}));
  const auto undo = world.call<api::UndoAllocation>(world.mia, {given->operation});
  ASSERT_TRUE(undo) << undo.problem.key;
  world.run_operations();
  const auto left = rows(undo->operation, false);
  ASSERT_EQ(left.rows.size(), 1u);
  EXPECT_EQ(left.rows[0].item, items[0].item);
  EXPECT_EQ(left.rows[0].outcome, "kept");
  ASSERT_EQ(rows(undo->operation, true).rows.size(), 1u);
}

TEST_F(OperationRows, are_for_who_manages_the_batch_and_of_whom_they_may_see) {
  const Caller colin = world.sign_in("Colin", Role::member);
  api::UpdateBatch::Request edit;
  edit.batch = batch;
  edit.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  edit.co_managers = std::vector<PersonId>{colin.person};
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, edit));
  const CustomerId here = world.add_customer("Here");
  world.add(batch, {here});
  const OperationId operation = add_all({here, world.add_customer("Silent", {}, true)});
  EXPECT_EQ(words(rows(operation, false)), "Here: already_in, Silent: do_not_contact");
  const auto his = world.call<api::ListOperationRows>(colin, {operation, false});
  ASSERT_TRUE(his) << his.problem.key;
  EXPECT_EQ(words(*his), "Here: already_in") << "one scope too far";
  EXPECT_EQ(his->hidden, 1);
  EXPECT_EQ(world.call<api::ListOperationRows>(world.ann, {operation, false}).status(), 403);
  EXPECT_EQ(world.call<api::ListOperationRows>(world.outsider, {operation, false}).status(), 404);
  EXPECT_EQ(world.call<api::ListOperationRows>(world.mia, {OperationId{999}, false}).status(), 404);
}

}  // namespace
}  // namespace tw::test
