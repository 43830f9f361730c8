// What a person typed, as a pattern of SQL's LIKE with '\' as escape.
#pragma once

#include <string>
#include <string_view>

namespace tw::services {

inline std::string like_contains(std::string_view typed) {
  std::string pattern = "%";
  for (const char c : typed) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace tw::services
