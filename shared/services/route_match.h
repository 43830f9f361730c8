// Paths and their patterns: "/api/v1/batches/{batch}/designate" against what a caller asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tw::services {

using PathParams = std::vector<std::pair<std::string, std::string>>;  // name -> decoded value

// What stands between the slashes, decoded. Empty: not a path, or a part of it is not percent-encoded UTF-8.
std::optional<std::vector<std::string>> path_parts(std::string_view path);
bool fits(std::string_view pattern, const std::vector<std::string>& parts);
// Of a pattern that fits.
PathParams params_of(std::string_view pattern, const std::vector<std::string>& parts);

// The three in one. Empty: the path does not fit.
std::optional<PathParams> match_path(std::string_view pattern, std::string_view path);

// Whether of two patterns that fit one path the first is the closer one: a literal part beats a parameter.
bool is_closer(std::string_view pattern, std::string_view than);

// Empty when a '%' is not followed by two hex digits or the result is not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace tw::services
