// What a person's own data must satisfy beyond the field list: used wherever people are made or changed.
#pragma once

#include <string_view>

#include "core/result.h"

namespace tw::services {

// No white space at its ends, no control characters: what a person cannot see they cannot type again.
Refusal check_login(std::string_view path, std::string_view login);
Refusal check_name(std::string_view path, std::string_view name);
Refusal check_language(std::string_view path, std::string_view language);  // one that the product speaks
Refusal check_zone(std::string_view path, std::string_view zone);          // of the table (core/zone.h)

}  // namespace tw::services
