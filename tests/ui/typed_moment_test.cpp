// Dates and times as people type them. Now is Saturday 2026-11-21 15:30 in Shanghai.
#include "client/views/typed_moment.h"

#include <gtest/gtest.h>

#include "core/date.h"
#include "core/zone.h"

namespace tw::test {
namespace {

using namespace views;

const WallClock shanghai = WallClock::fixed(8 * 3600);
const LocalClock here{Instant{1'795'246'200'000}, shanghai};

std::string read(std::string_view typed, const LocalClock& clock = here) {
  const auto at = read_moment(typed, clock);
  return at ? write_moment(*at, clock) : "none";
}

TEST(TypedMoment, is_read_in_the_ways_people_write_one) {
  EXPECT_EQ(write_moment(here.now, here), "2026-11-21 15:30");
  for (const char* typed :
       {"2026-11-25 09:30", "2026/11/25 9:30", "11-25 9:30", "11/25 9:30", "11月25日 9:30", "11月25日9点30分",
        "2026年11月25日上午9点30", " 11-25  9：30 ", "１１－２５ ９：３０", "26-11-25 9:30:00", "2026-11-25T09:30"})
    EXPECT_EQ(read(typed), "2026-11-25 09:30") << typed;
  EXPECT_EQ(read("明天 9点"), "2026-11-22 09:00");
  EXPECT_EQ(read("Tomorrow 2:15 pm"), "2026-11-22 14:15");
  EXPECT_EQ(read("后天下午3点"), "2026-11-23 15:00");
  EXPECT_EQ(read("今天 16:00"), "2026-11-21 16:00");
}

TEST(TypedMoment, what_is_left_out_is_the_next_such_one_and_the_morning) {
  EXPECT_EQ(read("11-25"), "2026-11-25 09:00");
  EXPECT_EQ(read("明天"), "2026-11-22 09:00");
  EXPECT_EQ(read("16:00"), "2026-11-21 16:00");  // still to come today
  EXPECT_EQ(read("15:30"), "2026-11-22 15:30");  // just now is past
  EXPECT_EQ(read("1-4 10:00"), "2027-01-04 10:00");
  EXPECT_EQ(read("11-20 10:00"), "2027-11-20 10:00");
  EXPECT_EQ(read("11-21 10:00"), "2026-11-21 10:00");  // today, past: said as it was meant, the form refuses it
  EXPECT_EQ(read("2-29"), "none");                     // neither this year nor the next has one
}

TEST(TypedMoment, is_nothing_when_it_is_no_date_and_time) {
  for (const char* typed : {"", "   ", "soon", "11-25 25:00", "11-25 9:75", "13-45", "2026-11-31", "1-2-3-4",
                            "明天 11-25", "9:30 back", "25日", "--"})
    EXPECT_EQ(read(typed), "none") << typed;
}

TEST(TypedMoment, belongs_to_the_persons_zone_and_its_day) {
  const WallClock greenwich, samoa = WallClock::fixed(-11 * 3600);
  const LocalClock utc{here.now, greenwich}, west{here.now, samoa};  // 07:30 of the same day, 20:30 of the day before
  EXPECT_EQ(read_moment("11-25 9:30", here)->ms + 8 * 3'600'000, read_moment("11-25 9:30", utc)->ms);
  EXPECT_EQ(read("明天", west), "2026-11-21 09:00");
  EXPECT_EQ(write_moment(morning_in(3, west), west), "2026-11-23 09:00");
}

TEST(TypedMoment, next_monday_is_never_today) {
  for (int day = 0; day < 14; ++day) {
    const LocalClock clock{here.now + days(day), shanghai};
    const Instant monday = morning_of_next_monday(clock);
    EXPECT_GT(monday, clock.now);
    EXPECT_LE(monday, clock.now + days(7));
    EXPECT_EQ(write_moment(monday, clock), day < 2   ? "2026-11-23 09:00"
                                           : day < 9 ? "2026-11-30 09:00"
                                                     : "2026-12-07 09:00");
  }
}

// Worked out by hand: clocks in Berlin go from 02:00 to 03:00 on 2027-03-28 and from 03:00 back to 02:00 on 2026-10-25.
TEST(TypedMoment, is_looked_up_on_the_clock_of_its_own_day) {
  const Zone zone = *Zone::find("Europe/Berlin");
  const auto instant = [](std::int64_t day, int hour, int minute) {
    return Instant{((day * 24 + hour) * 60 + minute) * 60'000};
  };
  const std::int64_t back = day_number({2026, 10, 25}), forth = day_number({2027, 3, 28});

  const Instant before_winter = instant(back - 2, 10, 0);  // 12:00 in summer
  const WallClock clock(zone.changes(before_winter - days(400), before_winter + days(400)));
  const LocalClock autumn{before_winter, clock};
  EXPECT_EQ(read_moment("10-26 9:00", autumn), instant(back + 1, 8, 0));  // an hour later than two days before
  EXPECT_EQ(read_moment("10-24 9:00", autumn), instant(back - 1, 7, 0));
  EXPECT_EQ(read_moment("10-25 2:30", autumn), instant(back, 0, 30));  // the first of the two
  EXPECT_EQ(read("10-26 9:00", autumn), "2026-10-26 09:00");
  EXPECT_EQ(morning_in(3, autumn), instant(back + 1, 8, 0));
  EXPECT_EQ(write_moment(instant(back, 0, 30), autumn), "2026-10-25 02:30");
  EXPECT_EQ(write_moment(instant(back, 1, 30), autumn), "2026-10-25 02:30");
  EXPECT_EQ(write_moment(instant(back, 2, 30), autumn), "2026-10-25 03:30");

  const Instant before_summer = instant(forth - 1, 22, 30);  // 23:30 in winter
  const LocalClock spring{before_summer, clock};
  EXPECT_EQ(read_moment("2:30", spring), instant(forth, 1, 30));  // does not occur: 03:30
  EXPECT_EQ(read("2:30", spring), "2027-03-28 03:30");
  EXPECT_EQ(read_moment("9:00", spring), instant(forth, 7, 0));
  EXPECT_EQ(read_moment("明天 9点", spring), instant(forth, 7, 0));
  EXPECT_EQ(read_moment("23:59", spring), instant(forth - 1, 22, 59));
}

}  // namespace
}  // namespace tw::test
