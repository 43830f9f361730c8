#include "domain/customer/customer.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "core/text.h"

namespace tw::domain::customer {

namespace {
std::string digits_of(std::string_view phone) {
  std::string digits;
  digits.reserve(phone.size());
  for (std::size_t at = 0; at < phone.size();) {
    const char32_t c = text::next_code_point(phone, at);
    if (c >= U'0' && c <= U'9') digits += static_cast<char>(c);
    if (c >= U'０' && c <= U'９') digits += static_cast<char>(c - U'０' + U'0');  // as Chinese keyboards write them
  }
  return digits;
}

bool is_chinese_mobile(std::string_view digits) { return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3'; }

std::string masked(std::string digits, std::ptrdiff_t shown_first, std::ptrdiff_t shown_last) {
  std::fill(digits.begin() + shown_first, digits.end() - shown_last, '*');
  return digits;
}
}  // namespace

std::string mask_phone(std::string_view phone) {
  if (text::trim(phone).empty()) return {};
  std::string digits = digits_of(phone);
  if (digits.size() >= 11) return masked(std::move(digits), 3, 4);
  if (digits.size() >= 8) return masked(std::move(digits), 2, 2);
  return "****";  // so short that any digit shown would tell much of it
}

std::string mask_email(std::string_view email) {
  email = text::trim(email);
  if (email.empty()) return {};
  const std::size_t at = email.rfind('@');
  if (at == std::string_view::npos) return "***";
  const std::string_view name = email.substr(0, at);
  const std::string_view first = text::prefix(name, 1);
  std::string masked;
  masked.reserve(email.size() + 3);
  if (first.size() < name.size()) masked = first;  // one letter is the whole name
  masked.append("***").append(email.substr(at));
  return masked;
}

std::string phone_key(std::string_view phone) {
  const std::string digits = digits_of(phone);
  std::string_view key = digits;
  if (key.substr(0, 2) == "00") key.remove_prefix(2);
  if (key.substr(0, 2) == "86" && is_chinese_mobile(key.substr(2))) key.remove_prefix(2);
  return key.size() < 3 ? std::string() : std::string(key);
}

}  // namespace tw::domain::customer
