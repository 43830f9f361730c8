// What a plan is made from: the items and the people as they are at one moment, and what the manager asks for.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/eligible.h"

namespace tw::domain::allocation {

// Millionths of an item: the unit of debts and entitlements.
inline constexpr std::int64_t whole_item = 1'000'000;

struct SnapshotItem {
  ItemId item = {};
  Version version = {};
  PersonId barred = {};
  batch::ItemState state = batch::ItemState::unassigned;
  bool do_not_contact = false;
  bool number_error = false;
  PersonId owner = {};     // of the customer
  std::int32_t score = 0;  // of the customer; none counts as 0
};

struct SnapshotPerson {
  CandidatePerson candidate = {};
  std::int64_t received = 0;                 // under this policy so far: what the fairness figures count
  std::int64_t debt = 0;                     // entitled minus received so far, in millionths of an item
  std::optional<Instant> last_item_at = {};  // empty: never had one
  std::int64_t weight = 100;                 // 1 to 10,000
  std::int64_t load = 0;                     // what `least_loaded` levels: items they hold
  std::int64_t value = 0;                    // sum of scores of what they hold: only for the figures, not in the hash
};

struct Snapshot {
  bool batch_active = true;
  std::vector<SnapshotItem> items = {};     // each id once
  std::vector<SnapshotPerson> people = {};  // each id once; at most 15,000
};

// For one plan, instead of or beside what the person's record says.
struct PersonOverride {
  PersonId person = {};
  std::optional<std::int64_t> weight = {};
  std::optional<std::int64_t> most = {};  // at most so many in this plan; limits, never widens
};

// An entry by hand of a draft plan. It stands against soft obstacles only where it says so; where it cannot stand, the
// item is left out with the reasons rather than given to somebody else.
struct FixedEntry {
  ItemId item = {};
  PersonId person = {};
  bool override_soft = false;
};

struct Settings {
  Policy policy = Policy::even;
  Policy rest = Policy::even;               // by_owner: what divides the items whose owner cannot take them
  std::vector<PersonOverride> people = {};  // each person once; people who are not in the snapshot change nothing
  std::vector<FixedEntry> fixed = {};       // each item once; the same
};

// Of the content, whatever its order: each record's fields chained through the mixer, h = mix(h ^ field), and the
// records added up modulo 2^64. It notices change; it is no protection against somebody who forges.
std::uint64_t hash_of(const Snapshot& snapshot);

}  // namespace tw::domain::allocation
