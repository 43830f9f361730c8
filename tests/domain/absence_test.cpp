#include "domain/allocation/absence.h"

#include <gtest/gtest.h>

#include "core/date.h"

namespace tw::domain::allocation {
namespace {

using batch::HandlingLimit;
using batch::LimitCounts;
using batch::LimitUnit;
using calendar::CalendarRules;
using calendar::DayHours;
using calendar::WorkingCalendar;

// In January 2026, whose first day is a Thursday; UTC.
Instant at(int day, int hour, int minute = 0) {
  return Instant{day_number({2026, 1, day}) * days(1).value} + hours(hour) + minutes(minute);
}

CalendarRules from_to(std::string_view hours_of_a_day) {
  CalendarRules rules;
  for (std::size_t weekday = 0; weekday < 5; ++weekday)
    rules.week[weekday] = calendar::read_hours(hours_of_a_day).value_or(DayHours{});
  return rules;
}
CalendarRules with_leave(CalendarRules rules, int first, int last) {
  for (int day = first; day <= last; ++day) rules.exceptions.push_back({day_number({2026, 1, day}), false, {}});
  return rules;
}

const WorkingCalendar everybodys{from_to("09:00-17:00")};
constexpr auto natural = LimitCounts::natural;
constexpr auto working = LimitCounts::working;
constexpr HandlingLimit one_day{1, LimitUnit::days};
constexpr HandlingLimit two_hours{2, LimitUnit::hours};

TEST(Absent, is_who_works_at_no_time_until_the_item_is_due) {
  const WorkingCalendar on_leave{with_leave(from_to("09:00-17:00"), 1, 2)};
  EXPECT_TRUE(absent(one_day, natural, at(1, 10), on_leave, everybodys));
  EXPECT_TRUE(absent({2, LimitUnit::days}, natural, at(1, 10), on_leave, everybodys)) << "due on Saturday";
  EXPECT_FALSE(absent({4, LimitUnit::days}, natural, at(1, 10), on_leave, everybodys)) << "an hour of Monday is left";
  EXPECT_FALSE(absent(one_day, natural, at(5, 9), on_leave, everybodys)) << "back";
  EXPECT_FALSE(absent(one_day, natural, at(1, 10), everybodys, everybodys));
}

TEST(Absent, counts_a_limit_in_working_time_by_everybodys_calendar) {
  const WorkingCalendar on_leave{with_leave(from_to("09:00-17:00"), 1, 2)};
  EXPECT_TRUE(absent(one_day, working, at(1, 9), on_leave, everybodys)) << "a colleague's is due at 17:00";
  EXPECT_TRUE(absent({2, LimitUnit::days}, working, at(1, 9), on_leave, everybodys));
  EXPECT_FALSE(absent({3, LimitUnit::days}, working, at(1, 9), on_leave, everybodys));
}

TEST(Absent, is_nobody_while_the_company_itself_does_not_work) {
  const WorkingCalendar on_leave{with_leave(from_to("09:00-17:00"), 1, 2)};
  EXPECT_FALSE(absent(one_day, natural, at(2, 17), on_leave, everybodys)) << "the weekend is the same for all";
  const WorkingCalendar new_year{with_leave(from_to("09:00-17:00"), 1, 1)};
  EXPECT_FALSE(absent(two_hours, natural, at(1, 10), on_leave, new_year));
  EXPECT_TRUE(absent(two_hours, natural, at(2, 10), on_leave, new_year));
}

TEST(Absent, is_another_shift_for_as_long_as_a_short_limit) {
  const WorkingCalendar evenings{from_to("17:00-22:00")};
  EXPECT_TRUE(absent(two_hours, natural, at(1, 10), evenings, everybodys));
  EXPECT_FALSE(absent(two_hours, natural, at(1, 15, 1), evenings, everybodys)) << "a minute of it is left";
  EXPECT_FALSE(absent(one_day, natural, at(1, 10), evenings, everybodys));
  EXPECT_FALSE(absent(two_hours, working, at(1, 10), evenings, everybodys)) << "its clock waits for them";
}

TEST(Absent, is_nobody_without_a_limit_and_whoever_never_works_with_one) {
  const WorkingCalendar never{CalendarRules{}};
  EXPECT_FALSE(absent({}, natural, at(1, 10), never, everybodys));
  EXPECT_FALSE(absent({}, working, at(1, 10), never, everybodys));
  EXPECT_TRUE(absent(one_day, natural, at(1, 10), never, everybodys));
  EXPECT_TRUE(absent(one_day, working, at(1, 10), never, everybodys));
  EXPECT_FALSE(absent(one_day, working, at(1, 10), everybodys, never)) << "nobody would work";
}

}  // namespace
}  // namespace tw::domain::allocation
