#include "domain/allocation/basis.h"

#include <algorithm>
#include <limits>

#include "domain/allocation/mix.h"

namespace tw::domain::allocation {

namespace {

constexpr std::int64_t farthest = 1'000'000'000'000'000;  // fill.h's limit of a start

std::int64_t clamped(std::int64_t start) { return std::min(std::max(start, -farthest), farthest); }

// Without the debt: what the policy entitles to does not depend on what it owes.
std::int64_t fresh_start(const Basis& basis, const BasisPerson& person) {
  const std::int64_t load = basis.policy == Policy::least_loaded ? person.load : 0;
  return clamped((person.given + load) * whole_item);
}

bool divided(const ItemClass& one) { return one.suppressed == 0 && one.tier == Tier::policy; }

std::int64_t in_millionths(std::int64_t items) {
  return std::min(items, std::numeric_limits<std::int64_t>::max() / whole_item) * whole_item;
}

// The entries of the tiers before the division: the whole class belongs to its target.
void add_given(const Basis& basis, std::vector<std::vector<Part>>& parts) {
  for (std::size_t c = 0; c < basis.classes.size(); ++c) {
    const ItemClass& one = basis.classes[c];
    if (one.suppressed != 0 || one.tier == Tier::policy) continue;
    for (std::uint32_t p = 0; p < basis.people.size(); ++p)
      if (basis.people[p].candidate.person == one.target) parts[c].push_back({p, one.items});
  }
}

}  // namespace

ObstacleMask obstacles_between(const Basis& basis, std::size_t item_class, std::size_t person) {
  const ItemClass& one = basis.classes[item_class];
  CandidateItem typical;
  typical.batch_active = basis.batch_active;
  typical.barred = one.barred;
  const BasisPerson& who = basis.people[person];
  ObstacleMask mask = one.suppressed | eligible(typical, who.candidate);
  if (who.most && *who.most == 0) mask |= bit(Obstacle::over_plan_cap);
  return mask;
}

std::optional<std::int64_t> room_after(const BasisPerson& person, std::int64_t got) {
  CandidatePerson then = person.candidate;
  then.held += got;
  then.received_today += got;
  std::optional<std::int64_t> left = room(then);
  if (person.most) left = std::min(left.value_or(*person.most), std::max<std::int64_t>(0, *person.most - got));
  return left;
}

ObstacleMask obstacles_after(const BasisPerson& person, std::int64_t got) {
  CandidatePerson then = person.candidate;
  then.held += got;
  then.received_today += got;
  return obstacles_of(then) | (person.most && got >= *person.most ? bit(Obstacle::over_plan_cap) : 0);
}

std::int64_t start_of(const Basis& basis, std::size_t person) {
  const BasisPerson& who = basis.people[person];
  const std::int64_t start = fresh_start(basis, who);
  return basis.policy == Policy::even ? start : clamped(start - clamped(who.debt));
}

std::int64_t weight_of(const Basis& basis, std::size_t person) {
  return basis.policy == Policy::weighted ? basis.people[person].weight : 1;
}

std::vector<std::uint32_t> first_served(const Basis& basis) {
  std::vector<std::uint32_t> order(basis.people.size());
  for (std::size_t p = 0; p < order.size(); ++p) order[p] = static_cast<std::uint32_t>(p);
  std::sort(order.begin(), order.end(), [&basis](std::uint32_t left, std::uint32_t right) {
    const BasisPerson& a = basis.people[left];
    const BasisPerson& b = basis.people[right];
    if (a.debt != b.debt) return a.debt > b.debt;
    const std::int64_t a_last = a.last_item_at ? a.last_item_at->ms : std::numeric_limits<std::int64_t>::min();
    const std::int64_t b_last = b.last_item_at ? b.last_item_at->ms : std::numeric_limits<std::int64_t>::min();
    if (a_last != b_last) return a_last < b_last;
    return mixed(basis.seed, a.candidate.person.value) < mixed(basis.seed, b.candidate.person.value);
  });
  return order;
}

Division divide(const Basis& basis, bool with_entitlements) {
  const std::size_t people = basis.people.size();
  Eligibility eligibility(basis.classes.size(), people);
  FillInput input;
  input.unit = whole_item;
  for (std::size_t c = 0; c < basis.classes.size(); ++c) {
    input.supply.push_back(divided(basis.classes[c]) ? basis.classes[c].items : 0);
    for (std::size_t p = 0; p < people; ++p)
      if (input.supply[c] > 0 && obstacles_between(basis, c, p) == 0) eligibility.allow(c, p);
  }
  for (std::size_t p = 0; p < people; ++p) {
    input.room.push_back(room_after(basis.people[p], basis.people[p].given));
    input.start.push_back(start_of(basis, p));
    input.weight.push_back(weight_of(basis, p));
  }
  input.first_served = first_served(basis);
  FillResult filled = fill(input, eligibility);
  Division division;
  division.got = std::move(filled.counts);
  division.parts = std::move(filled.parts);
  add_given(basis, division.parts);
  if (with_entitlements) {
    // The same division in millionths of an item.
    input.unit = 1;
    for (std::int64_t& supply : input.supply) supply *= whole_item;
    for (auto& room : input.room)
      if (room) room = in_millionths(*room);
    for (std::size_t p = 0; p < people; ++p) input.start[p] = fresh_start(basis, basis.people[p]);
    division.entitled = fill(input, eligibility).counts;
  }
  for (std::size_t p = 0; p < people; ++p) {
    division.got[p] += basis.people[p].given;
    if (with_entitlements) division.entitled[p] += basis.people[p].given * whole_item;
  }
  return division;
}

}  // namespace tw::domain::allocation
