// See Ui::say: one line at the foot of the page for some seconds, in a live region that is there from the first frame
// (screen readers do not hear what comes together with its region).
#include <algorithm>

#include "client/ui/floating.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {
constexpr double stays = 6;  // seconds
}

void Ui::say(std::string words) {
  auto& in = inside();
  in.said = std::move(words);
  in.said_until = in.seconds + stays;
  ++in.said_count;  // the same words again are said again
  request_frame();
}

void Ui::Inside::draw_said(Ui& ui) {
  a11y::Node region;
  region.id = ui.id("said");
  region.role = a11y::Role::status;
  const double left = said_until - seconds;
  Rect rect{0, 0, 0, 0};
  if (left > 0) {
    const float wide = std::min(width(said, 14, Weight::regular) + 2 * space::l, info.viewport.w - 2 * space::l);
    rect = {(info.viewport.w - wide) / 2, info.viewport.h - (ui.has_bottom_bar() ? 112.0f : 60.0f), wide, 36};
  }
  region.x = rect.x, region.y = rect.y, region.w = rect.w, region.h = rect.h;
  tree.add(region);
  if (left <= 0) return;
  ui.request_frame_in(static_cast<std::int64_t>(left * 1000) + 1);
  a11y::Open open(tree, region.id);
  IdScope scope(ui, "said");
  a11y::Node words = region;
  words.id = ui.id(said_count);
  words.role = a11y::Role::text;
  words.name = said;
  tree.add(words);
  ImGui::SetNextWindowPos(low(rect));
  ImGui::SetNextWindowSize({rect.w, rect.h});
  ImGui::Begin("##said", nullptr, floating_flags | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  draw_panel(ui, rect);
  draw_words({rect.x + space::l, rect.y}, said, 14, rect.h, Weight::regular, theme.color(Token::text),
             rect.w - 2 * space::l + 1);
  ImGui::End();
}

}  // namespace tw::ui
