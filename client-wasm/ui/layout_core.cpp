// Placing: the stack of open containers, what it remembers between frames, and child windows. A row learns in one frame
// what springs and long texts need in the next; a change settles after one more frame.
#include <algorithm>
#include <cfloat>
#include <cmath>

#include "client/ui/inside.h"
#include "imgui_internal.h"

namespace tw::ui {

WidgetId Ui::Inside::nth_id(const char* what) {
  const WidgetId parent = ids.back() ^ (layout.empty() ? 0u : layout.back().id);
  const std::uint32_t n = nth[parent]++;
  const WidgetId id = ImHashData(&n, sizeof n, ImHashStr(what, 0, parent));
  return id == 0 ? 1 : id;
}

LayoutFrame& open_layout(Ui& ui, const LayoutFrame& frame) {
  auto& inside = ui.inside();
  LayoutFrame& opened = inside.layout.emplace_back(frame);
  opened.x = opened.right = frame.bounds.x;
  opened.y = opened.bottom = frame.bounds.y;
  if (opened.horizontal) {
    const Memory& known = inside.memory[opened.id];
    const float rest = opened.bounds.w - known.natural;
    if (known.springs > 0 && rest > 0 && !opened.shrink) opened.spring = rest / static_cast<float>(known.springs);
    if (rest < 0 && !opened.wrap) opened.overflow = -rest;
  }
  return opened;
}

Size close_layout(Ui& ui) {
  auto& inside = ui.inside();
  const LayoutFrame closed = inside.layout.back();
  inside.layout.pop_back();
  Size extent{closed.right - closed.bounds.x, std::max(closed.bottom - closed.bounds.y, closed.least_height)};
  if (closed.id) {
    Memory& known = inside.memory[closed.id];
    if (known.natural != closed.natural || known.springs != closed.springs || known.size.h != extent.h) {
      inside.again = true;
    }
    known = {closed.natural, closed.springs, closed.items, extent, inside.frame_number};
  }
  return extent;
}

Rect next_place(Ui& ui, float width) {
  const LayoutFrame& top = ui.inside().top();
  if (!top.horizontal) return {top.x, top.empty ? top.y : top.y + top.gap, width, 0};
  const float x = top.empty ? top.x : top.x + top.gap;
  if (top.wrap && !top.empty && x + width > top.bounds.right() + 0.5f) {
    return {top.bounds.x, top.bottom + top.gap, width, 0};
  }
  return {x, top.y, width, 0};
}

bool in_sight(Ui& ui, float height) {
  const Rect at = next_place(ui, ui.available_width());
  return ImGui::IsRectVisible(low(at), {at.right(), at.y + height});
}

Rect Ui::place(Size wanted) {
  auto& in = *inside_;
  Rect at = next_place(*this, wanted.w);
  LayoutFrame& top = in.top();
  at.w = wanted.w;
  at.h = wanted.h;
  if (top.horizontal) {
    top.natural += wanted.w + (top.empty ? 0 : top.gap);
    top.y = at.y;
    if (wanted.h < top.line) at.y += (top.line - wanted.h) / 2;
    top.x = at.x + wanted.w;
    top.bottom = std::max({top.bottom, top.y + top.line, at.bottom()});
  } else {
    top.y = at.y + wanted.h;
    top.bottom = std::max(top.bottom, top.y);
  }
  top.right = std::max(top.right, at.right());
  top.empty = false;
  ++top.items;

  // What ImGui's window must be able to scroll to.
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  window->DC.CursorMaxPos = ImMax(window->DC.CursorMaxPos, high(at));
  window->DC.IdealMaxPos = ImMax(window->DC.IdealMaxPos, high(at));
  return at;
}

bool begin_child(Ui& ui, WidgetId id, Rect rect, bool scroll_y, bool scroll_x) {
  ImGui::SetCursorScreenPos(low(rect));
  ImGuiWindowFlags flags = ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoMove;
  if (!scroll_y) flags |= ImGuiWindowFlags_NoScrollWithMouse | (scroll_x ? 0 : ImGuiWindowFlags_NoScrollbar);
  if (scroll_x) flags |= ImGuiWindowFlags_HorizontalScrollbar;
  if (ui.is_phone()) flags |= ImGuiWindowFlags_NoScrollbar;  // see scroll_sign
  // ImGui dislikes empty children.
  return ImGui::BeginChild(id, {std::max(1.0f, rect.w), std::max(1.0f, rect.h)}, ImGuiChildFlags_None, flags);
}

// On a phone nobody drags a bar, and it would take width from everything: there it is only a sign over the content.
void scroll_sign(Ui& ui) {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (!ui.is_phone() || window->ScrollMax.y <= 0) return;
  const float high = window->Size.y, part = high / (high + window->ScrollMax.y);
  const float size = std::max(24.0f, high * part), way = high - size - 4;
  ui.inside().fill(
      {window->Pos.x + window->Size.x - 4, window->Pos.y + 2 + way * window->Scroll.y / window->ScrollMax.y, 3, size},
      ui.color(Token::control_line), 1.5f);
}

void end_child(Ui&) { ImGui::EndChild(); }

Point Ui::Inside::finger_moves(WidgetId area, bool over) {
  constexpr float newest_share = 0.4f, slows_down = 4, slowest = 20;
  const ImGuiIO& io = ImGui::GetIO();
  const bool touches = io.MouseSource == ImGuiMouseSource_TouchScreen && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (over) next_finger_area = area;  // the last one to say so is the innermost
  const bool ours = glide.area == area || (glide.area == 0 && finger_area == area);
  if (touches && ours && !drag && !hold.lifted && ImGui::IsMouseDragging(ImGuiMouseButton_Left, finger_slop)) {
    ImGui::ClearActiveID();  // what was touched is not pressed
    if (glide.area != area) glide = {area, {}};
    const auto blend = [&](float speed, float moved) {
      return speed * (1 - newest_share) + moved / io.DeltaTime * newest_share;
    };
    glide.speed = {blend(glide.speed.x, io.MouseDelta.x), blend(glide.speed.y, io.MouseDelta.y)};
    return {io.MouseDelta.x, io.MouseDelta.y};
  }
  if (glide.area != area) return {};
  const bool slow = std::abs(glide.speed.x) < slowest && std::abs(glide.speed.y) < slowest;
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left) || slow || info.reduced_motion) {
    glide = {};
    return {};
  }
  const Point moved{glide.speed.x * io.DeltaTime, glide.speed.y * io.DeltaTime};
  const float left = std::exp(-slows_down * io.DeltaTime);
  glide.speed = {glide.speed.x * left, glide.speed.y * left};
  again = true;
  return moved;
}

void touch_scroll(Ui& ui) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  if (window->ScrollMax.x <= 0 && window->ScrollMax.y <= 0) return;
  const bool over = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem |
                                           ImGuiHoveredFlags_ChildWindows | ImGuiHoveredFlags_NoPopupHierarchy);
  const Point moved = ui.inside().finger_moves(window->ID, over);
  window->Scroll.x = std::clamp(window->Scroll.x - moved.x, 0.0f, window->ScrollMax.x);
  window->Scroll.y = std::clamp(window->Scroll.y - moved.y, 0.0f, window->ScrollMax.y);
}

}  // namespace tw::ui
