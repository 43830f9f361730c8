// Holidays and make-up days out of an iCalendar file (RFC 5545), as companies and authorities publish them.
//
// Read are events of whole days: DTSTART and DTEND (or DURATION) as dates, yearly repetition on the same date
// (INTERVAL, COUNT, UNTIL, EXDATE). A day is taken as worked where the event says so:
// X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY, or a summary such as 班, 补班, "workday". Everything else (events with a time
// of day, weekly repetition, moved occurrences) is named with its line and not guessed at. Any bytes may come in;
// nothing is read beyond the bounds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace tw::domain::calendar {

inline constexpr std::size_t largest_icalendar = 1024 * 1024;  // bytes
inline constexpr std::size_t most_found_days = 4000;
inline constexpr std::size_t most_icalendar_problems = 50;

struct FoundDay {
  std::int64_t day = 0;  // since 1970-01-01
  bool works = false;
  std::string name;  // at most 60 code points
};

struct ICalendarProblem {
  std::int64_t line = 0;  // of the file, where the event begins or the line stands
  TextKey key;
  std::string what;  // the event's summary, or the line as far as it is worth showing
};

struct ICalendar {
  std::vector<FoundDay> days;  // ascending, one per day: of two events the later in the file counts
  std::vector<ICalendarProblem> not_understood;
  std::int64_t events = 0;
};

// Days of these years only, both included.
ICalendar read_icalendar(std::string_view file, int first_year, int last_year);

}  // namespace tw::domain::calendar
