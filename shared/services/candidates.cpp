// See candidates.h.
#include "services/candidates.h"

#include "domain/allocation/absence.h"
#include "services/people_store.h"

namespace tw::services {

std::optional<domain::allocation::CandidatePerson> Candidates::of(PersonId person) {
  const auto found = load_person(work_, person);
  if (!found) return std::nullopt;
  domain::allocation::CandidatePerson candidate;
  candidate.person = person;
  candidate.active = found->active;
  candidate.executor = has_role(work_, batch_, BatchRole::executor, person);
  candidate.held = held_by(work_, person);
  candidate.holding_cap = found->holding_cap;
  candidate.daily_inflow_cap = found->daily_inflow_cap;
  candidate.received_today = person_today(work_, person).received;
  candidate.absent = absent(person);
  return candidate;
}

bool Candidates::absent(PersonId person) {
  if (limit_.value == 0) return false;
  const auto& theirs = calendars_.of(person);
  const auto [known, asks] = absent_.try_emplace(&theirs, false);
  if (asks) known->second = domain::allocation::absent(limit_, counts_, now_, theirs, calendars_.of_everybody());
  return known->second;
}

bool still_receives(Work& work, BatchId batch, PersonId person) {
  const auto found = load_person(work, person);
  return found && found->active && has_role(work, batch, BatchRole::executor, person);
}

domain::allocation::CandidateItem candidate_item(const Item& item, const std::optional<CustomerCard>& customer) {
  domain::allocation::CandidateItem candidate;
  candidate.state = item.facts.state;
  candidate.barred = item.facts.barred;
  candidate.do_not_contact = customer && customer->do_not_contact;
  candidate.number_error = customer && customer->number_error;
  return candidate;
}

domain::allocation::CandidateItem candidate_item(const AllocatableReader::Found& found) {
  domain::allocation::CandidateItem candidate;
  candidate.state = found.item.facts.state;
  candidate.barred = found.item.facts.barred;
  candidate.do_not_contact = found.do_not_contact;
  candidate.number_error = found.number_error;
  return candidate;
}

}  // namespace tw::services
