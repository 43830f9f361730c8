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
#include "core/wall_clock.h"

namespace tw {

struct ZoneData;

class Zone {
 public:
  Zone() = default;  // UTC
  // A name of the table, or a fixed offset written "+08:00". Empty when it is neither.
  static std::optional<Zone> find(std::string_view name);

  ZoneSpan span_at(Instant at) const;
  std::int32_t offset_at(Instant at) const { return span_at(at).offset; }

  // What the clock on the wall shows, as milliseconds since 1970-01-01 00:00 on that wall.
  std::int64_t wall(Instant at) const { return at.ms + std::int64_t{offset_at(at)} * 1000; }
  Instant at_wall(std::int64_t wall) const;  // see instant_at_wall
  // The offset at `from`, and each one that follows up to `to`: a WallClock for that time.
  std::vector<ClockChange> changes(Instant from, Instant to) const;

 private:
  const ZoneData* data_ = nullptr;
  std::int32_t fixed_ = 0;  // where there is no data
};

std::vector<std::string_view> all_zone_names();  // ascending

// For a name that may be unknown, which counts as UTC.
std::int32_t zone_minutes(std::string_view zone, Instant at);
std::int64_t local_day(std::string_view zone, Instant at);  // days since 1970-01-01 on that zone's calendar

}  // namespace tw
