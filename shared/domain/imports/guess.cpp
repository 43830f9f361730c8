#include "domain/imports/guess.h"

#include <algorithm>

#include "core/text.h"
#include "domain/imports/values.h"

namespace tw::domain::imports {

namespace {
constexpr std::size_t most_distinct = 200;
constexpr std::size_t most_samples = 5;
constexpr std::size_t most_choices = 30;
constexpr std::size_t longest_choice = 40;   // code points
constexpr std::size_t longest_kept = 200;    // code points
constexpr std::size_t longest_parsed = 200;  // bytes; no number, date or phone is longer

bool is_phone(std::string_view value) {
  for (const char c : text::lower(value))
    if (std::string_view("0123456789 +-().").find(c) == std::string_view::npos) return false;
  const std::size_t digits = customer::phone_key(value).size();
  return digits >= 7 && digits <= 15;
}

bool is_email(std::string_view value) {
  const std::size_t at = value.find('@');
  return at != std::string_view::npos && at > 0 && value.find('.', at) != std::string_view::npos &&
         value.find(' ') == std::string_view::npos;
}

bool is_code(std::string_view value) {
  std::size_t digits = 0;
  for (const char c : value) {
    if (c == '.' || c == ',') return false;
    if (c >= '0' && c <= '9') ++digits;
  }
  return digits >= 11 || (value.size() > 1 && value[0] == '0');
}
}  // namespace

void ColumnGuesser::see(std::string_view value) {
  value = text::trim(value);
  if (value.empty()) return;
  ++values_;
  const std::string_view kept = text::prefix(value, longest_kept);
  longest_ = std::max(longest_, text::code_points(kept));
  if (value.size() <= longest_parsed) count_kinds(value);
  if (samples_.size() < most_samples && std::find(samples_.begin(), samples_.end(), kept) == samples_.end())
    samples_.emplace_back(kept);
  if (many_) return;
  distinct_.emplace(kept);
  if (distinct_.size() > most_distinct) {
    many_ = true;
    distinct_.clear();
  }
}

// What only counts when every value has it is not looked for any more once one lacked it.
void ColumnGuesser::count_kinds(std::string_view value) {
  if (numbers_ + 1 == values_) {
    if (const auto amount = number(value)) {
      ++numbers_;
      if (is_code(value)) ++codes_;
      const auto whole = text::to_integer(*amount);
      if (whole && *whole >= 0 && *whole <= 100) ++scores_;
    }
  }
  if (dates_ + 1 == values_ && date(value)) ++dates_;
  if (kinds_ + 1 == values_ && kind(value)) ++kinds_;
  if (yes_or_no_ + 1 == values_ && yes_or_no(value)) ++yes_or_no_;
  if (is_phone(value)) ++phones_;
  if (is_email(value)) ++emails_;
}

bool ColumnGuesser::is_choice() const {
  return !many_ && values_ >= 10 && distinct_.size() <= most_choices && longest_ <= longest_choice &&
         static_cast<std::int64_t>(distinct_.size()) * 4 <= values_;
}

bool ColumnGuesser::looks_like_names() const {
  return values_ > 0 && numbers_ < values_ && dates_ < values_ && !mostly(phones_) && !mostly(emails_) && !is_choice();
}

ColumnGuess ColumnGuesser::guess() const {
  ColumnGuess out;
  out.samples = samples_;
  out.values = values_;
  out.distinct_is_exact = !many_;
  out.distinct = static_cast<std::int64_t>(many_ ? most_distinct : distinct_.size());
  if (values_ == 0) return out;
  if (dates_ == values_) {
    out.type = customer::FieldType::date;
  } else if (numbers_ == values_ && codes_ == 0) {
    out.type = customer::FieldType::number;
  } else if (is_choice() && codes_ == 0) {
    out.type = customer::FieldType::choice;
    out.choices.assign(distinct_.begin(), distinct_.end());
  }
  return out;
}

}  // namespace tw::domain::imports
