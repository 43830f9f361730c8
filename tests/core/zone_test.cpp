// Time zones: the offsets of places that everybody can look up, and what must hold for every zone there is.
#include "core/zone.h"

#include <gtest/gtest.h>

#include "core/date.h"
#include "support/random.h"

namespace tw {
namespace {

using support::for_seeds;
using support::Seeded;

constexpr std::int64_t hour_ms = 3'600'000;

// "2026-03-29", hours and minutes: milliseconds since 1970, of UTC or of a wall.
std::int64_t time(std::string_view day, int hour, int minute = 0) {
  return read_day(day).value() * 24 * hour_ms + hour * hour_ms + minute * 60'000;
}

Zone zone(std::string_view name) { return Zone::find(name).value(); }

TEST(Date, days_are_numbered_and_written_back) {
  EXPECT_EQ(read_day("1970-01-01"), 0);
  EXPECT_EQ(read_day("2000-03-01"), 11'017);
  EXPECT_EQ(weekday_of(*read_day("2026-11-22")), 6) << "a Sunday";
  EXPECT_EQ(weekday_of(-4), 6);
  EXPECT_EQ(written_day(*read_day("0987-06-05")), "0987-06-05");
  for (const char* no : {"2026-02-29", "2026-13-01", "2026-1-01", "2026/01/01", "2026-01-00", "-026-01-01", ""})
    EXPECT_FALSE(read_day(no)) << no;
}

TEST(Zone, knows_the_offsets_of_places_at_instants) {
  const struct {
    const char* name;
    std::int64_t at;
    int minutes;
  } known[] = {
      {"Asia/Shanghai", time("2026-07-01", 0), 480},
      {"Asia/Shanghai", time("1988-07-01", 0), 540},  // summer time, 1986 to 1991
      {"PRC", time("2026-07-01", 0), 480},            // another name
      {"Europe/Berlin", time("2026-03-29", 0, 59), 60},
      {"Europe/Berlin", time("2026-03-29", 1), 120},
      {"Europe/Berlin", time("2026-10-25", 0, 59), 120},
      {"Europe/Berlin", time("2026-10-25", 1), 60},
      {"Europe/Berlin", time("2100-07-01", 0), 120},  // by rule, far behind every table
      {"Europe/Dublin", time("2026-01-01", 0), 0},    // whose winter is the exception
      {"Europe/Dublin", time("2026-07-01", 0), 60},
      {"America/New_York", time("2006-03-20", 0), -300},  // before the change of 2007
      {"America/New_York", time("2007-03-20", 0), -240},
      {"Asia/Kolkata", time("2026-01-01", 0), 330},
      {"Australia/Lord_Howe", time("2026-01-01", 0), 660},
      {"Australia/Lord_Howe", time("2026-07-01", 0), 630},  // half an hour
      {"Pacific/Apia", time("2011-12-30", 9), -600},
      {"Pacific/Apia", time("2011-12-30", 10), 840},  // a day that did not occur there
      {"UTC", time("2026-01-01", 0), 0},
      {"+05:30", time("2026-01-01", 0), 330},
      {"-03:30", time("2026-01-01", 0), -210},
  };
  for (const auto& row : known) EXPECT_EQ(zone(row.name).offset_at({row.at}), row.minutes * 60) << row.name;
}

TEST(Zone, a_name_that_is_none_is_not_found_and_counts_as_utc_where_it_must) {
  for (const char* name : {"", "Europe", "Europe/Berlin ", "europe/berlin", "Mars/Olympus", "Factory", "+8", "+15:00"})
    EXPECT_FALSE(Zone::find(name)) << name;
  EXPECT_EQ(zone_minutes("Mars/Olympus", {0}), 0);
  EXPECT_EQ(local_day("Asia/Shanghai", {time("2026-10-01", 16)}), *read_day("2026-10-02"));
}

TEST(Zone, a_time_on_the_wall_that_occurs_twice_means_the_first_and_one_that_does_not_is_moved_on) {
  const Zone berlin = zone("Europe/Berlin");
  EXPECT_EQ(berlin.at_wall(time("2026-10-25", 2, 30)).ms, time("2026-10-25", 0, 30));
  EXPECT_EQ(berlin.at_wall(time("2026-10-25", 3)).ms, time("2026-10-25", 2));
  EXPECT_EQ(berlin.at_wall(time("2026-03-29", 1, 59)).ms, time("2026-03-29", 0, 59));
  EXPECT_EQ(berlin.at_wall(time("2026-03-29", 2, 30)).ms, time("2026-03-29", 1, 30));
  EXPECT_EQ(berlin.wall({time("2026-03-29", 1, 30)}), time("2026-03-29", 3, 30));
  EXPECT_EQ(zone("Pacific/Apia").at_wall(time("2011-12-30", 12)).ms, time("2011-12-30", 22));
}

TEST(Zone, spans_follow_each_other_and_every_instant_is_found_again_by_its_wall_for_every_zone) {
  for (const std::string_view name : all_zone_names()) {
    const Zone place = zone(name);
    for_seeds(6, [&](Seeded random) {
      const Instant at{random.between(0, time("2150-01-01", 0))};
      const ZoneSpan span = place.span_at(at);
      ASSERT_TRUE(span.from <= at && at < span.to) << name;
      ASSERT_TRUE(span.offset >= -13 * 3600 && span.offset <= 15 * 3600) << name;
      const ZoneSpan last = place.span_at({span.to.ms - 1});
      ASSERT_TRUE(last.from == span.from && last.to == span.to && last.offset == span.offset) << name;
      if (span.to < last_instant) {
        ASSERT_TRUE(place.span_at(span.to).from == span.to) << name;
      }
      // Twice the same time on the wall: the first of them is what it means.
      const Instant back = place.at_wall(place.wall(at));
      ASSERT_TRUE(back <= at && place.wall(back) == place.wall(at)) << name << " at " << at.ms;
    });
  }
}

TEST(Zone, instants_far_away_are_answered_too) {
  for (const char* name : {"Europe/Berlin", "Asia/Shanghai", "America/Sao_Paulo"})
    for (const std::int64_t ms : {INT64_MIN / 8, std::int64_t{-1}, time("9000-01-01", 0), INT64_MAX / 8}) {
      const ZoneSpan span = zone(name).span_at({ms});
      EXPECT_TRUE(span.from <= Instant{ms} && Instant{ms} < span.to) << name << " at " << ms;
    }
}

}  // namespace
}  // namespace tw
