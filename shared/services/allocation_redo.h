// An undo taken back: the operation that it undid, done again for the rows that it gave back and nobody has touched
// since. Nothing is planned anew. Each goes to whom it was given before, with the explanation it had, by an operation
// of its own, which can be undone like any other. It counts in the ledger of the policy that the batch has now; what
// people are entitled to is the part that stands for these rows.
#pragma once

#include <string>
#include <vector>

#include "services/long_operation.h"
#include "services/plan_store.h"

namespace tw::services {

// Does the operation give items to people, so that it can be undone?
bool gives_away(const LongOperation& operation);
// How many versions an item is further when such an operation has given it to somebody.
std::int64_t versions_given_with(const LongOperation& operation);

struct Redo {
  api::OperationKind kind = api::OperationKind::allocate;
  domain::batch::BatchEvent event = domain::batch::BatchEvent::allocated;
  std::string input;
  std::vector<std::string> chunks;
  std::int64_t rows = 0;
  PolicyId ledger;  // whose it will be written in; none: in none
};
// `policy`: what the batch has now.
Result<Redo> redo_of(Work& work, const LongOperation& undone, OperationId undo, PolicyId policy);

}  // namespace tw::services
