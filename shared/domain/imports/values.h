// Values as people write them in a table, in the one form in which they are stored. Empty when the text is no such
// value; white space around it never matters.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/customer/customer.h"

namespace tw::domain::imports {

// "2026-11-21" from 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 21.11.2026; one-digit months and days too, and
// a time of day behind it is dropped. 11/21/2026 and 21/11/2026 are not read: nobody can tell them apart in March.
std::optional<std::string> date(std::string_view text);

// "-1234.5" from -1234.5, -1,234.50, +7, .5, full-width digits. Leading zeros go, so "007" is the number 7.
std::optional<std::string> number(std::string_view text);

// yes/no, true/false, 1/0, 是/否, 有/无 and the like.
std::optional<bool> yes_or_no(std::string_view text);

// person/company, 个人/企业 and the like.
std::optional<customer::Kind> kind(std::string_view text);

}  // namespace tw::domain::imports
