// See bars.h.
#include "client/ui/bars.h"

#include <algorithm>

#include "client/ui/indicators.h"
#include "client/ui/inside.h"

namespace tw::ui {

namespace {

void announce(Ui& ui, const Item& item, std::string_view name, std::string_view description, std::string_view shortcut,
              bool has_popup) {
  a11y::Node node = node_of(item, a11y::Role::button, name);
  node.description = description;
  node.shortcut = shortcut;
  node.has_popup = has_popup;
  ui.tree().add(node);
  if (item.hovered) ui.inside().cursor = Cursor::hand;
}

}  // namespace

bool search_button(Ui& ui, std::string_view id, std::string_view name, std::string_view placeholder,
                   std::string_view shortcut, float width) {
  auto& in = ui.inside();
  const Rect rect = ui.place({std::min(width, ui.available_width()), control_height(ui.density())});
  const Item item = in.item(ui.id(id), rect);
  in.fill(rect, ui.color(Token::background), radius::control);
  in.frame(rect, item.hovered ? faded(ui.color(Token::accent), 0.6f) : ui.color(Token::line), radius::control);
  if (item.ring) in.ring(rect, radius::control);
  draw_icon(ui, Icon::search, {rect.x + 12, rect.centre().y - 8, 16, 16}, ui.color(Token::muted));
  const float hint = in.width(shortcut, 12, Weight::regular) + 12;
  in.draw_words({rect.x + 38, rect.y}, placeholder, 14, rect.h, Weight::regular, ui.color(Token::muted),
                rect.w - 38 - hint - 20);
  const Rect key{rect.right() - hint - 8, rect.centre().y - 11, hint, 22};
  in.fill(key, ui.color(Token::surface), 5);
  in.frame(key, ui.color(Token::line), 5);
  in.draw_words({key.x + 6, key.y}, shortcut, 12, key.h, Weight::regular, ui.color(Token::muted));
  announce(ui, item, name, placeholder, spoken_shortcut(ui, shortcut), true);
  return item.pressed || in.take_key(Key::k, true);
}

bool account_bar(Ui& ui, std::string_view id, std::string_view name, std::int64_t seed, std::string_view second_line,
                 std::string_view accessible_name) {
  auto& in = ui.inside();
  const Rect rect = ui.place({ui.available_width(), 44});
  const Item item = in.item(ui.id(id), rect);
  if (item.hovered) in.fill(rect, ui.color(Token::hover), radius::control);
  if (item.ring) in.ring(rect, radius::control);
  LayoutFrame inside;
  inside.id = ui.id("account-inside");
  inside.horizontal = true;
  inside.line = rect.h;
  inside.bounds = {rect.x + 6, rect.y, rect.w - 30, rect.h};
  announce(ui, item, accessible_name, name, {}, true);
  {
    a11y::Open open(in.tree, item.id);
    open_layout(ui, inside);
    avatar_name(ui, name, seed, second_line);
    close_layout(ui);
  }
  draw_icon(ui, Icon::chevron_up, {rect.right() - 22, rect.centre().y - 7, 14, 14}, ui.color(Token::muted));
  in.last_item = item.id;  // the menu is anchored to the whole bar
  in.last_rect = rect;
  return item.pressed;
}

bool result_row(Ui& ui, std::string_view id, Icon icon, std::string_view label, std::string_view hint) {
  auto& in = ui.inside();
  const Rect rect = ui.place({ui.available_width(), ui.density() == Density::touch ? 48.0f : 38.0f});
  const Item item = in.item(ui.id(id), rect);
  if (item.hovered || item.focused) in.fill(rect, ui.color(Token::hover), radius::control);
  if (item.ring) in.ring(rect, radius::control);
  draw_icon(ui, icon, {rect.x + 10, rect.centre().y - 8, 16, 16}, ui.color(Token::muted));
  const float hint_width = std::min(in.width(hint, 12, Weight::regular), rect.w * 0.4f);
  in.draw_words({rect.x + 38, rect.y}, label, 14, rect.h, Weight::regular, ui.color(Token::text),
                rect.w - 38 - hint_width - 24);
  in.draw_words({rect.right() - hint_width - 10, rect.y}, hint, 12, rect.h, Weight::regular, ui.color(Token::muted),
                hint_width + 1);
  announce(ui, item, label, hint, {}, false);
  return item.pressed;
}

}  // namespace tw::ui
