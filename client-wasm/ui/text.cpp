// See text.h.
#include "client/ui/text.h"

#include <algorithm>

#include "client/ui/inside.h"
#include "client/ui/wrap.h"

namespace tw::ui {

Size measure(Ui& ui, std::string_view words, Style style, Weight weight) {
  return {ui.inside().width(words, font_size(style), weight), line_height(style)};
}

namespace {

void announce(Ui::Inside& in, std::string_view words, const TextOptions& options, Rect at) {
  if (options.heading == 0) return in.tree.add_text(words, at.x, at.y, at.w, at.h);
  a11y::Node node;
  node.id = in.nth_id("heading");
  node.role = a11y::Role::heading;
  node.level = static_cast<std::int8_t>(options.heading);
  node.name = words;
  node.x = at.x, node.y = at.y, node.w = at.w, node.h = at.h;
  in.tree.add(node);
}

}  // namespace

void text(Ui& ui, std::string_view words, const TextOptions& options) {
  auto& in = ui.inside();
  const float natural = in.width(words, font_size(options.style), options.weight);
  LayoutFrame& top = in.top();
  float width = options.full_width ? ui.available_width() : natural;
  if (options.max_width > 0) width = std::min(width, options.max_width);
  if (top.horizontal) {
    if (top.overflow > 0 && width > 48) {  // this row is too long: texts give way first
      const float given = std::min(top.overflow, width - 48);
      width -= given;
      top.overflow -= given;
      top.natural += given;
    }
  } else {
    width = std::min(width, ui.available_width());
  }
  const Rect at = ui.place({width, line_height(options.style)});
  float x = at.x;
  if (options.align != TextAlign::start && natural < at.w) {
    x += options.align == TextAlign::end ? at.w - natural : (at.w - natural) / 2;
  }
  if (ImGui::IsRectVisible(low(at), high(at))) {
    const bool cut = in.draw_words({x, at.y}, words, options.style, options.weight, ui.color(options.color), at.w);
    if (cut && in.pointer_in(at)) in.show_tip(0, at, words, false);
  }
  announce(in, words, options, at);
}

void paragraph(Ui& ui, std::string_view words, const TextOptions& options) {
  auto& in = ui.inside();
  const float size = font_size(options.style), step = line_height(options.style);
  float room = ui.available_width();
  if (options.max_width > 0) room = std::min(room, options.max_width);
  const std::vector<TextLine> lines = wrap(in, words, size, options.weight, room);
  float widest = 0;
  for (const TextLine& line : lines) widest = std::max(widest, line.width);
  const bool left = options.align == TextAlign::start;
  const Rect at = ui.place({left ? std::min(widest, room) : room, step * static_cast<float>(lines.size())});
  float y = at.y;
  for (const TextLine& line : lines) {
    const float rest = at.w - line.width;
    const float x = at.x + (left ? 0 : options.align == TextAlign::end ? rest : rest / 2);
    in.draw_words({x, y},
                  words.substr(static_cast<std::size_t>(line.begin), static_cast<std::size_t>(line.end - line.begin)),
                  options.style, options.weight, ui.color(options.color));
    y += step;
  }
  announce(in, words, options, at);
}

void heading(Ui& ui, int level, std::string_view words) {
  text(ui, words,
       {.style = level == 1   ? Style::title
                 : level == 2 ? Style::subtitle
                              : Style::body,
        .weight = Weight::semibold,
        .heading = level});
}

void label_value(Ui& ui, std::string_view label, std::string_view value, float label_width) {
  row(ui, {.gap = space::m, .height = line_height(Style::body)}, [&] {
    column(ui, {.width = label_width}, [&] { paragraph(ui, label, {.color = Token::muted}); });
    column(ui, {}, [&] { paragraph(ui, value.empty() ? std::string_view("\xE2\x80\x94") : value); });
  });
}

}  // namespace tw::ui
