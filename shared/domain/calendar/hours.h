// Working hours of a day, as numbers and as people write them: "09:00-12:00, 13:30-18:00".
//
// What stays true: ranges are ascending and do not overlap; none crosses midnight (a night shift is two ranges on two
// days); a day has at most eight.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"

namespace tw::domain::calendar {

inline constexpr std::size_t most_ranges = 8;

// Minutes after midnight on the wall, 0 <= from < to <= 1440.
struct TimeRange {
  std::int32_t from = 0;
  std::int32_t to = 0;
  friend bool operator==(TimeRange a, TimeRange b) { return a.from == b.from && a.to == b.to; }
};
using DayHours = std::vector<TimeRange>;  // empty: nobody works

constexpr Millis length(TimeRange range) { return minutes(range.to - range.from); }
Millis length(const DayHours& hours);

// Also "9:00", "~", "至", Chinese punctuation, blanks anywhere. Empty text is a day without work; what cannot be read,
// overlaps or runs backwards is nothing.
std::optional<DayHours> read_hours(std::string_view text);
std::string written_hours(const DayHours& hours);

}  // namespace tw::domain::calendar
