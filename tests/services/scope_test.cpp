// Every operation that names a row, called on a row one scope too far: by a manager of the neighbouring department, who
// holds every permission and reaches none of these rows. The answer is not_found, as if the row were not there, and
// nothing has changed. An operation that is neither asked here nor excused by name fails the last test.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::services {
namespace {

using test::BatchWorld;
using test::Caller;

// Rows of everybody: names of colleagues and of custom fields are no secret, and only administrators change them.
const std::set<std::string_view> excused = {"people.view",           "people.update",      "people.set-active",
                                            "people.reset-password", "departments.update", "customer-fields.update",
                                            "user-groups.update",    "user-groups.delete", "people.held",
                                            "calendars.view",        "calendars.update",   "calendars.delete"};

class OneScopeTooFar : public ::testing::Test {
 protected:
  template <class O>
  void is_not_found(const Caller& who, const typename O::Request& request) {
    asked.insert(O::endpoint.name);
    const std::int64_t before = world.database->total_changes();
    const auto answer = world.call<O>(who, request);
    EXPECT_EQ(answer.reply.status, 404) << O::endpoint.name << ": " << answer.reply.body;
    EXPECT_EQ(world.database->total_changes(), before) << O::endpoint.name << " changed something";
  }

  void customers(const Caller& who) {
    is_not_found<api::ViewCustomer>(who, {customer});
    api::UpdateCustomer::Request update;
    update.customer = customer;
    update.version = {1};
    update.name = "Mine now";
    is_not_found<api::UpdateCustomer>(who, update);
    api::CustomerTimeline::Request timeline;
    timeline.customer = customer;
    is_not_found<api::CustomerTimeline>(who, timeline);
    is_not_found<api::AddCustomerNote>(who, {customer, "I was here"});
  }

  void batches(const Caller& who) {
    const std::vector<api::ItemVersion> rows = {item};
    is_not_found<api::ViewBatch>(who, {batch});
    api::UpdateBatch::Request update;
    update.batch = batch;
    update.version = {1};
    update.subject = "Mine now";
    is_not_found<api::UpdateBatch>(who, update);
    api::AddCustomersToBatch::Request add;
    add.batch = batch;
    add.customers = {customer};
    is_not_found<api::AddCustomersToBatch>(who, add);
    is_not_found<api::PreviewAddition>(who, {batch, {customer}, {}, {}});
    api::QueryItems::Request query;
    query.batch = batch;
    is_not_found<api::QueryItems>(who, query);
    is_not_found<api::RemoveItems>(who, {batch, rows});
    is_not_found<api::ReassignItems>(who, {batch, who.person, rows, {}, {}});
    is_not_found<api::PreviewReassignment>(who, {batch, who.person, {item.item}});
    is_not_found<api::PreviewLimit>(who, {batch, 3, {}, {}});
    is_not_found<api::ChangeLimit>(who, {batch, {1}, 3, {}, {}, {}});
    is_not_found<api::QueryClaimable>(who, {batch, {}, 50});
    is_not_found<api::ClaimItems>(who, {batch, rows});
    is_not_found<api::ClaimAtRandom>(who, {batch});
    is_not_found<api::DesignateItems>(who, {batch, who.person, rows, {}});
    is_not_found<api::ConfirmItems>(who, {batch, rows});
    is_not_found<api::ReturnItems>(who, {batch, rows, "because"});
    is_not_found<api::ResetItems>(who, {batch, rows, "because"});
    is_not_found<api::UndoItems>(who, {batch, rows});
    api::ChangeSelectedItems::Request change;
    change.batch = batch;
    is_not_found<api::ChangeSelectedItems>(who, change);
    is_not_found<api::SelectItems>(who, {batch, {}});
    api::PlanAllocation::Request plan;
    plan.batch = batch;
    is_not_found<api::PlanAllocation>(who, plan);
    api::AllocateItems::Request allocate;
    allocate.batch = batch;
    is_not_found<api::AllocateItems>(who, allocate);
    is_not_found<api::ViewPolicy>(who, {own_policy});
    is_not_found<api::UpdatePolicy>(who, {own_policy, {1}, {}, api::PolicyTerms{}});
    is_not_found<api::ArchivePolicy>(who, {own_policy, {1}});
    is_not_found<api::EndBatch>(who, {batch, {1}, "North"});
    is_not_found<api::TerminateBatch>(who, {batch, {1}, "North", "because"});
    is_not_found<api::ViewBatchLog>(who, {batch, 0, 50});
  }

  void items(const Caller& who) {
    is_not_found<api::ViewItem>(who, {item.item});
    is_not_found<api::ViewItemLog>(who, {item.item, 0, 50});
    is_not_found<api::ExplainItem>(who, {item.item});
    is_not_found<api::SaveProgress>(who, {item.item, item.version, "nobody answered", {}});
    is_not_found<api::CompleteItem>(who, {item.item, item.version, "done"});
    is_not_found<api::AbandonItem>(who, {item.item, item.version, "no"});
    is_not_found<api::SaveQuickResult>(who, {item.item, item.version, {}});
    is_not_found<api::ListTransferTargets>(who, {item.item});
    is_not_found<api::TransferItem>(who, {item.item, item.version, who.person, {}});
  }

  void imports(const Caller& who) {
    is_not_found<api::ViewImport>(who, {import});
    api::CheckImport::Request check;
    check.import = import;
    check.mapping.emplace_back();
    is_not_found<api::CheckImport>(who, check);
    is_not_found<api::WriteImport>(who, {import, {1}, true});
    is_not_found<api::DownloadRefusals>(who, {import});
    is_not_found<api::DiscardImport>(who, {import});
  }

  void operations(const Caller& who) {
    is_not_found<api::ViewOperation>(who, {operation});
    is_not_found<api::CancelOperation>(who, {operation});
    is_not_found<api::RetryOperation>(who, {operation});
    is_not_found<api::ViewAllocationUndo>(who, {operation});
    is_not_found<api::UndoAllocation>(who, {operation});
    is_not_found<api::ListOperationRows>(who, {operation});
  }

  BatchWorld world;
  DepartmentId south = world.add_department("South");
  Caller neighbour = world.sign_in("Nora", test::Role::manager, south);
  CustomerId customer = world.add_customer("Of the north");
  BatchId batch = world.create_batch();
  PolicyId own_policy = world.call<api::ViewBatch>(world.mia, {batch})->policy->policy;
  api::ItemVersion item = world.version(world.fill(batch, 1).front().item);
  ImportId import = [this] {
    auto call = test::call_of<api::UploadImport>(world.mia, {"north.csv"});
    call.upload = world.spool.put("name,phone\nAnn,13812345678\n");
    return test::decoded<api::ImportView>(world.send(call))->import;
  }();
  OperationId operation = [this] {
    api::AddCustomersToBatch::Request add;
    add.batch = batch;
    add.customers = {customer};
    return world.call<api::AddCustomersToBatch>(world.mia, add)->operation;
  }();
  std::set<std::string_view> asked;
};

TEST_F(OneScopeTooFar, nothing_is_found_and_nothing_changes) {
  customers(neighbour);
  batches(neighbour);
  items(neighbour);
  imports(neighbour);
  operations(neighbour);
}

TEST_F(OneScopeTooFar, a_member_of_the_same_department_reaches_no_colleague_s_rows) {
  customers(world.outsider);
  items(world.outsider);
  operations(world.outsider);
}

TEST_F(OneScopeTooFar, an_executor_finds_only_what_they_hold) {
  world.run_operations();
  world.designate(batch, world.ann.person, item.item);
  item = world.version(item.item);
  items(world.bob);
  EXPECT_EQ(world.call<api::ViewItem>(world.ann, {item.item}).reply.status, 200);
}

TEST_F(OneScopeTooFar, lists_and_counts_leave_them_out) {
  const auto list = world.call<api::QueryCustomers>(neighbour, {});
  EXPECT_TRUE(list->rows.empty());
  EXPECT_EQ(list->total.count, 0);
  EXPECT_EQ(world.call<api::CountCustomers>(neighbour, {})->count, 0);
  EXPECT_TRUE(world.call<api::ListBatches>(neighbour, {})->rows.empty());
  EXPECT_TRUE(world.call<api::QueryMyItems>(neighbour, {})->rows.empty());
  EXPECT_TRUE(world.call<api::ListImports>(neighbour, {})->rows.empty());
  EXPECT_TRUE(world.call<api::ListOperations>(neighbour, {})->rows.empty());
}

TEST_F(OneScopeTooFar, no_operation_that_names_a_row_is_forgotten) {
  customers(neighbour);
  batches(neighbour);
  items(neighbour);
  imports(neighbour);
  operations(neighbour);
  api::AllOperations::each([&]<class O>() {
    const std::string_view name = O::endpoint.name;
    const bool names_a_row = O::endpoint.path.find('{') != std::string_view::npos;
    EXPECT_EQ(asked.count(name) + excused.count(name), names_a_row ? 1u : 0u) << name;
  });
}

}  // namespace
}  // namespace tw::services
