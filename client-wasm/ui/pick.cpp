// See pick.h.
#include "client/ui/pick.h"

#include <algorithm>
#include <string>

#include "client/ui/overlay.h"
#include "client/ui/paint.h"
#include "imgui_internal.h"

namespace tw::ui {

float pick_row_height(Density density) { return density == Density::touch ? 44.0f : 36.0f; }

bool pick_row(Ui& ui, WidgetId id, const PickRow& options) {
  auto& in = ui.inside();
  const Rect rect = ui.place({ui.available_width(), pick_row_height(ui.density())});
  Item item = in.item(id, rect, {.disabled = options.disabled, .focus_on_press = false, .keys = false});
  const bool rests = in.lifts(item);  // a finger that stays does not press
  if (options.reveal)
    ImGui::ScrollToRectEx(ImGui::GetCurrentWindow(), ImRect(low(rect), high(rect)), ImGuiScrollFlags_KeepVisibleEdgeY);
  if (options.current) in.fill(rect, ui.color(Token::accent_soft), radius::control);
  if (options.current) in.frame(rect, ui.color(Token::accent), radius::control, 1.5f);
  if (item.hovered) in.fill(rect, ui.color(Token::hover), radius::control);
  show_hand(ui, item);
  float x = rect.x + 10;
  if (options.boxed) {
    draw_check(ui, {x, rect.centre().y - 8, 16, 16}, options.checked, nullptr);
    x += 28;
  }
  const Rect picture{x, rect.centre().y - 12, 24, 24};
  if (options.seed) {
    draw_avatar(ui, picture, options.label, options.seed);
  } else {
    draw_icon(ui, options.icon, picture.inset(4), ui.color(Token::muted));
  }
  x += 34;
  const float most = (rect.right() - x) * 0.5f;
  const float hint = std::min(in.width(options.hint, 12, Weight::regular), most);
  const float right = rect.right() - 10 - hint;
  in.draw_words({right, rect.y}, options.hint, 12, rect.h, Weight::regular, ui.color(Token::muted), hint + 1);
  in.draw_words({x, rect.y}, options.label, 14, rect.h,
                options.checked == Checked::yes ? Weight::semibold : Weight::regular,
                ui.color(options.disabled ? Token::muted : Token::text), right - x - space::s);
  a11y::Node node = node_of(item, a11y::Role::option, options.label);
  node.description =
      options.tip.empty() ? options.hint : ui.keep(std::string(options.hint) + ": " + std::string(options.tip));
  node.selected = options.current ? a11y::Tri::yes : a11y::Tri::no;
  if (options.boxed)
    node.checked = options.checked == Checked::yes     ? a11y::Tri::yes
                   : options.checked == Checked::mixed ? a11y::Tri::mixed
                                                       : a11y::Tri::no;
  node.focusable = false;
  in.tree.add(node);
  if (!options.tip.empty() && (item.hovered || options.current || rests)) in.show_tip(id, rect, options.tip, rests);
  return item.pressed;
}

bool pick_chip(Ui& ui, std::string_view id, std::string_view name, std::int64_t seed, std::string_view remove_name) {
  auto& in = ui.inside();
  const bool touch = ui.density() == Density::touch;
  const float height = touch ? 44 : 28;
  const float words = std::min(in.width(name, 14, Weight::regular), 160.0f);
  const Rect rect = ui.place({words + 60, height});
  const Item item = in.item(ui.id(id), rect);
  show_hand(ui, item);
  in.fill(rect, ui.color(Token::accent_soft), height / 2);
  if (item.hovered) in.fill(rect, ui.color(Token::hover), height / 2);
  if (item.ring) in.ring(rect, height / 2);
  draw_avatar(ui, {rect.x + 4, rect.centre().y - 10, 20, 20}, name, seed);
  in.draw_words({rect.x + 30, rect.y}, name, 14, height, Weight::regular, ui.color(Token::text), words + 1);
  draw_icon(ui, Icon::close, {rect.right() - 24, rect.centre().y - 7, 14, 14}, ui.color(Token::muted));
  in.tree.add(node_of(item, a11y::Role::button, remove_name));
  tooltip(ui, remove_name);
  return item.pressed;
}

}  // namespace tw::ui
