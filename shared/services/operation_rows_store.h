// The SQL of the rows of long operations that are kept one by one (api/operation_rows.h): written in its steps.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "api/operation_rows.h"
#include "core/error.h"
#include "services/work.h"

namespace tw::services {

// Why a row was left, as a text with parameters; empty key: its outcome says it all.
struct RowReason {
  std::string key;
  std::vector<api::TextParam> params;
};
RowReason reason_of(const Error& refusal);

// Keeps rows until there are enough of their kind; one per step, in whose transaction the rows are written.
class RowKeeper {
 public:
  RowKeeper(Work& work, OperationId operation);

  // Under api::outcome_changes(outcome); what is only counted is not kept.
  void customer(CustomerId customer, std::string_view outcome, PersonId executor = {}, const RowReason& reason = {});
  void item(ItemId item, std::string_view outcome, PersonId executor = {}, const RowReason& reason = {});
  // Would it still be kept? Before a reason is looked up that costs a question.
  bool has_room(std::string_view outcome) const;

 private:
  Work& work_;
  const OperationId operation_;
  std::int64_t kept_[2] = {0, 0};  // left, changed
};

struct StoredOperationRow {
  api::OperationRow row;  // without the executor's name
  PersonId owner;         // of the customer
  DepartmentId department;
};
// Those behind `request.after`, one more than the page has; `batch` is the operation's.
std::vector<StoredOperationRow> operation_rows_after(Work& work, const api::ListOperationRows::Request& request,
                                                     BatchId batch);

// Deletes rows of operations that began before `before`, the oldest operation first. Answers how many. The operation,
// its counts and its plan stay.
std::int64_t forget_operation_rows(Work& work, Instant before, std::int64_t limit);

}  // namespace tw::services
