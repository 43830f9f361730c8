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

namespace {

std::int32_t previous_point(std::string_view value, std::int32_t at) {
  do --at;
  while (at > 0 && is_inner(value[static_cast<std::size_t>(at)]));
  return at;
}

char32_t point_at(std::string_view value, std::int32_t at) {
  auto i = static_cast<std::size_t>(at);
  return text::next_code_point(value, i);
}

constexpr char32_t joiner = 0x200D;
bool is_flag_letter(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

// Belongs to the character before it: marks, variation selectors, skin tones, tags of flags, joiners. Marks of scripts
// that this product has never met are left out.
bool extends(char32_t c) {
  constexpr char32_t ranges[][2] = {{0x300, 0x36F},     {0x0E31, 0x0E31},  {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
                                    {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},  {joiner, joiner}, {0x20D0, 0x20FF},
                                    {0x3099, 0x309A},   {0xFE00, 0xFE0F},  {0xFE20, 0xFE2F}, {0x1F3FB, 0x1F3FF},
                                    {0xE0020, 0xE007F}, {0xE0100, 0xE01EF}};
  return c >= 0x300 &&
         std::any_of(std::begin(ranges), std::end(ranges), [c](const auto& r) { return c >= r[0] && c <= r[1]; });
}

}  // namespace

// By what people see as one character: an emoji of several code points, a letter with its accents, a flag.
std::int32_t next_stop(std::string_view value, std::int32_t at) {
  const std::int32_t size = size_of(value);
  if (at >= size) return size;
  auto i = static_cast<std::size_t>(at);
  char32_t before = text::next_code_point(value, i);
  bool half_a_flag = is_flag_letter(before);
  while (i < value.size()) {
    std::size_t after = i;
    const char32_t c = text::next_code_point(value, after);
    if (!extends(c) && before != joiner && !(half_a_flag && is_flag_letter(c))) break;
    half_a_flag = false;
    before = c;
    i = after;
  }
  return static_cast<std::int32_t>(i);
}

std::int32_t previous_stop(std::string_view value, std::int32_t at) {
  if (at <= 0) return 0;
  std::int32_t from = previous_point(value, at);
  while (from > 0) {  // back to where a character surely begins
    const char32_t c = point_at(value, from), before = point_at(value, previous_point(value, from));
    if (!extends(c) && before != joiner && !(is_flag_letter(c) && is_flag_letter(before))) break;
    from = previous_point(value, from);
  }
  for (std::int32_t next = next_stop(value, from); next < at; next = next_stop(value, next)) from = next;
  return from;
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
