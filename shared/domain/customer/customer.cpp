#include "domain/customer/customer.h"

#include <cstddef>

#include "core/text.h"

namespace tw::domain::customer {

namespace {
std::string digits_of(std::string_view phone) {
  std::string digits;
  for (const char c : text::lower(phone))  // folds full-width digits
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

bool is_chinese_mobile(std::string_view digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }

std::string masked(std::string_view digits, std::size_t shown_first, std::size_t shown_last) {
  const std::size_t hidden = digits.size() - shown_first - shown_last;
  return std::string(digits.substr(0, shown_first)) + std::string(hidden, '*') +
         std::string(digits.substr(digits.size() - shown_last));
}
}  // namespace

std::string mask_phone(std::string_view phone) {
  if (text::trim(phone).empty()) return {};
  const std::string digits = digits_of(phone);
  if (digits.size() >= 11) return masked(digits, 3, 4);
  if (digits.size() >= 8) return masked(digits, 2, 2);
  return "****";  // so short that any digit shown would tell much of it
}

std::string mask_email(std::string_view email) {
  email = text::trim(email);
  if (email.empty()) return {};
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos) return "***";
  const std::string_view name = email.substr(0, at);
  const std::string_view first = text::code_points(name) > 1 ? text::prefix(name, 1) : std::string_view();
  return std::string(first) + "***" + std::string(email.substr(at));
}

std::string phone_key(std::string_view phone) {
  const std::string digits = digits_of(phone);
  std::string_view key = digits;
  if (key.substr(0, 2) == "00") key.remove_prefix(2);
  if (key.substr(0, 2) == "86" && is_chinese_mobile(key.substr(2))) key.remove_prefix(2);
  return key.size() < 3 ? std::string() : std::string(key);
}

}  // namespace tw::domain::customer
