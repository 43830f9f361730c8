// The arguments of domain/allocation/eligible.h, read from the database.
#pragma once

#include <optional>

#include "domain/allocation/eligible.h"
#include "services/customer_store.h"
#include "services/item_store.h"

namespace tw::services {

// Empty: there is no such person.
std::optional<domain::allocation::CandidatePerson> candidate_of(Work& work, BatchId batch, PersonId person);
// May items come back to them: active, and still an executor of the batch?
bool still_receives(Work& work, BatchId batch, PersonId person);
domain::allocation::CandidateItem candidate_item(const Item& item, const std::optional<CustomerCard>& customer);
domain::allocation::CandidateItem candidate_item(const AllocatableReader::Found& found);

}  // namespace tw::services
