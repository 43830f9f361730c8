// The name of a type as its declaration spells it, without its namespaces: "PersonRow", "ViewCapabilities.Response".
// For documents that people read (OpenAPI) and messages of tests; nothing may depend on it at run time.
#pragma once

#include <string>
#include <string_view>

namespace tw {

namespace detail {
template <class T>
constexpr std::string_view spelled() {
#if defined(__clang__)
  constexpr std::string_view opening = "T = ";
  constexpr std::string_view closing = "]";
#else
  constexpr std::string_view opening = "with T = ";
  constexpr std::string_view closing = ";";
#endif
  constexpr std::string_view whole = __PRETTY_FUNCTION__;
  constexpr std::size_t from = whole.find(opening) + opening.size();
  return whole.substr(from, whole.find(closing, from) - from);
}
}  // namespace detail

template <class T>
std::string type_name() {
  std::string_view rest = detail::spelled<T>();
  std::string name;
  while (!rest.empty()) {
    const auto colons = rest.find("::");
    const std::string_view part = rest.substr(0, colons);
    // Namespaces are written small, types large.
    if (!part.empty() && part.front() >= 'A' && part.front() <= 'Z') {
      if (!name.empty()) name += '.';
      name += part;
    }
    rest = colons == std::string_view::npos ? std::string_view{} : rest.substr(colons + 2);
  }
  return name;
}

}  // namespace tw
