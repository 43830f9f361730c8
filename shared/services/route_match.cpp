#include "services/route_match.h"

#include <algorithm>

#include "core/text.h"

namespace tw::services {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Takes the part up to the next '/' off the front.
std::string_view next_part(std::string_view& rest) {
  const auto slash = rest.find('/');
  const std::string_view part = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash + 1);
  return part;
}

bool is_parameter(std::string_view part) { return part.size() > 2 && part.front() == '{' && part.back() == '}'; }

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t plain = std::min(text.find('%', i), text.size());
    out += text.substr(i, plain - i);
    if (plain == text.size()) break;
    i = plain;
    if (i + 2 >= text.size()) return {};
    const int high = hex_digit(text[i + 1]);
    const int low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return {};
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  if (!tw::text::is_utf8(out)) return {};
  return out;
}

std::optional<std::vector<std::string>> path_parts(std::string_view path) {
  // One that ends in '/' has one part more than its pattern.
  if (path.empty() || path.front() != '/' || path.back() == '/') return {};
  std::vector<std::string> parts;
  std::string_view rest = path.substr(1);
  while (!rest.empty()) {
    auto part = percent_decoded(next_part(rest));
    if (!part) return {};
    parts.push_back(std::move(*part));
  }
  return parts;
}

// Each request is held against every pattern: nothing is copied here.
bool fits(std::string_view pattern, const std::vector<std::string>& parts) {
  if (pattern.empty() || pattern.front() != '/') return false;
  std::string_view rest = pattern.substr(1);
  for (const std::string& given : parts) {
    if (rest.empty()) return false;
    const std::string_view wanted = next_part(rest);
    if (is_parameter(wanted) ? given.empty() : wanted != given) return false;
  }
  return rest.empty();
}

PathParams params_of(std::string_view pattern, const std::vector<std::string>& parts) {
  PathParams params;
  std::string_view rest = pattern.substr(1);
  for (const std::string& given : parts) {
    const std::string_view wanted = next_part(rest);
    if (is_parameter(wanted)) params.emplace_back(std::string(wanted.substr(1, wanted.size() - 2)), given);
  }
  return params;
}

std::optional<PathParams> match_path(std::string_view pattern, std::string_view path) {
  const auto parts = path_parts(path);
  if (!parts || !fits(pattern, *parts)) return {};
  return params_of(pattern, *parts);
}

bool is_closer(std::string_view pattern, std::string_view than) {
  std::string_view a = pattern;
  std::string_view b = than;
  while (!a.empty() && !b.empty()) {
    const bool a_parameter = is_parameter(next_part(a));
    const bool b_parameter = is_parameter(next_part(b));
    if (a_parameter != b_parameter) return b_parameter;
  }
  return false;
}

}  // namespace tw::services
