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

std::optional<PathParams> match_path(std::string_view pattern, std::string_view path) {
  PathParams params;
  if (pattern.empty() || pattern.front() != '/' || path.empty() || path.front() != '/') return {};
  // Nearly every pattern that does not fit differs here: each request is held against all of them.
  const std::string_view literal = pattern.substr(0, pattern.find('{'));
  const bool fits = path.size() >= literal.size() && path[literal.size() - 1] == literal.back() &&
                    path.substr(0, literal.size()) == literal;
  if (!fits && path.find('%') == std::string_view::npos) return {};
  std::string_view wanted = pattern.substr(1);
  std::string_view given = path.substr(1);
  while (!wanted.empty()) {
    const std::string_view part = next_part(wanted);
    if (given.empty()) return {};
    const auto value = percent_decoded(next_part(given));
    if (!value) return {};
    if (is_parameter(part)) {
      if (value->empty()) return {};
      params.emplace_back(std::string(part.substr(1, part.size() - 2)), *value);
    } else if (part != *value) {
      return {};
    }
  }
  // A path that ends in '/' has one part more than its pattern.
  if (!given.empty() || path.back() == '/') return {};
  return params;
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
