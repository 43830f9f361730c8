// The planner's promises, each on random cases; the evenest division is compared with an exhaustive search.
#include "domain/allocation/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "support/random.h"

namespace tw::domain::allocation {
namespace {

using batch::ItemState;
using support::for_seeds;
using support::Seeded;

Snapshot simple(std::int64_t items, std::int64_t people) {
  Snapshot snapshot;
  for (std::int64_t i = 1; i <= items; ++i)
    snapshot.items.push_back({{i}, {1}, {}, ItemState::unassigned, false, false});
  for (std::int64_t p = 1; p <= people; ++p) {
    SnapshotPerson person;
    person.candidate.person = {p};
    snapshot.people.push_back(person);
  }
  return snapshot;
}

Snapshot any_snapshot(Seeded& random, std::int64_t most_items = 40, std::int64_t most_people = 6) {
  Snapshot snapshot = simple(0, random.between(0, most_people));
  for (auto& person : snapshot.people) {
    CandidatePerson& who = person.candidate;
    who.person = {who.person.value * 10 + random.between(0, 9)};
    who.active = !random.one_in(8);
    who.executor = !random.one_in(8);
    who.held = random.between(0, 5);
    who.received_today = random.between(0, 5);
    if (random.one_in(3)) who.holding_cap = random.between(0, 12);
    if (random.one_in(4)) who.daily_inflow_cap = random.between(0, 12);
    person.received = random.between(0, 9);
    person.debt = random.between(-2, 2) * whole_item;
    if (random.one_in(2)) person.last_item_at = Instant{random.between(1, 3)};
  }
  const std::int64_t items = random.between(0, most_items);
  for (std::int64_t i = 1; i <= items; ++i) {
    SnapshotItem item{{i * 3}, {random.between(1, 9)}, {}, ItemState::unassigned, false, false};
    if (random.one_in(2) && !snapshot.people.empty()) item.barred = random.pick(snapshot.people).candidate.person;
    if (random.one_in(20)) item.barred = {999'999};  // somebody who is not in the plan
    item.state = static_cast<ItemState>(random.between(0, 5));
    if (!random.one_in(5)) item.state = random.one_in(2) ? ItemState::unassigned : ItemState::reset;
    item.do_not_contact = random.one_in(12);
    item.number_error = random.one_in(12);
    snapshot.items.push_back(item);
  }
  return snapshot;
}

CandidateItem candidate(const Snapshot& snapshot, const SnapshotItem& item) {
  return {snapshot.batch_active, item.state, item.do_not_contact, item.number_error, item.barred};
}

std::vector<std::int64_t> counts(const Plan& plan) {
  std::vector<std::int64_t> list;
  for (const auto& share : plan.people) list.push_back(share.got);
  return list;
}

// --- what is never done
// ------------------------------------------------------------------------------------------------

TEST(Plan, every_assignment_is_eligible_and_counted_once) {
  for_seeds(500, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Plan made = plan(snapshot, Policy::even, random.word());
    ASSERT_EQ(made.assigned.size(), snapshot.items.size());
    std::vector<std::int64_t> got(snapshot.people.size());
    std::int64_t placed = 0;
    for (std::size_t i = 0; i < made.assigned.size(); ++i) {
      if (made.assigned[i] == nobody) continue;
      ASSERT_LT(made.assigned[i], snapshot.people.size());
      EXPECT_EQ(eligible(candidate(snapshot, snapshot.items[i]), snapshot.people[made.assigned[i]].candidate), 0u);
      ++got[made.assigned[i]];
      ++placed;
    }
    EXPECT_EQ(got, counts(made));
    EXPECT_EQ(placed, made.placed);
    EXPECT_EQ(made.unplaced.size() + static_cast<std::size_t>(placed), snapshot.items.size());
  });
}

TEST(Plan, nobody_exceeds_a_cap) {
  for_seeds(500, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Plan made = plan(snapshot, Policy::even, random.word());
    for (std::size_t p = 0; p < made.people.size(); ++p) {
      const CandidatePerson& who = snapshot.people[p].candidate;
      const std::int64_t got = made.people[p].got;
      if (got == 0) continue;
      if (who.holding_cap) {
        EXPECT_LE(who.held + got, *who.holding_cap);
      }
      if (who.daily_inflow_cap) {
        EXPECT_LE(who.received_today + got, *who.daily_inflow_cap);
      }
    }
  });
}

TEST(Plan, what_must_not_be_allocated_is_left_out_with_its_reason) {
  Snapshot snapshot = simple(5, 2);
  snapshot.items[0].do_not_contact = true;
  snapshot.items[1].number_error = true;
  snapshot.items[2].state = ItemState::executing;
  snapshot.items[3].state = ItemState::abandoned;
  const Plan made = plan(snapshot, Policy::even, 1);
  EXPECT_EQ(made.placed, 2);
  ASSERT_EQ(made.unplaced.size(), 3u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::do_not_contact));
  EXPECT_EQ(made.unplaced[1].reasons, bit(Obstacle::number_error));
  EXPECT_EQ(made.unplaced[2].reasons, bit(Obstacle::not_needing_executor));
}

TEST(Plan, a_batch_that_is_over_places_nothing) {
  Snapshot snapshot = simple(3, 2);
  snapshot.batch_active = false;
  const Plan made = plan(snapshot, Policy::even, 1);
  EXPECT_EQ(made.placed, 0);
  ASSERT_EQ(made.unplaced.size(), 3u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::batch_not_active));
}

TEST(Plan, without_people_every_item_says_that_nobody_executes) {
  const Plan made = plan(simple(2, 0), Policy::even, 1);
  ASSERT_EQ(made.unplaced.size(), 2u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::not_an_executor));
}

TEST(Plan, items_beyond_every_cap_name_the_cap) {
  Snapshot snapshot = simple(5, 2);
  snapshot.people[0].candidate.holding_cap = 1;
  snapshot.people[1].candidate.daily_inflow_cap = 2;
  const Plan made = plan(snapshot, Policy::even, 1);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{1, 2}));
  EXPECT_EQ(made.people[0].capped, bit(Obstacle::over_holding_cap));
  EXPECT_EQ(made.people[1].capped, bit(Obstacle::over_inflow_cap));
  ASSERT_EQ(made.unplaced.size(), 2u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::over_holding_cap) | bit(Obstacle::over_inflow_cap));
}

// --- how much, and how evenly
// ------------------------------------------------------------------------------------------

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

// --- the ledger
// --------------------------------------------------------------------------------------------------------

TEST(Plan, debts_of_one_plan_cancel_out) {
  for_seeds(300, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Plan made = plan(snapshot, Policy::even, random.word());
    std::int64_t change = 0;
    for (std::size_t p = 0; p < made.people.size(); ++p) {
      change += made.people[p].debt - snapshot.people[p].debt;
      EXPECT_LE(made.people[p].entitled, (made.people[p].got + 1) * whole_item);
      EXPECT_GE(made.people[p].entitled, (made.people[p].got - 1) * whole_item);
    }
    EXPECT_EQ(change, 0);
  });
}

TEST(Plan, over_many_one_item_batches_nobody_falls_behind_by_more_than_one) {
  for_seeds(20, [](Seeded random) {
    Snapshot snapshot = simple(1, random.between(2, 9));
    const auto people = static_cast<std::int64_t>(snapshot.people.size());
    for (std::int64_t round = 1; round <= 300; ++round) {
      const Plan made = plan(snapshot, Policy::even, random.word());
      for (std::size_t p = 0; p < made.people.size(); ++p) {
        SnapshotPerson& person = snapshot.people[p];
        person.received += made.people[p].got;
        person.debt = made.people[p].debt;
        if (made.people[p].got > 0) person.last_item_at = Instant{round};
        ASSERT_LE(round, (person.received + 1) * people) << "person " << p << " in round " << round;
        ASSERT_LE(person.debt, whole_item);
      }
    }
  });
}

TEST(Plan, fairness_is_told_before_and_after_over_those_who_may_receive) {
  Snapshot snapshot = simple(2, 3);
  snapshot.people[0].received = 4;
  snapshot.people[1].received = 2;
  snapshot.people[2].candidate.active = false;
  snapshot.people[2].received = 100;
  const Plan made = plan(snapshot, Policy::even, 1);
  EXPECT_EQ(made.before.jain, 900'000);  // (4+2)^2 / (2 * (16+4))
  EXPECT_EQ(made.before.spread, 2);
  EXPECT_EQ(made.after.jain, 941'176);  // (5+3)^2 / (2 * (25+9))
  EXPECT_EQ(made.after.spread, 2);
  EXPECT_EQ(plan(simple(0, 3), Policy::even, 1).before.jain, 1'000'000);
}

// --- the same every time
// -----------------------------------------------------------------------------------------------

using Answer = std::map<std::int64_t, std::int64_t>;  // item -> person

Answer answer(const Snapshot& snapshot, const Plan& made) {
  Answer pairs;
  for (std::size_t i = 0; i < made.assigned.size(); ++i)
    pairs[snapshot.items[i].item.value] =
        made.assigned[i] == nobody ? 0 : snapshot.people[made.assigned[i]].candidate.person.value;
  return pairs;
}

TEST(Plan, the_order_of_the_input_changes_nothing) {
  for_seeds(300, [](Seeded random) {
    Snapshot snapshot = any_snapshot(random);
    const std::uint64_t seed = random.word();
    const Plan first = plan(snapshot, Policy::even, seed);
    const Answer expected = answer(snapshot, first);
    random.shuffle(snapshot.items);
    random.shuffle(snapshot.people);
    const Plan second = plan(snapshot, Policy::even, seed);
    EXPECT_EQ(answer(snapshot, second), expected);
    EXPECT_EQ(second.snapshot_hash, first.snapshot_hash);
    EXPECT_EQ(second.after.jain, first.after.jain);
  });
}

TEST(Plan, the_hash_notices_every_field) {
  const Snapshot base = simple(3, 2);
  std::set<std::uint64_t> hashes{hash_of(base)};
  const auto changed = [&](auto change) {
    Snapshot other = base;
    change(other);
    EXPECT_TRUE(hashes.insert(hash_of(other)).second);
  };
  changed([](Snapshot& s) { s.batch_active = false; });
  changed([](Snapshot& s) { s.items.pop_back(); });
  changed([](Snapshot& s) { s.items[1].item = {77}; });
  changed([](Snapshot& s) { s.items[1].version = {2}; });
  changed([](Snapshot& s) { s.items[1].barred = {2}; });
  changed([](Snapshot& s) { s.items[1].state = ItemState::reset; });
  changed([](Snapshot& s) { s.items[1].do_not_contact = true; });
  changed([](Snapshot& s) { s.items[1].number_error = true; });
  changed([](Snapshot& s) { s.people[0].candidate.person = {77}; });
  changed([](Snapshot& s) { s.people[0].candidate.active = false; });
  changed([](Snapshot& s) { s.people[0].candidate.executor = false; });
  changed([](Snapshot& s) { s.people[0].candidate.held = 1; });
  changed([](Snapshot& s) { s.people[0].candidate.holding_cap = 0; });
  changed([](Snapshot& s) { s.people[0].candidate.received_today = 1; });
  changed([](Snapshot& s) { s.people[0].candidate.daily_inflow_cap = 0; });
  changed([](Snapshot& s) { s.people[0].received = 1; });
  changed([](Snapshot& s) { s.people[0].debt = 1; });
  changed([](Snapshot& s) { s.people[0].last_item_at = Instant{0}; });
}

// One large plan, pinned: the same number must come out of every compiler, natively and in wasm. It changes only when
// the planner's answers change, which is an event worth a line in the changelog.
TEST(Plan, a_large_plan_is_the_same_bytes_in_every_build) {
  Seeded random(2026);
  Snapshot snapshot = simple(20'000, 37);
  for (auto& item : snapshot.items)
    if (random.one_in(3)) item.barred = {random.between(1, 40)};
  for (auto& person : snapshot.people)
    if (random.one_in(4)) person.candidate.holding_cap = random.between(100, 700);
  const Plan made = plan(snapshot, Policy::even, 11);
  std::uint64_t digest = made.snapshot_hash;
  for (const std::uint16_t to : made.assigned) digest = (digest ^ to) * 0x100000001B3;
  for (const auto& share : made.people) digest = (digest ^ static_cast<std::uint64_t>(share.debt)) * 0x100000001B3;
  EXPECT_EQ(made.placed, 20'000);
  EXPECT_EQ(digest, 0x6c4bc5ae73b6578au) << "0x" << std::hex << digest;
}

TEST(Plan, neighbours_in_the_list_go_to_different_people) {
  const Plan made = plan(simple(7'000, 7), Policy::even, 4);
  int same = 0;
  for (std::size_t i = 1; i < made.assigned.size(); ++i) same += made.assigned[i] == made.assigned[i - 1] ? 1 : 0;
  EXPECT_LT(same, 300);
}

}  // namespace
}  // namespace tw::domain::allocation
