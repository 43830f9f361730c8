// The inside of a text field: what the parts of ui/field*.cpp share, and nothing else includes. field_edit.cpp lets the
// page, the keyboard and the pointer change the text; field_draw.cpp draws it; field.cpp puts the field around it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/inside.h"
#include "client/ui/wrap.h"
#include "core/text.h"

namespace tw::ui {

inline constexpr float field_text_size = 14, field_text_line = 20;

inline std::string_view part_of(std::string_view words, std::int32_t from, std::int32_t to) {
  return words.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(std::max(0, to - from)));
}

// What stands in the field: bullets for a password. Maps between offsets of the value and of what is shown.
struct ShownText {
  std::string bullets{};
  std::string_view words{};
  std::string_view value{};
  bool hidden = false;

  ShownText(const std::string& from, bool hide);
  ShownText(const ShownText&) = delete;
  ShownText& operator=(const ShownText&) = delete;

  std::int32_t to_shown(std::int32_t at) const;
  std::int32_t to_value(std::int32_t at) const;
};

struct FieldBox {
  WidgetId id = 0;
  Rect rect{};   // the whole field
  Rect inner{};  // where text may stand
  bool multiline = false;
  int max_length = 0;
};

// Each answers whether the value changed.
bool hear_page(Ui::Inside& in, const FieldBox& box, std::string& value, TextEdit& edit);
bool type_keys(Ui::Inside& in, const FieldBox& box, std::string& value, TextEdit& edit,
               const std::vector<TextLine>& lines, bool read_only);

// The pointer only moves the caret and selects.
void point(Ui::Inside& in, const Item& item, const FieldBox& box, const std::string& value, const ShownText& shown,
           TextEdit& edit, const std::vector<TextLine>& lines);

// Text, selection, composition and caret, clipped to the field; `edit` is null without focus.
void draw_field_text(Ui& ui, const FieldBox& box, const ShownText& shown, TextEdit* edit,
                     const std::vector<TextLine>& lines, std::string_view placeholder, bool disabled);

// The line in which an offset stands; at a soft break it is the later one.
std::size_t line_of(const std::vector<TextLine>& lines, std::int32_t at);

}  // namespace tw::ui
