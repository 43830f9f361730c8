// The planner: plan(snapshot, settings, seed) -> Plan, a pure function with the same bytes out natively and in wasm,
// for any order of its input. Integers only; people and items are put in order of id first, and never by address or
// hash.
//
// Its stages, a file each: sort_out.h (entries by hand, owners, classes of items that look alike), basis.h and fill.h
// (how many of each class go to whom: as many as can be placed, then the fairest), deal.h (which of them), fairness.h.
// A million items are a few classes. Time O(items) when they come in order of id.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/allocation/basis.h"
#include "domain/allocation/deal.h"
#include "domain/allocation/fairness.h"
#include "domain/allocation/snapshot.h"

namespace tw::domain::allocation {

// Why a person got no more: a cap where one binds, a hard obstacle where they took no part, 0 where they simply got
// their share.
struct PersonShare {
  std::int64_t got = 0;
  std::int64_t given = 0;  // of them: by hand, or as owner
  std::int64_t value = 0;  // sum of their scores
  ObstacleMask capped = 0;
  std::int64_t entitled = 0;  // millionths; what an exactly fair division of the placed items would give
  std::int64_t debt = 0;      // afterwards: the old debt + entitled - got
};

struct Unplaced {
  std::uint32_t item = 0;    // index in the snapshot
  ObstacleMask reasons = 0;  // of all people together
};

struct Plan {
  std::uint64_t snapshot_hash = 0;
  std::uint64_t seed = 0;
  Policy policy = Policy::even;
  std::vector<std::uint16_t> assigned = {};  // per item of the snapshot: index in its people, or nobody
  std::vector<std::uint16_t> class_of = {};  // per item of the snapshot: index in the basis's classes
  std::vector<std::uint32_t> position = {};  // per item of the snapshot: its place in its class
  Basis basis = {};                          // what explains it
  std::vector<PersonShare> people = {};      // as in the snapshot
  std::vector<Unplaced> unplaced = {};       // left out and those without room, by index
  std::int64_t placed = 0;
  Fairness before = {};  // of `received` and `value`, over the people who may receive
  Fairness after = {};   // with what they get
};

Plan plan(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed);
inline Plan plan(const Snapshot& snapshot, Policy policy, std::uint64_t seed) {
  Settings settings;
  settings.policy = policy;
  return plan(snapshot, settings, seed);
}

}  // namespace tw::domain::allocation
