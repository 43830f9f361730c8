// The tables behind zone.cpp; tools/zone_table.py writes them at build time. Nobody else includes this.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tw {

struct ZoneChange {
  std::uint32_t at = 0;     // seconds since 1970
  std::int32_t offset = 0;  // seconds, east positive, from then on
};

// The day of a yearly change: "the third Sunday of March", week 5 being the last one.
struct ZoneRuleDay {
  std::int8_t month = 1;
  std::int8_t week = 1;
  std::int8_t weekday = 0;   // 0 = Sunday
  std::int32_t seconds = 0;  // after its midnight, by the clock that holds until then; may lie outside the day
};

struct ZoneData {
  std::uint32_t first = 0;  // in zone_changes
  std::uint32_t count = 0;
  std::int32_t offset_1970 = 0;
  std::int32_t standard = 0, summer = 0;  // by rule, after the last change; equal: no changes
  ZoneRuleDay to_summer, to_standard;
};

struct ZoneName {
  const char* name = "";
  std::uint16_t data = 0;
};

extern const ZoneChange zone_changes[];
extern const ZoneData zone_data[];
extern const ZoneName zone_names[];  // ascending by bytes
extern const std::size_t zone_name_count;

}  // namespace tw
