// Time zones by their IANA names: what the clocks of a place show at an instant, and when they show a time. The table
// is made at build time from tzdata and is the same in server and client; nothing reads the zone files of the machine.
//
// Seconds, east positive. Since 1970; before, the offset of the beginning of 1970 counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace tw {

struct ZoneData;

// While the offset stays the same: from <= t < to.
struct ZoneSpan {
  Instant from;
  Instant to;
  std::int32_t offset = 0;
};
inline constexpr Instant first_instant{INT64_MIN / 4}, last_instant{INT64_MAX / 4};

class Zone {
 public:
  Zone() = default;  // UTC
  // A name of the table, or a fixed offset written "+08:00". Empty when it is neither.
  static std::optional<Zone> find(std::string_view name);

  ZoneSpan span_at(Instant at) const;
  std::int32_t offset_at(Instant at) const { return span_at(at).offset; }

  // What the clock on the wall shows, as milliseconds since 1970-01-01 00:00 on that wall.
  std::int64_t wall(Instant at) const { return at.ms + std::int64_t{offset_at(at)} * 1000; }
  // When the clock shows this. A time that occurs twice (clocks are set back) means the first; one that does not occur
  // (clocks are set forward) means as much later as the clocks jump: 02:30 becomes 03:30.
  Instant at_wall(std::int64_t wall) const;

 private:
  const ZoneData* data_ = nullptr;
  std::int32_t fixed_ = 0;  // where there is no data
};

std::vector<std::string_view> all_zone_names();  // ascending

// For a name that may be unknown, which counts as UTC.
std::int32_t zone_minutes(std::string_view zone, Instant at);
std::int64_t local_day(std::string_view zone, Instant at);  // days since 1970-01-01 on that zone's calendar

}  // namespace tw
