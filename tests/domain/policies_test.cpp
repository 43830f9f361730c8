// Every policy, with every override and entry by hand: what none of them may do, and what each of them is for.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "domain/allocation/plan.h"
#include "support/snapshots.h"

namespace tw::domain::allocation {
namespace {

using support::for_seeds;
using support::Seeded;

const PersonOverride* override_of(const Settings& settings, PersonId person) {
  for (const PersonOverride& one : settings.people)
    if (one.person == person) return &one;
  return nullptr;
}
const FixedEntry* entry_of(const Settings& settings, ItemId item) {
  for (const FixedEntry& one : settings.fixed)
    if (one.item == item) return &one;
  return nullptr;
}

// What this person may get at most in this plan, by every cap.
std::int64_t most(const Settings& settings, const SnapshotPerson& person) {
  std::int64_t least = room(person.candidate).value_or(1'000'000);
  const PersonOverride* override = override_of(settings, person.candidate.person);
  return override && override->most ? std::min(least, *override->most) : least;
}

TEST(Policies, nobody_gets_more_than_any_cap_unless_a_hand_says_so) {
  for_seeds(1000, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Settings settings = any_settings(random, snapshot);
    const Plan made = plan(snapshot, settings, random.word());
    std::vector<std::int64_t> lifted(snapshot.people.size());
    for (std::size_t i = 0; i < made.assigned.size(); ++i) {
      if (made.assigned[i] == nobody) continue;
      const FixedEntry* entry = entry_of(settings, snapshot.items[i].item);
      if (entry && entry->override_soft) ++lifted[made.assigned[i]];
    }
    for (std::size_t p = 0; p < snapshot.people.size(); ++p)
      EXPECT_LE(made.people[p].got - lifted[p], most(settings, snapshot.people[p])) << "person " << p;
  });
}

TEST(Policies, every_assignment_is_eligible_and_entries_by_hand_stand_or_leave_their_item_out) {
  for_seeds(1000, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Settings settings = any_settings(random, snapshot);
    const Plan made = plan(snapshot, settings, random.word());
    for (std::size_t i = 0; i < made.assigned.size(); ++i) {
      const SnapshotItem& item = snapshot.items[i];
      const FixedEntry* entry = entry_of(settings, item.item);
      if (made.assigned[i] == nobody) continue;
      const CandidatePerson& who = snapshot.people[made.assigned[i]].candidate;
      const ObstacleMask mask = eligible(candidate(snapshot, item), who);
      EXPECT_EQ(entry && entry->override_soft ? hard(mask) : mask, 0u);
      if (entry) {
        EXPECT_EQ(entry->person, who.person);
      }
    }
  });
}

// With entries and owners settled, could one more item be placed by moving others about? By augmenting paths over
// single items, written plainly.
bool one_more_fits(const Snapshot& snapshot, const Settings& settings, const Plan& made) {
  const std::size_t people = snapshot.people.size();
  const auto may = [&](std::size_t i, std::size_t p) {
    return eligible(candidate(snapshot, snapshot.items[i]), snapshot.people[p].candidate) == 0 &&
           most(settings, snapshot.people[p]) > 0;
  };
  const auto moves = [&](std::size_t i) { return made.basis.classes[made.class_of[i]].tier == Tier::policy; };
  for (std::size_t start = 0; start < snapshot.items.size(); ++start) {
    if (made.assigned[start] != nobody || !moves(start) || entry_of(settings, snapshot.items[start].item)) continue;
    std::vector<bool> seen(people);
    std::vector<std::size_t> queue{start};
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (std::size_t p = 0; p < people; ++p) {
        if (seen[p] || !may(queue[at], p)) continue;
        seen[p] = true;
        if (made.people[p].got < most(settings, snapshot.people[p])) return true;
        for (std::size_t i = 0; i < snapshot.items.size(); ++i)
          if (made.assigned[i] == p && moves(i)) queue.push_back(i);
      }
  }
  return false;
}

TEST(Policies, no_placeable_item_is_left) {
  for_seeds(1000, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Settings settings = any_settings(random, snapshot);
    EXPECT_FALSE(one_more_fits(snapshot, settings, plan(snapshot, settings, random.word())));
  });
}

using Answer = std::map<std::int64_t, std::int64_t>;  // item -> person

Answer answer(const Snapshot& snapshot, const Plan& made) {
  Answer pairs;
  for (std::size_t i = 0; i < made.assigned.size(); ++i)
    pairs[snapshot.items[i].item.value] =
        made.assigned[i] == nobody ? 0 : snapshot.people[made.assigned[i]].candidate.person.value;
  return pairs;
}

TEST(Policies, the_order_of_items_people_overrides_and_entries_changes_nothing) {
  for_seeds(600, [](Seeded random) {
    Snapshot snapshot = any_snapshot(random);
    Settings settings = any_settings(random, snapshot);
    const std::uint64_t seed = random.word();
    const Answer expected = answer(snapshot, plan(snapshot, settings, seed));
    random.shuffle(snapshot.items);
    random.shuffle(snapshot.people);
    random.shuffle(settings.people);
    random.shuffle(settings.fixed);
    EXPECT_EQ(answer(snapshot, plan(snapshot, settings, seed)), expected);
  });
}

TEST(Policies, the_ledger_of_a_plan_cancels_out_under_every_policy) {
  for_seeds(600, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Plan made = plan(snapshot, any_settings(random, snapshot), random.word());
    std::int64_t change = 0;
    for (std::size_t p = 0; p < made.people.size(); ++p) change += made.people[p].debt - snapshot.people[p].debt;
    EXPECT_EQ(change, 0);
  });
}

// One item at a time: what anybody is entitled to so far, less what they got, is never more than one item.
TEST(Policies, over_many_one_item_batches_nobody_falls_behind_by_more_than_one) {
  for (const Policy policy : {Policy::even, Policy::weighted, Policy::least_loaded, Policy::score_first}) {
    SCOPED_TRACE(wire_name(policy));
    for_seeds(15, [policy](Seeded random) {
      Snapshot snapshot = simple(1, random.between(2, 9));
      std::int64_t all = 0;
      for (auto& person : snapshot.people) {
        person.weight = policy == Policy::weighted ? random.between(1, 10) * 50 : 100;
        all += person.weight;
      }
      for (std::int64_t round = 1; round <= 300; ++round) {
        const Plan made = plan(snapshot, policy, random.word());
        for (std::size_t p = 0; p < made.people.size(); ++p) {
          SnapshotPerson& person = snapshot.people[p];
          person.received += made.people[p].got;
          person.load += made.people[p].got;
          person.debt = made.people[p].debt;
          if (made.people[p].got > 0) person.last_item_at = Instant{round};
          ASSERT_LE(round * person.weight, (person.received + 1) * all) << "person " << p << " in round " << round;
        }
      }
    });
  }
}

// --- what each policy is for ---

TEST(Weighted, divides_in_proportion_and_an_override_stands_for_one_plan) {
  Snapshot snapshot = simple(60, 3);
  snapshot.people[0].weight = 300;
  snapshot.people[1].weight = 200;
  EXPECT_EQ(counts(plan(snapshot, Policy::weighted, 1)), (std::vector<std::int64_t>{30, 20, 10}));
  Settings settings;
  settings.policy = Policy::weighted;
  settings.people = {{{1}, 200, std::nullopt}, {{3}, 200, std::nullopt}};
  EXPECT_EQ(counts(plan(snapshot, settings, 1)), (std::vector<std::int64_t>{20, 20, 20}));
}

TEST(Weighted, pays_a_debt_in_full) {
  Snapshot snapshot = simple(20, 2);
  snapshot.people[0].debt = 4 * whole_item;
  snapshot.people[1].debt = -4 * whole_item;
  const Plan made = plan(snapshot, Policy::weighted, 1);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{14, 6}));
  EXPECT_EQ(made.people[0].debt, 0);
  EXPECT_EQ(counts(plan(snapshot, Policy::even, 1)), (std::vector<std::int64_t>{10, 10}));
}

TEST(LeastLoaded, levels_what_people_hold) {
  Snapshot snapshot = simple(9, 3);
  snapshot.people[0].load = 7;
  snapshot.people[1].load = 2;
  EXPECT_EQ(counts(plan(snapshot, Policy::least_loaded, 1)), (std::vector<std::int64_t>{0, 4, 5}));
}

TEST(ScoreFirst, levels_value_as_well_as_counts) {
  for_seeds(200, [](Seeded random) {
    Snapshot snapshot = simple(random.between(20, 200), random.between(2, 8));
    std::int64_t highest = 0;
    for (auto& item : snapshot.items) {
      item.score = static_cast<std::int32_t>(random.between(0, 100));
      highest = std::max<std::int64_t>(highest, item.score);
    }
    const Plan made = plan(snapshot, Policy::score_first, random.word());
    std::int64_t least = INT64_MAX, most_value = 0, fewest = INT64_MAX, most_items = 0;
    for (const PersonShare& share : made.people) {
      least = std::min(least, share.value);
      most_value = std::max(most_value, share.value);
      fewest = std::min(fewest, share.got);
      most_items = std::max(most_items, share.got);
    }
    EXPECT_LE(most_items - fewest, 1);
    EXPECT_LE(most_value - least, 2 * highest) << "two turns can differ by no more than the scores they span";
    EXPECT_EQ(made.after.value_spread, most_value - least);
  });
}

TEST(ByOwner, gives_each_customer_to_its_owner_where_eligible_and_levels_the_rest) {
  Snapshot snapshot = simple(12, 3);
  for (int i = 0; i < 4; ++i) snapshot.items[static_cast<std::size_t>(i)].owner = {1};
  snapshot.items[3].barred = {1};  // not to their owner
  snapshot.items[4].owner = {77};  // who does not take part
  const Plan made = plan(snapshot, Policy::by_owner, 1);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(made.assigned[i], 0);
  EXPECT_NE(made.assigned[3], 0);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{4, 4, 4}));
  EXPECT_EQ(made.people[0].given, 3);
}

TEST(ByOwner, an_owner_without_room_for_all_keeps_the_most_valuable) {
  Snapshot snapshot = simple(6, 2);
  for (auto& item : snapshot.items) item.owner = {1};
  for (std::size_t i = 0; i < 6; ++i) snapshot.items[i].score = static_cast<std::int32_t>(i);
  snapshot.people[0].candidate.holding_cap = 2;
  const Plan made = plan(snapshot, Policy::by_owner, 1);
  EXPECT_EQ(made.assigned, (std::vector<std::uint16_t>{1, 1, 1, 1, 0, 0}));
}

TEST(ByHand, entries_come_first_and_the_policy_levels_around_them) {
  Snapshot snapshot = simple(10, 2);
  Settings settings;
  for (std::int64_t i = 1; i <= 4; ++i) settings.fixed.push_back({{i}, {2}, false});
  const Plan made = plan(snapshot, settings, 1);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ(made.assigned[i], 1);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{5, 5}));
  EXPECT_EQ(made.people[1].given, 4);
}

TEST(ByHand, a_soft_obstacle_yields_only_to_an_entry_that_says_so_and_a_hard_one_never) {
  Snapshot snapshot = simple(4, 2);
  snapshot.people[0].candidate.holding_cap = 1;
  snapshot.items[3].do_not_contact = true;
  Settings settings;
  settings.fixed = {{{1}, {1}, false}, {{2}, {1}, false}, {{3}, {1}, true}, {{4}, {1}, true}};
  const Plan made = plan(snapshot, settings, 1);
  EXPECT_EQ(made.assigned, (std::vector<std::uint16_t>{0, nobody, 0, nobody}));
  ASSERT_EQ(made.unplaced.size(), 2u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::over_holding_cap));
  EXPECT_EQ(made.unplaced[1].reasons & bit(Obstacle::do_not_contact), bit(Obstacle::do_not_contact));
}

TEST(ByHand, an_entry_that_was_confirmed_over_a_cap_takes_no_room_of_one_that_fits_whatever_their_ids) {
  for (const bool first : {true, false}) {
    Snapshot snapshot = simple(2, 1);
    snapshot.people[0].candidate.holding_cap = 1;
    Settings settings;
    settings.fixed = {{{1}, {1}, first}, {{2}, {1}, !first}};
    const Plan made = plan(snapshot, settings, 1);
    EXPECT_EQ(made.placed, 2) << (first ? "the lower id was confirmed" : "the higher id was confirmed");
  }
}

TEST(PlanCap, limits_one_plan_and_is_named) {
  Snapshot snapshot = simple(10, 2);
  Settings settings;
  settings.people = {{{1}, std::nullopt, 2}, {{2}, std::nullopt, 3}};
  const Plan made = plan(snapshot, settings, 1);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{2, 3}));
  ASSERT_EQ(made.unplaced.size(), 5u);
  EXPECT_EQ(made.unplaced[0].reasons, bit(Obstacle::over_plan_cap));
}

TEST(Fairness, of_weights_compares_what_people_have_with_what_they_should) {
  Snapshot snapshot = simple(30, 2);
  snapshot.people[0].weight = 200;
  const Plan made = plan(snapshot, Policy::weighted, 1);
  EXPECT_EQ(counts(made), (std::vector<std::int64_t>{20, 10}));
  EXPECT_EQ(made.after.jain, 1'000'000);
  EXPECT_EQ(made.after.spread, 10);
}

TEST(Fairness, of_numbers_beyond_any_batch_keeps_its_digits) {
  std::vector<Holding> holdings;
  for (int p = 0; p < 500; ++p) holdings.push_back({1'000'000 + p, 0, 1 + p % 2 * 9'999});
  const Fairness figures = fairness_of(holdings);
  EXPECT_GT(figures.jain, 499'000);
  EXPECT_LT(figures.jain, 502'000);
}

}  // namespace
}  // namespace tw::domain::allocation
