// Working time: a table worked out by hand, and against a clock that is watched minute by minute.
#include <gtest/gtest.h>

#include "core/date.h"
#include "domain/calendar/calendar.h"
#include "support/random.h"

namespace tw::domain::calendar {
namespace {

using support::for_seeds;
using support::Seeded;

constexpr std::int64_t minute_ms = 60'000, day_ms = 86'400'000;

// "2026-09-30 16:00" as a number of milliseconds, of UTC or of a wall.
std::int64_t time(std::string_view text) {
  return read_day(text.substr(0, 10)).value() * day_ms + ((text[11] - '0') * 10 + text[12] - '0') * 60 * minute_ms +
         ((text[14] - '0') * 10 + text[15] - '0') * minute_ms;
}
std::string written(std::int64_t ms) {
  const std::int64_t minute = (ms % day_ms + day_ms) % day_ms / minute_ms;
  const auto two = [](std::int64_t n) { return std::string(n < 10 ? "0" : "") + std::to_string(n); };
  return written_day((ms - minute * minute_ms) / day_ms) + " " + two(minute / 60) + ":" + two(minute % 60);
}

CalendarRules rules(std::string_view zone, std::string_view hours, std::string_view saturday = "",
                    std::string_view sunday = "") {
  CalendarRules rules;
  rules.zone = Zone::find(zone).value();
  for (std::size_t i = 0; i < 5; ++i) rules.week[i] = read_hours(hours).value();
  rules.week[5] = read_hours(saturday).value();
  rules.week[6] = read_hours(sunday).value();
  return rules;
}

// --- by hand ---------------------------------------------------------------------------------------------------------

// Half past seven hours a day. In 2026 the National Day holiday is Thursday 1 October to Wednesday 7 October; Sunday
// 20 September and Saturday 10 October are worked instead.
CalendarRules national_day() {
  CalendarRules company = rules("Asia/Shanghai", "09:00-12:00, 13:30-18:00");
  for (int day = 1; day <= 7; ++day) company.exceptions.push_back({day_number({2026, 10, day}), false, {}});
  company.exceptions.push_back({*read_day("2026-09-20"), true, {}});
  company.exceptions.push_back({*read_day("2026-10-10"), true, {}});
  return company;
}

struct Row {
  const char* from;  // on the wall, in the calendar's zone
  std::int64_t minutes;
  const char* due;  // on the wall
};

void check(const CalendarRules& rules, const std::vector<Row>& table) {
  const WorkingCalendar calendar(rules);
  for (const Row& row : table) {
    const Instant from = rules.zone.at_wall(time(row.from));
    const Instant due = calendar.after(from, minutes(row.minutes));
    EXPECT_EQ(written(rules.zone.wall(due)), row.due) << row.minutes << " minutes from " << row.from;
    EXPECT_EQ(calendar.between(from, due), minutes(row.minutes)) << row.from;
  }
}

TEST(WorkingTime, passes_over_national_day_and_counts_the_make_up_saturday) {
  constexpr std::int64_t day = 450;  // 7 h 30
  check(national_day(), {
                            {"2026-09-30 16:00", 120, "2026-09-30 18:00"},      // to the end of the last day
                            {"2026-09-30 16:00", 121, "2026-10-08 09:01"},      // the minute after is a week later
                            {"2026-09-30 16:00", day, "2026-10-08 16:00"},      // 2 h, then 3 h and 2 h 30
                            {"2026-09-30 16:00", 2 * day, "2026-10-09 16:00"},  // Friday
                            {"2026-09-30 16:00", 3 * day, "2026-10-10 16:00"},  // the Saturday that is worked
                            {"2026-09-30 16:00", 4 * day, "2026-10-12 16:00"},  // the Sunday is not
                            {"2026-10-03 10:00", 60, "2026-10-08 10:00"},       // within the holiday nothing runs
                            {"2026-09-18 17:00", 2 * day, "2026-09-21 17:00"},  // Friday, the Sunday worked, Monday
                            {"2026-09-19 12:00", 30, "2026-09-20 09:30"},       // the Saturday before it is free
                            {"2026-10-10 12:30", 60, "2026-10-10 14:30"},       // its break is one too
                            {"2026-10-10 17:59", 2, "2026-10-12 09:01"},
                        });
}

TEST(WorkingTime, without_exceptions_the_same_week_is_a_week) {
  CalendarRules plain = national_day();
  plain.exceptions.clear();
  check(plain, {{"2026-09-30 16:00", 450, "2026-10-01 16:00"}, {"2026-10-09 16:00", 450, "2026-10-12 16:00"}});
}

TEST(WorkingTime, a_year_with_its_make_up_days_has_as_many_working_days_as_it_should) {
  const WorkingCalendar calendar(national_day());
  std::int64_t days_worked = 0;
  for (std::int64_t day = *read_day("2026-09-14"); day < *read_day("2026-10-19"); ++day)
    days_worked += calendar.works_on(day);
  EXPECT_EQ(days_worked, 25 - 5 + 2);
  EXPECT_EQ(calendar.day_length(), minutes(450));
}

// Clocks go forward on Sunday 29 March 2026 from 02:00 to 03:00, and back on Sunday 25 October from 03:00 to 02:00.
TEST(WorkingTime, at_berlins_clock_changes_night_hours_are_as_long_as_they_really_are) {
  const CalendarRules nights =
      rules("Europe/Berlin", "00:00-06:00, 22:00-24:00", "00:00-06:00, 22:00-24:00", "00:00-06:00, 22:00-24:00");
  const WorkingCalendar calendar(nights);
  const auto utc = [](const char* text) { return Instant{time(text)}; };
  EXPECT_EQ(calendar.between(utc("2026-03-28 23:00"), utc("2026-03-29 04:00")), hours(5)) << "no 02:00 to 03:00";
  EXPECT_EQ(calendar.between(utc("2026-10-24 22:00"), utc("2026-10-25 05:00")), hours(7)) << "02:00 to 03:00 twice";
  EXPECT_EQ(calendar.between(utc("2026-06-10 22:00"), utc("2026-06-11 04:00")), hours(6)) << "a usual night";
  const struct {
    const char* from;
    int hours;
    const char* due;  // UTC, both
  } table[] = {
      {"2026-03-28 21:00", 2, "2026-03-28 23:00"},  // 22:00 to midnight
      {"2026-03-28 21:00", 4, "2026-03-29 01:00"},  // and two hours: where the clock jumps
      {"2026-03-28 21:00", 7, "2026-03-29 04:00"},  // 06:00 in summer time
      {"2026-03-28 21:00", 8, "2026-03-29 21:00"},  // 23:00 the next evening
      {"2026-10-24 20:00", 2, "2026-10-24 22:00"},
      {"2026-10-24 20:00", 4, "2026-10-25 00:00"},  // 02:00 the first time
      {"2026-10-24 20:00", 5, "2026-10-25 01:00"},  // 02:00 again
      {"2026-10-24 20:00", 9, "2026-10-25 05:00"},  // 06:00 in winter time
      {"2026-10-24 20:00", 10, "2026-10-25 22:00"},
  };
  for (const auto& row : table)
    EXPECT_EQ(written(calendar.after(utc(row.from), hours(row.hours)).ms), row.due) << row.from << " + " << row.hours;
}

TEST(WorkingTime, at_berlins_clock_changes_office_hours_stay_what_the_clock_shows) {
  const CalendarRules office = rules("Europe/Berlin", "09:00-17:00");
  check(office, {{"2026-03-27 12:00", 8 * 60, "2026-03-30 12:00"}, {"2026-10-23 12:00", 8 * 60, "2026-10-26 12:00"}});
  const WorkingCalendar calendar(office);
  EXPECT_EQ(written(calendar.after({time("2026-03-27 11:00")}, hours(8)).ms), "2026-03-30 10:00") << "an hour earlier";
  EXPECT_EQ(written(calendar.after({time("2026-10-23 10:00")}, hours(8)).ms), "2026-10-26 11:00") << "an hour later";
}

TEST(WorkingTime, the_next_working_day_is_at_the_same_time_where_that_is_worked) {
  const CalendarRules company = national_day();
  const WorkingCalendar calendar(company);
  const auto next = [&](const char* from) {
    return written(company.zone.wall(calendar.next_working_day(company.zone.at_wall(time(from)))));
  };
  EXPECT_EQ(next("2026-09-28 10:15"), "2026-09-29 10:15");
  EXPECT_EQ(next("2026-09-30 10:15"), "2026-10-08 10:15") << "over the holiday";
  EXPECT_EQ(next("2026-10-09 16:00"), "2026-10-10 16:00") << "the Saturday that is worked";
  EXPECT_EQ(next("2026-09-28 12:30"), "2026-09-29 13:30") << "not in the break";
  EXPECT_EQ(next("2026-09-28 20:00"), "2026-09-29 09:00") << "not at night";
}

TEST(WorkingTime, a_make_up_day_may_have_hours_of_its_own_and_a_day_a_length_of_its_own) {
  CalendarRules company = national_day();
  company.exceptions.push_back({*read_day("2026-10-10"), true, read_hours("10:00-12:00").value()});  // the last counts
  company.day_length = hours(8);
  check(company, {{"2026-10-09 18:00", 120, "2026-10-10 12:00"}, {"2026-10-09 18:00", 121, "2026-10-12 09:01"}});
  EXPECT_EQ(WorkingCalendar(company).day_length(), hours(8));
}

TEST(WorkingTime, nothing_is_due_behind_the_horizon) {
  const Instant now{time("2026-11-22 00:00")};
  CalendarRules rare = rules("Asia/Shanghai", "");
  EXPECT_FALSE(WorkingCalendar(rare).works_at_all());
  EXPECT_EQ(WorkingCalendar(rare).after(now, hours(1)), now + horizon);
  EXPECT_EQ(WorkingCalendar(rare).between(now, now + days(40)), Millis{});
  rare.week[2] = read_hours("09:00-09:01").value();
  EXPECT_EQ(WorkingCalendar(rare).after(now, hours(1000)), now + horizon);
  EXPECT_EQ(WorkingCalendar(rare).after(now, hours(-1000)), now - horizon);
}

// --- against a clock that is watched
// -----------------------------------------------------------------------------------

const char* const zones[] = {"Europe/Berlin", "Asia/Shanghai",       "America/New_York", "America/St_Johns",
                             "Asia/Kolkata",  "Australia/Lord_Howe", "Africa/Cairo",     "UTC"};

DayHours any_hours(Seeded& random) {
  DayHours hours;
  std::int32_t at = static_cast<std::int32_t>(random.between(0, 400));
  for (std::int64_t ranges = random.between(0, 3); ranges > 0 && at < 1400; --ranges) {
    const auto to = static_cast<std::int32_t>(std::min<std::int64_t>(1440, at + random.between(1, 500)));
    hours.push_back({at, to});
    at = to + static_cast<std::int32_t>(random.between(0, 200));
  }
  return hours;
}

CalendarRules any_rules(Seeded& random, std::int64_t around) {
  CalendarRules rules;
  rules.zone = Zone::find(zones[random.between(0, 7)]).value();
  for (DayHours& hours : rules.week) hours = any_hours(random);
  rules.week[static_cast<std::size_t>(random.between(0, 6))] = {{0, 1440}};  // at least one day works
  for (std::int64_t i = random.between(0, 12); i > 0; --i)
    rules.exceptions.push_back({around + random.between(-3, 25), random.one_in(2), any_hours(random)});
  return rules;
}

// Days around the clock changes of half the world.
std::int64_t any_day(Seeded& random) {
  const int year = static_cast<int>(random.between(2015, 2040));
  return day_number({year, random.one_in(2) ? 3 : 10, 20}) + random.between(-4, 10);
}

bool works(const CalendarRules& rules, Instant at) {
  const std::int64_t wall = rules.zone.wall(at);
  const std::int64_t day = wall / day_ms, minute = wall % day_ms / minute_ms;
  const DayHours* hours = &rules.week[static_cast<std::size_t>(weekday_of(day))];
  const DayHours* longest = &rules.week[0];
  for (const DayHours& one : rules.week)
    if (length(one) > length(*longest)) longest = &one;
  static const DayHours none;
  for (const DayException& one : rules.exceptions)
    if (one.day == day) hours = !one.works ? &none : one.hours.empty() ? longest : &one.hours;
  for (const TimeRange& range : *hours)
    if (range.from <= minute && minute < range.to) return true;
  return false;
}

TEST(WorkingTime, is_what_a_clock_watched_minute_by_minute_counts) {
  for_seeds(400, [](Seeded random) {
    const std::int64_t day = any_day(random);
    const CalendarRules rules = any_rules(random, day);
    const WorkingCalendar calendar(rules);
    const Instant from{day * day_ms + random.between(0, 1439) * minute_ms};
    const Instant to = from + minutes(random.between(0, 9 * 1440));
    std::int64_t watched = 0;
    for (Instant at = from; at < to; at = at + minutes(1)) watched += works(rules, at);
    EXPECT_EQ(calendar.between(from, to), minutes(watched));
  });
}

TEST(WorkingTime, has_passed_at_the_due_time_and_not_a_moment_before) {
  for_seeds(3000, [](Seeded random) {
    const std::int64_t day = any_day(random);
    const CalendarRules rules = any_rules(random, day);
    const WorkingCalendar calendar(rules);
    const Instant from{day * day_ms + random.between(0, day_ms - 1)};
    const Millis amount{random.one_in(4) ? random.between(1, 400 * day_ms) : random.between(1, 9 * day_ms)};
    const Instant due = calendar.after(from, amount);
    EXPECT_EQ(calendar.between(from, due), amount);
    EXPECT_EQ(calendar.between(from, due - Millis{1}), amount - Millis{1});
    const Instant began = calendar.after(from, Millis{} - amount);
    EXPECT_EQ(calendar.between(began, from), amount);
    EXPECT_EQ(calendar.between(began + Millis{1}, from), amount - Millis{1});
    EXPECT_EQ(calendar.after(from, {}), from);
  });
}

TEST(WorkingTime, adds_up_whatever_is_between) {
  for_seeds(2000, [](Seeded random) {
    const std::int64_t day = any_day(random);
    const WorkingCalendar calendar(any_rules(random, day));
    const Instant a{day * day_ms}, b = a + Millis{random.between(0, 300 * day_ms)},
                                   c = b + Millis{random.between(0, 9 * day_ms)};
    EXPECT_EQ(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
    EXPECT_EQ(calendar.between(c, a), Millis{}) << "backwards is no time";
    EXPECT_TRUE(calendar.after(b, hours(5)) <= calendar.after(c, hours(5))) << "who starts later is not due earlier";
  });
}

}  // namespace
}  // namespace tw::domain::calendar
