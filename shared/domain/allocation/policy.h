// The words of allocation that the wire needs; the planner itself is plan.h, the tests of eligibility are eligible.h.
#pragma once

#include <cstdint>
#include <span>

#include "core/describe.h"

namespace tw::domain::allocation {

// More policies come with the issue that builds the whole engine; a policy that does not exist yet is not named here.
enum class Policy : std::uint8_t { even };
inline constexpr WireName<Policy> policy_names[] = {{Policy::even, "even"}};
constexpr std::span<const WireName<Policy>> wire_names(Policy) { return policy_names; }

// Why an item cannot go to a person: bits of the mask that eligible() answers. The mask is the explanation.
enum class Obstacle : std::uint32_t {
  none = 0,
  batch_not_active = 1u << 0,      // hard
  not_needing_executor = 1u << 1,  // hard
  do_not_contact = 1u << 2,        // hard
  number_error = 1u << 3,          // hard
  inactive_person = 1u << 4,       // hard
  not_an_executor = 1u << 5,       // hard
  over_holding_cap = 1u << 6,      // soft
  over_inflow_cap = 1u << 7,       // soft
  barred_abandoner = 1u << 8,      // soft
};
inline constexpr WireName<Obstacle> obstacle_names[] = {
    {Obstacle::batch_not_active, "batch_not_active"}, {Obstacle::not_needing_executor, "not_needing_executor"},
    {Obstacle::do_not_contact, "do_not_contact"},     {Obstacle::number_error, "number_error"},
    {Obstacle::inactive_person, "inactive_person"},   {Obstacle::not_an_executor, "not_an_executor"},
    {Obstacle::over_holding_cap, "over_holding_cap"}, {Obstacle::over_inflow_cap, "over_inflow_cap"},
    {Obstacle::barred_abandoner, "barred_abandoner"},
};
constexpr std::span<const WireName<Obstacle>> wire_names(Obstacle) { return obstacle_names; }

}  // namespace tw::domain::allocation
