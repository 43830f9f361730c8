// How much is placed, and how evenly: the planner compared with an exhaustive search.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "domain/allocation/plan.h"
#include "support/snapshots.h"

namespace tw::domain::allocation {
namespace {

using batch::ItemState;
using support::for_seeds;
using support::Seeded;

// What people could take at most together, by cutting: for every set of people, their room plus all items that could
// also go to somebody outside the set. Shares nothing with the planner.
std::int64_t most_placeable(const Snapshot& snapshot) {
  const std::size_t people = snapshot.people.size();
  std::int64_t best = INT64_MAX;
  for (std::uint32_t set = 0; set < (1u << people); ++set) {
    std::int64_t cut = 0;
    for (std::size_t p = 0; p < people; ++p)
      if (set >> p & 1) cut += room(snapshot.people[p].candidate).value_or(1'000'000);
    for (const auto& item : snapshot.items) {
      bool outside = false;
      for (std::size_t p = 0; p < people; ++p)
        outside =
            outside || (!(set >> p & 1) && eligible(candidate(snapshot, item), snapshot.people[p].candidate) == 0);
      cut += outside ? 1 : 0;
    }
    best = std::min(best, cut);
  }
  return best;
}

TEST(Plan, no_placeable_item_is_left) {
  for_seeds(500, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    EXPECT_EQ(plan(snapshot, Policy::even, random.word()).placed, most_placeable(snapshot));
  });
}

// Moves items out of the way of others: A may only go to 1, B to everybody. 1 must get the As, and no more.
TEST(Plan, an_item_with_one_taker_is_not_stranded_by_items_with_many) {
  Snapshot snapshot = simple(4, 2);
  snapshot.people[0].candidate.holding_cap = 2;
  snapshot.items[2].barred = {2};
  snapshot.items[3].barred = {2};
  const Plan made = plan(snapshot, Policy::even, 1);
  EXPECT_EQ(made.placed, 4);
  EXPECT_EQ(made.assigned, (std::vector<std::uint16_t>{1, 1, 0, 0}));
}

TEST(Plan, counts_of_equally_eligible_people_with_room_differ_by_at_most_one) {
  for_seeds(500, [](Seeded random) {
    Snapshot snapshot = any_snapshot(random, 60);
    const Plan made = plan(snapshot, Policy::even, random.word());
    for (std::size_t a = 0; a < snapshot.people.size(); ++a)
      for (std::size_t b = 0; b < snapshot.people.size(); ++b) {
        bool alike = obstacles_of(snapshot.people[a].candidate) == 0 && made.people[a].capped == 0;
        for (const auto& item : snapshot.items) {
          const CandidateItem one = candidate(snapshot, item);
          if (obstacles_of(one) == 0)
            alike = alike && (eligible(one, snapshot.people[a].candidate) == 0) ==
                                 (eligible(one, snapshot.people[b].candidate) == 0);
        }
        if (alike) {
          EXPECT_LE(made.people[b].got, made.people[a].got + 1) << a << " and " << b;
        }
      }
  });
}

// Every vector of counts that is possible (Hall: no set of people gets more than all items that anyone of them may
// have), the best of them by the specification's own order: most placed; then unit by unit the k-th item of the person
// who comes first.
struct Exhaustive {
  const Snapshot& snapshot;
  std::vector<std::size_t> rank;  // per person, 0 = first served
  std::vector<std::int64_t> best;
  std::vector<std::pair<std::int64_t, std::size_t>> best_units;
  std::vector<std::int64_t> now;

  std::int64_t items_for(std::uint32_t set) const {
    std::int64_t sum = 0;
    for (const auto& item : snapshot.items) {
      bool any = false;
      for (std::size_t p = 0; p < snapshot.people.size(); ++p)
        any = any || ((set >> p & 1) && eligible(candidate(snapshot, item), snapshot.people[p].candidate) == 0);
      sum += any ? 1 : 0;
    }
    return sum;
  }
  bool possible() const {
    for (std::uint32_t set = 1; set < (1u << now.size()); ++set) {
      std::int64_t wanted = 0;
      for (std::size_t p = 0; p < now.size(); ++p)
        if (set >> p & 1) wanted += now[p];
      if (wanted > items_for(set)) return false;
    }
    return true;
  }
  void look() {
    std::vector<std::pair<std::int64_t, std::size_t>> units;
    for (std::size_t p = 0; p < now.size(); ++p)
      for (std::int64_t k = 1; k <= now[p]; ++k) units.push_back({k, rank[p]});
    std::sort(units.begin(), units.end());
    if (units.size() < best_units.size() || (units.size() == best_units.size() && !(units < best_units))) return;
    if (!possible()) return;
    best_units = units;
    best = now;
  }
  void search(std::size_t p) {
    if (p == now.size()) return look();
    const std::int64_t most = std::min<std::int64_t>(static_cast<std::int64_t>(snapshot.items.size()),
                                                     room(snapshot.people[p].candidate).value_or(1'000));
    for (now[p] = 0; now[p] <= most; ++now[p]) search(p + 1);
    now[p] = 0;
  }
};

TEST(Plan, no_possible_division_is_evener_and_remainders_follow_debt_and_rest) {
  for_seeds(400, [](Seeded random) {
    Snapshot snapshot = any_snapshot(random, 7, 4);
    // All debts and rests differ, so that the lot decides nothing.
    for (std::size_t p = 0; p < snapshot.people.size(); ++p) {
      snapshot.people[p].debt = random.between(0, 1) * whole_item;
      snapshot.people[p].last_item_at = Instant{random.between(1, 1000) * 10 + static_cast<std::int64_t>(p)};
    }
    std::vector<std::size_t> order(snapshot.people.size());
    for (std::size_t p = 0; p < order.size(); ++p) order[p] = p;
    std::sort(order.begin(), order.end(), [&snapshot](std::size_t a, std::size_t b) {
      return std::tuple(-snapshot.people[a].debt, snapshot.people[a].last_item_at->ms) <
             std::tuple(-snapshot.people[b].debt, snapshot.people[b].last_item_at->ms);
    });
    Exhaustive search{snapshot, std::vector<std::size_t>(order.size()), {}, {}, {}};
    for (std::size_t at = 0; at < order.size(); ++at) search.rank[order[at]] = at;
    search.best.assign(order.size(), 0);
    search.now.assign(order.size(), 0);
    search.search(0);
    EXPECT_EQ(counts(plan(snapshot, Policy::even, random.word())), search.best);
  });
}

TEST(Plan, the_remainder_goes_to_the_largest_debt_then_to_who_has_waited_longest) {
  Snapshot snapshot = simple(7, 3);
  snapshot.people[1].debt = 1;
  EXPECT_EQ(counts(plan(snapshot, Policy::even, 5)), (std::vector<std::int64_t>{2, 3, 2}));
  snapshot.people[1].debt = 0;
  for (auto& person : snapshot.people) person.last_item_at = Instant{1000};
  snapshot.people[2].last_item_at = Instant{999};
  EXPECT_EQ(counts(plan(snapshot, Policy::even, 5)), (std::vector<std::int64_t>{2, 2, 3}));
  snapshot.people[0].last_item_at.reset();  // never had one
  EXPECT_EQ(counts(plan(snapshot, Policy::even, 5)), (std::vector<std::int64_t>{3, 2, 2}));
}

TEST(Plan, among_equals_the_seed_draws_and_favours_no_id) {
  std::vector<int> won(5);
  const Snapshot snapshot = simple(1, 5);
  for (std::uint64_t seed = 0; seed < 5000; ++seed) ++won[plan(snapshot, Policy::even, seed).assigned[0]];
  for (const int wins : won) {
    EXPECT_GT(wins, 850);
    EXPECT_LT(wins, 1150);
  }
}

TEST(Plan, debt_changes_nothing_but_the_remainder) {
  Snapshot snapshot = simple(9, 3);
  snapshot.people[0].debt = 1'000 * whole_item;
  EXPECT_EQ(counts(plan(snapshot, Policy::even, 3)), (std::vector<std::int64_t>{3, 3, 3}));
}

}  // namespace
}  // namespace tw::domain::allocation
