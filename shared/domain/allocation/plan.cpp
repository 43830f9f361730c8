#include "domain/allocation/plan.h"

#include <utility>

#include "domain/allocation/sort_out.h"

namespace tw::domain::allocation {

namespace {

class Planner {
 public:
  Planner(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed)
      : snapshot_(snapshot), policy_(settings.policy), sorted_(sort_out(snapshot, settings, seed)) {}

  Plan run() {
    division_ = divide(sorted_.basis);
    plan_.people.resize(people());
    deal();
    settle();
    plan_.before = fairness(0);
    plan_.after = fairness(1);
    plan_.snapshot_hash = hash_of(snapshot_);
    plan_.seed = sorted_.basis.seed;
    plan_.policy = policy_;
    plan_.class_of = std::move(sorted_.class_of);
    plan_.position = std::move(sorted_.position);
    plan_.basis = std::move(sorted_.basis);
    return std::move(plan_);
  }

 private:
  std::size_t people() const { return snapshot_.people.size(); }
  PersonShare& share(std::size_t p) { return plan_.people[sorted_.people[p]]; }

  void deal() {
    const auto rank = rank_of(first_served(sorted_.basis));
    std::vector<Dealer> dealers;
    for (std::size_t c = 0; c < sorted_.basis.classes.size(); ++c)
      dealers.emplace_back(sorted_.basis, c, division_.parts[c], rank);
    plan_.assigned.assign(snapshot_.items.size(), nobody);
    for (const std::uint32_t index : sorted_.deal_order) {
      const std::uint16_t c = sorted_.class_of[index];
      const std::uint16_t to = dealers[c].next();
      if (to == nobody) continue;
      plan_.assigned[index] = sorted_.people[to];
      share(to).value += snapshot_.items[index].score;
      ++sorted_.basis.classes[c].placed;
      ++plan_.placed;
    }
  }

  void settle() {
    const Basis& basis = sorted_.basis;
    for (std::size_t p = 0; p < people(); ++p) {
      PersonShare& to = share(p);
      to.got = division_.got[p];
      to.given = basis.people[p].given;
      to.entitled = division_.entitled[p];
      to.debt = basis.people[p].debt + to.entitled - to.got * whole_item;
      to.capped = obstacles_after(basis.people[p], to.got);
    }
    std::vector<ObstacleMask> reasons(basis.classes.size());
    for (std::size_t c = 0; c < reasons.size(); ++c) reasons[c] = why_unplaced(c);
    for (std::size_t i = 0; i < plan_.assigned.size(); ++i)
      if (plan_.assigned[i] == nobody)
        plan_.unplaced.push_back({static_cast<std::uint32_t>(i), reasons[sorted_.class_of[i]]});
  }

  ObstacleMask why_unplaced(std::size_t c) {
    const Basis& basis = sorted_.basis;
    if (basis.classes[c].suppressed != 0) return basis.classes[c].suppressed;
    if (people() == 0) return bit(Obstacle::not_an_executor);
    ObstacleMask mask = 0;
    for (std::size_t p = 0; p < people(); ++p) mask |= obstacles_between(basis, c, p) | share(p).capped;
    return mask;
  }

  // Over everybody who may receive at all; caps do not take anybody out of the comparison.
  Fairness fairness(std::int64_t with_plan) {
    std::vector<Holding> holdings;
    for (std::size_t p = 0; p < people(); ++p) {
      const SnapshotPerson& who = snapshot_.people[sorted_.people[p]];
      if (hard(obstacles_of(who.candidate)) != 0) continue;
      holdings.push_back({who.received + with_plan * share(p).got, who.value + with_plan * share(p).value,
                          weight_of(sorted_.basis, p)});
    }
    return fairness_of(holdings);
  }

  const Snapshot& snapshot_;
  const Policy policy_;
  SortedOut sorted_;
  Division division_;
  Plan plan_;
};

}  // namespace

Plan plan(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed) {
  return Planner(snapshot, settings, seed).run();
}

}  // namespace tw::domain::allocation
