// The statutory days of China against a second package that somebody else keeps (chinese-workday; CMake asks it about
// every day and writes down what it says).
#include "domain/calendar/statutory.h"

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/date.h"

namespace tw::test {

// One letter a day, from 1 January of `second_opinion_year` on: 'w' worked, '-' off. Generated.
extern const int second_opinion_year;
extern const char* const second_opinion;

namespace {

using namespace domain::calendar;

// Where the two differ: the second package is wrong in all of these. 2018 and 2020 lack a day off (New Year's Day
// itself; the two days by which the State Council lengthened Spring Festival on 26 January 2020), 2023 has one too many
// (the announcement of 8 December 2022 names 31 December to 2 January).
const std::set<std::string> known_differences = {"2018-01-01", "2020-01-31", "2020-02-01", "2023-01-03"};

TEST(StatutoryDays, agree_with_a_second_package_on_every_day_of_every_year) {
  const std::string_view other = second_opinion;
  const std::int64_t first = day_number({second_opinion_year, 1, 1});
  const auto years = statutory_years();
  ASSERT_FALSE(years.empty());
  ASSERT_EQ(years.front(), second_opinion_year);
  std::map<std::int64_t, bool> days;
  for (const int year : years)
    for (const StatutoryDay& day : statutory_days(year)) days[day.day] = day.works;
  const std::int64_t end = day_number({years.back() + 1, 1, 1});
  ASSERT_GE(static_cast<std::int64_t>(other.size()), end - first);
  std::set<std::string> differences;
  for (std::int64_t day = first; day < end; ++day) {
    const auto known = days.find(day);
    const bool works = known != days.end() ? known->second : weekday_of(day) < 5;
    if (works != (other[static_cast<std::size_t>(day - first)] == 'w')) differences.insert(written_day(day));
  }
  EXPECT_EQ(differences, known_differences);
}

TEST(StatutoryDays, of_2026_are_what_was_announced) {
  std::map<std::string, bool> october;
  for (const StatutoryDay& day : statutory_days(2026))
    if (written_day(day.day) >= "2026-09-20") october[written_day(day.day)] = day.works;
  const std::map<std::string, bool> expected = {{"2026-09-20", true},  {"2026-09-25", false}, {"2026-09-26", false},
                                                {"2026-09-27", false}, {"2026-10-01", false}, {"2026-10-02", false},
                                                {"2026-10-03", false}, {"2026-10-04", false}, {"2026-10-05", false},
                                                {"2026-10-06", false}, {"2026-10-07", false}, {"2026-10-10", true}};
  EXPECT_EQ(october, expected);
}

TEST(StatutoryDays, of_a_year_that_was_not_announced_are_not_known) {
  EXPECT_TRUE(statutory_days(2099).empty());
  EXPECT_TRUE(statutory_days(2015).empty());
  for (const int year : statutory_years()) EXPECT_GE(statutory_days(year).size(), 11u) << year;
}

}  // namespace
}  // namespace tw::test
