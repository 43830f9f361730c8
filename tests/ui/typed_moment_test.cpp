// Dates and times as people type them. Now is Saturday 2026-11-21 15:30 in Shanghai.
#include "client/views/typed_moment.h"

#include <gtest/gtest.h>

namespace tw::test {
namespace {

using namespace views;

constexpr std::int32_t shanghai = 8 * 60;
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
  const LocalClock utc{here.now, 0}, west{here.now, -11 * 60};  // 07:30 of the same day, 20:30 of the day before
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

}  // namespace
}  // namespace tw::test
