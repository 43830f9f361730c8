// Allocations to plan: plain ones, and random ones in which everything that can stand in the way does so now and then.
#pragma once

#include <vector>

#include "domain/allocation/plan.h"
#include "support/random.h"

namespace tw::domain::allocation {

inline Snapshot simple(std::int64_t items, std::int64_t people) {
  Snapshot snapshot;
  for (std::int64_t i = 1; i <= items; ++i)
    snapshot.items.push_back({{i}, {1}, {}, batch::ItemState::unassigned, false, false});
  for (std::int64_t p = 1; p <= people; ++p) {
    SnapshotPerson person;
    person.candidate.person = {p};
    snapshot.people.push_back(person);
  }
  return snapshot;
}

inline Snapshot any_snapshot(support::Seeded& random, std::int64_t most_items = 40, std::int64_t most_people = 6) {
  Snapshot snapshot = simple(0, random.between(0, most_people));
  for (auto& person : snapshot.people) {
    CandidatePerson& who = person.candidate;
    who.person = {who.person.value * 10 + random.between(0, 9)};
    who.active = !random.one_in(8);
    who.executor = !random.one_in(8);
    who.absent = random.one_in(8);
    who.held = random.between(0, 5);
    who.received_today = random.between(0, 5);
    if (random.one_in(3)) who.holding_cap = random.between(0, 12);
    if (random.one_in(4)) who.daily_inflow_cap = random.between(0, 12);
    person.received = random.between(0, 9);
    person.debt = random.between(-2, 2) * whole_item;
    if (random.one_in(2)) person.last_item_at = Instant{random.between(1, 3)};
    person.weight = random.pick(std::vector<std::int64_t>{50, 100, 100, 200, 300, 10'000});
    person.load = who.held;
    person.value = random.between(0, 200);
  }
  const std::int64_t items = random.between(0, most_items);
  for (std::int64_t i = 1; i <= items; ++i) {
    SnapshotItem item{{i * 3}, {random.between(1, 9)}, {}, batch::ItemState::unassigned, false, false};
    if (random.one_in(2) && !snapshot.people.empty()) item.barred = random.pick(snapshot.people).candidate.person;
    if (random.one_in(20)) item.barred = {999'999};  // somebody who is not in the plan
    item.state = static_cast<batch::ItemState>(random.between(0, 5));
    if (!random.one_in(5)) item.state = random.one_in(2) ? batch::ItemState::unassigned : batch::ItemState::reset;
    item.do_not_contact = random.one_in(12);
    item.number_error = random.one_in(12);
    item.score = static_cast<std::int32_t>(random.between(-1, random.one_in(2) ? 5 : 100));
    if (random.one_in(2) && !snapshot.people.empty()) item.owner = random.pick(snapshot.people).candidate.person;
    snapshot.items.push_back(item);
  }
  return snapshot;
}

inline constexpr Policy every_policy[] = {Policy::even, Policy::weighted, Policy::least_loaded, Policy::score_first,
                                          Policy::by_owner};

// Everything a manager can ask for: any policy, overrides for some people, entries by hand for some items.
inline Settings any_settings(support::Seeded& random, const Snapshot& snapshot) {
  Settings settings;
  settings.policy = every_policy[random.between(0, 4)];
  settings.rest = every_policy[random.between(0, 4)];
  for (const SnapshotPerson& person : snapshot.people) {
    if (!random.one_in(3)) continue;
    PersonOverride& override = settings.people.emplace_back();
    override.person = person.candidate.person;
    if (random.one_in(2)) override.weight = random.between(1, 500);
    if (random.one_in(2)) override.most = random.between(0, 9);
  }
  for (const SnapshotItem& item : snapshot.items)
    if (random.one_in(8) && !snapshot.people.empty())
      settings.fixed.push_back({item.item, random.pick(snapshot.people).candidate.person, random.one_in(2)});
  return settings;
}

inline CandidateItem candidate(const Snapshot& snapshot, const SnapshotItem& item) {
  return {snapshot.batch_active, item.state, item.do_not_contact, item.number_error, item.barred};
}

inline std::vector<std::int64_t> counts(const Plan& plan) {
  std::vector<std::int64_t> list;
  for (const auto& share : plan.people) list.push_back(share.got);
  return list;
}
}  // namespace tw::domain::allocation
