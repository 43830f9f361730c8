// The first stage of a plan: items are sorted out into classes of those that look alike, entries by hand and owners
// first; what a class is does not depend on the order of the input.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/allocation/basis.h"

namespace tw::domain::allocation {

struct SortedOut {
  Basis basis;
  std::vector<std::uint16_t> people;      // per person of the basis: index in the snapshot
  std::vector<std::uint16_t> class_of;    // per item of the snapshot
  std::vector<std::uint32_t> position;    // per item of the snapshot: its place in its class, from 0
  std::vector<std::uint32_t> deal_order;  // items of the snapshot, each class's in order of position
};

SortedOut sort_out(const Snapshot& snapshot, const Settings& settings, std::uint64_t seed);

}  // namespace tw::domain::allocation
