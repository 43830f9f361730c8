// The planner: plan(snapshot, policy, seed) -> Plan, a pure function with the same bytes out natively and in wasm, for
// any order of its input. Integers only; people and items are put in order of id first, and never by address or hash.
//
// Items that look alike to eligible() form a class, so that a million items are a few classes. Counts are the
// lexicographically fairest that place as many items as can be placed (fill.h); which items of a class go to whom is
// dealt in turns. Time O(items) when they come in order of id.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/ids.h"
#include "core/time.h"
#include "domain/allocation/eligible.h"

namespace tw::domain::allocation {

struct SnapshotItem {
  ItemId item = {};
  Version version = {};
  PersonId barred = {};
  batch::ItemState state = batch::ItemState::unassigned;
  bool do_not_contact = false;
  bool number_error = false;
};

struct SnapshotPerson {
  CandidatePerson candidate = {};
  std::int64_t received = 0;                 // under this policy so far: what the fairness figures count
  std::int64_t debt = 0;                     // entitled minus received so far, in millionths of an item
  std::optional<Instant> last_item_at = {};  // empty: never had one
};

struct Snapshot {
  bool batch_active = true;
  std::vector<SnapshotItem> items = {};     // each id once
  std::vector<SnapshotPerson> people = {};  // each id once; at most 60,000
};

// Millionths of an item: the unit of debts and entitlements.
inline constexpr std::int64_t whole_item = 1'000'000;

inline constexpr std::uint16_t nobody = 0xFFFF;

// Why a person got no more: over_holding_cap or over_inflow_cap where a cap binds, a hard obstacle where they took no
// part, 0 where they simply got their share.
struct PersonShare {
  std::int64_t got = 0;
  ObstacleMask capped = 0;
  std::int64_t entitled = 0;  // millionths; what an exactly fair division of the placed items would give
  std::int64_t debt = 0;      // afterwards: the old debt + entitled - got
};

struct ItemClass {
  ObstacleMask suppressed = 0;  // why none of these may be allocated at all; 0 = they take part
  PersonId barred = {};         // the one person they may not go to, if they are in the snapshot
  std::int64_t items = 0;
  std::int64_t placed = 0;
};

struct Unplaced {
  std::uint32_t item = 0;    // index in the snapshot
  ObstacleMask reasons = 0;  // of all people together
};

struct Fairness {
  std::int64_t jain = whole_item;  // Jain's index in millionths; 1,000,000 = equal
  std::int64_t spread = 0;         // largest minus smallest
};

struct Plan {
  std::uint64_t snapshot_hash = 0;
  std::uint64_t seed = 0;
  Policy policy = Policy::even;
  std::vector<std::uint16_t> assigned = {};  // per item of the snapshot: index in its people, or nobody
  std::vector<std::uint16_t> class_of = {};  // per item of the snapshot: index in classes
  std::vector<ItemClass> classes = {};
  std::vector<PersonShare> people = {};  // as in the snapshot
  std::vector<Unplaced> unplaced = {};   // suppressed ones and those without room, by index
  std::int64_t placed = 0;
  Fairness before = {};  // of `received` over the people who may receive
  Fairness after = {};   // of `received` + got
};

Plan plan(const Snapshot& snapshot, Policy policy, std::uint64_t seed);

// Of the content, whatever its order: each record's fields chained through SplitMix64's mixer, h = mix(h ^ field), and
// the records added up modulo 2^64. It notices change; it is no protection against somebody who forges.
std::uint64_t hash_of(const Snapshot& snapshot);

}  // namespace tw::domain::allocation
