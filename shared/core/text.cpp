#include "core/text.h"

#include <charconv>

namespace tw::text {

namespace {
constexpr char32_t replacement = 0xFFFD;

// Length of a well-formed sequence at `at`, 0 when it is broken. Overlong forms and surrogates are broken.
std::size_t sequence_length(std::string_view s, std::size_t at, char32_t& code_point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) {
    code_point = lead;
    return 1;
  }
  std::size_t length = 0;
  char32_t value = 0;
  char32_t least = 0;
  if ((lead & 0xE0) == 0xC0) {
    length = 2, value = lead & 0x1F, least = 0x80;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3, value = lead & 0x0F, least = 0x800;
  } else if ((lead & 0xF8) == 0xF0) {
    length = 4, value = lead & 0x07, least = 0x10000;
  } else {
    return 0;
  }
  if (at + length > s.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return 0;
    value = (value << 6) | (byte(at + i) & 0x3F);
  }
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
  code_point = value;
  return length;
}

char32_t fold(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms, as Chinese input methods type them
  if (c >= 'A' && c <= 'Z') return c + 32;
  if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) return c + 32;
  if (c >= 0x400 && c <= 0x40F) return c + 80;
  return c;
}

std::size_t space_length(std::string_view s, std::size_t at) {
  const char c = s[at];
  if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f') return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;  // most of what is read
  if (s.substr(at, 3) == "\xE3\x80\x80" || s.substr(at, 3) == "\xEF\xBB\xBF") return 3;
  return 0;
}
}  // namespace

bool is_utf8(std::string_view s) {
  for (std::size_t at = 0; at < s.size();) {
    if (static_cast<unsigned char>(s[at]) < 0x80) {  // most of what is read and written
      ++at;
      continue;
    }
    char32_t code_point = 0;
    const std::size_t length = sequence_length(s, at, code_point);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

char32_t next_code_point(std::string_view s, std::size_t& at) {
  char32_t code_point = replacement;
  const std::size_t length = sequence_length(s, at, code_point);
  at += length == 0 ? 1 : length;
  return length == 0 ? replacement : code_point;
}

void append_code_point(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6)), put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18)), put(0x80 | ((c >> 12) & 0x3F)), put(0x80 | ((c >> 6) & 0x3F)), put(0x80 | (c & 0x3F));
  }
}

std::string repair_utf8(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) append_code_point(out, next_code_point(s, at));
  return out;
}

std::size_t code_points(std::string_view s) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < s.size(); ++count) next_code_point(s, at);
  return count;
}

std::string_view trim(std::string_view s) {
  while (!s.empty()) {
    const std::size_t length = space_length(s, 0);
    if (length == 0) break;
    s.remove_prefix(length);
  }
  while (!s.empty()) {
    if (space_length(s, s.size() - 1) == 1) {
      s.remove_suffix(1);
    } else if (s.size() >= 3 && space_length(s, s.size() - 3) == 3) {
      s.remove_suffix(3);
    } else {
      break;
    }
  }
  return s;
}

std::string lower(std::string_view s) {
  std::string out;
  out.reserve(s.size());
  for (std::size_t at = 0; at < s.size();) {
    const char c = s[at];
    if (static_cast<unsigned char>(c) < 0x80) {  // most of what is asked
      out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
      ++at;
    } else {
      append_code_point(out, fold(next_code_point(s, at)));
    }
  }
  return out;
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x323AF) ||
         (c >= 0xF900 && c <= 0xFAFF) || c == 0x3007;
}

std::string_view prefix(std::string_view s, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at < s.size(); --count) next_code_point(s, at);
  return s.substr(0, at);
}

std::vector<std::string_view> split(std::string_view s, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = s.find(separator);
    parts.push_back(s.substr(0, at));
    if (at == std::string_view::npos) return parts;
    s.remove_prefix(at + 1);
  }
}

std::optional<std::int64_t> to_integer(std::string_view s) {
  std::int64_t value = 0;
  if (s.empty()) return {};
  const auto [end, problem] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (problem != std::errc() || end != s.data() + s.size()) return {};
  return value;
}

std::string join(std::string_view pattern, std::initializer_list<std::string_view> values) {
  std::string out;
  auto next = values.begin();
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern.substr(at, 2) == "{}" && next != values.end()) {
      out += *next++;
      ++at;
    } else {
      out += pattern[at];
    }
  }
  return out;
}

}  // namespace tw::text
