// See drag.h. A drag begins when a held widget has moved a little; targets judge it while it hovers; what is dragged is
// drawn at the pointer after everything else.
#include "client/ui/drag.h"

#include "client/ui/inside.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {
constexpr float starts_after = 6;
}

void drag_source(Ui& ui, FunctionRef<DragPayload()> payload) {
  auto& in = ui.inside();
  if (in.drag || !in.last_held || !ImGui::IsMouseDragging(ImGuiMouseButton_Left, starts_after)) return;
  if (ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen) return;  // a finger scrolls
  DragInFlight flight;
  flight.payload = payload();
  flight.source = in.last_item;
  flight.active = true;
  in.drag = std::move(flight);
  ui.request_frame();
}

const DragPayload* dragging(Ui& ui) {
  const auto& drag = ui.inside().drag;
  return drag && drag->active ? &drag->payload : nullptr;
}

std::optional<DragPayload> drop_target(Ui& ui, std::string_view id, std::string_view name, std::string_view kind,
                                       FunctionRef<DropVerdict(const DragPayload&)> judge, Body body) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const Rect at = next_place(ui, ui.available_width());
  a11y::Node node;
  node.id = own;
  node.role = a11y::Role::group;
  node.name = name;
  in.tree.add(node);
  std::optional<DragPayload> dropped;
  Rect area;
  {
    a11y::Open open(in.tree, own);
    IdScope scope(ui, id);
    LayoutFrame frame;
    frame.id = own ^ 0xd409u;
    frame.bounds = {at.x, at.y, at.w, std::max(0.0f, in.top().bounds.bottom() - at.y)};
    frame.least_height = in.top().least_height;
    open_layout(ui, frame);
    body();
    const Size extent = close_layout(ui);
    area = ui.place({at.w, extent.h});
  }
  if (a11y::Node* added = in.tree.find(own)) {
    added->x = area.x, added->y = area.y, added->w = area.w, added->h = area.h;
  }
  if (!in.drag || !in.drag->active || in.drag->payload.kind != kind) return dropped;
  if (!in.pointer_in(area)) return dropped;
  const DropVerdict verdict = judge(in.drag->payload);
  in.drag->over_target = true;
  in.drag->accepted = verdict.accepted;
  in.drag->words = verdict.words;
  const Color colour = ui.color(verdict.accepted ? Token::accent : Token::danger);
  in.fill(area, faded(colour, 0.10f), radius::card);
  in.frame(area, colour, radius::card, 2);
  if (verdict.accepted && ImGui::IsMouseReleased(ImGuiMouseButton_Left)) dropped = in.drag->payload;
  return dropped;
}

void Ui::Inside::draw_drag(Ui& ui) {
  if (!drag) return;
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    drag.reset();
    again = true;
    return;
  }
  if (take_key(Key::escape)) {
    drag.reset();
    ImGui::ClearActiveID();
    again = true;
    return;
  }
  cursor = drag->over_target && !drag->accepted ? Cursor::not_allowed : Cursor::grabbing;
  const std::string_view words = drag->payload.words;
  const std::string_view verdict = drag->over_target ? std::string_view(drag->words) : std::string_view();
  const float words_width = width(words, 14, Weight::semibold);
  const float verdict_width = verdict.empty() ? 0 : width(verdict, 12, Weight::semibold) + 40;
  const ImVec2 mouse = ImGui::GetMousePos();
  const Rect rect{mouse.x + 12, mouse.y + 12, words_width + verdict_width + 48, 44};
  ImGui::SetNextWindowPos(low(rect));
  ImGui::SetNextWindowSize({rect.w, rect.h});
  ImGui::Begin("##drag", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  list().PushClipRect({0, 0}, {info.viewport.w, info.viewport.h});
  shadow(rect, radius::card);
  fill(rect, theme.color(Token::raised), radius::card);
  frame(rect, theme.color(Token::accent), radius::card, 1.5f);
  draw_icon(ui, Icon::grip, {rect.x + 10, rect.y + 13, 18, 18}, theme.color(Token::muted));
  draw_words({rect.x + 34, rect.y}, words, 14, rect.h, Weight::semibold, theme.color(Token::text));
  if (!verdict.empty()) {
    const Tone tone = drag->accepted ? Tone::ended : Tone::danger;
    const Rect said{rect.x + 42 + words_width, rect.y + 11, verdict_width - 8, 22};
    fill(said, theme.ground(tone), radius::chip);
    circle({said.x + 11, said.centre().y}, 3, theme.ink(tone));
    draw_words({said.x + 20, said.y}, verdict, 12, said.h, Weight::semibold, theme.ink(tone));
  }
  list().PopClipRect();
  ImGui::End();
}

}  // namespace tw::ui
