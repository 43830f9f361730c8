#include "domain/imports/values.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "core/text.h"

namespace tw::domain::imports {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes up to `most` digits off the front; -1 when there is none.
int take_number(std::string_view& s, std::size_t most, std::size_t* taken = nullptr) {
  std::size_t count = 0;
  int value = 0;
  while (count < most && count < s.size() && is_digit(s[count])) value = value * 10 + (s[count++] - '0');
  s.remove_prefix(count);
  if (taken) *taken = count;
  return count == 0 ? -1 : value;
}

bool take(std::string_view& s, std::string_view sign) {
  if (s.substr(0, sign.size()) != sign) return false;
  s.remove_prefix(sign.size());
  return true;
}

bool is_real(int year, int month, int day) {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false;
  constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= lengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

// A time of day, or nothing.
bool is_time_or_nothing(std::string_view s) {
  s = text::trim(s);
  if (s.empty()) return true;
  take(s, "T");
  take(s, "t");
  const int hour = take_number(s, 2);
  if (hour < 0 || hour > 23 || !take(s, ":")) return false;
  const int minute = take_number(s, 2);
  if (minute < 0 || minute > 59) return false;
  if (take(s, ":")) {
    const int second = take_number(s, 2);
    if (second < 0 || second > 60) return false;
    if (take(s, ".") && take_number(s, 9) < 0) return false;
  }
  return s.empty() || s == "Z" || s == "z";
}

std::optional<std::string> iso(int year, int month, int day) {
  if (!is_real(year, month, day)) return {};
  char out[32];
  std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
  return std::string(out);
}

}  // namespace

std::optional<std::string> date(std::string_view written) {
  const std::string folded = text::lower(text::trim(written));
  std::string_view s = folded;
  std::size_t digits = 0;
  const int first = take_number(s, 4, &digits);
  if (first < 0) return {};
  if (digits <= 2) {  // 21.11.2026
    if (!take(s, ".")) return {};
    const int month = take_number(s, 2);
    if (!take(s, ".")) return {};
    std::size_t year_digits = 0;
    const int year = take_number(s, 4, &year_digits);
    if (year_digits != 4 || !is_time_or_nothing(s)) return {};
    return iso(year, month, first);
  }
  if (digits != 4) return {};
  for (const std::string_view sign : {"-", "/", "."}) {
    if (!take(s, sign)) continue;
    const int month = take_number(s, 2);
    if (!take(s, sign)) return {};
    const int day = take_number(s, 2);
    return is_time_or_nothing(s) && (s.empty() || !is_digit(s[0])) ? iso(first, month, day) : std::nullopt;
  }
  if (!take(s, "年")) return {};
  const int month = take_number(s, 2);
  if (!take(s, "月")) return {};
  const int day = take_number(s, 2);
  if (!take(s, "日")) take(s, "号");
  return is_time_or_nothing(s) ? iso(first, month, day) : std::nullopt;
}

std::optional<std::string> number(std::string_view written) {
  const std::string folded = text::lower(text::trim(written));
  std::string_view s = folded;
  const bool negative = take(s, "-");
  if (!negative) take(s, "+");
  std::string whole;
  std::size_t group = 0;  // digits since the last comma
  bool grouped = false;
  for (; !s.empty() && (is_digit(s[0]) || s[0] == ','); s.remove_prefix(1)) {
    if (is_digit(s[0])) {
      whole += s[0];
      ++group;
    } else {
      if (grouped ? group != 3 : group == 0 || group > 3) return {};
      grouped = true;
      group = 0;
    }
  }
  if (grouped && group != 3) return {};
  std::string fraction;
  if (take(s, ".")) {
    for (; !s.empty() && is_digit(s[0]); s.remove_prefix(1)) fraction += s[0];
    if (fraction.empty()) return {};
  }
  if (!s.empty() || (whole.empty() && fraction.empty())) return {};
  const std::size_t first = whole.find_first_not_of('0');
  whole = first == std::string::npos ? "0" : whole.substr(first);
  fraction.resize(fraction.find_last_not_of('0') + 1);
  if (whole.size() + fraction.size() > 30) return {};  // of the stored form, so that it can be read again
  std::string out = whole;
  if (!fraction.empty()) out += "." + fraction;
  return negative && out != "0" ? "-" + out : out;
}

std::optional<bool> yes_or_no(std::string_view written) {
  const std::string word = text::lower(text::trim(written));
  for (const char* yes : {"yes", "y", "true", "1", "是", "有", "√", "对"})
    if (word == yes) return true;
  for (const char* no : {"no", "n", "false", "0", "否", "无", "×", "不"})
    if (word == no) return false;
  return {};
}

std::optional<customer::Kind> kind(std::string_view written) {
  const std::string word = text::lower(text::trim(written));
  for (const char* person : {"person", "individual", "private", "个人", "个人客户", "自然人"})
    if (word == person) return customer::Kind::person;
  for (const char* company :
       {"company", "business", "organisation", "organization", "corporate", "企业", "企业客户", "公司", "单位", "机构"})
    if (word == company) return customer::Kind::company;
  return {};
}

}  // namespace tw::domain::imports
