#include "domain/allocation/eligible.h"

#include <algorithm>

namespace tw::domain::allocation {

namespace {
ObstacleMask flags_of(const CandidateItem& item) {
  ObstacleMask mask = 0;
  if (!item.batch_active) mask |= bit(Obstacle::batch_not_active);
  if (item.do_not_contact) mask |= bit(Obstacle::do_not_contact);
  if (item.number_error) mask |= bit(Obstacle::number_error);
  return mask;
}

ObstacleMask between(const CandidateItem& item, const CandidatePerson& person) {
  return item.barred && item.barred == person.person ? bit(Obstacle::barred_abandoner) : 0;
}
}  // namespace

ObstacleMask obstacles_of(const CandidateItem& item) {
  return flags_of(item) | (batch::needs_executor(item.state) ? 0 : bit(Obstacle::not_needing_executor));
}

ObstacleMask obstacles_of(const CandidatePerson& person) {
  ObstacleMask mask = 0;
  if (!person.active) mask |= bit(Obstacle::inactive_person);
  if (!person.executor) mask |= bit(Obstacle::not_an_executor);
  if (person.holding_cap && person.held >= *person.holding_cap) mask |= bit(Obstacle::over_holding_cap);
  if (person.daily_inflow_cap && person.received_today >= *person.daily_inflow_cap)
    mask |= bit(Obstacle::over_inflow_cap);
  if (person.absent) mask |= bit(Obstacle::absent);
  return mask;
}

ObstacleMask eligible(const CandidateItem& item, const CandidatePerson& person) {
  return obstacles_of(item) | obstacles_of(person) | between(item, person);
}

ObstacleMask eligible_to_take_over(const CandidateItem& item, const CandidatePerson& person) {
  return flags_of(item) | obstacles_of(person) | between(item, person);
}

std::optional<std::int64_t> room(const CandidatePerson& person) {
  std::optional<std::int64_t> least;
  const auto narrow = [&least](std::int64_t cap, std::int64_t taken) {
    const std::int64_t left = std::max<std::int64_t>(0, cap - taken);
    least = least ? std::min(*least, left) : left;
  };
  if (person.holding_cap) narrow(*person.holding_cap, person.held);
  if (person.daily_inflow_cap) narrow(*person.daily_inflow_cap, person.received_today);
  return least;
}

std::vector<Obstacle> obstacles_in(ObstacleMask mask) {
  std::vector<Obstacle> list;
  for (const auto& row : obstacle_names)
    if ((mask & bit(row.value)) != 0) list.push_back(row.value);
  return list;
}

}  // namespace tw::domain::allocation
