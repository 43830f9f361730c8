#include "domain/batch/clock.h"

#include <gtest/gtest.h>

namespace tw::domain::batch {
namespace {

constexpr Instant t0{1'000'000'000'000};
constexpr Millis none{};

TEST(HandlingLimit, is_exact_natural_time) {
  EXPECT_EQ(length({1, LimitUnit::days}).value, 86'400'000);
  EXPECT_EQ(length({3, LimitUnit::hours}).value, 10'800'000);
  EXPECT_EQ(length({1, LimitUnit::minutes}).value, 60'000);
  EXPECT_EQ(length({0, LimitUnit::days}).value, 0);
  EXPECT_EQ(length({36'500, LimitUnit::days}).value, 3'153'600'000'000);  // a century needs more than 32 bits
}

TEST(Clock, starts_at_nothing_and_is_due_after_the_limit) {
  const ItemClock clock = started(days(1), t0);
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
  const ItemClock clock = started(hours(1), t0);
  EXPECT_FALSE(overdue(clock, t0 + hours(1) - Millis{1}));
  EXPECT_TRUE(overdue(clock, t0 + hours(1)));
}

TEST(Clock, a_pause_keeps_what_was_used_and_is_never_due) {
  const ItemClock clock = paused(started(hours(10), t0), t0 + hours(4));
  EXPECT_EQ(clock, (ItemClock{hours(4), {}, {}}));
  EXPECT_FALSE(overdue(clock, t0 + days(100)));
  EXPECT_EQ(paused(clock, t0 + days(1)), clock);
}

TEST(Clock, goes_on_after_a_pause_with_what_is_left) {
  const ItemClock clock = resumed(paused(started(hours(10), t0), t0 + hours(4)), hours(10), t0 + days(3));
  EXPECT_EQ(*clock.due_at, t0 + days(3) + hours(6));
  EXPECT_EQ(used_at(clock, t0 + days(3) + hours(1)), hours(5));
}

TEST(Clock, a_return_leaves_at_least_a_day_or_the_whole_of_a_shorter_limit) {
  const auto left = [](Millis limit, Millis used) {
    const ItemClock clock = returned({used, {}, {}}, limit, t0);
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
  const ItemClock clock = returned({days(3), {}, {}}, days(3), t0, hours(2));
  EXPECT_EQ(*clock.due_at, t0 + hours(2));
  EXPECT_EQ(clock.used, days(3) - hours(2));
}

TEST(Clock, a_return_without_a_limit_keeps_what_was_used) {
  const ItemClock clock = returned({days(9), {}, {}}, none, t0);
  EXPECT_EQ(clock, (ItemClock{days(9), t0, {}}));
}

TEST(Clock, another_limit_moves_the_due_time_of_what_runs_only) {
  const ItemClock running = resumed({hours(2), {}, {}}, days(1), t0);
  EXPECT_EQ(*with_limit(running, hours(3)).due_at, t0 + hours(1));
  EXPECT_FALSE(with_limit(running, none).due_at);
  EXPECT_EQ(with_limit(with_limit(running, none), days(1)), running);
  EXPECT_FALSE(with_limit({hours(2), {}, {}}, days(1)).due_at);
}

TEST(Clock, time_that_went_backwards_is_no_time) {
  const ItemClock clock = started(days(1), t0);
  EXPECT_EQ(used_at(clock, t0 - hours(1)).value, 0);
  EXPECT_EQ(paused(clock, t0 - hours(1)).used.value, 0);
}

TEST(Clock, is_due_soon_within_the_threshold_and_not_once_overdue) {
  const ItemClock clock = started(days(3), t0);
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
  EXPECT_EQ(default_due_soon(none), hours(24));
}

}  // namespace
}  // namespace tw::domain::batch
