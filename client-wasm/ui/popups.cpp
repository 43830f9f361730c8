// See overlay.h: menus and popovers. ImGui keeps the stack of popups and blocks the pointer under them; focus, Escape
// and arrows are ours.
#include <algorithm>

#include "client/ui/floating.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

void close_top(Ui& ui, WidgetId id) {
  auto& in = ui.inside();
  if (const OpenPopup* popup = find_popup(in, id)) in.wanted_focus = popup->return_focus;
  ImGui::CloseCurrentPopup();
  ui.request_frame();
}

// Moves the focus through the items of a menu or list box that was drawn in this frame.
void arrows_through(Ui& ui, WidgetId container, bool fresh) {
  auto& in = ui.inside();
  std::vector<const a11y::Node*> items;
  std::size_t at = 0, chosen = 0;
  bool inside = false;
  for (const a11y::Node& node : in.tree.nodes()) {
    const bool item = node.role == a11y::Role::menu_item || node.role == a11y::Role::menu_item_checkbox ||
                      node.role == a11y::Role::option;
    if (!item || node.disabled || !in.tree.is_inside(node, container)) continue;
    if (node.id == in.focus) at = items.size(), inside = true;
    if (node.selected == a11y::Tri::yes) chosen = items.size();
    items.push_back(&node);
  }
  if (items.empty()) return;
  std::size_t next = at;
  if (fresh && !inside) {
    next = chosen;
  } else {
    if (!inside) return;
    if (in.take_key(Key::down)) next = (at + 1) % items.size();
    if (in.take_key(Key::up)) next = (at + items.size() - 1) % items.size();
    if (in.take_key(Key::home)) next = 0;
    if (in.take_key(Key::end)) next = items.size() - 1;
    if (next == at) return;
  }
  ui.focus(items[next]->id);
  in.focus = items[next]->id;
}

// Where a popup stands: under its anchor, or above when there is no room; inside the page in any case.
Rect beside(const Ui::Inside& in, Rect anchor, Size size) {
  Rect rect{anchor.x, anchor.bottom() + 4, size.w, size.h};
  if (rect.right() > in.info.viewport.w - 8) rect.x = std::max(8.0f, anchor.right() - size.w);
  if (rect.right() > in.info.viewport.w - 8) rect.x = in.info.viewport.w - 8 - size.w;
  if (rect.bottom() > in.info.viewport.h - 8) {
    const float above = anchor.y - 4 - size.h;
    rect.y = above >= 8 ? above : std::max(8.0f, in.info.viewport.h - 8 - size.h);
  }
  return rect;
}

}  // namespace

OpenPopup* find_popup(Ui::Inside& in, WidgetId id) {
  for (OpenPopup& popup : in.popups) {
    if (popup.id == id) return &popup;
  }
  return nullptr;
}

void open_popup(Ui& ui, WidgetId id) {
  auto& in = ui.inside();
  std::erase_if(in.popups, [&](const OpenPopup& popup) { return popup.id == id; });
  in.popups.push_back({id, in.last_rect, in.last_item, in.frame_number});
  ImGui::OpenPopupEx(id, ImGuiPopupFlags_None);
  ui.request_frame();
}

void draw_panel(Ui& ui, Rect rect, float rounding) {
  auto& in = ui.inside();
  ImDrawList& list = in.list();
  list.PushClipRect({0, 0}, {in.info.viewport.w, in.info.viewport.h});
  in.shadow(rect, rounding);
  in.fill(rect, ui.color(Token::raised), rounding);
  in.frame(rect, ui.color(Token::line), rounding);
  list.PopClipRect();
}

bool floating(Ui& ui, WidgetId id, a11y::Role role, std::string_view name, float width, float padding, float gap,
              Body body) {
  auto& in = ui.inside();
  const OpenPopup* popup = find_popup(in, id);
  if (!popup) return false;
  const OpenPopup open_popup_copy = *popup;
  if (!ImGui::IsPopupOpen(id, ImGuiPopupFlags_None)) {  // a click beside it closed it
    std::erase_if(in.popups, [&](const OpenPopup& one) { return one.id == id; });
    return false;
  }
  const WidgetId content = id ^ 0x51a7u;
  const Memory known = in.memory[content];
  const float most = in.info.viewport.h - 16;
  const float wide =
      width > 0 ? std::min(width, in.info.viewport.w - 16) : std::clamp(known.natural + 2 * padding, 160.0f, 420.0f);
  const float tall = std::min(most, known.size.h + 2 * padding);
  const bool fresh = known.frame + 2 < in.frame_number;
  Rect rect = beside(in, open_popup_copy.anchor, {wide, tall});
  if (fresh) {  // not measured yet
    rect.x = -4000;
    in.again = true;
  }
  ImGui::SetNextWindowPos(low(rect));
  ImGui::SetNextWindowSize({rect.w, std::max(rect.h, 8.0f)});
  if (!ImGui::BeginPopupEx(id, floating_flags & ~ImGuiWindowFlags_NoScrollbar)) return false;
  draw_panel(ui, rect);
  a11y::Node node;
  node.id = id;
  node.role = role;
  node.name = name;
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  in.tree.add(node);
  in.tree.open(id);
  in.ids.push_back(id);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  LayoutFrame frame;
  frame.id = content;
  frame.gap = gap;
  frame.bounds = {start.x + padding, start.y + padding, rect.w - 2 * padding, most};
  touch_scroll(ui);
  open_layout(ui, frame);
  body();
  const Size extent = close_layout(ui);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy({1, extent.h + 2 * padding});
  in.ids.pop_back();
  in.tree.close();
  const bool is_list = role == a11y::Role::menu || role == a11y::Role::list_box;
  if (is_list) arrows_through(ui, id, in.frame_number - open_popup_copy.opened < 4);
  if (in.take_key(Key::escape) || (is_list && (in.take_key(Key::tab) || in.take_key(Key::tab, false, true)))) {
    close_top(ui, id);
  }
  ImGui::EndPopup();
  return true;
}

void open_menu(Ui& ui, std::string_view id) { open_popup(ui, ui.id(id)); }

bool menu(Ui& ui, std::string_view id, std::string_view name, Body items) {
  return floating(ui, ui.id(id), a11y::Role::menu, name, 0, 4, 0, items);
}

void open_popover(Ui& ui, std::string_view id) { open_popup(ui, ui.id(id)); }

bool popover(Ui& ui, std::string_view id, std::string_view name, float width, Body body) {
  return floating(ui, ui.id(id), a11y::Role::dialog, name, width, space::l, space::m, body);
}

void close_popover(Ui& ui) {
  auto& in = ui.inside();
  if (!in.popups.empty()) in.wanted_focus = in.popups.back().return_focus;
  ImGui::CloseCurrentPopup();
  ui.request_frame();
}

bool menu_item(Ui& ui, std::string_view id, std::string_view label, const MenuItemOptions& options) {
  auto& in = ui.inside();
  const float hint_height = options.hint.empty() ? 0 : line_height(Style::caption);
  const float height = (ui.density() == Density::touch ? 44.0f : 34.0f) + hint_height;
  const float lead = options.checkable || options.icon != Icon::none ? 28.0f : 0.0f;
  const float shortcut = options.shortcut.empty() ? 0 : in.width(options.shortcut, 12, Weight::regular) + 24;
  const float natural = lead +
                        std::max(in.width(label, 14, Weight::regular),
                                 options.hint.empty() ? 0 : in.width(options.hint, 12, Weight::regular)) +
                        shortcut + 24;
  in.top().natural = std::max(in.top().natural, natural);  // a menu is as wide as its widest item
  const Rect rect = ui.place({ui.available_width(), height});
  const Item item = in.item(ui.id(id), rect, {.disabled = options.disabled});
  if (item.hovered && !item.disabled) in.cursor = Cursor::hand;
  if ((item.hovered && !item.disabled) || item.focused) in.fill(rect, ui.color(Token::hover), radius::chip);
  if (item.ring) in.frame(rect, ui.color(Token::accent), radius::chip, 1.5f);
  Color colour = ui.color(options.danger ? Token::danger : Token::text);
  if (item.disabled) colour = faded(colour, 0.5f);
  const float first = rect.y + (height - 20 - hint_height) / 2;
  const Icon icon = options.checkable ? (options.checked ? Icon::check : Icon::none) : options.icon;
  if (icon != Icon::none) {
    draw_icon(ui, icon, {rect.x + 10, first + 2, 16, 16},
              options.checked  ? ui.color(Token::accent)
              : options.danger ? colour
                               : ui.color(Token::muted));
  }
  in.draw_words({rect.x + 12 + lead, first}, label, Style::body, Weight::regular, colour,
                rect.w - lead - shortcut - 22);
  if (!options.hint.empty()) {
    in.draw_words({rect.x + 12 + lead, first + 20}, options.hint, Style::caption, Weight::regular,
                  ui.color(Token::muted), rect.w - lead - 22);
  }
  if (shortcut > 0) {
    in.draw_words({rect.right() - shortcut + 12, first}, options.shortcut, 12, 20, Weight::regular,
                  ui.color(Token::muted));
  }
  a11y::Node node = node_of(item, options.checkable ? a11y::Role::menu_item_checkbox : a11y::Role::menu_item, label);
  node.description = item.disabled ? options.why_disabled : options.hint;
  node.shortcut = spoken_shortcut(ui, options.shortcut);
  node.focusable = item.focused;
  if (options.checkable) node.checked = options.checked ? a11y::Tri::yes : a11y::Tri::no;
  in.tree.add(node);
  if (item.disabled && !options.why_disabled.empty()) tooltip(ui, options.why_disabled);
  if (item.pressed) close_popover(ui);
  return item.pressed;
}

void menu_separator(Ui& ui) {
  const Rect at = ui.place({ui.available_width(), 9});
  ui.inside().line({at.x + 8, at.y + 4}, {at.right() - 8, at.y + 4}, ui.color(Token::line));
}

void menu_heading(Ui& ui, std::string_view label) {
  auto& in = ui.inside();
  const Rect at = ui.place({ui.available_width(), 26});
  in.draw_words({at.x + 12, at.y + 5}, label, Style::caption, Weight::semibold, ui.color(Token::muted), at.w - 24);
  in.tree.add_text(label, at.x, at.y, at.w, at.h);
}

}  // namespace tw::ui
