// Text in the type scale. All text of the product is drawn here: one line with an ellipsis and the whole text on hover
// and focus, or a paragraph that wraps.
#pragma once

#include <string_view>

#include "client/ui/ui.h"

namespace tw::ui {

enum class Style : std::uint8_t { caption, body, subtitle, title, figure };  // 12/18 14/20 16/24 20/28 28/36
enum class Weight : std::uint8_t { regular, semibold };
enum class TextAlign : std::uint8_t { start, centre, end };

struct TextOptions {
  Style style = Style::body;
  Weight weight = Weight::regular;
  Token color = Token::text;
  TextAlign align = TextAlign::start;
  float max_width = 0;      // 0: what is there
  bool full_width = false;  // takes the whole width even if shorter (needed to align)
  int heading = 0;          // 1..6: announced as a heading of that level
};

void text(Ui& ui, std::string_view words, const TextOptions& options = {});
void paragraph(Ui& ui, std::string_view words, const TextOptions& options = {});

inline void caption(Ui& ui, std::string_view words) {
  text(ui, words, {.style = Style::caption, .color = Token::muted});
}
// A sentence of small print: wraps, where a caption is one line.
inline void note(Ui& ui, std::string_view words) {
  paragraph(ui, words, {.style = Style::caption, .color = Token::muted});
}
inline void muted(Ui& ui, std::string_view words) { text(ui, words, {.color = Token::muted}); }
inline void strong(Ui& ui, std::string_view words) { text(ui, words, {.weight = Weight::semibold}); }
void heading(Ui& ui, int level, std::string_view words);

// "City   Shanghai": a pair of a description list; the label is muted and `label_width` wide.
void label_value(Ui& ui, std::string_view label, std::string_view value, float label_width = 120);

Size measure(Ui& ui, std::string_view words, Style style, Weight weight = Weight::regular);
float line_height(Style style);
float font_size(Style style);

}  // namespace tw::ui
