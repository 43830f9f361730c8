// The planner's promises, each on random cases: what is never done, the ledger of debts, the same answer every time.
// How even it is stands in division_test.cpp.
#include "domain/allocation/plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "support/snapshots.h"

namespace tw::domain::allocation {
namespace {

using batch::ItemState;
using support::for_seeds;
using support::Seeded;

// --- what is never done ---

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

// --- the ledger ---

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

// --- the same every time ---

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
  changed([](Snapshot& s) { s.items[1].owner = {2}; });
  changed([](Snapshot& s) { s.items[1].score = 1; });
  changed([](Snapshot& s) { s.items[1].score = -1; });
  changed([](Snapshot& s) { s.people[0].weight = 101; });
  changed([](Snapshot& s) { s.people[0].load = 1; });
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
  EXPECT_EQ(digest, 0x918ab990b1533ec5u) << "0x" << std::hex << digest;
}

TEST(Plan, neighbours_in_the_list_go_to_different_people) {
  const Plan made = plan(simple(7'000, 7), Policy::even, 4);
  int same = 0;
  for (std::size_t i = 1; i < made.assigned.size(); ++i) same += made.assigned[i] == made.assigned[i - 1] ? 1 : 0;
  EXPECT_LT(same, 300);
}

}  // namespace
}  // namespace tw::domain::allocation
