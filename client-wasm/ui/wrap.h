// Breaking a text into lines: after spaces and hyphens, and between Han characters except before closing and after
// opening punctuation. Words longer than the line are cut.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "client/ui/inside.h"

namespace tw::ui {

struct TextLine {
  std::int32_t begin = 0, end = 0;  // bytes; `end` is behind the last character that is drawn
  float width = 0;
  bool hard = false;  // ended by a newline
};

// At least one line, also for an empty text; a final newline opens one more. `width` <= 0: only newlines break.
std::vector<TextLine> wrap(const Ui::Inside& in, std::string_view words, float size, Weight weight, float width);

// Several lines that are part of a widget, such as the hint of a field: how high they are (no text: 0), and the
// drawing.
float wrapped_height(const Ui::Inside& in, std::string_view words, Style style, Weight weight, float width);
void draw_wrapped(Ui::Inside& in, Point at, std::string_view words, Style style, Weight weight, Color color,
                  float width);

// Advance of everything between two offsets of one line, and the offset nearest to `x`.
float advance(const Ui::Inside& in, std::string_view words, float size, Weight weight);
std::int32_t offset_at(const Ui::Inside& in, std::string_view words, float size, Weight weight, float x);

}  // namespace tw::ui
