// Who may do what in a batch, and what stale or impossible requests are answered. The expectations are written out by
// hand, not derived from the transition table.
#include <set>

#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::batch::ItemState;

// One batch with an item in every state, seen by everybody who can have to do with it.
class BatchRules : public ::testing::Test {
 protected:
  BatchRules() {
    api::CreateBatch::Request request;
    request.co_managers = {cora.person};
    batch = world.create_batch(std::move(request));
    unassigned = world.fill(batch, 1)[0].item;
    executing = world.designated(batch, world.ann.person);
    completed = world.designated(batch, world.ann.person);
    EXPECT_TRUE(world.call<api::CompleteItem>(world.ann, {completed, seen(completed), "done"}));
    version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  }

  Version seen(ItemId item) { return world.item(item).version; }
  std::vector<api::ItemVersion> row(ItemId item) { return {world.version(item)}; }

  BatchWorld world;
  Caller cora = world.sign_in("Cora", Role::member, world.north);
  BatchId batch;
  ItemId unassigned, executing, completed;
  Version version;
};

// Status of the call: creator Mia, co-manager Cora, executor Ann, executor Bob, outsider, administrator.
struct Expected {
  int creator, co_manager, ann, bob, outsider, administrator;
};

template <class O>
void expect_status(BatchRules& test, BatchWorld& world, const Caller& cora, const typename O::Request& request,
                   const Expected& expected) {
  (void)test;
  SCOPED_TRACE(std::string(O::endpoint.name));
  EXPECT_EQ(world.call<O>(world.outsider, request).status(), expected.outsider) << "outsider";
  EXPECT_EQ(world.call<O>(world.bob, request).status(), expected.bob) << "Bob";
  EXPECT_EQ(world.call<O>(world.ann, request).status(), expected.ann) << "Ann";
  EXPECT_EQ(world.call<O>(world.administrator(), request).status(), expected.administrator) << "administrator";
  EXPECT_EQ(world.call<O>(cora, request).status(), expected.co_manager) << "co-manager";
  EXPECT_EQ(world.call<O>(world.mia, request).status(), expected.creator) << "creator";
}

TEST_F(BatchRules, managers_manage_executors_see_and_outsiders_find_nothing) {
  const Expected managers{200, 200, 403, 403, 404, 200};
  expect_status<api::ViewBatch>(*this, world, cora, {batch}, {200, 200, 200, 200, 404, 200});
  api::QueryItems::Request query;
  query.batch = batch;
  expect_status<api::QueryItems>(*this, world, cora, query, managers);
  expect_status<api::ViewBatchLog>(*this, world, cora, {batch, 0, 50}, managers);
  // Rows with versions that nobody saw: what is asked here is who may ask, not what becomes of the row.
  const std::vector<api::ItemVersion> stale{{unassigned, {999}}};
  expect_status<api::RemoveItems>(*this, world, cora, {batch, stale}, managers);
  expect_status<api::DesignateItems>(*this, world, cora, {batch, world.bob.person, stale, {}}, managers);
  expect_status<api::ConfirmItems>(*this, world, cora, {batch, stale}, managers);
  expect_status<api::ReturnItems>(*this, world, cora, {batch, stale, "why"}, managers);
  expect_status<api::ResetItems>(*this, world, cora, {batch, stale, ""}, managers);
  expect_status<api::PlanAllocation>(*this, world, cora, {.batch = batch, .executors = {}, .items = {}}, managers);
  api::UpdateBatch::Request nothing;
  nothing.batch = batch;
  nothing.version = version;
  expect_status<api::UpdateBatch>(*this, world, cora, nothing, managers);
  const Expected stale_for_managers{409, 409, 403, 403, 404, 409};
  expect_status<api::EndBatch>(*this, world, cora, {batch, {999}, "Spring calls"}, stale_for_managers);
  expect_status<api::TerminateBatch>(*this, world, cora, {batch, {999}, "Spring calls", "x"}, stale_for_managers);
  const api::AllocateItems::Request old{.batch = batch, .executors = {}, .items = {}, .snapshot = "another"};
  expect_status<api::AllocateItems>(*this, world, cora, old, stale_for_managers);
  api::AddCustomersToBatch::Request neither;
  neither.batch = batch;
  expect_status<api::AddCustomersToBatch>(*this, world, cora, neither, {400, 400, 403, 403, 404, 400});
  api::ChangeSelectedItems::Request without_reason;
  without_reason.batch = batch;
  without_reason.action = domain::batch::Action::send_back;
  expect_status<api::ChangeSelectedItems>(*this, world, cora, without_reason, {400, 400, 403, 403, 404, 400});
}

TEST_F(BatchRules, an_item_is_its_executors_to_work_on_and_its_managers_to_look_at) {
  for (const ItemId item : {executing, completed}) {
    expect_status<api::ViewItem>(*this, world, cora, {item}, {200, 200, 200, 404, 404, 200});
    expect_status<api::ViewItemLog>(*this, world, cora, {item, 0, 50}, {200, 200, 200, 404, 404, 200});
  }
  expect_status<api::ViewItem>(*this, world, cora, {unassigned}, {200, 200, 404, 404, 404, 200});
  const Version at = seen(executing);
  // Ann last but for those who may not: a success would change the version for the rest.
  for (const Caller& who : {world.mia, cora, world.admin}) {
    EXPECT_EQ(world.call<api::SaveProgress>(who, {executing, at, "note", std::nullopt}).status(), 403);
    EXPECT_EQ(world.call<api::CompleteItem>(who, {executing, at, "note"}).status(), 403);
    EXPECT_EQ(world.call<api::AbandonItem>(who, {executing, at, "note"}).status(), 403);
  }
  for (const Caller& who : {world.bob, world.outsider}) {
    EXPECT_EQ(world.call<api::SaveProgress>(who, {executing, at, "note", std::nullopt}).status(), 404);
    EXPECT_EQ(world.call<api::CompleteItem>(who, {executing, at, "note"}).status(), 404);
    EXPECT_EQ(world.call<api::AbandonItem>(who, {executing, at, "note"}).status(), 404);
  }
  EXPECT_EQ(world.call<api::SaveProgress>(world.ann, {executing, at, "note", std::nullopt}).status(), 200);
  EXPECT_EQ(world.call<api::CompleteItem>(world.ann, {completed, seen(completed), "again"}).status(), 409);
}

TEST_F(BatchRules, only_managers_and_administrators_create) {
  api::CreateBatch::Request request;
  request.subject = "Calls";
  EXPECT_EQ(world.call<api::CreateBatch>(world.ann, request).status(), 403);
  EXPECT_EQ(world.call<api::CreateBatch>(world.mia, request).status(), 200);
  EXPECT_EQ(world.call<api::CreateBatch>(world.admin, request).status(), 200);
  request.subject = "   ";
  EXPECT_TRUE(world.call<api::CreateBatch>(world.mia, request).problem.names("subject"));
  request.subject = "Calls";
  request.executors = {world.ann.person, {4711}};
  EXPECT_TRUE(world.call<api::CreateBatch>(world.mia, request).problem.names("executors[1]"));
}

TEST_F(BatchRules, the_list_holds_ones_own_batches_with_ones_own_counts) {
  EXPECT_EQ(world.call<api::ListBatches>(world.outsider, {})->rows.size(), 0u);
  EXPECT_EQ(world.call<api::ListBatches>(world.mia, {})->rows.at(0).counts.unassigned, 1);
  const auto anns = world.call<api::ListBatches>(world.ann, {})->rows;
  ASSERT_EQ(anns.size(), 1u);
  EXPECT_EQ(anns[0].counts.unassigned, 0) << "what is nobody's is not an executor's to count";
  EXPECT_EQ(anns[0].counts.executing, 1);
  EXPECT_EQ(world.call<api::ListBatches>(world.bob, {})->rows.at(0).counts.executing, 0);
  EXPECT_TRUE(world.call<api::ViewBatch>(world.ann, {batch})->executors.empty()) << "never another's";
  api::ListBatches::Request managed;
  managed.relation = api::BatchRelation::managed;
  EXPECT_EQ(world.call<api::ListBatches>(world.ann, managed)->total.count, 0);
  EXPECT_EQ(world.call<api::ListBatches>(cora, managed)->total.count, 1);
}

TEST_F(BatchRules, managers_see_of_customers_outside_their_scope_only_name_and_masked_phone) {
  // Cora reaches only customers of her own; Mia reaches the department's.
  const auto coras = world.call<api::ViewItem>(cora, {executing});
  ASSERT_TRUE(coras);
  EXPECT_EQ(coras->row.phone, "138****1234");
  EXPECT_EQ(coras->row.city, "");
  EXPECT_FALSE(coras->row.score);
  EXPECT_FALSE(coras->customer);
  const auto mias = world.call<api::ViewItem>(world.mia, {executing});
  EXPECT_EQ(mias->row.city, "Hangzhou");
  ASSERT_TRUE(mias->customer);
  EXPECT_EQ(mias->customer->phone, "13812341234");
}

TEST_F(BatchRules, customers_outside_the_scope_cannot_be_added) {
  const CustomerId far = world.add_customer("Far away", world.add_department("West"));
  world.add(batch, {far});
  EXPECT_EQ(world.items_of(batch).size(), 3u);
}

TEST_F(BatchRules, a_stale_version_is_told_who_changed_what_and_when) {
  const Version old = seen(executing);
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {executing, old, "note", std::nullopt}));
  const auto refused = world.call<api::CompleteItem>(world.ann, {executing, old, "done"});
  EXPECT_EQ(refused.status(), 409);
  EXPECT_EQ(refused.problem.key, "item.changed_by");
  EXPECT_NE(refused.problem.detail.find("Ann"), std::string::npos) << refused.problem.detail;
  const auto rows = *world.call<api::ResetItems>(world.mia, {batch, {{executing, old}}, ""});
  EXPECT_EQ(rows.outcomes.at(0).result, RowResult::conflict);
  EXPECT_EQ(rows.outcomes.at(0).key, "item.changed_by");
  EXPECT_EQ(world.item(executing).state, ItemState::executing) << "nothing is overwritten";
  // Who lost it meanwhile is told by whom, and not that there is no such item.
  ASSERT_EQ(world.call<api::ResetItems>(world.mia, {batch, row(executing), ""})->outcomes.at(0).result,
            RowResult::done);
  const auto lost = world.call<api::CompleteItem>(world.ann, {executing, old, "done"});
  EXPECT_EQ(lost.status(), 409);
  EXPECT_NE(lost.problem.detail.find("Mia"), std::string::npos) << lost.problem.detail;
}

TEST_F(BatchRules, each_row_is_answered_by_itself) {
  const auto answer = *world.call<api::ConfirmItems>(
      world.mia, {batch, {world.version(completed), world.version(unassigned), {{4711}, {1}}, {executing, {77}}}});
  ASSERT_EQ(answer.outcomes.size(), 4u);
  EXPECT_EQ(answer.outcomes[0].result, RowResult::done);
  EXPECT_EQ(answer.outcomes[1].result, RowResult::conflict);
  EXPECT_EQ(answer.outcomes[2].result, RowResult::gone);
  EXPECT_EQ(answer.outcomes[3].result, RowResult::conflict);
  EXPECT_EQ(answer.counts.ended, 1);
  EXPECT_EQ(world.wrong_counters(), "");
}

// Who manages one batch cannot reach into another by naming its items.
TEST_F(BatchRules, items_of_another_batch_are_gone_and_stay_as_they_are) {
  api::CreateBatch::Request request;
  request.subject = "Otto's own";
  request.executors = {world.ann.person};
  const BatchId foreign = world.call<api::CreateBatch>(world.outsider, request)->summary.batch;
  api::AddCustomersToBatch::Request add;
  add.batch = foreign;
  add.customers = {world.add_customer("Of Otto")};
  ASSERT_TRUE(world.call<api::AddCustomersToBatch>(world.admin, add));
  world.run_operations();
  const ItemId item = world.items_of(foreign).at(0).item;
  const auto is_gone = [&](const auto& answer) {
    ASSERT_TRUE(answer) << answer.reply.body;
    ASSERT_EQ(answer->outcomes.at(0).result, RowResult::gone);
  };
  is_gone(world.call<api::RemoveItems>(world.mia, {batch, row(item)}));
  is_gone(world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, row(item), {}}));
  is_gone(world.call<api::ConfirmItems>(world.mia, {batch, row(item)}));
  is_gone(world.call<api::ReturnItems>(world.mia, {batch, row(item), "why"}));
  is_gone(world.call<api::ResetItems>(world.mia, {batch, row(item), ""}));
  api::PlanAllocation::Request plan;
  plan.batch = batch;
  plan.items = {item};
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, plan)->items, 0);
  EXPECT_EQ(world.item(item).state, domain::batch::ItemState::unassigned);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(BatchRules, what_was_ever_allocated_cannot_be_removed) {
  ASSERT_EQ(world.call<api::ResetItems>(world.mia, {batch, row(executing), ""})->outcomes.at(0).result,
            RowResult::done);
  EXPECT_EQ(world.call<api::RemoveItems>(world.mia, {batch, row(executing)})->outcomes.at(0).result,
            RowResult::conflict);
  const CustomerId customer = world.item(unassigned).customer;
  EXPECT_EQ(world.call<api::RemoveItems>(world.mia, {batch, row(unassigned)})->outcomes.at(0).result, RowResult::done);
  world.add(batch, {customer});
  EXPECT_NE(world.items_of(batch).back().item, unassigned) << "added again it is a new item";
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(BatchRules, soft_obstacles_need_a_confirmation_and_hard_ones_stand) {
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {executing, seen(executing), "no"}));
  auto answer = *world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, row(executing), {}});
  EXPECT_EQ(answer.outcomes.at(0).key, "item.needs_confirming");
  ASSERT_EQ(answer.outcomes.at(0).params.size(), 1u);
  EXPECT_EQ(answer.outcomes.at(0).params[0].value, "barred_abandoner");
  answer = *world.call<api::DesignateItems>(
      world.mia, {batch, world.ann.person, row(executing), {domain::allocation::Obstacle::barred_abandoner}});
  EXPECT_EQ(answer.outcomes.at(0).result, RowResult::done);
  const auto log = *world.call<api::ViewItemLog>(world.mia, {executing});
  ASSERT_EQ(log.entries.at(0).overridden.size(), 1u) << "the log says so";

  answer = *world.call<api::DesignateItems>(world.mia, {batch, cora.person, row(unassigned), {}});
  EXPECT_EQ(answer.outcomes.at(0).key, "item.not_eligible") << "Cora is no executor";
  const CustomerId silent = world.item(unassigned).customer;
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", silent).run();
  });
  answer = *world.call<api::DesignateItems>(world.mia, {batch, world.bob.person, row(unassigned), {}});
  EXPECT_EQ(answer.outcomes.at(0).key, "item.not_eligible");
}

TEST_F(BatchRules, edits_that_need_a_dialog_are_refused_with_a_reason) {
  api::UpdateBatch::Request edit;
  edit.batch = batch;
  edit.version = version;
  edit.limit = 3;
  EXPECT_EQ(world.call<api::UpdateBatch>(world.mia, edit).problem.key, "batch.limit_is_running");
  edit.limit = std::nullopt;
  edit.executors = std::vector<PersonId>{world.bob.person};
  EXPECT_EQ(world.call<api::UpdateBatch>(world.mia, edit).problem.key, "batch.executor_holds_items");
  edit.executors = std::vector<PersonId>{world.ann.person, world.bob.person};
  edit.subject = "Summer calls";
  const auto edited = world.call<api::UpdateBatch>(world.mia, edit);
  ASSERT_TRUE(edited) << edited.problem.detail;
  EXPECT_EQ(edited->summary.subject, "Summer calls");
  EXPECT_EQ(edited->executors.size(), 2u);
  const auto stale = world.call<api::UpdateBatch>(world.mia, edit);
  EXPECT_EQ(stale.problem.key, "batch.changed_by");
  EXPECT_EQ(world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50})->entries.at(0).text, "subject,executors");
}

TEST_F(BatchRules, lists_page_sort_filter_and_search) {
  world.fill(batch, 30);
  api::QueryItems::Request query;
  query.batch = batch;
  query.page.limit = 7;
  for (const char* column : {"", "changed", "due_at", "customer_name", "score", "state", "executor"}) {
    for (const bool descending : {false, true}) {
      SCOPED_TRACE(std::string(column) + (descending ? " descending" : ""));
      query.sort = {column, descending};
      query.page.after.clear();
      std::set<std::int64_t> seen_items;
      int pages = 0;
      do {
        const auto page = world.call<api::QueryItems>(world.mia, query);
        ASSERT_TRUE(page) << page.problem.detail;
        EXPECT_EQ(page->total.count, 33);
        for (const auto& item : page->rows) EXPECT_TRUE(seen_items.insert(item.item.value).second) << "twice";
        query.page.after = page->next;
      } while (!query.page.after.empty() && ++pages < 20);
      EXPECT_EQ(seen_items.size(), 33u);
    }
  }
  query.sort = {};
  query.states = {ItemState::executing, ItemState::completed};
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, query)->total.count, 2);
  query.states = {};
  query.executors = {world.ann.person};
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, query)->rows.size(), 2u);
  query.executors = {};
  query.search = "somebody";
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, query)->total.count, 2);
  query.search = "100%";
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, query)->total.count, 0) << "a percent sign is a percent sign";
  query.search = "";
  query.sort = {"phone", false};
  EXPECT_TRUE(world.call<api::QueryItems>(world.mia, query).problem.names("sort.column"));
}

}  // namespace
}  // namespace tw::test
