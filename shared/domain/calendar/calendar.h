// Working time: which instants count, how many of them lie between two, and when so many have passed.
//
// An instant counts when the clock on the wall of the calendar's zone shows a time within the hours of that day. So
// nothing special happens when clocks are changed: an hour that does not occur is no time, one that occurs twice counts
// twice. The hours of a day are those of its weekday, unless the day is an exception: a holiday, or a make-up day
// (调休).
//
// What stays true: between(t, after(t, n)) == n for every n within the horizon. Every call looks at no more than the
// clock changes of a hundred years, with a binary search each, whatever it is asked.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/time.h"
#include "core/zone.h"
#include "domain/calendar/hours.h"

namespace tw::domain::calendar {

struct DayException {
  std::int64_t day = 0;  // since 1970-01-01
  bool works = false;
  DayHours hours = {};  // of a day that works; none: those of the longest weekday
};

struct CalendarRules {
  Zone zone;
  std::array<DayHours, 7> week;          // Monday first
  Millis day_length = {};                // what a handling limit means by a working day; 0: the longest weekday
  std::vector<DayException> exceptions;  // in any order; of two for one day the last counts
};

// Nothing is due later than this after it started, whatever the limit says.
inline constexpr Millis horizon = days(36'525);

class WorkingCalendar {
 public:
  explicit WorkingCalendar(const CalendarRules& rules);

  // False: no weekday has hours. Nothing can be due by such a calendar.
  bool works_at_all() const { return week_length_.value > 0; }
  Millis day_length() const { return day_length_; }
  const DayHours& hours_of(std::int64_t day) const;
  bool works_on(std::int64_t day) const { return !hours_of(day).empty(); }

  // Working time in from <= t < to; none when `to` is not later. Counts as far as the horizon.
  Millis between(Instant from, Instant to) const;
  // The earliest instant by which so much has passed. Backwards for a negative amount: the latest instant from which so
  // much had to pass until `from`. At the horizon at the latest.
  Instant after(Instant from, Millis amount) const;

  // The same time of day on the next day that works; at the next begin of work on it where that time is none.
  Instant next_working_day(Instant from) const;

 private:
  struct Exception {
    std::int64_t day;
    DayHours hours;
    std::int64_t gained;  // milliseconds that all exceptions before this one add to what the week says
  };
  std::int64_t gained_before(std::int64_t day) const;
  std::int64_t days_before(std::int64_t day) const;  // milliseconds of work since the week of 1970-01-01 began
  std::int64_t passed(std::int64_t wall) const;
  std::int64_t wall_where(std::int64_t passed) const;       // the first time on the wall at which so much has passed
  std::int64_t last_wall_where(std::int64_t passed) const;  // and the last
  Instant back(Instant from, std::int64_t amount) const;

  Zone zone_;
  std::array<DayHours, 7> week_;
  std::array<std::int64_t, 7> before_weekday_{};
  Millis week_length_;
  Millis day_length_;
  std::vector<Exception> exceptions_;  // by day
  std::int64_t all_gained_ = 0;
  std::int64_t shifted_ = 0;  // what the exceptions add and what they take, both as positive
};

}  // namespace tw::domain::calendar
