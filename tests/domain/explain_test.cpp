// An explanation is checked by doing what it says: the one input that it names as decisive is changed, the whole plan
// is made again, and somebody else has the item.
#include "domain/allocation/explain.h"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "support/snapshots.h"

namespace tw::domain::allocation {
namespace {

using support::for_seeds;
using support::Seeded;

PersonId winner_of(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed, std::size_t item) {
  const std::uint16_t to = plan(snapshot, settings, seed).assigned[item];
  return to == nobody ? PersonId{} : snapshot.people[to].candidate.person;
}

SnapshotPerson& person_of(Snapshot& snapshot, PersonId person) {
  return *std::find_if(snapshot.people.begin(), snapshot.people.end(),
                       [&](const SnapshotPerson& one) { return one.candidate.person == person; });
}

// Changes what the explanation names, and nothing else. True: somebody else has it then.
bool another_wins(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed, std::size_t at,
                  const Explanation& why) {
  const PersonId winner = why.winner->person;
  Snapshot other = snapshot;
  Settings asked = settings;
  const auto exchange = [&](auto member) {
    std::swap(person_of(other, winner).*member, person_of(other, why.runners_up.at(0).person).*member);
    return winner_of(other, asked, seed, at) != winner;
  };
  switch (why.decisive) {
    case Decisive::entry: {
      for (FixedEntry& entry : asked.fixed)
        if (entry.item == snapshot.items[at].item) entry.person = {123'456'789};
      return winner_of(other, asked, seed, at) != winner;
    }
    case Decisive::owner:
      for (const SnapshotPerson& person : snapshot.people) {
        if (person.candidate.person == winner) continue;
        other.items[at].owner = person.candidate.person;
        if (winner_of(other, asked, seed, at) != winner) return true;
      }
      other.items[at].owner = {};
      return winner_of(other, asked, seed, at) != winner || snapshot.people.size() == 1 || !why.excluded.empty();
    case Decisive::score:
      for (std::int32_t score = -2; score <= 101; ++score) {
        other.items[at].score = score;
        if (winner_of(other, asked, seed, at) != winner) return true;
      }
      return false;
    case Decisive::lot:
      for (std::uint64_t more = 1; more <= 200; ++more)
        if (winner_of(other, asked, seed + more, at) != winner) return true;
      return false;
    case Decisive::weight: {
      // An override is the input where there is one.
      for (const auto& [to, from] :
           {std::pair(winner, why.runners_up.at(0)), std::pair(why.runners_up.at(0).person, *why.winner)}) {
        PersonOverride* override = nullptr;
        for (PersonOverride& one : asked.people)
          if (one.person == to) override = &one;
        if (override && override->weight)
          override->weight = from.weight;
        else
          person_of(other, to).weight = from.weight;
      }
      return winner_of(other, asked, seed, at) != winner;
    }
    case Decisive::load:
      return exchange(&SnapshotPerson::load);
    case Decisive::debt:
      return exchange(&SnapshotPerson::debt);
    case Decisive::last_item:
      return exchange(&SnapshotPerson::last_item_at);
    case Decisive::eligibility:
    case Decisive::share:
      person_of(other, winner).candidate.active = false;
      return winner_of(other, asked, seed, at) != winner;
    case Decisive::none:
      return false;
  }
  return false;
}

TEST(Explain, changing_the_input_named_as_decisive_changes_the_winner) {
  std::map<Decisive, int> named;
  for_seeds(1500, [&named](Seeded random) {
    const Snapshot snapshot = any_snapshot(random, random.one_in(2) ? 3 : 25);
    const Settings settings = any_settings(random, snapshot);
    const std::uint64_t seed = random.word();
    const Plan made = plan(snapshot, settings, seed);
    if (snapshot.items.empty()) return;
    const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(snapshot.items.size()) - 1));
    const Explanation why = explain(snapshot, settings, seed, snapshot.items[at].item);
    if (made.assigned[at] == nobody) {
      EXPECT_FALSE(why.winner);
      EXPECT_EQ(why.decisive, Decisive::none);
      return;
    }
    ASSERT_TRUE(why.winner);
    EXPECT_EQ(why.winner->person, snapshot.people[made.assigned[at]].candidate.person);
    EXPECT_TRUE(another_wins(snapshot, settings, seed, at, why)) << wire_name(why.decisive);
    ++named[why.decisive];
  });
  for (const auto& row : decisive_names)
    if (row.value != Decisive::none) {
      EXPECT_GT(named[row.value], 0) << row.name << " was never decisive: the cases are too tame";
    }
}

TEST(Explain, counts_everybody_once_and_says_why_those_who_could_not) {
  for_seeds(500, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Settings settings = any_settings(random, snapshot);
    const std::uint64_t seed = random.word();
    for (const SnapshotItem& item : snapshot.items) {
      const Explanation why = explain(snapshot, settings, seed, item.item);
      EXPECT_LE(why.runners_up.size(), 2u);
      EXPECT_LE(why.runners_up.size() + why.excluded.size() + (why.winner ? 1 : 0), snapshot.people.size());
      for (const Excluded& one : why.excluded) EXPECT_NE(one.reasons, 0u);
      if (why.tier == Tier::policy && why.suppressed == 0 && !why.winner) {
        EXPECT_TRUE(why.runners_up.empty()) << "somebody could have had it";
      }
    }
  });
}

TEST(Explain, one_item_names_the_term_that_decided) {
  Snapshot snapshot = simple(1, 3);
  Settings settings;
  const auto decisive = [&](Policy policy) {
    settings.policy = policy;
    return explain(snapshot, settings, 7, {1}).decisive;
  };
  EXPECT_EQ(decisive(Policy::even), Decisive::lot);
  for (auto& person : snapshot.people) person.last_item_at = Instant{person.candidate.person.value};
  EXPECT_EQ(decisive(Policy::even), Decisive::last_item);
  snapshot.people[2].debt = 5;
  EXPECT_EQ(decisive(Policy::even), Decisive::debt);
  snapshot.people[1].load = 3;
  snapshot.people[2].load = 3;
  EXPECT_EQ(decisive(Policy::least_loaded), Decisive::load);
  for (auto& person : snapshot.people) person.debt = 0;
  snapshot.people[1].weight = 400;
  EXPECT_EQ(decisive(Policy::weighted), Decisive::weight);
  snapshot.people[0].candidate.active = false;
  snapshot.people[1].candidate.holding_cap = 0;
  const Explanation why = explain(snapshot, settings, 7, {1});
  EXPECT_EQ(why.decisive, Decisive::eligibility);
  ASSERT_EQ(why.excluded.size(), 2u);
  EXPECT_EQ(why.excluded[0].reasons, bit(Obstacle::inactive_person));
  EXPECT_EQ(why.excluded[1].reasons, bit(Obstacle::over_holding_cap));
}

// What an operation keeps is enough: the basis, and the item's class and position.
TEST(Explain, needs_no_items) {
  for_seeds(300, [](Seeded random) {
    const Snapshot snapshot = any_snapshot(random);
    const Settings settings = any_settings(random, snapshot);
    const Plan made = plan(snapshot, settings, random.word());
    for (std::size_t i = 0; i < snapshot.items.size(); ++i) {
      const Explanation why = explain(made.basis, made.class_of[i], made.position[i]);
      const PersonId to = made.assigned[i] == nobody ? PersonId{} : snapshot.people[made.assigned[i]].candidate.person;
      EXPECT_EQ(why.winner ? why.winner->person : PersonId{}, to);
    }
  });
}

}  // namespace
}  // namespace tw::domain::allocation
