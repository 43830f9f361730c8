// See controls.h. Here: buttons, links and chips. What chooses (checkbox, radio, tabs) is in choices.cpp.
#include "client/ui/controls.h"

#include <algorithm>
#include <cmath>

#include "client/ui/inside.h"
#include "client/ui/overlay.h"
#include "client/ui/paint.h"

namespace tw::ui {

Paint paint_of(Ui& ui, ButtonKind kind) {
  switch (kind) {
    case ButtonKind::primary:
      return {ui.color(Token::accent), {}, ui.color(Token::on_accent)};
    case ButtonKind::danger:
      return {ui.color(Token::surface), ui.color(Token::line), ui.color(Token::danger)};
    case ButtonKind::ghost:
      return {{}, {}, ui.color(Token::text)};
    case ButtonKind::secondary:
      return {ui.color(Token::surface), ui.color(Token::line), ui.color(Token::text)};
  }
  return {};
}

void draw_button_ground(Ui& ui, const Item& item, const Paint& paint, float rounding) {
  auto& in = ui.inside();
  const float share = item.disabled ? 0.55f : 1.0f;
  in.fill(item.rect, faded(paint.ground, share), rounding);
  if (item.hovered && !item.disabled) {
    const bool on_accent = paint.ground == ui.color(Token::accent);
    // The veil is the text's colour: the words on the accent gain contrast under the pointer, in every theme.
    const Color veil = on_accent ? faded(ui.color(Token::text), item.held ? 0.24f : 0.12f) : ui.color(Token::hover);
    in.fill(item.rect, veil, rounding);
    if (item.held && !on_accent) in.fill(item.rect, veil, rounding);
  }
  in.frame(item.rect, paint.border, rounding);
  if (item.ring) in.ring(item.rect, rounding);
}

void show_hand(Ui& ui, const Item& item) {
  if (item.hovered) ui.inside().cursor = item.disabled ? Cursor::not_allowed : Cursor::hand;
}

bool button(Ui& ui, std::string_view id, std::string_view label, const ButtonOptions& options) {
  auto& in = ui.inside();
  const float height = control_height(ui.density());
  const float text_width = in.width(label, 14, Weight::semibold);
  const float icon_space = options.icon == Icon::none ? 0 : button_icon_size + 6;
  const float menu_space = options.has_menu ? 18 : 0;
  float width = text_width + icon_space + menu_space + 28;
  if (options.width > 0) width = options.width;
  if (options.full_width) width = ui.available_width();
  const Rect rect = ui.place({width, height});
  const bool off = options.disabled || options.busy;
  const Item item = in.item(ui.id(id), rect, {.disabled = off});
  show_hand(ui, item);

  const Paint paint = paint_of(ui, options.kind);
  draw_button_ground(ui, item, paint);
  const Color colour = item.disabled && !in.is_disabled() ? faded(paint.ink, 0.55f) : paint.ink;
  const float inner = std::min(text_width + icon_space + menu_space, width - 16);
  float x = rect.x + (width - inner) / 2;
  if (options.icon != Icon::none) {
    draw_icon(ui, options.icon, {x, rect.centre().y - button_icon_size / 2, button_icon_size, button_icon_size},
              colour);
    x += icon_space;
  }
  const float room = inner - icon_space - menu_space;
  const bool cut = in.draw_words({x, rect.y}, label, 14, height, Weight::semibold, colour, room + 0.5f);
  if (options.has_menu) {
    draw_icon(ui, Icon::chevron_down, {x + room + 5, rect.centre().y - 6, 12, 12}, colour);
  }
  if (options.busy) {
    const bool still = in.info.reduced_motion;
    const float phase = still ? 0.5f : static_cast<float>(std::fmod(in.seconds, 1.2) / 1.2);
    const float part = rect.w * 0.35f;
    in.list().PushClipRect(low(rect), high(rect), true);
    in.fill({rect.x + phase * (rect.w + part) - part, rect.bottom() - 2, part, 2}, colour, 1);
    in.list().PopClipRect();
    if (!still) ui.request_frame_in(33);
  }

  a11y::Node node = node_of(item, a11y::Role::button, label);
  node.busy = options.busy;
  node.has_popup = options.has_menu;
  node.shortcut = spoken_shortcut(ui, options.shortcut);
  node.description = item.disabled && !options.why_disabled.empty() ? options.why_disabled : options.tooltip;
  in.tree.add(node);
  if (item.disabled && !options.why_disabled.empty()) {
    tooltip(ui, options.why_disabled);
  } else if (!options.tooltip.empty()) {
    tooltip(ui, options.tooltip);
  } else if (cut) {
    tooltip(ui, label);
  }
  return item.pressed;
}

bool icon_button(Ui& ui, std::string_view id, Icon icon, std::string_view name, const IconButtonOptions& options) {
  auto& in = ui.inside();
  const float height = control_height(ui.density());
  const Rect rect = ui.place({height, height});
  const Item item = in.item(ui.id(id), rect, {.disabled = options.disabled});
  show_hand(ui, item);
  Paint paint = paint_of(ui, options.kind);
  if (options.kind == ButtonKind::ghost) paint.ink = ui.color(item.hovered ? Token::text : Token::muted);
  if (options.pressed) {
    paint.ground = ui.color(Token::accent_soft);
    paint.ink = ui.color(Token::accent);
  }
  draw_button_ground(ui, item, paint);
  const float size = 18;
  draw_icon(ui, icon, {rect.centre().x - size / 2, rect.centre().y - size / 2, size, size},
            item.disabled ? faded(paint.ink, 0.5f) : paint.ink);
  if (options.badge > 0) {
    in.circle({rect.right() - 8, rect.y + 8}, 5, ui.color(Token::surface));
    in.circle({rect.right() - 8, rect.y + 8}, 4, ui.color(Token::danger));
  }
  a11y::Node node = node_of(item, a11y::Role::button, name);
  node.has_popup = options.has_menu;
  node.shortcut = spoken_shortcut(ui, options.shortcut);
  if (options.pressed) node.checked = a11y::Tri::yes;
  if (options.badge > 0) node.description = ui.keep(std::to_string(options.badge));
  in.tree.add(node);
  tooltip(ui, options.shortcut.empty() ? name : ui.keep(std::string(name) + "  " + std::string(options.shortcut)));
  return item.pressed;
}

bool link(Ui& ui, std::string_view id, std::string_view label, const LinkOptions& options) {
  auto& in = ui.inside();
  const float natural = in.width(label, font_size(options.style), options.weight);
  float width = natural;
  if (options.max_width > 0) width = std::min(width, options.max_width);
  if (!in.top().horizontal) width = std::min(width, ui.available_width());
  const Rect rect = ui.place({width, line_height(options.style)});
  const Item item = in.item(ui.id(id), rect);
  show_hand(ui, item);
  const Color colour = ui.color(item.hovered && options.color == Token::muted ? Token::accent : options.color);
  const bool cut = in.draw_words({rect.x, rect.y}, label, options.style, options.weight, colour, width);
  if (item.hovered) in.line({rect.x, rect.bottom() - 2}, {rect.right(), rect.bottom() - 2}, faded(colour, 0.7f));
  if (item.ring) in.ring(rect, 3);
  a11y::Node node = node_of(item, options.path.empty() ? a11y::Role::button : a11y::Role::link, label);
  node.path = options.path;
  in.tree.add(node);
  if (cut) tooltip(ui, label);
  return in.follows(item, options.path);
}

void chip(Ui& ui, std::string_view label, const ChipOptions& options) {
  auto& in = ui.inside();
  const float dot = options.dot ? 12 : 0;
  const float words = in.width(label, 12, Weight::semibold);
  float width = words + dot + 16;
  if (!in.top().horizontal) width = std::min(width, ui.available_width());
  const Rect rect = ui.place({width, 22});
  const Color colour = ui.theme().ink(options.tone);
  in.fill(rect, ui.theme().ground(options.tone), radius::chip);
  if (options.dot) in.circle({rect.x + 11, rect.centre().y}, 3, colour);
  in.draw_words({rect.x + 8 + dot, rect.y}, label, 12, rect.h, Weight::semibold, colour, rect.w - dot - 14);
  in.tree.add_text(label, rect.x, rect.y, rect.w, rect.h);
}

bool chip_button(Ui& ui, std::string_view id, std::string_view label, bool selected) {
  auto& in = ui.inside();
  const float height = ui.density() == Density::touch ? 44 : 32;
  const Rect rect = ui.place({in.width(label, 14, Weight::regular) + 28, height});
  const Item item = in.item(ui.id(id), rect);
  show_hand(ui, item);
  Paint paint = paint_of(ui, ButtonKind::secondary);
  if (selected) {
    paint.ground = ui.color(Token::accent_soft);
    paint.border = paint.ink = ui.color(Token::accent);
  }
  draw_button_ground(ui, item, paint);
  in.draw_words({rect.x + 14, rect.y}, label, 14, height, Weight::regular, paint.ink);
  a11y::Node node = node_of(item, a11y::Role::button, label);
  if (selected) node.checked = a11y::Tri::yes;
  in.tree.add(node);
  return item.pressed;
}

FilterChipEvent filter_chip(Ui& ui, std::string_view id, std::string_view sentence, std::string_view remove_name) {
  auto& in = ui.inside();
  IdScope scope(ui, id);
  const bool touch = ui.density() == Density::touch;
  const float height = touch ? 44 : 32, cross = touch ? 44 : 28;
  const float words = std::min(in.width(sentence, 14, Weight::regular), 320.0f);
  const Rect rect = ui.place({words + 16 + cross, height});
  const Item main = in.item(ui.id("open"), {rect.x, rect.y, rect.w - cross, height});
  const Rect cross_rect{rect.right() - cross, rect.y, cross, height};
  show_hand(ui, main);
  in.fill(rect, ui.color(Token::accent_soft), radius::control);
  if (main.hovered) in.fill(main.rect, ui.color(Token::hover), radius::control);
  in.draw_words({rect.x + 12, rect.y}, sentence, 14, height, Weight::regular, ui.color(Token::accent), words + 1);
  if (main.ring) in.ring(rect, radius::control);
  in.tree.add(node_of(main, a11y::Role::button, sentence));
  const Item remove = in.item(ui.id("remove"), cross_rect);
  show_hand(ui, remove);
  if (remove.hovered) in.fill(cross_rect, ui.color(Token::hover), radius::control);
  draw_icon(ui, Icon::close, {cross_rect.centre().x - 7, cross_rect.centre().y - 7, 14, 14}, ui.color(Token::accent));
  if (remove.ring) in.ring(cross_rect, radius::control);
  in.tree.add(node_of(remove, a11y::Role::button, remove_name));
  tooltip(ui, remove_name);
  return remove.pressed ? FilterChipEvent::remove : main.pressed ? FilterChipEvent::open : FilterChipEvent::none;
}

}  // namespace tw::ui
