// Random test data that is the same on every platform: std::mt19937_64 is specified to the bit, its distributions are
// not. A property test runs its body for many seeds and names the seed in every failure:
//
//   for_seeds(200, [](Seeded random) { ... });
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace tw::support {

class Seeded {
 public:
  explicit Seeded(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t word() { return engine_(); }
  // Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(from.size()) - 1))];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(i) - 1))]);
  }

 private:
  std::mt19937_64 engine_;
};

template <class Body>
void for_seeds(std::uint64_t count, Body body) {
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    body(Seeded(seed));
    if (::testing::Test::HasFailure()) return;
  }
}

}  // namespace tw::support
