// The SQL of policies and of their fairness ledgers. One statement per function.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/policy.h"
#include "services/work.h"

namespace tw::services {

struct SavedPolicy {
  PolicyId policy;
  Version version;
  BatchId batch;  // whose own it is; none: to be shared
  std::string name;
  api::PolicyTerms terms;
  bool archived = false;
  PersonId creator;  // none: the local operator
  std::string creator_name;
  std::string changer_name;
  Instant changed;
};

std::optional<SavedPolicy> load_policy(Work& work, PolicyId policy);  // with its people
struct SharedPolicy {
  SavedPolicy policy;        // without its people
  std::int64_t batches = 0;  // active ones that are allocated by it
};
std::vector<SharedPolicy> list_shared_policies(Work& work, bool archived);  // by name
std::optional<SavedPolicy> policy_by_name(Work& work,
                                          std::string_view name);  // of those that can be chosen, whatever case
std::int64_t count_shared_policies(Work& work);                    // that can be chosen
PolicyId insert_policy(Work& work, const SavedPolicy& policy);     // with its people; at work.now
// Writes all that may change where it still is `policy.version`; else false.
bool update_policy(Work& work, const SavedPolicy& policy);
PolicyId own_policy_of(Work& work, BatchId batch);
std::vector<BatchId> active_batches_by(Work& work, PolicyId policy);
std::int64_t count_active_batches_by(Work& work, PolicyId policy);
// Another batch that is being allocated by it right now, or taken back, as the operation that does; 0: none.
OperationId allocation_running_by(Work& work, PolicyId policy, BatchId but);

// --- the ledger ------------------------------------------------------------------------------------------------------

struct LedgerRow {
  PersonId person;
  std::int64_t debt = 0;  // millionths of an item
  std::optional<Instant> last_item_at;
};
std::vector<LedgerRow> ledger_of(Work& work, PolicyId policy);  // by person
void add_to_debt(Work& work, PolicyId policy, PersonId person, std::int64_t debt);

// So many items that a person received at one time.
struct Receipt {
  PersonId person;
  Instant at;
  std::int64_t items = 0;
};
// The last item is the one of then, unless a later one came. Times before `undone_since`, from which nothing is taken
// back any more, are forgotten but for the last.
void received(Work& work, PolicyId policy, const Receipt& receipt, Instant undone_since);
// They were taken back: when nothing of that time is left, the last item is that of the time before. By the policy that
// the person had them by, where the batch has another one meanwhile.
void given_back(Work& work, PolicyId policy, const Receipt& receipt);
// The same for items of a time when they were not counted (before schema 19): all of `at` were taken back, and `before`
// is known from elsewhere.
void last_item_was(Work& work, PolicyId policy, PersonId person, Instant at, std::optional<Instant> before);

}  // namespace tw::services
