#include "domain/calendar/calendar.h"

#include <algorithm>

#include "core/date.h"

namespace tw::domain::calendar {

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t minute_ms = 60'000;

constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }
constexpr std::int64_t offset_ms(const ZoneSpan& span) { return std::int64_t{span.offset} * 1000; }

std::int64_t worked_until(const DayHours& hours, std::int64_t time_of_day) {
  std::int64_t sum = 0;
  for (const TimeRange& range : hours)
    sum += std::clamp<std::int64_t>(time_of_day - range.from * minute_ms, 0, length(range).value);
  return sum;
}

}  // namespace

WorkingCalendar::WorkingCalendar(const CalendarRules& rules) : zone_(rules.zone), week_(rules.week) {
  const DayHours* longest = &week_[0];
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    before_weekday_[weekday] = week_length_.value;
    week_length_ = week_length_ + length(week_[weekday]);
    if (length(week_[weekday]) > length(*longest)) longest = &week_[weekday];
  }
  day_length_ = rules.day_length.value > 0 ? rules.day_length : length(*longest);

  std::vector<DayException> sorted = rules.exceptions;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const DayException& a, const DayException& b) { return a.day < b.day; });
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const DayException& one = sorted[i];
    if (i + 1 < sorted.size() && sorted[i + 1].day == one.day) continue;
    const DayHours& hours = one.hours.empty() ? *longest : one.hours;
    exceptions_.push_back({one.day, one.works ? hours : DayHours{}, all_gained_});
    const std::int64_t gain =
        length(exceptions_.back().hours).value - length(week_[static_cast<std::size_t>(weekday_of(one.day))]).value;
    all_gained_ += gain;
    shifted_ += gain < 0 ? -gain : gain;
  }
}

const DayHours& WorkingCalendar::hours_of(std::int64_t day) const {
  const auto found = std::lower_bound(exceptions_.begin(), exceptions_.end(), day,
                                      [](const Exception& one, std::int64_t wanted) { return one.day < wanted; });
  if (found != exceptions_.end() && found->day == day) return found->hours;
  return week_[static_cast<std::size_t>(weekday_of(day))];
}

std::int64_t WorkingCalendar::gained_before(std::int64_t day) const {
  const auto found = std::lower_bound(exceptions_.begin(), exceptions_.end(), day,
                                      [](const Exception& one, std::int64_t wanted) { return one.day < wanted; });
  return found == exceptions_.end() ? all_gained_ : found->gained;
}

std::int64_t WorkingCalendar::days_before(std::int64_t day) const {
  const std::int64_t weekday = weekday_of(day);
  const std::int64_t weeks = floor_div(day - weekday + 3, 7);  // 1970-01-01 was a Thursday
  return weeks * week_length_.value + before_weekday_[static_cast<std::size_t>(weekday)] + gained_before(day);
}

std::int64_t WorkingCalendar::passed(std::int64_t wall) const {
  const std::int64_t day = floor_div(wall, day_ms);
  return days_before(day) + worked_until(hours_of(day), wall - day * day_ms);
}

// Both search among the days around; that so much passes there is the caller's to know.
std::int64_t WorkingCalendar::wall_where(std::int64_t wanted) const {
  // The last day before whose begin less has passed: where it would be without exceptions, and as far from there as all
  // that they add and take could shift it.
  const std::int64_t guess = floor_div(wanted, week_length_.value) * 7 - 3;
  const std::int64_t reach = 7 * (shifted_ / week_length_.value + 3);
  std::int64_t low = guess - reach, high = guess + reach;
  while (low + 1 < high) {
    const std::int64_t middle = low + (high - low) / 2;
    (days_before(middle) < wanted ? low : high) = middle;
  }
  std::int64_t left = wanted - days_before(low);
  for (const TimeRange& range : hours_of(low)) {
    if (left <= length(range).value) return low * day_ms + range.from * minute_ms + left;
    left -= length(range).value;
  }
  return (low + 1) * day_ms;
}

std::int64_t WorkingCalendar::last_wall_where(std::int64_t wanted) const {
  // From just before the next millisecond of work has passed.
  return wall_where(wanted + 1) - 1;
}

Millis WorkingCalendar::between(Instant from, Instant to) const {
  to = std::min(to, from + horizon, [](Instant a, Instant b) { return a < b; });
  std::int64_t sum = 0;
  while (from < to) {
    const ZoneSpan span = zone_.span_at(from);
    const Instant end = span.to < to ? span.to : to;
    sum += passed(end.ms + offset_ms(span)) - passed(from.ms + offset_ms(span));
    from = end;
  }
  return {sum};
}

Instant WorkingCalendar::after(Instant from, Millis amount) const {
  if (!works_at_all()) return from + horizon;
  if (amount.value < 0) return back(from, -amount.value);
  const Instant last = from + horizon;
  std::int64_t left = amount.value;
  for (Instant at = from; left > 0;) {
    const ZoneSpan span = zone_.span_at(at);
    const Instant end = span.to < last ? span.to : last;
    const std::int64_t before = passed(at.ms + offset_ms(span));
    const std::int64_t here = passed(end.ms + offset_ms(span)) - before;
    if (here >= left) return {wall_where(before + left) - offset_ms(span)};
    if (!(end < last)) return last;
    left -= here;
    at = end;
  }
  return from;
}

Instant WorkingCalendar::back(Instant from, std::int64_t amount) const {
  const Instant first = from - horizon;
  for (Instant at = from; amount > 0;) {
    const ZoneSpan span = zone_.span_at({at.ms - 1});
    const Instant begin = first < span.from ? span.from : first;
    const std::int64_t until = passed(at.ms + offset_ms(span));
    const std::int64_t here = until - passed(begin.ms + offset_ms(span));
    if (here >= amount) return {last_wall_where(until - amount) - offset_ms(span)};
    if (!(first < begin)) return first;
    amount -= here;
    at = begin;
  }
  return from;
}

Instant WorkingCalendar::next_working_day(Instant from) const {
  if (!works_at_all()) return from + days(1);
  const std::int64_t wall = zone_.wall(from);
  const std::int64_t today = floor_div(wall, day_ms);
  // Somewhere behind the last exception there is a weekday that works.
  std::int64_t day = today + 1;
  while (!works_on(day)) ++day;
  const std::int64_t wanted = (wall - today * day_ms) / minute_ms;
  for (const TimeRange& range : hours_of(day))
    if (wanted < range.to)
      return zone_.at_wall(day * day_ms + (wanted < range.from ? range.from * minute_ms : wall - today * day_ms));
  return zone_.at_wall(day * day_ms + hours_of(day).front().from * minute_ms);
}

}  // namespace tw::domain::calendar
