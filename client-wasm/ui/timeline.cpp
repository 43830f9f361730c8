// An entry of a history: see indicators.h.
#include <algorithm>

#include "client/ui/indicators.h"
#include "client/ui/inside.h"
#include "client/ui/layout.h"

namespace tw::ui {

constexpr float narrowest_entry_in_a_row = 400;  // on a phone the time stands below what happened

TimelineEvent timeline_entry(Ui& ui, const TimelineEntry& entry, bool last) {
  auto& in = ui.inside();
  TimelineEvent pressed = TimelineEvent::none;
  const Rect at = next_place(ui, ui.available_width());
  LayoutFrame frame;
  frame.id = in.nth_id("entry");
  frame.gap = 0;
  frame.bounds = {at.x + 24, at.y, at.w - 24, std::max(0.0f, in.top().bounds.bottom() - at.y)};
  open_layout(ui, frame);
  if (at.w < narrowest_entry_in_a_row) {
    paragraph(ui, entry.title, {.weight = Weight::semibold});
    caption(ui, entry.when);
  } else {
    row(ui, {.gap = space::m, .height = line_height(Style::body)}, [&] {
      strong(ui, entry.title);
      spring(ui);
      caption(ui, entry.when);
    });
  }
  if (!entry.words.empty()) paragraph(ui, entry.words, {.color = Token::muted});
  const auto offer = [&](std::string_view id, std::string_view label, TimelineEvent event) {
    if (!label.empty() && chip_button(ui, id, label)) pressed = event;
  };
  if (!entry.action.empty() || !entry.also.empty()) {
    gap(ui, space::xs);
    row(ui, {.wrap = true}, [&] {
      offer("action", entry.action, TimelineEvent::action);
      offer("also", entry.also, TimelineEvent::also);
    });
  }
  gap(ui, last ? 0 : space::m);
  const Size extent = close_layout(ui);
  if (!last) in.fill({at.x + 5.5f, at.y + 16, 1, extent.h + in.top().gap - 8}, ui.color(Token::line));
  in.circle({at.x + 6, at.y + 10}, 4, ui.theme().ink(entry.tone));
  ui.place({at.w, extent.h});
  return pressed;
}

}  // namespace tw::ui
