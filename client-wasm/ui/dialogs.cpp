// See overlay.h: dialogs, sheets, toasts and tooltips. A dialog is open as long as the app draws it; focus goes in when
// it comes and back where it was when it is gone (Inside::settle_focus).
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "client/ui/floating.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/wrap.h"
#include "imgui_internal.h"

namespace tw::ui {

DialogResult dialog(Ui& ui, std::string_view id, const DialogOptions& options, Body body) {
  auto& in = ui.inside();
  DialogResult result;
  const WidgetId own = ui.id(id);
  char name[24];
  std::snprintf(name, sizeof name, "##dialog%08x", own);
  const ImGuiID popup = ImGui::GetCurrentWindow()->GetID(name);

  OpenModal* modal = nullptr;
  for (OpenModal& one : in.modals) {
    if (one.id == popup) modal = &one;
  }
  if (!modal) {
    in.modals.push_back({popup, in.focus, in.frame_number});
    modal = &in.modals.back();
    in.focus = in.wanted_focus = 0;
    ImGui::OpenPopupEx(popup, ImGuiPopupFlags_None);
    ui.request_frame();
  }
  modal->seen = in.frame_number;
  if (!ImGui::IsPopupOpen(popup, ImGuiPopupFlags_None)) ImGui::OpenPopupEx(popup, ImGuiPopupFlags_None);

  const bool phone = ui.is_phone();
  const float margin = phone ? 0.0f : 24.0f, padding = phone || options.bare ? space::l : space::xl;
  const float width = phone ? in.info.viewport.w : std::min(options.width, in.info.viewport.w - 2 * margin);
  const WidgetId body_memory = own ^ 0xb0d1u;
  const float footer_height = options.footer ? control_height(ui.density()) + 2 * space::l : space::l;
  const bool bare = options.bare && !phone;
  const float cross = control_height(ui.density());
  const float close_room = options.closable ? cross + space::s : 0.0f;
  const float title_width = width - 2 * padding - close_room;
  const float title_height =
      bare ? space::m
           : wrapped_height(in, options.title, Style::title, Weight::semibold, title_width) +
                 wrapped_height(in, options.subtitle, Style::body, Weight::regular, title_width) + padding + space::m;
  const float known = in.memory[body_memory].size.h;
  const float most = in.info.viewport.h - 2 * margin;
  const float height = phone ? most : std::min(most, title_height + known + footer_height + space::l);
  const float lowest = in.info.viewport.h - height;
  const float above = phone  ? 0
                      : bare ? std::min(in.info.viewport.h * 0.12f, lowest)
                             : std::max(margin, lowest * 0.42f);
  const Rect rect{std::floor((in.info.viewport.w - width) / 2), std::floor(above), width, height};
  ImGui::SetNextWindowPos(low(rect));
  ImGui::SetNextWindowSize({rect.w, std::max(8.0f, rect.h)});
  if (!ImGui::BeginPopupModal(name, nullptr, floating_flags | ImGuiWindowFlags_NoScrollWithMouse)) return result;
  const bool top = !in.modals.empty() && in.modals.back().id == popup;
  draw_panel(ui, rect, phone ? 0 : radius::card + 2);

  a11y::Node node;
  node.id = own;
  node.role = a11y::Role::dialog;
  node.name = options.title;
  node.description = options.subtitle;
  node.modal = true;
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  in.tree.open(0);  // beside everything else, which becomes inert
  in.tree.add(node);
  in.tree.close();
  in.tree.open(own);
  IdScope scope(ui, id);

  if (!bare) {
    LayoutFrame head;
    head.id = ui.id("head");
    head.gap = 0;
    head.bounds = {rect.x + padding, rect.y + padding, title_width, title_height};
    open_layout(ui, head);
    paragraph(ui, options.title, {.style = Style::title, .weight = Weight::semibold, .heading = 2});
    if (!options.subtitle.empty()) paragraph(ui, options.subtitle, {.color = Token::muted});
    close_layout(ui);
  }

  if (options.closable && !bare) {
    LayoutFrame corner;
    corner.bounds = {rect.right() - padding - cross + 10, rect.y + padding - (cross - 28) / 2, cross, cross};
    open_layout(ui, corner);
    modal->last_choice = ui.id("close");
    if (icon_button(ui, "close", Icon::close, options.close_name.empty() ? ui.tr("ui.close") : options.close_name)) {
      result.close = true;
    }
    close_layout(ui);
  }

  const float body_height = std::max(1.0f, rect.h - title_height - footer_height);
  const Rect body_rect{rect.x, rect.y + title_height, rect.w, body_height};
  a11y::Node part;
  part.id = ui.id("body");
  part.x = body_rect.x, part.y = body_rect.y, part.w = body_rect.w, part.h = body_rect.h;
  in.tree.add(part);
  in.tree.open(part.id);
  begin_child(ui, part.id, body_rect, true, false);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  LayoutFrame frame;
  frame.id = body_memory;
  frame.gap = space::l;
  frame.bounds = {start.x + padding, start.y + 4, rect.w - 2 * padding, phone ? body_height : most};
  open_layout(ui, frame);
  touch_scroll(ui);
  body();
  const Size extent = close_layout(ui);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy({1, extent.h + space::m});
  scroll_sign(ui);
  if (known == 0) {  // as low as nothing: what took the focus is looked at again when the body has its height
    ImGui::SetScrollY(0);
    if (!in.wanted_focus) in.wanted_focus = in.focus;
  }
  end_child(ui);
  in.tree.close();

  if (options.footer) {
    const float y = rect.bottom() - footer_height;
    in.line({rect.x, y}, {rect.right(), y}, ui.color(Token::soft_line));
    LayoutFrame foot;
    foot.id = ui.id("foot");
    foot.horizontal = true;
    foot.line = control_height(ui.density());
    foot.bounds = {rect.x + padding, y + space::l, rect.w - 2 * padding, foot.line};
    open_layout(ui, foot);
    spring(ui);
    options.footer();
    close_layout(ui);
  }
  in.tree.close();

  if (top && in.popups.empty()) {
    if (options.closable && in.take_key(Key::escape)) result.close = true;
    if (in.take_key(Key::enter) || in.take_key(Key::enter, true)) result.submit = true;
    if (options.closable && ImGui::IsMouseClicked(ImGuiMouseButton_Left) &&
        !rect.contains({ImGui::GetMousePos().x, ImGui::GetMousePos().y}) && in.memory[body_memory].frame > 0 &&
        known > 0) {
      result.close = true;
    }
  }
  ImGui::EndPopup();
  return result;
}

bool sheet(Ui& ui, std::string_view id, const SheetOptions& options, Body body) {
  auto& in = ui.inside();
  bool closed = false;
  const WidgetId own = ui.id(id);
  const Rect rect{std::max(0.0f, in.info.viewport.w - options.width), 0, std::min(options.width, in.info.viewport.w),
                  in.info.viewport.h};
  char name[24];
  std::snprintf(name, sizeof name, "##sheet%08x", own);
  ImGui::SetNextWindowPos(low(rect));
  ImGui::SetNextWindowSize({rect.w, rect.h});
  ImGui::Begin(name, nullptr,
               floating_flags | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoFocusOnAppearing);
  draw_panel(ui, rect, 0);
  a11y::Node node;
  node.id = own;
  node.role = a11y::Role::region;
  node.name = options.title;
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  in.tree.add(node);
  a11y::Open open(in.tree, own);
  IdScope scope(ui, id);
  const float footer_height = options.footer ? control_height(ui.density()) + 2 * space::l : 0;
  LayoutFrame frame;
  frame.id = ui.id("content");
  frame.gap = space::m;
  frame.bounds = {rect.x + space::xl, rect.y + space::l, rect.w - 2 * space::xl, rect.h - footer_height - space::l};
  open_layout(ui, frame);
  row(ui, [&] {
    column(ui, {.gap = 0}, [&] {
      text(ui, options.title, {.style = Style::subtitle, .weight = Weight::semibold, .heading = 2});
      if (!options.subtitle.empty()) caption(ui, options.subtitle);
    });
    spring(ui);
    closed = icon_button(ui, "close", Icon::close, options.close_name.empty() ? ui.tr("ui.close") : options.close_name);
  });
  scroll_area(ui, "body", {.gap = space::l}, body);
  close_layout(ui);
  if (options.footer) {
    LayoutFrame foot;
    foot.id = ui.id("foot");
    foot.horizontal = true;
    foot.line = control_height(ui.density());
    foot.bounds = {rect.x + space::xl, rect.bottom() - footer_height + space::l, rect.w - 2 * space::xl, foot.line};
    in.line({rect.x, foot.bounds.y - space::l}, {rect.right(), foot.bounds.y - space::l}, ui.color(Token::soft_line));
    open_layout(ui, foot);
    spring(ui);
    options.footer();
    close_layout(ui);
  }
  ImGui::End();
  if (!in.tree.top_modal() && in.popups.empty() && in.take_key(Key::escape)) closed = true;
  return closed;
}

ToastEvent toasts(Ui& ui, std::string_view close_name, const std::vector<Toast>& toasts) {
  auto& in = ui.inside();
  ToastEvent event;
  // Always there: what is added to a live region is spoken, a region that comes with its words is not.
  a11y::Node live;
  live.id = ui.id("toasts");
  live.role = a11y::Role::status;
  in.tree.open(0);  // beside a dialog, so that it is heard over one
  in.tree.add(live);
  in.tree.close();
  if (toasts.empty()) return event;
  const float width = std::min(420.0f, in.info.viewport.w - 32);
  const float gap_between = space::s, cross = control_height(ui.density());
  const auto room_of = [&](const Toast& toast) {
    const float action = toast.action.empty() ? 0 : in.width(toast.action, 14, Weight::semibold) + space::m;
    return width - space::l - space::s - cross - space::m - action;
  };
  const auto height_of = [&](const Toast& toast) {
    const auto lines = wrap(in, toast.words, font_size(Style::body), Weight::regular, room_of(toast)).size();
    return 32 + line_height(Style::body) * static_cast<float>(lines);
  };
  float total = 0;
  for (const Toast& toast : toasts) total += height_of(toast) + gap_between;
  const float lift = ui.has_bottom_bar() ? 72.0f : space::xl;
  const Rect area{ui.is_phone() ? space::l : in.info.viewport.w - width - space::xl, in.info.viewport.h - total - lift,
                  width, total};
  ImGui::SetNextWindowPos(low(area));
  ImGui::SetNextWindowSize({area.w, area.h});
  ImGui::Begin("##toasts", nullptr, floating_flags | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  a11y::Open open(in.tree, live.id);
  const auto reachable = [&](std::string_view name) {
    if (a11y::Node* one = in.tree.find(ui.id(name))) one->focusable = in.tree.top_modal() == 0;
  };
  float y = area.y;
  for (const Toast& toast : toasts) {
    IdScope scope(ui, toast.id);
    const float height = height_of(toast);
    const Rect rect{area.x, y, width, height};
    y += height + gap_between;
    draw_panel(ui, rect);
    in.fill({rect.x, rect.y + 10, 3, rect.h - 20}, ui.theme().ink(toast.tone), 1.5f);
    a11y::Node node;
    node.id = ui.id("toast");
    node.role = toast.tone == Tone::danger ? a11y::Role::alert : a11y::Role::group;
    node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
    in.tree.add(node);
    a11y::Open in_toast(in.tree, node.id);
    LayoutFrame frame;
    frame.id = ui.id("content");
    frame.horizontal = true;
    frame.line = height;
    frame.gap = space::m;
    frame.bounds = {rect.x + space::l, rect.y, rect.w - space::l - space::s, height};
    open_layout(ui, frame);
    paragraph(ui, toast.words, {.max_width = room_of(toast)});
    spring(ui);
    if (!toast.action.empty() && link(ui, "action", toast.action, {.weight = Weight::semibold}))
      event = {toast.id, true};
    if (icon_button(ui, "close", Icon::close, close_name)) event = {toast.id, false};
    for (const char* name : {"action", "close"}) reachable(name);
    close_layout(ui);
  }
  ImGui::End();
  return event;
}

void tooltip(Ui& ui, std::string_view words) {
  auto& in = ui.inside();
  if (words.empty() || in.last_held) return;
  const ImGuiIO& io = ImGui::GetIO();
  const bool touch = io.MouseSource == ImGuiMouseSource_TouchScreen;
  if (in.last_ring || (in.last_hovered && !touch)) in.show_tip(in.last_item, in.last_rect, words, in.last_ring);
}

}  // namespace tw::ui
