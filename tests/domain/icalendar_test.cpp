// Holidays out of iCalendar files: what is read, what is said not to be understood, and that bad bytes do no harm.
#include "domain/calendar/icalendar.h"

#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "core/date.h"
#include "domain/calendar/statutory.h"
#include "support/random.h"

namespace tw::domain::calendar {
namespace {

std::string file(std::string_view events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + std::string(events) + "END:VCALENDAR\r\n";
}
std::string event(std::string_view lines) {
  return "BEGIN:VEVENT\r\nUID:1\r\n" + std::string(lines) + "END:VEVENT\r\n";
}

// "2026-10-01 off National Day; 2026-10-10 works ..."
std::string told(const ICalendar& read) {
  std::string out;
  for (const FoundDay& day : read.days)
    out += (out.empty() ? "" : "; ") + written_day(day.day) + (day.works ? " works " : " off ") + day.name;
  for (const ICalendarProblem& problem : read.not_understood)
    out += (out.empty() ? "" : "; ") + std::string("line ") + std::to_string(problem.line) + " " +
           std::string(problem.key.view()) + (problem.what.empty() ? "" : " " + problem.what);
  return out;
}
std::string told(std::string_view lines) { return told(read_icalendar(file(event(lines)), 2024, 2028)); }

TEST(ICalendarFile, an_event_is_the_days_from_its_start_up_to_its_end) {
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261003\r\nSUMMARY:National Day\r\n"),
            "2026-10-01 off National Day; 2026-10-02 off National Day");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261231\r\nSUMMARY:New Year's Eve\r\n"), "2026-12-31 off New Year's Eve");
  EXPECT_EQ(told("DTSTART:20261231\r\nDURATION:P2D\r\n"), "2026-12-31 off ; 2027-01-01 off ");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20281231\r\nDURATION:P1W\r\n"), "2028-12-31 off ") << "the years asked for only";
}

TEST(ICalendarFile, make_up_days_are_known_by_their_mark_or_their_name) {
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:国庆节(班)\r\n"), "2026-10-10 works 国庆节(班)");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:X\r\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY\r\n"),
            "2026-10-10 works X");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261010\r\nSUMMARY:班\r\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\r\n"),
            "2026-10-10 off 班")
      << "the mark is stronger";
}

TEST(ICalendarFile, lines_are_unfolded_and_texts_without_their_escapes) {
  EXPECT_EQ(told("DTSTART;VALUE\r\n =DATE:2026\r\n\t1001\r\nSUMMARY:Nation\r\n al\\, Day\\; one\\nmore\r\n"),
            "2026-10-01 off National, Day; one more");
  EXPECT_EQ(told("dtstart;X-WHY=\"a:b;c\":20261001\r\nsummary:x\r\n"), "2026-10-01 off x") << "names in any case";
}

TEST(ICalendarFile, yearly_days_come_every_year_until_they_end) {
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20200501\r\nRRULE:FREQ=YEARLY;UNTIL=20260501\r\nSUMMARY:May\r\n"),
            "2024-05-01 off May; 2025-05-01 off May; 2026-05-01 off May");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY;COUNT=2;BYMONTH=5;BYMONTHDAY=1\r\nSUMMARY:May\r\n"),
            "2024-05-01 off May; 2025-05-01 off May");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:leap\r\n"),
            "2024-02-29 off leap; 2028-02-29 off leap");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY;INTERVAL=2\r\nEXDATE;VALUE=DATE:20260501\r\n"),
            "2024-05-01 off ; 2028-05-01 off ");
}

TEST(ICalendarFile, what_is_not_understood_is_said_with_its_line_and_not_guessed_at) {
  EXPECT_EQ(told("DTSTART:20261001T090000Z\r\nSUMMARY:Meeting\r\n"), "line 4 icalendar.no_whole_day Meeting");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20260231\r\n"), "line 4 icalendar.no_whole_day");
  EXPECT_EQ(told("SUMMARY:nothing\r\n"), "line 4 icalendar.no_whole_day nothing");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20260930\r\n"), "line 4 icalendar.no_whole_day");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nDURATION:PT8H\r\n"), "line 4 icalendar.no_whole_day");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:w\r\n"),
            "line 4 icalendar.repeats_otherwise w");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n"),
            "line 4 icalendar.repeats_otherwise");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nRECURRENCE-ID:20261001\r\n"), "line 4 icalendar.moved_occurrence");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20280101\r\n"), "line 4 icalendar.too_long");
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nSTATUS:CANCELLED\r\n"), "");
  EXPECT_EQ(told(read_icalendar("name;phone\r\nAnn;1\r\n", 2024, 2028)), "line 1 icalendar.is_none");
  EXPECT_EQ(told(read_icalendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:half", 2024, 2028)),
            "line 2 icalendar.cut_off half");
}

TEST(ICalendarFile, alarms_inside_an_event_say_nothing_about_it) {
  EXPECT_EQ(told("DTSTART;VALUE=DATE:20261001\r\nBEGIN:VALARM\r\nSUMMARY:wake up\r\nDURATION:PT5M\r\nEND:VALARM\r\n"
                 "SUMMARY:day\r\n"),
            "2026-10-01 off day");
}

TEST(ICalendarFile, a_small_file_that_tells_of_endless_days_is_stopped) {
  std::string events;
  for (int i = 0; i < 5000; ++i) events += event("DTSTART:00010101\r\nDURATION:P366D\r\nRRULE:FREQ=YEARLY\r\n");
  const ICalendar read = read_icalendar(file(events), 2000, 2100);
  EXPECT_LE(read.days.size(), most_found_days);
  EXPECT_EQ(std::string(read.not_understood.at(0).key.view()), "icalendar.too_many");
}

TEST(ICalendarFile, any_bytes_are_survived_and_days_stay_within_the_years) {
  const std::string whole =
      file(event("DTSTART;VALUE=DATE:20241001\r\nDTEND;VALUE=DATE:20261003\r\nSUMMARY:a\\,b\r\n") +
           event("DTSTART;VALUE=DATE:20240501\r\nRRULE:FREQ=YEARLY;COUNT=9\r\nEXDATE:20250501,2026\r\n"));
  support::for_seeds(3000, [&](support::Seeded random) {
    std::string broken = whole;
    for (std::int64_t i = random.between(1, 8); i > 0; --i) {
      const auto at = static_cast<std::size_t>(random.between(0, static_cast<std::int64_t>(broken.size()) - 1));
      if (random.one_in(3))
        broken.erase(at, static_cast<std::size_t>(random.between(1, 20)));
      else
        broken[at] = static_cast<char>(random.one_in(2) ? random.between(0, 255) : random.between('0', ';'));
      if (broken.empty()) return;
    }
    std::int64_t last = INT64_MIN;
    for (const FoundDay& day : read_icalendar(broken, 2024, 2028).days) {
      EXPECT_GT(day.day, last);
      last = day.day;
      const int year = date_of(day.day).year;
      EXPECT_TRUE(year >= 2024 && year <= 2028) << broken;
    }
  });
}

// The calendar that chinese-days publishes for phones tells the same days as the data that it publishes for programs.
TEST(ICalendarFile, a_published_calendar_is_read_whole) {
  std::ifstream in(TIDEWATER_DEPS "/chinese-days/holidays.ics", std::ios::binary);
  ASSERT_TRUE(in) << "tools/deps fetches it";
  std::stringstream text;
  text << in.rdbuf();
  const ICalendar read = read_icalendar(text.str(), 2024, 2026);
  EXPECT_TRUE(read.not_understood.empty()) << told(read);
  std::map<std::int64_t, bool> published, known;
  for (const FoundDay& day : read.days) published[day.day] = day.works;
  for (const int year : {2024, 2025, 2026})
    for (const StatutoryDay& day : statutory_days(year)) known[day.day] = day.works;
  EXPECT_EQ(published, known);
}

}  // namespace
}  // namespace tw::domain::calendar
