#include "server/words/layout.h"

#include <algorithm>
#include <iterator>

#include "core/text.h"

namespace tw::server {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode's East_Asian_Width W and F, in whole blocks.
constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},  {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},   {0xFF01, 0xFF60},  {0xFFE0, 0xFFE6},
                          {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
constexpr Range without_width[] = {{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}};

template <std::size_t count>
bool is_in(const Range (&ranges)[count], char32_t point) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [point](const Range& each) { return each.first <= point && point <= each.last; });
}

std::size_t width_of(char32_t point) { return is_in(without_width, point) ? 0 : is_in(wide, point) ? 2 : 1; }

bool is_one_of(std::u32string_view all, char32_t point) { return all.find(point) != std::u32string_view::npos; }
bool closes(char32_t point) { return is_one_of(U"，。；：、！？）》」”’,.;:!?)%…", point); }
bool opens(char32_t point) { return is_one_of(U"（《「“‘(", point); }

// May a line end between the two?
bool may_break(char32_t before, char32_t after) {
  if (before == ' ' || after == ' ') return after != ' ';
  return (is_in(wide, before) || is_in(wide, after)) && !closes(after) && !opens(before);
}

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += width_of(text::next_code_point(text, at));
  return width;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = display_width(text);
  return std::move(text) + std::string(has < width ? width - has : 1, ' ');
}

std::string wrapped(std::string_view text, std::size_t column) {
  std::string out;
  for (const auto line : text::split(text, '\n')) {
    if (!out.empty() && !line.empty()) out += std::string(column, ' ');
    std::size_t used = column;
    for (std::size_t at = 0; at < line.size();) {
      // One piece: up to where a line may end, with the blanks behind it.
      const std::size_t begin = at;
      std::size_t behind = at;
      for (char32_t last = 0; at < line.size();) {
        std::size_t next = at;
        const char32_t point = text::next_code_point(line, next);
        if (last != 0 && may_break(last, point)) break;
        last = point;
        at = next;
        if (point != ' ') behind = at;
      }
      const auto piece = line.substr(begin, behind - begin);
      if (used > column && used + display_width(piece) > widest_line) {
        out.erase(out.find_last_not_of(' ') + 1);
        out += "\n" + std::string(column, ' ');
        used = column;
      }
      out += line.substr(begin, at - begin);
      used += display_width(line.substr(begin, at - begin));
    }
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  }
  return out;
}

}  // namespace tw::server
