// What a customer is made of, beside the strings: kinds, custom-field types, masking.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/describe.h"

namespace tw::domain::customer {

enum class Kind : std::uint8_t { person, company };
inline constexpr WireName<Kind> kind_names[] = {{Kind::person, "person"}, {Kind::company, "company"}};
constexpr std::span<const WireName<Kind>> wire_names(Kind) { return kind_names; }

enum class FieldType : std::uint8_t { text, number, date, choice };
inline constexpr WireName<FieldType> field_type_names[] = {
    {FieldType::text, "text"}, {FieldType::number, "number"}, {FieldType::date, "date"}, {FieldType::choice, "choice"}};
constexpr std::span<const WireName<FieldType>> wire_names(FieldType) { return field_type_names; }

// What a list, a search, a log or an export shows of a phone and an e-mail. Never longer than the original knows: short
// numbers are masked whole. "13812341234" -> "138****1234", "a.berg@example.com" -> "a***@example.com".
std::string mask_phone(std::string_view phone);
std::string mask_email(std::string_view email);

// Digits only, leading + and international 00 dropped, a leading 86 of an 11-digit Chinese mobile dropped: the key of
// the duplicate check and of phone search. Empty when fewer than 3 digits.
std::string phone_key(std::string_view phone);

}  // namespace tw::domain::customer
