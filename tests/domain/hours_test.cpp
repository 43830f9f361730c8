#include "domain/calendar/hours.h"

#include <gtest/gtest.h>

#include "support/random.h"

namespace tw::domain::calendar {
namespace {

TEST(Hours, are_read_as_people_write_them) {
  const DayHours office{{540, 720}, {810, 1080}};
  for (const char* text : {"09:00-12:00, 13:30-18:00", "9:00-12:00,13:30-18:00", " 9:00 – 12:00 ; 13:30 ~ 18:00 ",
                           "９：００－１２：００，１３：３０－１８：００", "09:00至12:00、13:30到18:00"})
    EXPECT_EQ(read_hours(text), office) << text;
  EXPECT_EQ(read_hours("00:00-24:00"), (DayHours{{0, 1440}}));
  EXPECT_EQ(read_hours("09:00-12:00,12:00-13:00"), (DayHours{{540, 720}, {720, 780}})) << "they may touch";
  EXPECT_EQ(read_hours("  "), DayHours{});
  EXPECT_EQ(length(office), hours(7) + minutes(30));
}

TEST(Hours, that_overlap_run_backwards_or_are_no_times_are_refused) {
  for (const char* text : {"9-12", "09:00", "09:00-", "09:00-09:00", "12:00-09:00", "22:00-06:00", "09:00-24:01",
                           "09:60-10:00", "09:0-10:00", "09:00-12:00, 11:00-13:00", "13:00-14:00, 09:00-10:00",
                           "09:00-12:00,", "09:00-12:00 x", "009:00-12:00", "-1:00-2:00", "closed"})
    EXPECT_FALSE(read_hours(text)) << text;
  std::string nine;
  for (int i = 0; i < 9; ++i)
    nine += (i ? "," : "") + std::string("0") + std::to_string(i) + ":00-0" + std::to_string(i) + ":30";
  EXPECT_FALSE(read_hours(nine)) << "more than eight";
}

TEST(Hours, are_read_again_as_they_were_written) {
  support::for_seeds(300, [](support::Seeded random) {
    DayHours hours;
    std::int32_t at = 0;
    while (hours.size() < most_ranges && at < 1400) {
      const auto from = static_cast<std::int32_t>(random.between(at, 1439));
      const auto to = static_cast<std::int32_t>(random.between(from + 1, 1440));
      hours.push_back({from, to});
      at = to;
    }
    EXPECT_EQ(read_hours(written_hours(hours)), hours);
  });
}

}  // namespace
}  // namespace tw::domain::calendar
