// The clock of a batch item: how long its executor has held it, and when it is recalled. Natural time only, exact
// milliseconds, no zone: one day is 24 hours. Working time arrives with the calendars.
//
// What stays true: `used` counts whether or not a limit is set; `due_at` is empty while nothing runs or the limit is 0;
// whoever changes a clock does it through these functions, so the stored columns always agree with the formula
//   due_at = resumed_at + (limit - used).
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/time.h"
#include "domain/batch/state.h"

namespace tw::domain::batch {

// How long an executor may hold an item; 0 = no limit.
struct HandlingLimit {
  std::int64_t value = 0;
  LimitUnit unit = LimitUnit::days;
};

constexpr Millis length(HandlingLimit limit) {
  switch (limit.unit) {
    case LimitUnit::minutes:
      return minutes(limit.value);
    case LimitUnit::hours:
      return hours(limit.value);
    case LimitUnit::days:
      return days(limit.value);
  }
  return {};
}

// The stored columns. `used` is what had run up when the clock last paused, not what is running now: see used_at().
struct ItemClock {
  Millis used = {};
  std::optional<Instant> resumed_at = {};  // set while the clock runs
  std::optional<Instant> due_at = {};      // set while the clock runs against a limit
  friend bool operator==(const ItemClock& a, const ItemClock& b) {
    return a.used == b.used && a.resumed_at == b.resumed_at && a.due_at == b.due_at;
  }
};

// Time in `executing` since the last start, up to `now`. A clock that was set back meanwhile counts as no time.
constexpr Millis used_at(const ItemClock& clock, Instant now) {
  if (!clock.resumed_at || now < *clock.resumed_at) return clock.used;
  return clock.used + (now - *clock.resumed_at);
}

// The formula, for a clock that may have been started under another limit: an edited limit goes through here.
constexpr ItemClock with_limit(ItemClock clock, Millis limit) {
  clock.due_at.reset();
  if (clock.resumed_at && limit.value > 0) clock.due_at = *clock.resumed_at + (limit - clock.used);
  return clock;
}

constexpr ItemClock started(Millis limit, Instant now) { return with_limit({{}, now, {}}, limit); }
constexpr ItemClock stopped() { return {}; }
constexpr ItemClock paused(const ItemClock& clock, Instant now) { return {used_at(clock, now), {}, {}}; }

// Goes on after a pause with whatever is left.
constexpr ItemClock resumed(const ItemClock& clock, Millis limit, Instant now) {
  return with_limit({clock.used, now, {}}, limit);
}

// What an executor gets at least when an item comes back to them.
inline constexpr Millis default_return_minimum = days(1);

// A returned item leaves at least m to work, m = the smaller of the limit and `minimum`.
constexpr ItemClock returned(const ItemClock& clock, Millis limit, Instant now,
                             Millis minimum = default_return_minimum) {
  Millis used = clock.used;
  if (limit.value > 0) used = std::min(used, limit - std::min(limit, minimum));
  return with_limit({used, now, {}}, limit);
}

// What an item that a shorter limit makes overdue at once is left with, where the manager gives it a grace.
inline constexpr Millis limit_grace = days(1);

// Exactly `grace` to go on, by the formula as always: `used` may fall below zero, as time that its executor is owed.
constexpr ItemClock given_grace(Millis limit, Instant now, Millis grace = limit_grace) {
  return with_limit({limit - grace, now, {}}, limit);
}

constexpr bool overdue(const ItemClock& clock, Instant now) { return clock.due_at && now >= *clock.due_at; }

// How long before `due_at` an item counts as due soon, unless the batch says otherwise: 24 hours, or a quarter of a
// limit that is not longer than that (with a limit of one day, 24 hours would be always).
constexpr Millis default_due_soon(Millis limit) {
  return limit.value > 0 && limit <= hours(24) ? Millis{limit.value / 4} : hours(24);
}

constexpr bool due_soon(const ItemClock& clock, Millis threshold, Instant now) {
  return clock.due_at && now < *clock.due_at && now >= *clock.due_at - threshold;
}

}  // namespace tw::domain::batch
