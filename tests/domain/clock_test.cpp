#include "domain/batch/clock.h"

#include <gtest/gtest.h>

#include "core/date.h"

namespace tw::domain::batch {
namespace {

constexpr Instant t0{1'000'000'000'000};
constexpr HandlingLimit none{};
constexpr HandlingLimit of(Millis length) { return {length.value / 60'000, LimitUnit::minutes}; }

TEST(HandlingLimit, is_exact_natural_time) {
  EXPECT_EQ(length({1, LimitUnit::days}).value, 86'400'000);
  EXPECT_EQ(length({3, LimitUnit::hours}).value, 10'800'000);
  EXPECT_EQ(length({1, LimitUnit::minutes}).value, 60'000);
  EXPECT_EQ(length({0, LimitUnit::days}).value, 0);
  EXPECT_EQ(length({36'500, LimitUnit::days}).value, 3'153'600'000'000);  // a century needs more than 32 bits
}

TEST(Clock, starts_at_nothing_and_is_due_after_the_limit) {
  const ItemClock clock = started(of(days(1)), t0);
  EXPECT_EQ(used_at(clock, t0).value, 0);
  EXPECT_EQ(*clock.due_at, t0 + days(1));
}

TEST(Clock, without_a_limit_runs_and_is_never_due) {
  const ItemClock clock = started(none, t0);
  EXPECT_FALSE(clock.due_at);
  EXPECT_FALSE(overdue(clock, t0 + days(10'000)));
  EXPECT_FALSE(due_soon(clock, hours(24), t0));
  EXPECT_EQ(used_at(clock, t0 + hours(3)), hours(3));
  EXPECT_EQ(paused(clock, t0 + hours(3)).used, hours(3));
}

TEST(Clock, is_overdue_from_the_due_time_on) {
  const ItemClock clock = started(of(hours(1)), t0);
  EXPECT_FALSE(overdue(clock, t0 + hours(1) - Millis{1}));
  EXPECT_TRUE(overdue(clock, t0 + hours(1)));
}

TEST(Clock, a_pause_keeps_what_was_used_and_is_never_due) {
  const ItemClock clock = paused(started(of(hours(10)), t0), t0 + hours(4));
  EXPECT_EQ(clock, (ItemClock{hours(4), {}, {}, {}}));
  EXPECT_FALSE(overdue(clock, t0 + days(100)));
  EXPECT_EQ(paused(clock, t0 + days(1)), clock);
}

TEST(Clock, goes_on_after_a_pause_with_what_is_left) {
  const ItemClock clock = resumed(paused(started(of(hours(10)), t0), t0 + hours(4)), of(hours(10)), t0 + days(3));
  EXPECT_EQ(*clock.due_at, t0 + days(3) + hours(6));
  EXPECT_EQ(used_at(clock, t0 + days(3) + hours(1)), hours(5));
}

TEST(Clock, a_return_leaves_at_least_a_day_or_the_whole_of_a_shorter_limit) {
  const auto left = [](Millis limit, Millis used) {
    const ItemClock clock = returned({used, {}, {}, {}}, of(limit), t0);
    return *clock.due_at - t0;
  };
  EXPECT_EQ(left(days(3), hours(5)), days(3) - hours(5));  // more than a day is left anyway
  EXPECT_EQ(left(days(3), days(2)), days(1));              // exactly a day
  EXPECT_EQ(left(days(3), days(2) + Millis{1}), days(1));  // less: topped up
  EXPECT_EQ(left(days(3), days(5)), days(1));              // completed late
  EXPECT_EQ(left(hours(4), hours(3)), hours(4));           // a shorter limit: all of it
  EXPECT_EQ(left(days(1), hours(1)), days(1));
}

TEST(Clock, the_least_time_after_a_return_is_a_setting) {
  const ItemClock clock = returned({days(3), {}, {}, {}}, of(days(3)), t0, {}, hours(2));
  EXPECT_EQ(*clock.due_at, t0 + hours(2));
  EXPECT_EQ(clock.used, days(3) - hours(2));
}

TEST(Clock, a_return_without_a_limit_keeps_what_was_used) {
  const ItemClock clock = returned({days(9), {}, {}, {}}, none, t0);
  EXPECT_EQ(clock, (ItemClock{days(9), t0, {}, {}}));
}

TEST(Clock, another_limit_moves_the_due_time_of_what_runs_only) {
  const ItemClock running = resumed({hours(2), {}, {}, {}}, of(days(1)), t0);
  EXPECT_EQ(*with_limit(running, of(hours(3))).due_at, t0 + hours(1));
  EXPECT_FALSE(with_limit(running, none).due_at);
  EXPECT_EQ(with_limit(with_limit(running, none), of(days(1))), running);
  EXPECT_FALSE(with_limit({hours(2), {}, {}, {}}, of(days(1))).due_at);
}

TEST(Clock, time_that_went_backwards_is_no_time) {
  const ItemClock clock = started(of(days(1)), t0);
  EXPECT_EQ(used_at(clock, t0 - hours(1)).value, 0);
  EXPECT_EQ(paused(clock, t0 - hours(1)).used.value, 0);
}

// Two offices: in Shanghai from nine to five, in Berlin from nine to one.
class WorkingClock : public ::testing::Test {
 protected:
  static calendar::WorkingCalendar office(const char* zone, const char* hours) {
    calendar::CalendarRules rules;
    rules.zone = Zone::find(zone).value();
    for (std::size_t i = 0; i < 5; ++i) rules.week[i] = calendar::read_hours(hours).value();
    return calendar::WorkingCalendar(rules);
  }
  // 1 July 2026 is a Wednesday.
  static Instant shanghai(int day, int hour) {
    return Instant{day_number({2026, 7, day}) * days(1).value} + hours(hour - 8);
  }
  static Instant berlin(int day, int hour) {
    return Instant{day_number({2026, 7, day}) * days(1).value} + hours(hour - 2);
  }

  const calendar::WorkingCalendar east = office("Asia/Shanghai", "09:00-17:00");
  const calendar::WorkingCalendar west = office("Europe/Berlin", "09:00-13:00");
  const Pace in_shanghai{&east}, in_berlin{&west};
  static constexpr HandlingLimit two_days{2, LimitUnit::days};
};

TEST_F(WorkingClock, counts_working_days_of_its_executor) {
  const ItemClock clock = started(two_days, shanghai(2, 15), in_shanghai);
  EXPECT_EQ(clock.day, hours(8));
  EXPECT_EQ(*clock.due_at, shanghai(6, 15)) << "Thursday, Friday, Monday";
  EXPECT_EQ(used_at(clock, shanghai(3, 10), in_shanghai), hours(3));
  EXPECT_EQ(used_at(clock, shanghai(5, 12), in_shanghai), hours(10)) << "on Sunday nothing is used";
  EXPECT_EQ(*started({90, LimitUnit::minutes}, shanghai(3, 16), in_shanghai).due_at, shanghai(6, 9) + minutes(30));
}

TEST_F(WorkingClock, goes_on_after_a_pause_with_what_is_left) {
  const ItemClock pause = paused(started(two_days, shanghai(1, 9), in_shanghai), shanghai(1, 15), in_shanghai);
  EXPECT_EQ(pause, (ItemClock{hours(6), {}, {}, hours(8)}));
  EXPECT_EQ(*resumed(pause, two_days, shanghai(3, 9), in_shanghai).due_at, shanghai(6, 11))
      << "eight on Friday, two on Monday";
}

TEST_F(WorkingClock, a_day_is_what_it_was_when_the_item_started) {
  const ItemClock clock = started(two_days, shanghai(1, 9), in_shanghai);
  const calendar::WorkingCalendar longer = office("Asia/Shanghai", "09:00-19:00");
  EXPECT_EQ(*with_limit(clock, two_days, {&longer}).due_at, shanghai(2, 15)) << "16 hours, 10 of them on the first day";
  EXPECT_EQ(*started(two_days, shanghai(1, 9), {&longer}).due_at, shanghai(2, 19)) << "who starts now gets 20";
}

TEST_F(WorkingClock, handed_on_keeps_what_was_used_and_counts_the_rest_for_the_other) {
  const ItemClock clock = started(two_days, shanghai(1, 9), in_shanghai);
  const ItemClock other = handed_on(clock, two_days, shanghai(1, 16), in_shanghai, in_berlin);
  EXPECT_EQ(other.used, hours(7));
  EXPECT_EQ(*other.due_at, berlin(3, 11)) << "nine hours: three on Wednesday, four on Thursday, two on Friday";
  EXPECT_EQ(other.day, hours(8));
}

TEST_F(WorkingClock, a_return_and_a_grace_leave_a_working_day) {
  EXPECT_EQ(*returned({hours(15), {}, {}, hours(8)}, two_days, shanghai(1, 13), in_shanghai).due_at, shanghai(2, 13));
  EXPECT_EQ(*returned({hours(3), {}, {}, hours(8)}, {4, LimitUnit::hours}, shanghai(1, 16), in_shanghai).due_at,
            shanghai(2, 12))
      << "a shorter limit: all of it";
  EXPECT_EQ(*given_grace({hours(40), shanghai(1, 9), {}, hours(8)}, two_days, shanghai(3, 16), in_shanghai).due_at,
            shanghai(6, 16));
  EXPECT_EQ(*given_grace({}, two_days, shanghai(3, 16)).due_at, shanghai(4, 16)) << "in natural time a day";
}

TEST_F(WorkingClock, an_item_of_natural_time_takes_its_day_when_the_limit_begins_to_count_working_time) {
  const ItemClock natural = started(two_days, shanghai(1, 9));
  EXPECT_EQ(natural.day, Millis{});
  const ItemClock working = with_limit(natural, two_days, in_shanghai);
  EXPECT_EQ(*working.due_at, shanghai(2, 17));
  EXPECT_EQ(*with_limit(working, two_days).due_at, *natural.due_at) << "and back";
}

TEST(Clock, is_due_soon_within_the_threshold_and_not_once_overdue) {
  const ItemClock clock = started(of(days(3)), t0);
  const Instant due = t0 + days(3);
  EXPECT_FALSE(due_soon(clock, hours(24), due - hours(24) - Millis{1}));
  EXPECT_TRUE(due_soon(clock, hours(24), due - hours(24)));
  EXPECT_TRUE(due_soon(clock, hours(24), due - Millis{1}));
  EXPECT_FALSE(due_soon(clock, hours(24), due));
}

TEST(DueSoon, is_a_day_or_a_quarter_of_a_limit_up_to_a_day) {
  EXPECT_EQ(default_due_soon(days(7)), hours(24));
  EXPECT_EQ(default_due_soon(hours(25)), hours(24));
  EXPECT_EQ(default_due_soon(days(1)), hours(6));
  EXPECT_EQ(default_due_soon(hours(2)), minutes(30));
  EXPECT_EQ(default_due_soon(Millis{}), hours(24));
}

}  // namespace
}  // namespace tw::domain::batch
