// Dates with a time as people type them: "11-25 9:00", "2026/11/25", "明天 9点", "tomorrow 14:30", "9:30". Pure: now
// and the person's clock are arguments, what comes out is UTC. A day may have 23 or 25 hours: every time is looked up
// on the clock of its own day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/wall_clock.h"

namespace tw::views {

struct LocalClock {
  Instant now{};
  const WallClock& wall;  // not owned
};

// Without a year the next such day is meant, without a day the next such time, without a time the morning. Nothing when
// it is no date and time.
std::optional<Instant> read_moment(std::string_view typed, const LocalClock& clock);

// "2026-11-25 09:00": what read_moment reads back.
std::string write_moment(Instant at, const LocalClock& clock);

// In the morning, so many days from the person's today.
Instant morning_in(int days, const LocalClock& clock);
Instant morning_of_next_monday(const LocalClock& clock);

}  // namespace tw::views
