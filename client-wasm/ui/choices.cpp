// See controls.h. Here: checkboxes, radios and tabs. A group is one Tab stop; arrows choose inside it.
#include <algorithm>

#include "client/ui/controls.h"
#include "client/ui/format.h"
#include "client/ui/inside.h"
#include "client/ui/paint.h"
#include "client/ui/wrap.h"
#include "imgui_internal.h"

namespace tw::ui {

void draw_check(Ui& ui, Rect box, Checked state, const Item* item) {
  auto& in = ui.inside();
  const bool on = state != Checked::no;
  in.fill(box, on ? ui.color(Token::accent) : ui.color(Token::field), 4);
  if (!on) in.frame(box, ui.color(item && item->hovered ? Token::accent : Token::control_line), 4, 1.25f);
  if (state == Checked::yes) draw_icon(ui, Icon::check, box.inset(2), ui.color(Token::on_accent));
  if (state == Checked::mixed) {
    in.fill({box.x + 4, box.centre().y - 1, box.w - 8, 2}, ui.color(Token::on_accent), 1);
  }
  if (item && item->ring) in.ring(box, 4);
}

namespace {

a11y::Tri tri(Checked state) {
  return state == Checked::yes ? a11y::Tri::yes : state == Checked::mixed ? a11y::Tri::mixed : a11y::Tri::no;
}

}  // namespace

bool bare_checkbox(Ui& ui, std::string_view id, std::string_view name, Checked state) {
  auto& in = ui.inside();
  const float size = bare_checkbox_size(ui.density());
  const Rect rect = ui.place({size, size});
  const Item item = in.item(ui.id(id), rect);
  show_hand(ui, item);
  draw_check(ui, rect.inset((size - 16) / 2), state, &item);
  a11y::Node node = node_of(item, a11y::Role::checkbox, name);
  node.checked = tri(state);
  in.tree.add(node);
  return item.pressed;
}

bool checkbox(Ui& ui, std::string_view id, std::string_view label, bool& value, const CheckboxOptions& options) {
  auto& in = ui.inside();
  const float words = std::max(in.width(label, 14, Weight::regular),
                               options.hint.empty() ? 0 : in.width(options.hint, 12, Weight::regular));
  float width = 26 + words;
  if (!in.top().horizontal) width = std::min(width, ui.available_width());
  const float hint_height = wrapped_height(in, options.hint, Style::caption, Weight::regular, width - 25);
  const float height = std::max(ui.density() == Density::touch ? 44.0f : 24.0f, 20 + hint_height);
  const Rect rect = ui.place({width, height});
  const Item item = in.item(ui.id(id), rect, {.disabled = options.disabled});
  show_hand(ui, item);
  if (item.pressed) value = !value;
  const float first_line = rect.y + (height - 20 - hint_height) / 2;
  draw_check(ui, {rect.x + 1, first_line + 2, 16, 16}, value ? Checked::yes : Checked::no, &item);
  in.draw_words({rect.x + 26, first_line}, label, Style::body, Weight::regular, ui.color(Token::text), rect.w - 26);
  if (!options.hint.empty()) {
    draw_wrapped(in, {rect.x + 26, first_line + 20}, options.hint, Style::caption, Weight::regular,
                 ui.color(Token::muted), width - 25);
  }
  a11y::Node node = node_of(item, a11y::Role::checkbox, label);
  node.checked = value ? a11y::Tri::yes : a11y::Tri::no;
  node.description = options.hint;
  in.tree.add(node);
  return item.pressed;
}

namespace {

// Arrow keys move the choice of a group that has the focus; only the chosen one is a Tab stop.
bool arrows_choose(Ui& ui, const Item& item, int index, int count, std::span<const Choice> choices, int& selected) {
  auto& in = ui.inside();
  if (!item.focused) return false;
  int next = index;
  if (in.take_key(Key::right) || in.take_key(Key::down)) next = (index + 1) % count;
  if (in.take_key(Key::left) || in.take_key(Key::up)) next = (index + count - 1) % count;
  if (in.take_key(Key::home)) next = 0;
  if (in.take_key(Key::end)) next = count - 1;
  if (next == index) return false;
  selected = next;
  ui.focus(ui.id(choices[static_cast<std::size_t>(next)].key));
  return true;
}

void open_group(Ui& ui, std::string_view id, a11y::Role role, std::string_view name) {
  a11y::Node node;
  node.id = ui.id(id);
  node.role = role;
  node.name = name;
  ui.tree().add(node);
  ui.tree().open(node.id);
}

// Tabs that one line cannot hold: they scroll sideways, and fade where more of them are.
void strip(Ui& ui, float height, Body tabs) {
  auto& in = ui.inside();
  const Rect rect = ui.place({ui.available_width(), height});
  begin_child(ui, in.nth_id("strip"), rect, false, false);
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  LayoutFrame frame;
  frame.horizontal = true;
  frame.gap = space::xs;
  frame.line = height;
  frame.bounds = {start.x, start.y, 10'000, height};  // as long as it needs
  touch_scroll(ui);
  open_layout(ui, frame);
  tabs();
  close_layout(ui);
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsWindowHovered()) window->Scroll.x -= (io.MouseWheelH + io.MouseWheel) * 40;
  window->Scroll.x = std::clamp(window->Scroll.x, 0.0f, window->ScrollMax.x);
  constexpr float fade = 28;
  const ImU32 full = ink(ui.color(Token::background)), none = full & ~IM_COL32_A_MASK;
  if (window->Scroll.x > 0)
    in.list().AddRectFilledMultiColor(low(rect), {rect.x + fade, rect.bottom()}, full, none, none, full);
  if (window->Scroll.x < window->ScrollMax.x)
    in.list().AddRectFilledMultiColor({rect.right() - fade, rect.y}, high(rect), none, full, full, none);
  end_child(ui);
}

enum class TabLook { page, segment };

bool tab_bar(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected,
             TabLook look) {
  auto& in = ui.inside();
  bool changed = false;
  const int before = selected;
  open_group(ui, id, look == TabLook::page ? a11y::Role::tab_list : a11y::Role::radio_group, name);
  IdScope scope(ui, id);
  const bool touch = ui.density() == Density::touch;
  const float height = look != TabLook::page ? control_height(ui.density()) - (touch ? 0 : 4) : touch ? 44 : 32;
  // Where the tabs are too wide for one line they stand closer, then without their counts; then they scroll.
  float inset = 13;
  bool counts = true;
  const auto too_wide = [&] {
    float width = 0;
    for (const Choice& choice : choices) {
      width += in.width(choice.label, 14, Weight::semibold) + 2 * inset + (inset < 13 ? 2 : 4);
      if (choice.icon != Icon::none) width += button_icon_size + 6;
      if (choice.count && counts) width += in.width(number(*choice.count), 12, Weight::semibold) + 6;
    }
    return width > ui.available_width();
  };
  bool scrolls = false;
  if (look == TabLook::page && too_wide()) {
    inset = 5;
    counts = !too_wide();
    scrolls = !counts && too_wide();
    if (scrolls) inset = 13, counts = true;
  }
  auto one = [&](int i) {
    const Choice& choice = choices[static_cast<std::size_t>(i)];
    const bool on = i == before;
    const std::string_view count = choice.count ? ui.keep(number(*choice.count)) : std::string_view();
    const float label_width = in.width(choice.label, 14, Weight::semibold);
    const float icon_space = choice.icon == Icon::none ? 0 : button_icon_size + 6;
    const bool counted = counts && !count.empty();
    const float count_width = counted ? in.width(count, 12, Weight::semibold) + 6 : 0;
    const float natural = label_width + icon_space + count_width + 2 * inset;
    const Rect rect = ui.place({touch ? std::max(natural, 44.0f) : natural, height});
    const Item item = in.item(ui.id(choice.key), rect);
    show_hand(ui, item);
    if (on) {
      in.fill(rect, ui.color(look == TabLook::page ? Token::surface : Token::raised), radius::control);
      in.frame(rect, ui.color(Token::line), radius::control);
    } else if (item.hovered) {
      in.fill(rect, ui.color(Token::hover), radius::control);
    }
    if (item.ring) in.ring(rect.inset(scrolls ? 2 : 0), radius::control);
    if (scrolls && (item.focused || (on && ImGui::IsWindowAppearing())))
      ImGui::ScrollToRectEx(ImGui::GetCurrentWindow(), ImRect(low(rect), high(rect)),
                            ImGuiScrollFlags_KeepVisibleEdgeX);
    const Color colour = ui.color(on ? Token::text : Token::muted);
    float x = rect.x + inset;
    if (choice.icon != Icon::none) {
      draw_icon(ui, choice.icon, {x, rect.centre().y - button_icon_size / 2, button_icon_size, button_icon_size},
                colour);
      x += icon_space;
    }
    in.draw_words({x, rect.y}, choice.label, 14, height, Weight::semibold, colour);
    if (counted) {
      in.draw_words({x + label_width + 6, rect.y + 0.5f}, count, 12, height, Weight::semibold, ui.color(Token::muted));
    }
    a11y::Node node =
        node_of(item, look == TabLook::page ? a11y::Role::tab : a11y::Role::radio,
                count.empty() ? choice.label : ui.keep(std::string(choice.label) + " " + std::string(count)));
    node.focusable = on || (before < 0 && i == 0);
    (look == TabLook::page ? node.selected : node.checked) = on ? a11y::Tri::yes : a11y::Tri::no;
    in.tree.add(node);
    if (item.pressed && !on) selected = i, changed = true;
    changed |= arrows_choose(ui, item, i, static_cast<int>(choices.size()), choices, selected);
  };
  if (look == TabLook::page) {
    const auto all = [&] {
      for (int i = 0; i < static_cast<int>(choices.size()); ++i) one(i);
    };
    if (scrolls)
      strip(ui, height, all);
    else
      row(ui, {.gap = inset < 13 ? 2.0f : space::xs, .height = height}, all);
  } else {
    float width = 4;
    for (const Choice& choice : choices) {
      width +=
          in.width(choice.label, 14, Weight::semibold) + 26 + (choice.icon == Icon::none ? 0 : button_icon_size + 6);
    }
    const Rect bar = next_place(ui, width);
    const float y = in.top().horizontal ? bar.y + std::max(0.0f, (in.top().line - height - 4) / 2) : bar.y;
    in.fill({bar.x, y, width, height + 4}, ui.color(Token::track), radius::control + 1);
    LayoutFrame frame;
    frame.horizontal = true;
    frame.gap = 0;
    frame.line = height;
    frame.bounds = {bar.x + 2, y + 2, width - 4, height};
    open_layout(ui, frame);
    for (int i = 0; i < static_cast<int>(choices.size()); ++i) one(i);
    close_layout(ui);
    ui.place({width, height + 4});
  }
  in.tree.close();
  return changed;
}

}  // namespace

bool tabs(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected) {
  return tab_bar(ui, id, name, choices, selected, TabLook::page);
}

bool segmented(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected) {
  return tab_bar(ui, id, name, choices, selected, TabLook::segment);
}

bool radio_group(Ui& ui, std::string_view id, std::string_view name, std::span<const Choice> choices, int& selected) {
  auto& in = ui.inside();
  bool changed = false;
  const int before = selected;
  open_group(ui, id, a11y::Role::radio_group, name);
  IdScope scope(ui, id);
  column(ui, {.gap = space::xs}, [&] {
    for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
      const Choice& choice = choices[static_cast<std::size_t>(i)];
      const bool on = i == before;
      const float hint_width = ui.available_width() - 26;
      const float hint_height = wrapped_height(in, choice.hint, Style::caption, Weight::regular, hint_width);
      const float height = std::max(ui.density() == Density::touch ? 44.0f : 28.0f, 24 + hint_height);
      const Rect rect = ui.place({ui.available_width(), height});
      const Item item = in.item(ui.id(choice.key), rect);
      show_hand(ui, item);
      const float first = rect.y + (height - 20 - hint_height) / 2;
      const Point centre{rect.x + 9, first + 10};
      in.circle(centre, 8, ui.color(on || item.hovered ? Token::accent : Token::control_line));
      in.circle(centre, on ? 3.0f : 6.75f, ui.color(on ? Token::on_accent : Token::field));
      if (item.ring) in.ring({centre.x - 8, centre.y - 8, 16, 16}, 8);
      in.draw_words({rect.x + 26, first}, choice.label, Style::body, Weight::regular, ui.color(Token::text),
                    rect.w - 26);
      if (!choice.hint.empty()) {
        draw_wrapped(in, {rect.x + 26, first + 20}, choice.hint, Style::caption, Weight::regular,
                     ui.color(Token::muted), hint_width);
      }
      a11y::Node node = node_of(item, a11y::Role::radio, choice.label);
      node.description = choice.hint;
      node.checked = on ? a11y::Tri::yes : a11y::Tri::no;
      node.focusable = on || (before < 0 && i == 0);
      in.tree.add(node);
      if (item.pressed && !on) selected = i, changed = true;
      changed |= arrows_choose(ui, item, i, static_cast<int>(choices.size()), choices, selected);
    }
  });
  in.tree.close();
  return changed;
}

}  // namespace tw::ui
