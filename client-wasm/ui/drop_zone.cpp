// See field.h: where a file is dropped or picked.
#include <algorithm>

#include "client/ui/field.h"
#include "client/ui/inside.h"
#include "client/ui/overlay.h"

namespace tw::ui {

void file_drop_zone(Ui& ui, std::string_view id, const DropZoneOptions& options) {
  auto& in = ui.inside();
  const float error_height = options.error.empty() ? 0 : line_height(Style::caption) + 6;
  const Rect whole = ui.place({ui.available_width(), 148 + error_height});
  const Rect rect{whole.x, whole.y, whole.w, 148};
  const Item item = in.item(ui.id(id), rect);
  if (item.hovered) in.cursor = Cursor::hand;
  in.drop_zones.push_back({item.id, rect});
  const bool over = in.files_over && in.pointer_in(rect);
  const Color border = ui.color(!options.error.empty() ? Token::danger
                                : over || item.hovered ? Token::accent
                                                       : Token::control_line);
  in.fill(rect, over ? ui.color(Token::accent_soft) : ui.color(Token::background), radius::card);
  in.dashes(rect, border, radius::card, 1.25f);
  if (item.ring) in.ring(rect, radius::card);
  const Point centre = rect.centre();
  in.circle({centre.x, rect.y + 44}, 22, ui.color(Token::accent_soft));
  draw_icon(ui, Icon::upload, {centre.x - 11, rect.y + 33, 22, 22}, ui.color(Token::accent));
  auto line = [&](std::string_view words, float y, Style style, Weight weight, Token color) {
    const float wide = std::min(in.width(words, font_size(style), weight), rect.w - 32);
    in.draw_words({centre.x - wide / 2, y}, words, style, weight, ui.color(color), wide + 1);
  };
  line(options.label, rect.y + 80, Style::body, Weight::semibold, Token::text);
  line(options.hint, rect.y + 104, Style::caption, Weight::regular, Token::muted);
  if (!options.error.empty()) {
    in.draw_words({rect.x, rect.bottom() + 6}, options.error, Style::caption, Weight::regular, ui.color(Token::danger),
                  rect.w);
  }
  a11y::Node node = node_of(item, a11y::Role::button, options.label);
  node.description = options.hint;
  node.error = options.error;
  in.tree.add(node);
  if (item.pressed) in.wanted_picker = WantedPicker{item.id, std::string(options.accept)};
}

void file_curtain(Ui& ui, std::string_view words, bool takes) {
  auto& in = ui.inside();
  in.page_takes_files = takes;
  const Size page = ui.viewport();
  const Color color = ui.color(takes ? Token::accent : Token::danger);
  const float wide = std::min(in.width(words, 14, Weight::semibold) + 48, page.w - 16);
  const Rect sign{(page.w - wide) / 2, 24, wide, 48};
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  list.AddRect(low(Rect{4, 4, page.w - 8, page.h - 8}), high(Rect{4, 4, page.w - 8, page.h - 8}), ink(color),
               radius::card, 0, 3);
  list.AddRectFilled(low(sign), high(sign), ink(ui.color(Token::surface)), radius::card);
  list.AddRect(low(sign), high(sign), ink(color), radius::card);
  in.put_words(list, {sign.x + 24, sign.y + 15}, words, 14, Weight::semibold, ink(ui.color(Token::text)));
  a11y::Node node;
  node.id = ui.id("files-over");
  node.role = a11y::Role::status;
  node.x = sign.x, node.y = sign.y, node.w = sign.w, node.h = sign.h;
  in.tree.add(node);
  a11y::Open open(in.tree, node.id);
  in.tree.add_text(words, sign.x, sign.y, sign.w, sign.h);
}

}  // namespace tw::ui
