#include "core/wall_clock.h"

#include <algorithm>
#include <utility>

namespace tw {

WallClock::WallClock(std::vector<ClockChange> changes) : changes_(std::move(changes)) {}

WallClock WallClock::fixed(std::int32_t offset) { return WallClock({{first_instant, offset}}); }

ZoneSpan WallClock::span_at(Instant at) const {
  if (changes_.empty()) return {first_instant, last_instant, 0};
  auto next = std::upper_bound(changes_.begin(), changes_.end(), at,
                               [](Instant wanted, const ClockChange& change) { return wanted < change.at; });
  if (next == changes_.begin()) ++next;  // the first offset holds before it too
  const ClockChange& holds = *(next - 1);
  return {next - 1 == changes_.begin() ? first_instant : holds.at, next == changes_.end() ? last_instant : next->at,
          holds.offset};
}

Instant WallClock::at_wall(std::int64_t wall) const {
  return instant_at_wall(wall, [this](Instant at) { return span_at(at); });
}

std::int64_t WallClock::day(Instant at) const {
  const std::int64_t day_ms = days(1).value, shown = wall(at);
  return shown >= 0 ? shown / day_ms : -((day_ms - 1 - shown) / day_ms);
}

}  // namespace tw
