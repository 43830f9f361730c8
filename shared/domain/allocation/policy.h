// The words of allocation that the wire needs; the planner itself is plan.h, the tests of eligibility are eligible.h.
#pragma once

#include <cstdint>
#include <span>

#include "core/describe.h"
#include "core/ids.h"

namespace tw {
using PolicyId = Id<struct PolicyTag>;  // of a saved policy (api/policy.h)
}

namespace tw::domain::allocation {

// How items are divided among people. One algorithm (fill.h); what differs is where a person starts and how much one
// more item weighs (basis.h).
enum class Policy : std::uint8_t {
  even,          // counts of the plan level; debt decides only who gets the remainder
  weighted,      // in proportion to the person's weight
  least_loaded,  // what people hold levels
  score_first,   // as even, and dealt from the most valuable item down, so that value levels too
  by_owner,      // each customer to its owner where eligible, the rest by a second policy
};
inline constexpr WireName<Policy> policy_names[] = {{Policy::even, "even"},
                                                    {Policy::weighted, "weighted"},
                                                    {Policy::least_loaded, "least_loaded"},
                                                    {Policy::score_first, "score_first"},
                                                    {Policy::by_owner, "by_owner"}};
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
  over_plan_cap = 1u << 9,         // soft: what the manager lets this person get at most in this plan
  absent = 1u << 10,               // soft: for the whole handling limit (absence.h)
};
inline constexpr WireName<Obstacle> obstacle_names[] = {
    {Obstacle::batch_not_active, "batch_not_active"},
    {Obstacle::not_needing_executor, "not_needing_executor"},
    {Obstacle::do_not_contact, "do_not_contact"},
    {Obstacle::number_error, "number_error"},
    {Obstacle::inactive_person, "inactive_person"},
    {Obstacle::not_an_executor, "not_an_executor"},
    {Obstacle::over_holding_cap, "over_holding_cap"},
    {Obstacle::over_inflow_cap, "over_inflow_cap"},
    {Obstacle::barred_abandoner, "barred_abandoner"},
    {Obstacle::over_plan_cap, "over_plan_cap"},
    {Obstacle::absent, "absent"},
};
constexpr std::span<const WireName<Obstacle>> wire_names(Obstacle) { return obstacle_names; }

// Which rule gave an item to its person; the first that applies.
enum class Tier : std::uint8_t {
  designated,  // an entry by hand of the draft plan
  owner,       // policy by_owner: the customer's owner
  policy,      // the division among all who are eligible
};
inline constexpr WireName<Tier> tier_names[] = {
    {Tier::designated, "designated"}, {Tier::owner, "owner"}, {Tier::policy, "policy"}};
constexpr std::span<const WireName<Tier>> wire_names(Tier) { return tier_names; }

// The one input that decided who got an item: had it been otherwise, somebody else would have got it (explain.h).
enum class Decisive : std::uint8_t {
  none,         // nobody got it
  entry,        // the entry by hand
  owner,        // who owns the customer
  eligibility,  // nobody else could have taken it: excluded, or full
  score,        // the item's place from the most valuable down
  lot,          // the draw among equals: the seed
  weight,       // these are compared with the runner-up's
  load,
  debt,
  last_item,
  share,  // the others were ahead: items that only they could take had raised them
};
inline constexpr WireName<Decisive> decisive_names[] = {{Decisive::none, "none"},
                                                        {Decisive::entry, "entry"},
                                                        {Decisive::owner, "owner"},
                                                        {Decisive::score, "score"},
                                                        {Decisive::eligibility, "eligibility"},
                                                        {Decisive::lot, "lot"},
                                                        {Decisive::weight, "weight"},
                                                        {Decisive::load, "load"},
                                                        {Decisive::debt, "debt"},
                                                        {Decisive::last_item, "last_item"},
                                                        {Decisive::share, "share"}};
constexpr std::span<const WireName<Decisive>> wire_names(Decisive) { return decisive_names; }

}  // namespace tw::domain::allocation
