// See bars.h.
#include "client/ui/bars.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "client/ui/indicators.h"
#include "client/ui/inside.h"
#include "client/ui/text.h"
#include "imgui_internal.h"

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

void key_caps(Ui& ui, std::string_view keys) {
  auto& in = ui.inside();
  constexpr float high = 22, gap = 4, size = 12;
  std::vector<std::pair<std::string_view, float>> caps;
  float wide = -gap;
  for (std::string_view rest = keys; !rest.empty();) {
    const std::size_t sign = rest.substr(0, 3) == "⌘" || rest.substr(0, 3) == "⇧" ? 3 : 0;  // a key of its own
    const std::string_view cap = rest.substr(0, sign ? sign : rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), cap.size() + (sign && rest.substr(sign, 1) != " " ? 0 : 1)));
    caps.emplace_back(cap, std::max(high, in.width(cap, size, Weight::regular) + 12));
    wide += caps.back().second + gap;
  }
  Rect at = ui.place({std::max(wide, 0.0f), high});
  in.tree.add_text(keys, at.x, at.y, at.w, at.h);
  for (const auto& [cap, width] : caps) {
    at.w = width;
    in.fill(at, ui.color(Token::background), 5);
    in.frame(at, ui.color(Token::line), 5, 1);
    in.draw_words({at.x + (width - in.width(cap, size, Weight::regular)) / 2, at.y}, cap, size, high, Weight::regular,
                  ui.color(Token::muted));
    at.x += width + gap;
  }
}

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
  return item.pressed;
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

float result_row_height(Density density) { return density == Density::touch ? 48.0f : 38.0f; }

bool result_row(Ui& ui, WidgetId id, const ResultRow& options) {
  auto& in = ui.inside();
  const bool off = !options.why_disabled.empty();
  const Rect rect = ui.place({ui.available_width(), result_row_height(ui.density())});
  const Item item = in.item(id, rect, {.disabled = off, .focus_on_press = false, .keys = false});
  if (options.reveal)
    ImGui::ScrollToRectEx(ImGui::GetCurrentWindow(), ImRect(low(rect), high(rect)), ImGuiScrollFlags_KeepVisibleEdgeY);
  if (options.current) in.fill(rect, ui.color(Token::accent_soft), radius::control);
  if (options.current) in.frame(rect, ui.color(Token::accent), radius::control, 1.5f);
  if (item.hovered && !off) in.fill(rect, ui.color(Token::hover), radius::control);
  if (item.hovered && !off) in.cursor = Cursor::hand;
  draw_icon(ui, options.icon, {rect.x + 10, rect.centre().y - 8, 16, 16}, ui.color(Token::muted));
  float right = rect.right() - 10;
  const auto at_the_end = [&](std::string_view words, float most) {
    if (words.empty()) return;
    const float wide = std::min(in.width(words, 12, Weight::regular), most);
    in.draw_words({right - wide, rect.y}, words, 12, rect.h, Weight::regular, ui.color(Token::muted), wide + 1);
    right -= wide + space::m;
  };
  at_the_end(options.shortcut, 80);
  at_the_end(off ? options.why_disabled : options.hint, rect.w * 0.45f);
  in.draw_words({rect.x + 38, rect.y}, options.label, 14, rect.h, Weight::regular,
                ui.color(off ? Token::muted : Token::text), right - rect.x - 38);
  a11y::Node node = node_of(item, a11y::Role::option, options.label);
  node.description = off ? options.why_disabled : options.hint;
  node.shortcut = spoken_shortcut(ui, options.shortcut);
  node.selected = options.current ? a11y::Tri::yes : a11y::Tri::no;
  node.focusable = false;
  in.tree.add(node);
  return item.pressed;
}

void active_choice(Ui& ui, WidgetId field, WidgetId choice) {
  a11y::Node* node = ui.tree().find(field);
  if (!node || !choice) return;
  node->active = choice;
  node->expanded = a11y::Tri::yes;
}

void live_count(Ui& ui, std::string_view words) {
  auto& in = ui.inside();
  a11y::Node node;
  node.id = in.nth_id("live-count");
  node.role = a11y::Role::status;
  in.tree.add(node);
  a11y::Open open(in.tree, node.id);
  caption(ui, words);
}

}  // namespace tw::ui
