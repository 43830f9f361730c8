#include "domain/allocation/explain.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "domain/allocation/sort_out.h"

namespace tw::domain::allocation {

namespace {

constexpr std::size_t runners_up_shown = 2;
constexpr std::uint64_t other_draws = 8;  // how many other seeds are tried before the draw is called indifferent

class Explainer {
 public:
  Explainer(const Basis& basis, std::size_t item_class, std::int64_t position)
      : basis_(basis),
        class_(item_class),
        position_(position),
        division_(divide(basis, false)),
        winner_(dealt_to(basis, division_, item_class, position)) {}

  Explanation run() {
    const ItemClass& one = basis_.classes[class_];
    Explanation made;
    made.tier = one.tier;
    made.rule = basis_.policy;
    made.suppressed = one.suppressed;
    made.alike = one.items;
    made.position = position_;
    if (winner_ != nobody) {
      made.winner = terms(winner_);
      made.of_them = part(winner_);
    }
    if (one.suppressed == 0) compare(made);
    made.decisive = decisive();
    return made;
  }

 private:
  std::int64_t part(std::size_t person) const {
    for (const Part& one : division_.parts[class_])
      if (one.person == person) return one.count;
    return 0;
  }

  Terms terms(std::size_t p) const {
    const BasisPerson& who = basis_.people[p];
    return {who.candidate.person,
            division_.got[p],
            who.given,
            start_of(basis_, p),
            weight_of(basis_, p),
            who.load,
            who.debt,
            who.last_item_at,
            room_after(who, division_.got[p])};
  }

  // Who could have had it instead, the next in line first; and who could not.
  void compare(Explanation& made) {
    const auto rank = rank_of(first_served(basis_));
    for (std::size_t p = 0; p < basis_.people.size(); ++p) {
      if (p == winner_) continue;
      ObstacleMask mask = obstacles_between(basis_, class_, p);
      if (winner_ == nobody || part(p) == 0) mask |= obstacles_after(basis_.people[p], division_.got[p]);
      if (mask == 0)
        others_.push_back(p);
      else
        made.excluded.push_back({basis_.people[p].candidate.person, mask});
    }
    std::sort(others_.begin(), others_.end(), [&](std::size_t a, std::size_t b) {
      const int order = compare_cost(next_standing(a), weight_of(basis_, a), next_standing(b), weight_of(basis_, b));
      return order != 0 ? order < 0 : rank[a] < rank[b];
    });
    for (std::size_t at = 0; at < std::min(runners_up_shown, others_.size()); ++at)
      made.runners_up.push_back(terms(others_[at]));
  }
  std::int64_t next_standing(std::size_t p) const {
    return start_of(basis_, p) + (division_.got[p] - basis_.people[p].given + 1) * whole_item;
  }

  Decisive decisive() const {
    const ItemClass& one = basis_.classes[class_];
    if (winner_ == nobody) return Decisive::none;
    if (one.tier == Tier::designated) return Decisive::entry;
    if (one.tier == Tier::owner) return Decisive::owner;
    if (others_.empty()) return Decisive::eligibility;
    if (division_.parts[class_].size() > 1) {
      if (basis_.policy == Policy::score_first && one.highest != one.lowest) return Decisive::score;
      if (another_draw_changes_it()) return Decisive::lot;
    }
    for (const Decisive term : {Decisive::weight, Decisive::load, Decisive::debt, Decisive::last_item})
      if (winner_with(exchanged(term)) != winner_) return term;
    return another_draw_changes_it() ? Decisive::lot : Decisive::share;
  }

  bool another_draw_changes_it() const {
    Basis other = basis_;
    for (std::uint64_t more = 1; more <= other_draws; ++more) {
      other.seed = basis_.seed + more;
      if (winner_with(other) != winner_) return true;
    }
    return false;
  }

  // The basis as if the winner and the first runner-up had each other's term.
  Basis exchanged(Decisive term) const {
    Basis other = basis_;
    BasisPerson& winner = other.people[winner_];
    BasisPerson& next = other.people[others_.front()];
    if (term == Decisive::weight) std::swap(winner.weight, next.weight);
    if (term == Decisive::load) std::swap(winner.load, next.load);
    if (term == Decisive::debt) std::swap(winner.debt, next.debt);
    if (term == Decisive::last_item) std::swap(winner.last_item_at, next.last_item_at);
    return other;
  }
  std::uint16_t winner_with(const Basis& other) const {
    return dealt_to(other, divide(other, false), class_, position_);
  }

  const Basis& basis_;
  const std::size_t class_;
  const std::int64_t position_;
  const Division division_;
  const std::uint16_t winner_;
  std::vector<std::size_t> others_;
};

}  // namespace

Explanation explain(const Basis& basis, std::size_t item_class, std::int64_t position) {
  assert(item_class < basis.classes.size());
  return Explainer(basis, item_class, position).run();
}

Explanation explain(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed, ItemId item) {
  const SortedOut sorted = sort_out(snapshot, settings, seed);
  for (std::size_t i = 0; i < snapshot.items.size(); ++i)
    if (snapshot.items[i].item == item) return explain(sorted.basis, sorted.class_of[i], sorted.position[i]);
  return {};
}

}  // namespace tw::domain::allocation
