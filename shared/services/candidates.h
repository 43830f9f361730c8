// The arguments of domain/allocation/eligible.h, read from the database.
#pragma once

#include <map>
#include <optional>

#include "domain/allocation/eligible.h"
#include "services/batch_store.h"
#include "services/customer_store.h"
#include "services/item_store.h"
#include "services/people_calendars.h"

namespace tw::services {

// People who may be given items of one batch at this moment.
class Candidates {
 public:
  Candidates(Work& work, const Batch& batch, Instant now)
      : work_(work), batch_(batch.id), limit_(batch.limit), counts_(batch.limit_counts), now_(now), calendars_(work) {}
  // Empty: there is no such person.
  std::optional<domain::allocation::CandidatePerson> of(PersonId person);

 private:
  bool absent(PersonId person);

  Work& work_;
  const BatchId batch_;
  const domain::batch::HandlingLimit limit_;
  const domain::batch::LimitCounts counts_;
  const Instant now_;
  PeopleCalendars calendars_;                                        // asked only where there is a limit
  std::map<const domain::calendar::WorkingCalendar*, bool> absent_;  // few calendars, many people
};

// May items come back to them: active, and still an executor of the batch?
bool still_receives(Work& work, BatchId batch, PersonId person);
domain::allocation::CandidateItem candidate_item(const Item& item, const std::optional<CustomerCard>& customer);
domain::allocation::CandidateItem candidate_item(const AllocatableReader::Found& found);

}  // namespace tw::services
