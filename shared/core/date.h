// Days as numbers, since 1970-01-01, and back: the proleptic Gregorian calendar, without zone and clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tw {

struct Date {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

constexpr std::chrono::year_month_day civil(Date date) {
  return {std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
          std::chrono::day(static_cast<unsigned>(date.day))};
}

constexpr std::int64_t day_number(Date date) { return std::chrono::sys_days(civil(date)).time_since_epoch().count(); }

constexpr Date date_of(std::int64_t day) {
  const std::chrono::year_month_day date = std::chrono::sys_days(std::chrono::days(day));
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

constexpr bool is_date(Date date) {
  return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.day >= 1 && civil(date).ok();
}

// 0 = Monday.
constexpr int weekday_of(std::int64_t day) { return static_cast<int>(((day + 3) % 7 + 7) % 7); }

constexpr int days_in_month(int year, int month) {
  return static_cast<int>(day_number({month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1}) -
                          day_number({year, month, 1}));
}

// "2026-10-01", and nothing else.
std::optional<std::int64_t> read_day(std::string_view text);
std::string written_day(std::int64_t day);

}  // namespace tw
