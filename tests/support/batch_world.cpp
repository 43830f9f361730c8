#include "support/batch_world.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "services/customer_store.h"
#include "support/wrong_count.h"

namespace tw::test {

BatchWorld::BatchWorld() {
  north = add_department("North");
  mia = sign_in("Mia", Role::manager, north);
  ann = sign_in("Ann", Role::member, north);
  bob = sign_in("Bob", Role::member, north);
  cid = sign_in("Cid", Role::member, north);
  outsider = sign_in("Otto", Role::manager, add_department("South"));
  admin = administrator();
}

CustomerId BatchWorld::add_customer(std::string name, DepartmentId department, bool do_not_contact) {
  services::Customer customer;
  customer.name = std::move(name);
  customer.phone = "13812341234";
  customer.city = "Hangzhou";
  customer.score = 50;
  customer.department = department ? department : north;
  customer.do_not_contact = do_not_contact;
  return change([&](services::Work& work) { return services::insert_customer(work, customer); });
}

std::vector<CustomerId> BatchWorld::add_customers(int count) {
  std::vector<CustomerId> ids;
  for (int i = 0; i < count; ++i) ids.push_back(add_customer("Customer " + std::to_string(i + 1)));
  return ids;
}

BatchId BatchWorld::create_batch(api::CreateBatch::Request request) {
  if (request.subject.empty()) request.subject = "Spring calls";
  if (request.executors.empty()) request.executors = {ann.person, bob.person, cid.person};
  const auto batch = call<api::CreateBatch>(mia, request);
  EXPECT_TRUE(batch) << batch.problem.detail;
  return batch ? batch->summary.batch : BatchId{};
}

BatchId BatchWorld::create_batch(std::int64_t limit_hours) {
  api::CreateBatch::Request request;
  request.limit = limit_hours;
  request.limit_unit = domain::batch::LimitUnit::hours;
  return create_batch(std::move(request));
}

void BatchWorld::add(BatchId batch, const std::vector<CustomerId>& customers) {
  api::AddCustomersToBatch::Request request;
  request.batch = batch;
  request.customers = customers;
  const auto accepted = call<api::AddCustomersToBatch>(mia, request);
  ASSERT_TRUE(accepted) << accepted.problem.detail;
  run_operations();
}

std::vector<api::ItemRow> BatchWorld::fill(BatchId batch, int count) {
  add(batch, add_customers(count));
  return items_of(batch);
}

void BatchWorld::allocate(BatchId batch) {
  const auto accepted = call<api::AllocateItems>(mia, {.batch = batch, .executors = {}, .items = {}, .snapshot = {}});
  ASSERT_TRUE(accepted) << accepted.problem.detail;
  run_operations();
}

void BatchWorld::run_operations() {
  PatientBudget budget;
  services::OperationRunner operations(runner, env);
  while (operations.run_one_step(budget)) {}
}

std::vector<api::ItemRow> BatchWorld::items_of(BatchId batch) {
  std::vector<api::ItemRow> rows;
  api::QueryItems::Request request;
  request.batch = batch;
  request.page.limit = api::longest_page;
  do {
    const auto page = call<api::QueryItems>(admin, request);
    EXPECT_TRUE(page) << page.problem.detail;
    if (!page) break;
    rows.insert(rows.end(), page->rows.begin(), page->rows.end());
    request.page.after = page->next;
  } while (!request.page.after.empty());
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.item < b.item; });
  return rows;
}

api::ItemRow BatchWorld::item(ItemId item) {
  const auto detail = call<api::ViewItem>(admin, {item});
  EXPECT_TRUE(detail) << detail.problem.detail;
  return detail ? detail->row : api::ItemRow{};
}

std::vector<api::ItemVersion> BatchWorld::versions(const std::vector<api::ItemRow>& rows) {
  std::vector<api::ItemVersion> versions;
  for (const auto& row : rows) versions.push_back({row.item, row.version});
  return versions;
}

void BatchWorld::designate(BatchId batch, PersonId person, ItemId item) {
  const auto answer =
      call<api::DesignateItems>(mia, {.batch = batch, .executor = person, .rows = {version(item)}, .confirmed = {}});
  ASSERT_TRUE(answer) << answer.problem.detail;
  ASSERT_EQ(answer->outcomes.at(0).result, api::RowResult::done) << answer->outcomes.at(0).key;
}

ItemId BatchWorld::designated(BatchId batch, PersonId person) {
  add(batch, {add_customer("Somebody")});
  const ItemId item = items_of(batch).back().item;
  designate(batch, person, item);
  return item;
}

std::optional<Instant> BatchWorld::recall() {
  PatientBudget budget;
  services::NextRun next;
  do next = services::recall_overdue(runner, env, budget);
  while (next.at_once);
  return next.at;
}

api::OperationView BatchWorld::operation(OperationId operation) {
  const auto view = call<api::ViewOperation>(admin, {operation});
  EXPECT_TRUE(view) << view.problem.detail;
  return view ? *view : api::OperationView{};
}

std::int64_t BatchWorld::outcome(OperationId operation, std::string_view outcome) {
  for (const auto& count : this->operation(operation).outcomes)
    if (count.outcome == outcome) return count.count;
  return 0;
}

std::string BatchWorld::wrong_counters() {
  std::string wrong;
  runner.read([&wrong](services::Work& work) {
    for (const auto& count : services::check_batches(work)) wrong += line_of(count) + "\n";
  });
  return wrong;
}

}  // namespace tw::test
