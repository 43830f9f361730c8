#include "api/headers.h"

#include <algorithm>

#include "api/wire.h"
#include "core/text.h"

namespace tw::api {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low >= 0) {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

// The white space of a header's grammar (RFC 9110, 5.6.3), blank and tab: not the one of people's texts, of which an
// ideographic space is part. Another byte, however wide its blank, belongs to the value.
std::string_view without_blanks(std::string_view part) {
  const auto first = part.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return part.substr(first, part.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> query_pairs(std::string_view query) {
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string_view> seen;
  for (const auto part : text::split(query, '&')) {
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    if (name.empty() || std::find(seen.begin(), seen.end(), part) != seen.end()) continue;
    seen.push_back(part);
    pairs.emplace_back(decoded(name), equals == std::string_view::npos ? "" : decoded(part.substr(equals + 1)));
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return pairs;
}

std::string cookie_value(std::string_view header, std::string_view name) {
  for (const auto part : text::split(header, ';')) {
    const auto pair = without_blanks(part);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) return std::string(pair.substr(equals + 1));
  }
  return {};
}

bool is_request_id(std::string_view id) {
  if (id.empty() || id.size() > 64) return false;
  for (const char c : id)
    if (!is_ascii_letter_or_digit(c) && c != '.' && c != '_' && c != '-') return false;
  return true;
}

std::string content_disposition(std::string_view file_name) {
  std::string plain;
  for (const char c : file_name)
    if (is_ascii_letter_or_digit(c) || c == '.' || c == '_' || c == '-') plain += c;
  if (plain.empty() || plain[0] == '.') plain = "file" + plain;
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + percent_encoded(file_name);
}

}  // namespace tw::api
