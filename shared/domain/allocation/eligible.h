// May this item go to this person? One function for policies, claims, drags and transfers; the mask of failed tests
// *is* the explanation. Pure: what it needs is in its arguments.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/policy.h"
#include "domain/batch/state.h"

namespace tw::domain::allocation {

using ObstacleMask = std::uint32_t;  // bits of Obstacle; 0 = eligible

constexpr ObstacleMask bit(Obstacle obstacle) { return static_cast<ObstacleMask>(obstacle); }

// Hard obstacles hold for everybody; a manager's hand may override a soft one after a confirmation that names it.
// Policies and claims obey both.
inline constexpr ObstacleMask soft_obstacles = bit(Obstacle::over_holding_cap) | bit(Obstacle::over_inflow_cap) |
                                               bit(Obstacle::barred_abandoner) | bit(Obstacle::over_plan_cap) |
                                               bit(Obstacle::absent);
constexpr ObstacleMask hard(ObstacleMask mask) { return mask & ~soft_obstacles; }
constexpr ObstacleMask soft(ObstacleMask mask) { return mask & soft_obstacles; }

struct CandidateItem {
  bool batch_active = true;
  batch::ItemState state = batch::ItemState::unassigned;
  bool do_not_contact = false;
  bool number_error = false;
  PersonId barred = {};  // who abandoned it last
};

struct CandidatePerson {
  PersonId person = {};
  bool active = true;
  bool executor = true;                               // the batch lists them
  std::int64_t held = 0;                              // executing items in all active batches
  std::optional<std::int64_t> holding_cap = {};       // none = no cap
  std::int64_t received_today = 0;                    // on the person's own day
  std::optional<std::int64_t> daily_inflow_cap = {};  // none = no cap
  bool absent = false;                                // for the whole handling limit (absence.h)
};

// The part that does not depend on the person: why nobody may have it.
ObstacleMask obstacles_of(const CandidateItem& item);
// The part that does not depend on the item: why this person gets nothing.
ObstacleMask obstacles_of(const CandidatePerson& person);

// For an item that needs an executor (allocate, designate, claim).
ObstacleMask eligible(const CandidateItem& item, const CandidatePerson& person);
// For an item that somebody executes now (transfer, reassign): its state is no obstacle.
ObstacleMask eligible_to_take_over(const CandidateItem& item, const CandidatePerson& person);

// How many more this person can get before a cap; none = no cap.
std::optional<std::int64_t> room(const CandidatePerson& person);

// The set bits, in the order of Obstacle.
std::vector<Obstacle> obstacles_in(ObstacleMask mask);

}  // namespace tw::domain::allocation
