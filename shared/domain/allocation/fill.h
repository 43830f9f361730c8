// The counts behind a plan: how many of each class go to each person. Classes bring a supply, people bring room, a
// place where they start and a weight, and a table says which class may go to whom. The k-th unit of a person costs
//
//     (start + k * unit) / weight
//
// and the answer
//   1. places as many units as can be placed,
//   2. among those is the cheapest, and so the fairest (lexicographically: the dearest unit as cheap as possible, then
//      the next),
//   3. among those gives the remainders to whoever comes first in `first_served`.
//
// Why this is right: it is a min-cost max-flow with costs that are convex in each person's count and nothing else. The
// counts that a bipartite flow can reach form a polymatroid, and on a polymatroid the greedy rule "the cheapest next
// unit, ties by rank, until nobody can have more" is optimal for every separable convex cost (Federgruen and
// Groenevelt, 1986); fill_test.cpp compares it with a flow by shortest paths. It is done in bulk: everybody is raised
// to the highest level that can be reached together, then one more each in order of cost; who cannot have one more then
// never can again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "domain/allocation/flow.h"

namespace tw::domain::allocation {

struct FillInput {
  std::vector<std::int64_t> supply;               // per class
  std::vector<std::optional<std::int64_t>> room;  // per person; none = no cap
  std::vector<std::int64_t> start;                // per person, in the unit's measure; at most 10^15 from 0
  std::vector<std::int64_t> weight;               // per person, 1 to 10,000
  std::vector<std::uint32_t> first_served;        // all people, who gets a remainder first
  std::int64_t unit = 1;                          // what one more counts; at least 1
};

struct FillResult {
  std::vector<std::int64_t> counts;      // per person
  std::vector<std::vector<Part>> parts;  // per class, by person, without zeros
};

FillResult fill(const FillInput& input, const Eligibility& eligibility);

// Is a person's unit that brings them to `standing` cheaper than another's? The sign, by cross-multiplication.
int compare_cost(std::int64_t standing, std::int64_t weight, std::int64_t other_standing, std::int64_t other_weight);

}  // namespace tw::domain::allocation
