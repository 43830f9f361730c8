// The clock of a batch item: how long its executor has held it, and when it is recalled. Natural time is exact and
// knows no zone, one day is 24 hours; working time is what the executor's calendar counts (Pace).
//
// What stays true: `used` counts whether or not a limit is set; `due_at` is empty while nothing runs or the limit is 0;
// whoever changes a clock does it through these functions, so the stored columns always agree with the formula
//   due_at = resumed_at + (limit - used), counted at the executor's pace.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "core/time.h"
#include "domain/batch/state.h"
#include "domain/calendar/calendar.h"

namespace tw::domain::batch {

// How long an executor may hold an item; 0 = no limit.
struct HandlingLimit {
  std::int64_t value = 0;
  LimitUnit unit = LimitUnit::days;
};

// `day`: what one day of it is.
constexpr Millis length(HandlingLimit limit, Millis day = days(1)) {
  switch (limit.unit) {
    case LimitUnit::minutes:
      return minutes(limit.value);
    case LimitUnit::hours:
      return hours(limit.value);
    case LimitUnit::days:
      return {limit.value * day.value};
  }
  return {};
}

// How time passes for whoever executes an item, as far as its limit cares.
struct Pace {
  const calendar::WorkingCalendar* calendar = nullptr;  // none: natural time

  Millis between(Instant from, Instant to) const {
    if (calendar) return calendar->between(from, to);
    return to < from ? Millis{} : to - from;  // a clock that was set back meanwhile counts as no time
  }
  Instant after(Instant from, Millis amount) const { return calendar ? calendar->after(from, amount) : from + amount; }
};

// The stored columns. `used` is what had run up when the clock last paused, not what is running now: see used_at().
struct ItemClock {
  Millis used = {};
  std::optional<Instant> resumed_at = {};  // set while the clock runs
  std::optional<Instant> due_at = {};      // set while the clock runs against a limit
  Millis day = {};  // a working day of its calendar, as it was when it started; 0: it has not run in working time
  friend bool operator==(const ItemClock& a, const ItemClock& b) {
    return a.used == b.used && a.resumed_at == b.resumed_at && a.due_at == b.due_at && a.day == b.day;
  }
};

// What a day means for this clock: fixed when it started, whatever becomes of the calendar.
inline Millis day_of(const ItemClock& clock, const Pace& pace) {
  if (!pace.calendar) return days(1);
  return clock.day.value > 0 ? clock.day : pace.calendar->day_length();
}

// Time in `executing` since the last start, up to `now`.
inline Millis used_at(const ItemClock& clock, Instant now, const Pace& pace = {}) {
  return clock.resumed_at ? clock.used + pace.between(*clock.resumed_at, now) : clock.used;
}

// The formula, for a clock that may have been started under another limit: an edited limit goes through here.
inline ItemClock with_limit(ItemClock clock, HandlingLimit limit, const Pace& pace = {}) {
  const Millis day = day_of(clock, pace);
  clock.due_at.reset();
  if (!clock.resumed_at) return clock;
  if (pace.calendar) clock.day = day;
  const Millis whole = length(limit, day);
  if (whole.value > 0) clock.due_at = pace.after(*clock.resumed_at, whole - clock.used);
  return clock;
}

inline ItemClock started(HandlingLimit limit, Instant now, const Pace& pace = {}) {
  return with_limit({{}, now, {}, {}}, limit, pace);
}
inline ItemClock stopped() { return {}; }
inline ItemClock paused(const ItemClock& clock, Instant now, const Pace& pace = {}) {
  return {used_at(clock, now, pace), {}, {}, clock.day};
}

// Goes on after a pause with whatever is left.
inline ItemClock resumed(const ItemClock& clock, HandlingLimit limit, Instant now, const Pace& pace = {}) {
  return with_limit({clock.used, now, {}, clock.day}, limit, pace);
}

// From one executor to another: what was used stays as it was counted, what is left is counted for the other.
inline ItemClock handed_on(const ItemClock& clock, HandlingLimit limit, Instant now, const Pace& from, const Pace& to) {
  if (!from.calendar && !to.calendar) return with_limit(clock, limit);
  return resumed(paused(clock, now, from), limit, now, to);
}

// What an executor gets at least when an item comes back to them; in working time, one working day for each.
inline constexpr Millis default_return_minimum = days(1);

// A returned item leaves at least m to work, m = the smaller of the limit and `minimum`.
inline ItemClock returned(const ItemClock& clock, HandlingLimit limit, Instant now, const Pace& pace = {},
                          Millis minimum = default_return_minimum) {
  ItemClock back = clock;
  const Millis day = day_of(clock, pace);
  const Millis whole = length(limit, day);
  if (pace.calendar) minimum = {minimum.value / 1000 * day.value / (days(1).value / 1000)};
  if (whole.value > 0) back.used = std::min(clock.used, whole - std::min(whole, minimum));
  return resumed(back, limit, now, pace);
}

// What an item that a shorter limit makes overdue at once is left with, where the manager gives it a grace: one day, by
// the formula as always. `used` may fall below zero, as time that its executor is owed.
inline ItemClock given_grace(const ItemClock& clock, HandlingLimit limit, Instant now, const Pace& pace = {}) {
  const Millis day = day_of(clock, pace);
  return with_limit({length(limit, day) - day, now, {}, clock.day}, limit, pace);
}

constexpr bool overdue(const ItemClock& clock, Instant now) { return clock.due_at && now >= *clock.due_at; }

// How long before `due_at` an item counts as due soon, unless the batch says otherwise: 24 hours, or a quarter of a
// limit that is not longer than that (with a limit of one day, 24 hours would be always). By the clock on the wall also
// where the limit counts working time: whoever looks at a list wants to know what is due until tomorrow.
constexpr Millis default_due_soon(Millis limit) {
  return limit.value > 0 && limit <= hours(24) ? Millis{limit.value / 4} : hours(24);
}

constexpr bool due_soon(const ItemClock& clock, Millis threshold, Instant now) {
  return clock.due_at && now < *clock.due_at && now >= *clock.due_at - threshold;
}

}  // namespace tw::domain::batch
