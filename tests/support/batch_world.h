// A company with a batch task to arrange from: a manager Mia, executors Ann, Bob and Cid, an outsider and an
// administrator, customers in Mia's department. Long operations and the recall job run when the test says so.
#pragma once

#include <string>
#include <vector>

#include "api/registry.h"
#include "services/batch_store.h"
#include "services/jobs.h"
#include "services/long_operation.h"
#include "support/test_world.h"

namespace tw::test {

// Says stop after so many questions; asked again it starts anew with the next step.
class CountedBudget final : public services::StepBudget {
 public:
  explicit CountedBudget(int questions) : left_(questions) {}
  bool used_up() override { return left_-- <= 0; }

 private:
  int left_;
};

class PatientBudget final : public services::StepBudget {
 public:
  bool used_up() override { return false; }
};

class BatchWorld : public TestWorld {
 public:
  BatchWorld();

  DepartmentId north;
  Caller mia;  // manager of the department: creates batches
  Caller ann;  // members: executors
  Caller bob;
  Caller cid;
  Caller outsider;  // a member who has to do with nothing here
  Caller admin;

  CustomerId add_customer(std::string name, DepartmentId department = {}, bool do_not_contact = false);
  std::vector<CustomerId> add_customers(int count);

  // Created by Mia, for Ann, Bob and Cid, unless the request says otherwise.
  BatchId create_batch(api::CreateBatch::Request request);
  BatchId create_batch(std::int64_t limit_hours = 0);
  // Adds them and runs the operation to its end.
  void add(BatchId batch, const std::vector<CustomerId>& customers);
  // New customers, added: their items in order.
  std::vector<api::ItemRow> fill(BatchId batch, int count);
  void allocate(BatchId batch);  // everything, evenly, to its end
  void run_operations();

  std::vector<api::ItemRow> items_of(BatchId batch);  // in order of id
  api::ItemRow item(ItemId item);                     // as Mia's administrator sees it
  std::vector<api::ItemVersion> versions(const std::vector<api::ItemRow>& rows);
  api::ItemVersion version(ItemId item) { return {item, this->item(item).version}; }
  // By hand, to its only possible end.
  ItemId designated(BatchId batch, PersonId person);
  void designate(BatchId batch, PersonId person, ItemId item);

  // Runs the recall job until it has nothing to do at once; answers when it wants to be called next.
  std::optional<Instant> recall();
  api::OperationView operation(OperationId operation);
  std::int64_t outcome(OperationId operation, std::string_view outcome);
  // Every counter against the items; empty when all agree.
  std::string wrong_counters();
};

}  // namespace tw::test
