// A value on a line, see controls.h. Pressing the line takes the value there, holding drags it; arrows go by a step,
// Page Up and Down by ten, Home and End to the ends. Announced by its steps, so that a screen reader's own gestures
// (swiping up and down) reach every value.
#include <algorithm>
#include <cstdlib>

#include "client/ui/controls.h"
#include "client/ui/inside.h"
#include "client/ui/paint.h"
#include "core/text.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

// How many steps lie behind `value`; the last one may be shorter.
std::int64_t steps_to(std::int64_t value, const SliderOptions& options) {
  return (value - options.least + options.step - 1) / options.step;
}

std::int64_t stepped_by_keys(Ui::Inside& in, std::int64_t at, std::int64_t last) {
  constexpr std::int64_t page = 10;
  if (in.take_key(Key::right) || in.take_key(Key::up)) return at + 1;
  if (in.take_key(Key::left) || in.take_key(Key::down)) return at - 1;
  if (in.take_key(Key::page_up)) return at + page;
  if (in.take_key(Key::page_down)) return at - page;
  if (in.take_key(Key::home)) return 0;
  if (in.take_key(Key::end)) return last;
  return at;
}

}  // namespace

bool slider(Ui& ui, std::string_view id, std::int64_t& value, const SliderOptions& options) {
  auto& in = ui.inside();
  const float height = ui.density() == Density::touch ? 44.0f : 24.0f;
  constexpr float knob = 8;
  const Rect rect = ui.place({options.width > 0 ? options.width : ui.available_width(), height});
  const Item item = in.item(ui.id(id), rect, {.disabled = options.disabled, .keys = false});
  show_hand(ui, item);
  const std::int64_t last = std::max<std::int64_t>(1, steps_to(options.most, options));
  const std::int64_t before = std::clamp<std::int64_t>(steps_to(value, options), 0, last);
  std::int64_t at = before;
  const Rect line{rect.x + knob, rect.centre().y - 2, std::max(1.0f, rect.w - 2 * knob), 4};
  if (!item.disabled) {
    if (item.held || item.pressed) {
      const float share = std::clamp((ImGui::GetMousePos().x - line.x) / line.w, 0.0f, 1.0f);
      at = static_cast<std::int64_t>(static_cast<double>(share) * static_cast<double>(last) + 0.5);
    }
    if (item.focused) at = stepped_by_keys(in, at, last);
    if (const auto edit = in.edits.find(item.id); edit != in.edits.end())
      at = text::to_integer(edit->second.value).value_or(at);
    at = std::clamp<std::int64_t>(at, 0, last);
  }
  const float reached = line.w * static_cast<float>(static_cast<double>(at) / static_cast<double>(last));
  const Color colour = faded(ui.color(Token::accent), item.disabled ? 0.55f : 1.0f);
  in.fill(line, ui.color(Token::track), 2);
  in.fill({line.x, line.y, reached, line.h}, colour, 2);
  const Point centre{line.x + reached, line.centre().y};
  in.circle(centre, knob, ui.color(item.hovered || item.held ? Token::accent : Token::control_line));
  in.circle(centre, knob - 1.5f, item.held ? colour : ui.color(Token::raised));
  if (item.ring) in.ring({centre.x - knob, centre.y - knob, 2 * knob, 2 * knob}, knob);
  a11y::Node node = node_of(item, a11y::Role::slider, options.name);
  node.value = options.words;
  node.value_now = at;
  node.value_max = last;
  in.tree.add(node);
  if (at == before) return false;
  value = std::min(options.most, options.least + at * options.step);
  return true;
}

}  // namespace tw::ui
