#include "services/custom_value.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/text.h"

namespace tw::services {

namespace {
bool is_digit(char c) { return c >= '0' && c <= '9'; }
}  // namespace

std::optional<double> decimal_value(std::string_view text) {
  std::size_t at = !text.empty() && text[0] == '-' ? 1 : 0;
  if (at == text.size() || !is_digit(text[at]) || !is_digit(text.back())) return std::nullopt;
  if (text[at] == '.' || text.size() > 40) return std::nullopt;
  int digits = 0;
  int decimals = -1;  // not behind the point yet
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && decimals < 0) {
      decimals = 0;
    } else if (is_digit(text[at])) {
      digits += digits > 0 || text[at] != '0' ? 1 : 0;
      decimals += decimals >= 0 ? 1 : 0;
    } else {
      return std::nullopt;
    }
  }
  if (digits > 15 || decimals > 9) return std::nullopt;
  return std::strtod(std::string(text).c_str(), nullptr);
}

std::string decimal_text(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.15g", value);
  std::string out = text;
  if (out.find('e') == std::string::npos) return out;
  // %g writes small numbers with an exponent; the last of at most nine decimals is theirs.
  std::snprintf(text, sizeof text, "%.9f", value);
  out = text;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

bool is_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9})
    if (!is_digit(text[at])) return false;
  const auto year = text::to_integer(text.substr(0, 4));
  const auto month = text::to_integer(text.substr(5, 2));
  const auto day = text::to_integer(text.substr(8, 2));
  return std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)),
                                     std::chrono::month(static_cast<unsigned>(*month)),
                                     std::chrono::day(static_cast<unsigned>(*day)))
      .ok();
}

}  // namespace tw::services
