// UTF-8 helpers and small text tools that both sides need. All offsets are bytes, all lengths named "code points" are
// code points; nothing here depends on a locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tw::text {

bool is_utf8(std::string_view s);
std::string repair_utf8(std::string_view s);  // each broken sequence becomes U+FFFD
std::size_t code_points(std::string_view s);  // of valid UTF-8; a broken byte counts as one

// Reads the code point at `at` and moves `at` behind it; a broken byte reads as U+FFFD and moves by one.
char32_t next_code_point(std::string_view s, std::size_t& at);
void append_code_point(std::string& out, char32_t code_point);

std::string_view trim(std::string_view s);  // ASCII white space, U+3000 and the byte order mark
std::string lower(std::string_view s);  // ASCII, Latin-1, Greek and Cyrillic capitals, full-width forms folded to ASCII
bool is_han(char32_t code_point);

// The first `count` code points; cut text is not marked.
std::string_view prefix(std::string_view s, std::size_t count);

std::vector<std::string_view> split(std::string_view s, char separator);

// The whole of `s` as a decimal integer, sign allowed, nothing else.
std::optional<std::int64_t> to_integer(std::string_view s);

// text::join("{} of {}", a, b): replaces each {} in turn. For logs and developers' texts only; a user's text comes from
// the catalogue.
std::string join(std::string_view pattern, std::initializer_list<std::string_view> values);

}  // namespace tw::text
