// Why this person? Recomputed, in whatever language the reader has, from what the plan was made from. Pure.
//
// "Decisive" is meant strictly: had that one input been otherwise, somebody else would have got the item. For a
// person's term (weight, load, debt, last item) otherwise means exchanged with the first runner-up's; for the draw,
// another seed; for the score, another place from the most valuable down; for eligibility, the winner's own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/allocation/plan.h"

namespace tw::domain::allocation {

// What the division looked at. Standing = (start + got) / weight is what it levels.
struct Terms {
  PersonId person = {};
  std::int64_t got = 0;     // of the plan
  std::int64_t given = 0;   // of them by hand or as owner
  std::int64_t start = 0;   // millionths
  std::int64_t weight = 1;  // 1 unless the policy weighs
  std::int64_t load = 0;
  std::int64_t debt = 0;                     // millionths, before the plan
  std::optional<Instant> last_item_at = {};  // before the plan
  std::optional<std::int64_t> room = {};     // after the plan; none = no cap
};

struct Excluded {
  PersonId person = {};
  ObstacleMask reasons = 0;
};

struct Explanation {
  Tier tier = Tier::policy;
  Policy rule = Policy::even;           // what divided, where the tier is `policy`
  ObstacleMask suppressed = 0;          // why nobody may have it
  std::optional<Terms> winner = {};     // none: nobody got it
  std::vector<Terms> runners_up = {};   // at most two, the next in line first
  std::vector<Excluded> excluded = {};  // in order of id
  Decisive decisive = Decisive::none;
  std::int64_t alike = 0;     // items that look the same, this one among them
  std::int64_t of_them = 0;   // and how many of those the winner got
  std::int64_t position = 0;  // its place among them, from 0
};

Explanation explain(const Basis& basis, std::size_t item_class, std::int64_t position);
// Of an item of the snapshot, by making the plan again.
Explanation explain(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed, ItemId item);

}  // namespace tw::domain::allocation
