#include "domain/allocation/plan.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <limits>

#include "domain/allocation/fill.h"

namespace tw::domain::allocation {

namespace {

__extension__ using Wide = unsigned __int128;  // products of two 64-bit sums

[[maybe_unused]] constexpr std::size_t most_people = 60'000;

// SplitMix64's finisher: a bijection of 64-bit words, so that different ids under one seed never tie.
constexpr std::uint64_t mixed(std::uint64_t word) {
  word += 0x9E3779B97F4A7C15;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}
constexpr std::uint64_t mixed(std::uint64_t seed, std::int64_t value) {
  return mixed(seed ^ mixed(static_cast<std::uint64_t>(value)));
}

// Works on people in order of id, whatever order the snapshot has them in.
class Planner {
 public:
  Planner(const Snapshot& snapshot, std::uint64_t seed) : snapshot_(snapshot), seed_(seed) {
    assert(snapshot.people.size() <= most_people);
    order_people();
  }

  Plan run() {
    classify();
    divide();
    deal();
    settle();
    return std::move(plan_);
  }

 private:
  static constexpr std::size_t masks = 16;  // what obstacles_of(item) can answer fits in four bits

  const SnapshotPerson& person(std::size_t rank) const { return snapshot_.people[by_id_[rank]]; }
  std::size_t people() const { return by_id_.size(); }

  CandidateItem candidate(const SnapshotItem& item) const {
    return {snapshot_.batch_active, item.state, item.do_not_contact, item.number_error, item.barred};
  }

  void order_people() {
    by_id_.resize(snapshot_.people.size());
    for (std::size_t i = 0; i < by_id_.size(); ++i) by_id_[i] = static_cast<std::uint16_t>(i);
    std::sort(by_id_.begin(), by_id_.end(), [this](std::uint16_t a, std::uint16_t b) {
      return snapshot_.people[a].candidate.person < snapshot_.people[b].candidate.person;
    });
  }

  // Place of a person in order of id; people() when they are not in the snapshot.
  std::size_t place_of(PersonId id) const {
    const auto found = std::lower_bound(by_id_.begin(), by_id_.end(), id, [this](std::uint16_t index, PersonId wanted) {
      return snapshot_.people[index].candidate.person < wanted;
    });
    const bool here = found != by_id_.end() && snapshot_.people[*found].candidate.person == id;
    return here ? static_cast<std::size_t>(found - by_id_.begin()) : people();
  }

  // Slots before numbering: suppressed items by mask, then one slot per barred person, then the others.
  std::size_t slot_of(const SnapshotItem& item) const {
    if (const ObstacleMask mask = obstacles_of(candidate(item))) return mask;
    return masks + (item.barred ? place_of(item.barred) : people());
  }

  // Which class each item is in. Classes are numbered in an order that does not depend on the items'.
  void classify() {
    std::vector<std::int64_t> count(masks + people() + 1);
    plan_.class_of.reserve(snapshot_.items.size());
    for (const SnapshotItem& item : snapshot_.items) {
      const std::size_t slot = slot_of(item);
      ++count[slot];
      plan_.class_of.push_back(static_cast<std::uint16_t>(slot));
    }
    std::vector<std::uint16_t> number(count.size());
    for (std::size_t slot = 0; slot < count.size(); ++slot) {
      if (count[slot] == 0) continue;
      number[slot] = static_cast<std::uint16_t>(plan_.classes.size());
      ItemClass made;
      made.suppressed = slot < masks ? static_cast<ObstacleMask>(slot) : 0;
      if (slot >= masks && slot < masks + people()) made.barred = person(slot - masks).candidate.person;
      made.items = count[slot];
      plan_.classes.push_back(made);
    }
    for (std::uint16_t& slot : plan_.class_of) slot = number[slot];
  }

  // How many of each class go to whom.
  void divide() {
    Eligibility eligibility(plan_.classes.size(), people());
    FillInput input;
    for (std::size_t c = 0; c < plan_.classes.size(); ++c) {
      input.supply.push_back(plan_.classes[c].suppressed != 0 ? 0 : plan_.classes[c].items);
      for (std::size_t p = 0; p < people(); ++p)
        if (obstacles_between(c, p) == 0) eligibility.allow(c, p);
    }
    for (std::size_t p = 0; p < people(); ++p) input.room.push_back(room(person(p).candidate));
    input.first_served = first_served();
    filled_ = fill(input, eligibility);

    // The same division in millionths of an item is what everybody was entitled to.
    for (std::int64_t& supply : input.supply) supply *= whole_item;
    for (auto& room : input.room)
      if (room) room = std::min(*room, std::numeric_limits<std::int64_t>::max() / whole_item) * whole_item;
    entitled_ = fill(input, eligibility).counts;
  }

  ObstacleMask obstacles_between(std::size_t item_class, std::size_t p) const {
    CandidateItem typical;
    typical.batch_active = snapshot_.batch_active;
    typical.barred = plan_.classes[item_class].barred;
    return plan_.classes[item_class].suppressed | eligible(typical, person(p).candidate);
  }

  // Larger debt, then longest since the last item, then by lot; never the id or the age of the account.
  std::vector<std::uint32_t> first_served() const {
    std::vector<std::uint32_t> order(people());
    for (std::size_t p = 0; p < order.size(); ++p) order[p] = static_cast<std::uint32_t>(p);
    std::sort(order.begin(), order.end(), [this](std::uint32_t left, std::uint32_t right) {
      const SnapshotPerson& a = person(left);
      const SnapshotPerson& b = person(right);
      if (a.debt != b.debt) return a.debt > b.debt;
      const std::int64_t a_last = a.last_item_at ? a.last_item_at->ms : std::numeric_limits<std::int64_t>::min();
      const std::int64_t b_last = b.last_item_at ? b.last_item_at->ms : std::numeric_limits<std::int64_t>::min();
      if (a_last != b_last) return a_last < b_last;
      return mixed(seed_, a.candidate.person.value) < mixed(seed_, b.candidate.person.value);
    });
    return order;
  }

  // Deals the items of one class in turns, each turn beginning with another person, so that no pattern in the items
  // (a weekday, an alphabet) falls to one person.
  struct Dealer {
    std::vector<Part> left;
    std::size_t start = 0;
    std::size_t dealt = 0;  // in this turn
    std::uint64_t lot = 0;

    std::size_t next() {
      if (dealt == left.size()) next_turn();
      if (left.empty()) return nobody;
      Part& part = left[(start + dealt++) % left.size()];
      --part.count;
      return part.person;
    }
    void next_turn() {
      left.erase(std::remove_if(left.begin(), left.end(), [](const Part& part) { return part.count == 0; }),
                 left.end());
      dealt = 0;
      lot = mixed(lot);
      start = left.empty() ? 0 : static_cast<std::size_t>(lot % left.size());
    }
  };

  std::vector<std::uint32_t> items_by_id() const {
    const auto& items = snapshot_.items;
    std::vector<std::uint32_t> order(items.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint32_t>(i);
    const auto by_id = [&items](std::uint32_t a, std::uint32_t b) { return items[a].item < items[b].item; };
    if (!std::is_sorted(order.begin(), order.end(), by_id)) std::sort(order.begin(), order.end(), by_id);
    return order;
  }

  void deal() {
    std::vector<Dealer> dealers(plan_.classes.size());
    for (std::size_t c = 0; c < dealers.size(); ++c) {
      dealers[c].left = std::move(filled_.parts[c]);
      dealers[c].lot = mixed(seed_, static_cast<std::int64_t>(c));
      dealers[c].next_turn();
    }
    plan_.assigned.assign(snapshot_.items.size(), nobody);
    for (const std::uint32_t index : items_by_id()) {
      const std::uint16_t c = plan_.class_of[index];
      const std::size_t to = dealers[c].next();
      if (to == nobody) continue;
      plan_.assigned[index] = by_id_[to];
      ++plan_.classes[c].placed;
      ++plan_.placed;
    }
  }

  void settle() {
    plan_.people.resize(people());
    for (std::size_t p = 0; p < people(); ++p) {
      const SnapshotPerson& who = person(p);
      PersonShare& share = plan_.people[by_id_[p]];
      share.got = filled_.counts[p];
      share.entitled = entitled_[p];
      share.debt = who.debt + share.entitled - share.got * whole_item;
      CandidatePerson afterwards = who.candidate;
      afterwards.held += share.got;
      afterwards.received_today += share.got;
      share.capped = obstacles_of(afterwards);
    }
    std::vector<ObstacleMask> reasons(plan_.classes.size());
    for (std::size_t c = 0; c < reasons.size(); ++c) reasons[c] = why_unplaced(c);
    for (std::size_t i = 0; i < plan_.assigned.size(); ++i)
      if (plan_.assigned[i] == nobody)
        plan_.unplaced.push_back({static_cast<std::uint32_t>(i), reasons[plan_.class_of[i]]});
    plan_.before = fairness(0);
    plan_.after = fairness(1);
  }

  ObstacleMask why_unplaced(std::size_t c) const {
    if (plan_.classes[c].suppressed != 0) return plan_.classes[c].suppressed;
    if (people() == 0) return bit(Obstacle::not_an_executor);
    ObstacleMask mask = 0;
    for (std::size_t p = 0; p < people(); ++p) mask |= obstacles_between(c, p) | plan_.people[by_id_[p]].capped;
    return mask;
  }

  // Over everybody who may receive at all; caps do not take anybody out of the comparison.
  Fairness fairness(std::int64_t with_plan) const {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    std::uint64_t sum = 0;
    std::uint64_t count = 0;
    Wide squares = 0;
    for (std::size_t i = 0; i < snapshot_.people.size(); ++i) {
      if (hard(obstacles_of(snapshot_.people[i].candidate)) != 0) continue;
      const std::int64_t received = snapshot_.people[i].received + with_plan * plan_.people[i].got;
      least = std::min(least, received);
      most = std::max(most, received);
      sum += static_cast<std::uint64_t>(received);
      squares += static_cast<Wide>(received) * static_cast<Wide>(received);
      ++count;
    }
    Fairness figures;
    if (count == 0 || squares == 0) return figures;
    figures.jain = static_cast<std::int64_t>(static_cast<Wide>(sum) * sum * whole_item / (squares * count));
    figures.spread = most - least;
    return figures;
  }

  const Snapshot& snapshot_;
  std::uint64_t seed_;
  std::vector<std::uint16_t> by_id_;  // indices of the snapshot's people, in order of their ids
  FillResult filled_;                 // its people are places in by_id_
  std::vector<std::int64_t> entitled_;
  Plan plan_;
};

// One record's fields, chained through the mixer.
template <class... Words>
std::uint64_t record(std::uint64_t tag, Words... words) {
  std::uint64_t hash = mixed(tag);
  ((hash = mixed(hash ^ static_cast<std::uint64_t>(words))), ...);
  return hash;
}

std::int64_t or_minus_one(const std::optional<std::int64_t>& value) { return value.value_or(-1); }

}  // namespace

Plan plan(const Snapshot& snapshot, Policy policy, std::uint64_t seed) {
  Plan made = Planner(snapshot, seed).run();
  made.snapshot_hash = hash_of(snapshot);
  made.seed = seed;
  made.policy = policy;
  return made;
}

std::uint64_t hash_of(const Snapshot& snapshot) {
  std::uint64_t sum = record(1, snapshot.batch_active, snapshot.items.size(), snapshot.people.size());
  for (const SnapshotItem& item : snapshot.items)
    sum += record(2, item.item.value, item.version.value, item.barred.value,
                  static_cast<std::uint64_t>(item.state) | (item.do_not_contact ? 0x100u : 0u) |
                      (item.number_error ? 0x200u : 0u));
  for (const SnapshotPerson& person : snapshot.people) {
    const CandidatePerson& who = person.candidate;
    sum += record(3, who.person.value, who.active, who.executor, who.held, or_minus_one(who.holding_cap),
                  who.received_today, or_minus_one(who.daily_inflow_cap), person.received, person.debt,
                  person.last_item_at ? person.last_item_at->ms : -1);
  }
  return sum;
}

}  // namespace tw::domain::allocation
