// Time as Tidewater stores it: instants are UTC milliseconds since 1970 in 64 bits, everywhere (time_t is 4 bytes in
// wasm). Nothing here reads a clock; "now" is always an argument.
#pragma once

#include <cstdint>

namespace tw {

struct Millis {
  std::int64_t value = 0;
  friend constexpr bool operator==(Millis a, Millis b) { return a.value == b.value; }
  friend constexpr bool operator!=(Millis a, Millis b) { return a.value != b.value; }
  friend constexpr bool operator<(Millis a, Millis b) { return a.value < b.value; }
  friend constexpr bool operator<=(Millis a, Millis b) { return a.value <= b.value; }
  friend constexpr bool operator>(Millis a, Millis b) { return a.value > b.value; }
  friend constexpr bool operator>=(Millis a, Millis b) { return a.value >= b.value; }
  friend constexpr Millis operator+(Millis a, Millis b) { return {a.value + b.value}; }
  friend constexpr Millis operator-(Millis a, Millis b) { return {a.value - b.value}; }
};

constexpr Millis seconds(std::int64_t n) { return {n * 1000}; }
constexpr Millis minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Millis hours(std::int64_t n) { return minutes(n * 60); }
constexpr Millis days(std::int64_t n) { return hours(n * 24); }

struct Instant {
  std::int64_t ms =
      0;  // 0 never occurs as a real time and stands for "none" in defaults only; optional<Instant> is clearer
  friend constexpr bool operator==(Instant a, Instant b) { return a.ms == b.ms; }
  friend constexpr bool operator!=(Instant a, Instant b) { return a.ms != b.ms; }
  friend constexpr bool operator<(Instant a, Instant b) { return a.ms < b.ms; }
  friend constexpr bool operator<=(Instant a, Instant b) { return a.ms <= b.ms; }
  friend constexpr bool operator>(Instant a, Instant b) { return a.ms > b.ms; }
  friend constexpr bool operator>=(Instant a, Instant b) { return a.ms >= b.ms; }
  friend constexpr Instant operator+(Instant at, Millis d) { return {at.ms + d.value}; }
  friend constexpr Instant operator-(Instant at, Millis d) { return {at.ms - d.value}; }
  friend constexpr Millis operator-(Instant a, Instant b) { return {a.ms - b.ms}; }
};

}  // namespace tw
