// See text_edit.h. Undo remembers whole values: fields are short, and the browser has its own undo anyway.
#include "client/ui/text_edit.h"

#include <algorithm>

#include "core/text.h"

namespace tw::ui {

namespace {
constexpr std::size_t undo_depth = 100;

std::int32_t size_of(std::string_view value) { return static_cast<std::int32_t>(value.size()); }
bool is_inner(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_word(std::string_view value, std::int32_t at) {
  std::size_t i = static_cast<std::size_t>(at);
  const char32_t c = text::next_code_point(value, i);
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
}  // namespace

std::int32_t next_stop(std::string_view value, std::int32_t at) {
  const std::int32_t size = size_of(value);
  if (at >= size) return size;
  do ++at;
  while (at < size && is_inner(value[static_cast<std::size_t>(at)]));
  return at;
}

std::int32_t previous_stop(std::string_view value, std::int32_t at) {
  if (at <= 0) return 0;
  do --at;
  while (at > 0 && is_inner(value[static_cast<std::size_t>(at)]));
  return at;
}

std::int32_t next_word(std::string_view value, std::int32_t at) {
  const std::int32_t size = size_of(value);
  while (at < size && !is_word(value, at)) at = next_stop(value, at);
  while (at < size && is_word(value, at)) at = next_stop(value, at);
  return at;
}

std::int32_t previous_word(std::string_view value, std::int32_t at) {
  while (at > 0 && !is_word(value, previous_stop(value, at))) at = previous_stop(value, at);
  while (at > 0 && is_word(value, previous_stop(value, at))) at = previous_stop(value, at);
  return at;
}

std::int32_t utf16_to_bytes(std::string_view value, std::int32_t units) {
  std::size_t at = 0;
  while (units > 0 && at < value.size()) units -= text::next_code_point(value, at) > 0xFFFF ? 2 : 1;
  return static_cast<std::int32_t>(at);
}

std::int32_t bytes_to_utf16(std::string_view value, std::int32_t bytes) {
  std::int32_t units = 0;
  for (std::size_t at = 0; at < value.size() && at < static_cast<std::size_t>(bytes);) {
    units += text::next_code_point(value, at) > 0xFFFF ? 2 : 1;
  }
  return units;
}

void TextEdit::clamp(std::string_view value) {
  auto legal = [&](std::int32_t at) {
    at = std::clamp(at, 0, size_of(value));
    while (at > 0 && at < size_of(value) && is_inner(value[static_cast<std::size_t>(at)])) --at;
    return at;
  };
  cursor = legal(cursor);
  anchor = legal(anchor);
  composing_begin = legal(composing_begin);
  composing_end = legal(composing_end);
}

void TextEdit::select_all(std::string_view value) {
  anchor = 0;
  cursor = size_of(value);
}

void TextEdit::move(std::string_view value, std::int32_t to, bool select) {
  cursor = std::clamp(to, 0, size_of(value));
  if (!select) anchor = cursor;
}

bool TextEdit::insert(std::string& value, std::string_view words, int max_length) {
  if (max_length > 0) {
    const auto kept =
        text::code_points(value) - text::code_points(std::string_view(value).substr(
                                       static_cast<std::size_t>(begin()), static_cast<std::size_t>(end() - begin())));
    const auto limit = static_cast<std::size_t>(max_length);
    words = text::prefix(words, kept >= limit ? 0 : limit - kept);
  }
  if (words.empty() && !has_selection()) return false;
  remember(value);
  value.replace(static_cast<std::size_t>(begin()), static_cast<std::size_t>(end() - begin()), words);
  cursor = anchor = begin() + size_of(words);
  return true;
}

bool TextEdit::erase(std::string& value, std::int32_t from, std::int32_t to) {
  if (from >= to) return false;
  remember(value);
  value.erase(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
  cursor = anchor = from;
  return true;
}

bool TextEdit::erase_selection(std::string& value) { return erase(value, begin(), end()); }

bool TextEdit::undo(std::string& value) {
  if (past.empty()) return false;
  future.push_back({value, cursor});
  value = std::move(past.back().value);
  cursor = anchor = past.back().cursor;
  past.pop_back();
  return true;
}

bool TextEdit::redo(std::string& value) {
  if (future.empty()) return false;
  past.push_back({value, cursor});
  value = std::move(future.back().value);
  cursor = anchor = future.back().cursor;
  future.pop_back();
  return true;
}

void TextEdit::remember(const std::string& value) {
  past.push_back({value, cursor});
  if (past.size() > undo_depth) past.erase(past.begin());
  future.clear();
}

}  // namespace tw::ui
