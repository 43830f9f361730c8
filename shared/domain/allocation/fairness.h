// How evenly something is spread: reported before and after a plan. Integers only.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/allocation/snapshot.h"

namespace tw::domain::allocation {

struct Fairness {
  std::int64_t jain = whole_item;  // Jain's index of what people have, in millionths; 1,000,000 = equal
  std::int64_t spread = 0;         // of items: largest minus smallest
  std::int64_t value_spread = 0;   // of value: the same
};

// What one person has, and by how much it is divided before people are compared (their weight; 1 otherwise).
struct Holding {
  std::int64_t items = 0;
  std::int64_t value = 0;
  std::int64_t weight = 1;
};

Fairness fairness_of(const std::vector<Holding>& holdings);

}  // namespace tw::domain::allocation
