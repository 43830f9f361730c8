#include "domain/calendar/hours.h"

#include <iterator>

#include "core/text.h"

namespace tw::domain::calendar {

namespace {

constexpr std::int32_t minutes_a_day = 1440;

// One reading head over the text, blanks and full-width forms folded away by the caller.
class Head {
 public:
  explicit Head(std::string_view text) : text_(text) {}
  bool at_end() const { return at_ == text_.size(); }
  bool take(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  // "9:00", "09:00", "24:00"
  std::optional<std::int32_t> time() {
    const auto hour = number(2);
    if (!hour || !take(':')) return std::nullopt;
    const std::size_t before = at_;
    const auto minute = number(2);
    if (!minute || at_ - before != 2 || *minute > 59) return std::nullopt;
    const std::int32_t time = *hour * 60 + *minute;
    return time <= minutes_a_day ? std::optional(time) : std::nullopt;
  }

 private:
  std::optional<std::int32_t> number(std::size_t most) {
    std::int32_t value = 0;
    std::size_t digits = 0;
    for (; digits < most && !at_end() && text_[at_] >= '0' && text_[at_] <= '9'; ++digits, ++at_)
      value = value * 10 + (text_[at_] - '0');
    return digits > 0 ? std::optional(value) : std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Each way of writing becomes the one that is read: '-' between times, ',' between ranges.
std::string folded(std::string_view text) {
  const std::string plain = text::lower(text);  // full-width digits, colons and commas among others
  std::string out;
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t c = text::next_code_point(plain, at);
    if (c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0') continue;
    if (c == U'~' || c == U'\u2013' || c == U'\u2014' || c == U'\u301C' || c == U'\u81F3' || c == U'\u5230')
      out += '-';
    else if (c == U';' || c == U'\u3001' || c == U'\n' || c == U'/')
      out += ',';
    else
      text::append_code_point(out, c);
  }
  return out;
}

std::string written_time(std::int32_t minute) {
  std::string out = "00:00";
  out[0] = static_cast<char>('0' + minute / 600);
  out[1] = static_cast<char>('0' + minute / 60 % 10);
  out[3] = static_cast<char>('0' + minute % 60 / 10);
  out[4] = static_cast<char>('0' + minute % 10);
  return out;
}

}  // namespace

Millis length(const DayHours& hours) {
  Millis sum;
  for (const TimeRange& range : hours) sum = sum + length(range);
  return sum;
}

std::optional<DayHours> read_hours(std::string_view text) {
  const std::string plain = folded(text);
  DayHours hours;
  if (plain.empty()) return hours;
  Head head(plain);
  do {
    const auto from = head.time();
    if (!from || !head.take('-')) return std::nullopt;
    const auto to = head.time();
    if (!to || *to <= *from || hours.size() == most_ranges) return std::nullopt;
    if (!hours.empty() && *from < hours.back().to) return std::nullopt;
    hours.push_back({*from, *to});
  } while (head.take(','));
  if (!head.at_end()) return std::nullopt;
  return hours;
}

std::string written_hours(const DayHours& hours) {
  std::string out;
  for (const TimeRange& range : hours) {
    if (!out.empty()) out += ", ";
    out += written_time(range.from) + "-" + written_time(range.to);
  }
  return out;
}

}  // namespace tw::domain::calendar
