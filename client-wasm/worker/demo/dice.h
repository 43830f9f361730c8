// Chance that is the same on every platform: std::mt19937_64 is specified to the bit, its distributions are not.
//
// What must stay true: no two throws in one expression whose operands may be worked out in any order; each gets a line.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "core/env.h"

namespace tw::demo {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::uint64_t word() { return engine_(); }
  // Both ends included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool chance(std::int64_t percent) { return between(1, 100) <= percent; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(from.size()) - 1))];
  }

 private:
  std::mt19937_64 engine_;
};

// The port of the same name while the world is made: draw keys, seeds, and tokens that all end with the making.
class DiceBytes final : public Random {
 public:
  explicit DiceBytes(std::uint64_t seed) : dice_(seed) {}
  void fill(std::span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(dice_.word() >> 32);
  }

 private:
  Dice dice_;
};

}  // namespace tw::demo
