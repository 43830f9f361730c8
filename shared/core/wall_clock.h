// What the clocks of one place show, as the few offsets that hold there: what a page needs of a time zone without
// having all of them (core/zone.h). The server says them with the session; the page reads and writes dates by them.
//
// Offsets are seconds, east positive. Before the first change its offset holds already, after the last one for ever.
#pragma once

#include <cstdint>
#include <vector>

#include "core/time.h"

namespace tw {

// While the offset stays the same: from <= t < to.
struct ZoneSpan {
  Instant from;
  Instant to;
  std::int32_t offset = 0;
};
inline constexpr Instant first_instant{INT64_MIN / 4}, last_instant{INT64_MAX / 4};

struct ClockChange {
  Instant at{};
  std::int32_t offset = 0;  // from then on
};

// When clocks show this, as milliseconds since 1970-01-01 00:00 on that wall; `span_at` knows the place. A time that
// occurs twice (clocks are set back) means the first; one that does not occur (clocks are set forward) means as much
// later as the clocks jump: 02:30 becomes 03:30.
template <class SpanAt>
Instant instant_at_wall(std::int64_t wall, SpanAt&& span_at) {
  // No offset is further from UTC than a day: what holds a day before is the offset before a change, if there is one.
  const ZoneSpan before = span_at(Instant{wall} - days(1));
  const Instant early{wall - std::int64_t{before.offset} * 1000};
  if (early < before.to) return early;
  const ZoneSpan after = span_at(early);
  const Instant late{wall - std::int64_t{after.offset} * 1000};
  return late < after.from ? early : late;
}

class WallClock {
 public:
  WallClock() = default;                                 // UTC
  explicit WallClock(std::vector<ClockChange> changes);  // ascending
  static WallClock fixed(std::int32_t offset);           // the same offset for ever

  ZoneSpan span_at(Instant at) const;
  std::int32_t offset_at(Instant at) const { return span_at(at).offset; }
  std::int64_t wall(Instant at) const { return at.ms + std::int64_t{offset_at(at)} * 1000; }
  Instant at_wall(std::int64_t wall) const;
  std::int64_t day(Instant at) const;  // days since 1970-01-01 on that wall

 private:
  std::vector<ClockChange> changes_;
};

}  // namespace tw
