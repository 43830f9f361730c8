// See drag.h. A drag begins when a held widget has moved a little; targets judge it while it hovers; what is dragged is
// drawn at the pointer after everything else. Carried by the keyboard, every target of its kind judges it in every
// frame and is remembered with its verdict; the keys are taken before anything is drawn.
#include "client/ui/drag.h"

#include <algorithm>
#include <utility>

#include "client/ui/inside.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {
constexpr float starts_after = 6;
constexpr float widest_in_a_row = 480;  // of what is shown at the pointer
}  // namespace

void drag_source(Ui& ui, FunctionRef<DragPayload()> payload) {
  auto& in = ui.inside();
  if (in.drag) return;
  const bool by_keys =
      in.picked_up == in.last_item || (in.focus == in.last_item && in.modals.empty() && in.popups.empty() &&
                                       in.take_key(pick_up_key.key, pick_up_key.with.control, pick_up_key.with.shift));
  const bool finger = ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
  if (in.last_held && finger && in.hold.ripe) in.hold.lifted = in.last_item;
  // A finger that moves at once scrolls.
  const bool by_pointer = in.last_held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, starts_after) &&
                          (!finger || in.hold.lifted == in.last_item);
  if (!by_keys && !by_pointer) return;
  in.picked_up = 0;
  if (by_keys) ui.focus(in.focus = in.last_item);  // also from its menu
  DragInFlight flight;
  flight.payload = payload();
  flight.source = in.last_item;
  flight.active = true;
  flight.by_keys = by_keys;
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
  if (!in.drag || !in.drag->active || (in.drag->payload.kind != kind && in.drag->payload.also != kind)) return dropped;
  const bool by_keys = in.drag->by_keys;
  if (!by_keys && !in.pointer_in(area)) return dropped;
  const DropVerdict verdict = judge(in.drag->payload);
  if (by_keys) {
    in.drop_spots.push_back({own, std::string(name), area, verdict});
    if (in.drag->target != own) return dropped;
    if (std::exchange(in.drag->reveal, false))
      ImGui::ScrollToRectEx(ImGui::GetCurrentWindow(), ImRect(low(area), high(area)),
                            ImGuiScrollFlags_KeepVisibleEdgeY);
  }
  in.drag->over_target = true;
  in.drag->accepted = verdict.accepted;
  in.drag->words = verdict.words;
  if (a11y::Node* added = in.tree.find(own)) added->description = ui.keep(verdict.words);  // what stands at the pointer
  const Color colour = ui.color(verdict.accepted ? Token::accent : Token::danger);
  in.fill(area, faded(colour, 0.10f), radius::card);
  verdict.accepted ? in.dashes(area, colour, radius::card, 2) : in.frame(area, colour, radius::card, 2);
  const bool now = by_keys ? in.drag->drop : ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  if (verdict.accepted && now) dropped = in.drag->payload;
  return dropped;
}

namespace {

// "Can go to 陈曦, 2 of 7."
void say_target(Ui& ui, DragInFlight& drag, const std::vector<DropSpot>& spots, std::size_t at, bool first) {
  const DropSpot& spot = spots[at];
  drag.target = spot.id;
  drag.reveal = true;
  ui.say(std::string(
      ui.tr(first ? text_key("ui.drag_began") : text_key("ui.drag_at"),
            {param("what", drag.payload.words), param("name", spot.name), param("verdict", spot.verdict.words),
             param("n", static_cast<std::int64_t>(at + 1)), param("of", static_cast<std::int64_t>(spots.size()))})));
}

}  // namespace

// At the beginning of a frame, over the targets of the last one: while something is carried, every key is about that.
void Ui::Inside::steer_drag(Ui& ui) {
  const std::vector<DropSpot> spots = std::exchange(drop_spots, {});
  drag->drop = false;
  std::size_t at = 0;
  while (at < spots.size() && spots[at].id != drag->target) ++at;
  const bool there = at < spots.size();
  const auto let_go = [&](TextKey said_of_it) {
    ui.say(std::string(ui.tr(said_of_it, {param("what", drag->payload.words)})));
    drag.reset();
  };
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || take_key(Key::escape) || (focus && focus != drag->source))
    return let_go(text_key("ui.drag_given_up"));
  if (spots.empty()) return;  // not yet: draw_drag knows
  const std::size_t count = spots.size(), before = at;
  if (take_key(Key::down) || take_key(Key::right)) at = there ? (at + 1) % count : 0;
  if (take_key(Key::up) || take_key(Key::left)) at = (std::min(at, count) + count - 1) % count;
  if (take_key(Key::home)) at = 0;
  if (take_key(Key::end)) at = count - 1;
  if (take_key(Key::enter) && there) {
    drag->drop = spots[at].verdict.accepted;
    if (!drag->drop) say_target(ui, *drag, spots, at, false);
  }
  if (at != before && at < count) say_target(ui, *drag, spots, at, false);
  if (!keys.empty()) key_taken = true;
  keys.clear();
  typed.clear();
}

void Ui::Inside::draw_drag(Ui& ui) {
  if (!drag) return;
  if (drag->by_keys) {
    if (drag->drop || drop_spots.empty()) {
      const TextKey told = drag->drop ? text_key("ui.drag_dropped") : text_key("ui.drag_nowhere");
      ui.say(std::string(ui.tr(told, {param("what", drag->payload.words), param("verdict", drag->words)})));
      drag.reset();
      again = true;
      return;
    }
    if (!drag->target) say_target(ui, *drag, drop_spots, 0, true);
  } else if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
    drag.reset();
    again = true;
    return;
  }
  cursor = drag->over_target && !drag->accepted ? Cursor::not_allowed : Cursor::grabbing;
  const std::string_view words = drag->payload.words;
  const std::string_view verdict = drag->over_target ? std::string_view(drag->words) : std::string_view();
  const float words_width = width(words, 14, Weight::semibold);
  const float verdict_width = verdict.empty() ? 0 : width(verdict, 12, Weight::semibold) + 40;
  ImVec2 mouse = ImGui::GetMousePos();
  for (const DropSpot& spot : drop_spots)  // beside the name of the target
    if (drag->by_keys && spot.id == drag->target) mouse = {spot.rect.x + 24, spot.rect.y + 24};
  // Beside a mouse's arrow, above a finger.
  const bool finger = !drag->by_keys && ImGui::GetIO().MouseSource == ImGuiMouseSource_TouchScreen;
  // A long verdict stands below the words, and all of it on the page, wherever the pointer is.
  const bool stacked = words_width + verdict_width + 48 > widest_in_a_row;
  const Size size{stacked ? std::max(words_width + 48, verdict_width + 20) : words_width + verdict_width + 48,
                  stacked ? 74.0f : 44.0f};
  const float below = finger ? -size.h - 24 : 12.0f;
  const Rect rect{std::max(8.0f, std::min(mouse.x + 12, info.viewport.w - size.w - 8)),
                  std::max(8.0f, std::min(mouse.y + below, info.viewport.h - size.h - 8)), size.w, size.h};
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
  draw_words({rect.x + 34, rect.y}, words, 14, 44, Weight::semibold, theme.color(Token::text));
  if (!verdict.empty()) {
    const Tone tone = drag->accepted ? Tone::ended : Tone::danger;
    const Rect chip = stacked ? Rect{rect.x + 10, rect.y + 42, verdict_width - 8, 22}
                              : Rect{rect.x + 42 + words_width, rect.y + 11, verdict_width - 8, 22};
    fill(chip, theme.ground(tone), radius::chip);
    circle({chip.x + 11, chip.centre().y}, 3, theme.ink(tone));
    draw_words({chip.x + 20, chip.y}, verdict, 12, chip.h, Weight::semibold, theme.ink(tone));
  }
  list().PopClipRect();
  ImGui::End();
}

}  // namespace tw::ui
