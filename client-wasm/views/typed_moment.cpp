#include "client/views/typed_moment.h"

#include <cstdio>
#include <utility>
#include <vector>

#include "core/date.h"
#include "core/text.h"

namespace tw::views {

namespace {

constexpr int morning = 9;  // o'clock
constexpr std::int64_t minute_ms = 60'000, minutes_a_day = 1440;

Instant instant_of(std::int64_t day, int hour, int minute, const LocalClock& clock) {
  return clock.wall.at_wall((day * minutes_a_day + hour * 60 + minute) * minute_ms);
}

std::optional<std::int64_t> day_of(int year, int month, int day) {
  const Date date{year, month, day};
  return is_date(date) ? std::optional(day_number(date)) : std::nullopt;
}

// Takes `word` out of `words`; true when it was there.
bool take(std::string& words, std::string_view word) {
  const std::size_t at = words.find(word);
  if (at == std::string::npos) return false;
  words.replace(at, word.size(), " ");
  return true;
}

bool take_any(std::string& words, std::initializer_list<std::string_view> all) {
  bool taken = false;
  for (const std::string_view word : all) taken = take(words, word) || taken;
  return taken;
}

struct Typed {
  std::optional<int> ahead{};  // days, by a word
  bool afternoon = false;
  std::vector<int> date{}, time{};
};

// Numbers with what separates them say which they are: 11-25 and 11月25日 a day, 9:30 and 9点 a time; a number by
// itself is an hour.
std::optional<Typed> parts_of(std::string_view typed) {
  std::string words = text::lower(text::trim(typed));
  Typed out;
  if (take_any(words, {"今天", "today"})) out.ahead = 0;
  if (take_any(words, {"明天", "tomorrow"})) out.ahead = 1;
  if (take(words, "后天")) out.ahead = 2;
  out.afternoon = take_any(words, {"下午", "晚上", "pm"});
  take_any(words, {"上午", "早上", "am"});
  bool date_goes_on = false, in_time = false;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t end = at;
    int value = 0;
    while (end < words.size() && words[end] >= '0' && words[end] <= '9' && end - at < 4)
      value = value * 10 + (words[end++] - '0');
    const bool is_number = end > at;
    if (is_number) at = end;
    const char32_t after = at < words.size() ? text::next_code_point(words, at) : U' ';
    const bool of_date = after == U'-' || after == U'/' || after == U'.' || after == U'年' || after == U'月';
    const bool of_day = after == U'日' || after == U'号';
    const bool of_clock = after == U':' || after == U'：' || after == U'点' || after == U'时';
    if (is_number && !in_time && !of_clock && (of_date || of_day || date_goes_on)) {
      out.date.push_back(value);
    } else if (is_number) {
      out.time.push_back(value);
      in_time = true;
    }
    date_goes_on = of_date && is_number;
    if (!of_date && !of_day && !of_clock && after != U' ' && after != U',' && after != U'分' && after != U't')
      return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<Instant> read_moment(std::string_view typed, const LocalClock& clock) {
  const std::optional<Typed> parts = parts_of(typed);
  if (!parts || (parts->date.empty() && parts->time.empty() && !parts->ahead)) return std::nullopt;
  if (parts->time.size() > 3 || parts->date.size() == 1 || parts->date.size() > 3) return std::nullopt;
  if (parts->ahead && !parts->date.empty()) return std::nullopt;
  int hour = parts->time.empty() ? morning : parts->time[0];
  const int minute = parts->time.size() > 1 ? parts->time[1] : 0;
  if (parts->afternoon && hour < 12) hour += 12;
  if (hour > 23 || minute > 59) return std::nullopt;

  const std::int64_t today = clock.wall.day(clock.now);
  if (parts->ahead) return instant_of(today + *parts->ahead, hour, minute, clock);
  if (parts->date.empty()) {
    const Instant at = instant_of(today, hour, minute, clock);
    return at > clock.now ? at : instant_of(today + 1, hour, minute, clock);
  }
  const int this_year = date_of(today).year;
  const std::size_t first = parts->date.size() - 2;
  int year = first == 0 ? this_year : parts->date[0];
  if (year < 100) year += 2000;
  auto day = day_of(year, parts->date[first], parts->date[first + 1]);
  if (first == 0 && (!day || *day < today)) day = day_of(year + 1, parts->date[0], parts->date[1]);
  if (!day) return std::nullopt;
  return instant_of(*day, hour, minute, clock);
}

std::string write_moment(Instant at, const LocalClock& clock) {
  const std::int64_t day = clock.wall.day(at);
  const auto of_day = static_cast<int>(clock.wall.wall(at) / minute_ms - day * minutes_a_day);
  const Date date = date_of(day);
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d %02d:%02d", date.year, date.month, date.day, of_day / 60, of_day % 60);
  return out;
}

Instant morning_in(int days, const LocalClock& clock) {
  return instant_of(clock.wall.day(clock.now) + days, morning, 0, clock);
}

Instant morning_of_next_monday(const LocalClock& clock) {
  return morning_in(7 - weekday_of(clock.wall.day(clock.now)), clock);
}

}  // namespace tw::views
