// The planner's draws and digests: SplitMix64's finisher, a bijection of 64-bit words, so that different ids under one
// seed never tie.
#pragma once

#include <cstdint>

namespace tw::domain::allocation {

constexpr std::uint64_t mixed(std::uint64_t word) {
  word += 0x9E3779B97F4A7C15;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}
constexpr std::uint64_t mixed(std::uint64_t seed, std::int64_t value) {
  return mixed(seed ^ mixed(static_cast<std::uint64_t>(value)));
}

}  // namespace tw::domain::allocation
