// A clock made of a zone's changes shows what the zone shows, within the time that it was made for.
#include "core/wall_clock.h"

#include <gtest/gtest.h>

#include "core/date.h"
#include "core/zone.h"

namespace tw::test {
namespace {

const Instant now{1'795'246'200'000};  // 2026-11-21 07:30 UTC

TEST(WallClock, without_changes_is_UTC_and_fixed_is_fixed) {
  EXPECT_EQ(WallClock().wall(now), now.ms);
  EXPECT_EQ(WallClock().at_wall(now.ms), now);
  const WallClock east = WallClock::fixed(8 * 3600);
  EXPECT_EQ(east.wall(now), now.ms + hours(8).value);
  EXPECT_EQ(east.at_wall(east.wall(now)), now);
  EXPECT_EQ(east.span_at(now).to, last_instant);
}

TEST(WallClock, shows_what_its_zone_shows) {
  for (const char* name : {"Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "+05:30"}) {
    const Zone zone = *Zone::find(name);
    const WallClock clock(zone.changes(now - days(3650), now + days(3650)));
    for (int day = -3600; day < 3600; ++day) {
      const Instant at = now + days(day) + minutes(day * 7 % 1440);
      ASSERT_EQ(clock.wall(at), zone.wall(at)) << name << " " << day;
      ASSERT_EQ(clock.at_wall(zone.wall(at)), zone.at_wall(zone.wall(at))) << name << " " << day;
    }
  }
}

TEST(WallClock, what_lies_beyond_its_changes_keeps_the_nearest_offset) {
  const WallClock clock({{now, 3600}, {now + days(1), 7200}});
  EXPECT_EQ(clock.offset_at(now - days(9999)), 3600);
  EXPECT_EQ(clock.offset_at(now), 3600);
  EXPECT_EQ(clock.offset_at(now + days(1)), 7200);
  EXPECT_EQ(clock.offset_at(now + days(9999)), 7200);
  EXPECT_EQ(clock.span_at(now - days(1)).from, first_instant);
}

TEST(WallClock, a_day_changes_at_its_own_midnight) {
  const WallClock west = WallClock::fixed(-11 * 3600);
  const Instant epoch{0};
  EXPECT_EQ(west.day(epoch), -1);
  EXPECT_EQ(west.day(epoch + hours(11)), 0);
  EXPECT_EQ(west.day(epoch + hours(11) - Millis{1}), -1);
}

TEST(Zone, tells_its_changes) {
  const auto changes = Zone::find("Europe/Berlin")->changes(now, now + days(365));
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[0].at, now);
  EXPECT_EQ(changes[0].offset, 3600);
  EXPECT_EQ(changes[1].at.ms, (day_number({2027, 3, 28}) * 24 + 1) * 3'600'000);
  EXPECT_EQ(changes[1].offset, 7200);
  EXPECT_EQ(changes[2].at.ms, (day_number({2027, 10, 31}) * 24 + 1) * 3'600'000);
  EXPECT_EQ(changes[2].offset, 3600);
  EXPECT_EQ(Zone::find("Asia/Shanghai")->changes(now, now + days(365)).size(), 1u);
}

}  // namespace
}  // namespace tw::test
