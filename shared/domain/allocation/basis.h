// What the division depends on, without any item: people with what the plan says of them, classes of items that look
// alike to eligible(), the policy and the seed. Small, whatever the size of the batch, so an operation keeps it: the
// division and every explanation are computed from it again.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "domain/allocation/fill.h"
#include "domain/allocation/snapshot.h"

namespace tw::domain::allocation {

struct BasisPerson {
  CandidatePerson candidate = {};  // before the plan
  std::int64_t weight = 100;       // with the settings' override
  std::int64_t load = 0;
  std::int64_t debt = 0;
  std::optional<Instant> last_item_at = {};
  std::optional<std::int64_t> most = {};  // in this plan
  std::int64_t given = 0;                 // by entries by hand and as owner, before the division
};

struct ItemClass {
  ObstacleMask suppressed = 0;  // why none of these may be allocated at all; 0 = they take part
  Tier tier = Tier::policy;
  bool over_soft = false;  // designated against soft obstacles
  PersonId target = {};    // who has them: designated, or the owner
  PersonId barred = {};    // the one person they may not go to, if they are in the snapshot
  std::int64_t items = 0;
  std::int64_t placed = 0;
  std::int32_t highest = 0;  // scores
  std::int32_t lowest = 0;
};

struct Basis {
  bool batch_active = true;
  Policy policy = Policy::even;  // the one that divides: never by_owner
  std::uint64_t seed = 0;
  std::vector<BasisPerson> people = {};  // in order of id
  std::vector<ItemClass> classes = {};
};

// Numbers are places in the basis.
ObstacleMask obstacles_between(const Basis& basis, std::size_t item_class, std::size_t person);
// What they can still get after `got` items of this plan; none = no cap.
std::optional<std::int64_t> room_after(const BasisPerson& person, std::int64_t got);
// Why they can get nothing any more after `got` items of this plan.
ObstacleMask obstacles_after(const BasisPerson& person, std::int64_t got);

// Where a person starts under the policy, in millionths of an item: what the division levels is (start + got) / weight.
std::int64_t start_of(const Basis& basis, std::size_t person);
std::int64_t weight_of(const Basis& basis, std::size_t person);

// Larger debt, then longest since the last item, then by lot; never the id or the age of the account.
std::vector<std::uint32_t> first_served(const Basis& basis);

struct Division {
  std::vector<std::int64_t> got;         // per person, with what they were given before
  std::vector<std::int64_t> entitled;    // millionths: what an exactly fair division of the placed items would give
  std::vector<std::vector<Part>> parts;  // per class, without zeros
};
// How many of each class go to whom. `with_entitlements` false leaves `entitled` empty.
Division divide(const Basis& basis, bool with_entitlements = true);

}  // namespace tw::domain::allocation
