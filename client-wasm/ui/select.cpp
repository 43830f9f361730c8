// See field.h: a closed choice that opens a list box.
#include <algorithm>

#include "client/ui/field.h"
#include "client/ui/floating.h"
#include "client/ui/overlay.h"
#include "client/ui/wrap.h"

namespace tw::ui {

bool select(Ui& ui, std::string_view id, std::span<const Choice> choices, int& selected, const SelectOptions& options) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const bool labelled = !options.label.empty();
  const std::string_view below = options.error.empty() ? options.hint : options.error;
  const float label_height = labelled ? line_height(Style::caption) + 4 : 0;
  const float height = control_height(ui.density());
  const float width =
      options.width > 0 ? std::min(options.width, std::max(80.0f, ui.available_width())) : ui.available_width();
  const float below_lines = wrapped_height(in, below, Style::caption, Weight::regular, width);
  const float below_height = below_lines > 0 ? below_lines + 4 : 0;
  const Rect whole = ui.place({width, label_height + height + below_height});
  if (LayoutFrame& top = in.top(); top.springs > 0 && options.width > width)  // see field.cpp
    top.natural += options.width - width;
  const Rect rect{whole.x, whole.y + label_height, width, height};
  if (labelled) {
    in.draw_words({whole.x, whole.y}, options.label, Style::caption, Weight::semibold, ui.color(Token::muted), width);
    if (options.required) {
      in.draw_words({whole.x + in.width(options.label, 12, Weight::semibold) + 3, whole.y}, "*", Style::caption,
                    Weight::semibold, ui.color(Token::danger));
    }
  }
  const Item item = in.item(own, rect, {.disabled = options.disabled});
  if (item.hovered && !item.disabled) in.cursor = Cursor::hand;
  IdScope scope(ui, id);
  const WidgetId list = ui.id("list");
  const bool is_open = find_popup(in, list) != nullptr;
  const bool active = item.focused || is_open;
  const Color border = ui.color(!options.error.empty() ? Token::danger
                                : active               ? Token::accent
                                : item.hovered         ? Token::muted
                                                       : Token::control_line);
  in.fill(rect, ui.color(options.disabled ? Token::background : Token::field), radius::control);
  in.frame(rect, border, radius::control, active ? 1.5f : 1.0f);
  if (item.ring) in.ring(rect, radius::control);
  const bool chosen = selected >= 0 && selected < static_cast<int>(choices.size());
  const std::string_view words = chosen ? choices[static_cast<std::size_t>(selected)].label : options.placeholder;
  in.draw_words({rect.x + 12, rect.y}, words, 14, height, Weight::regular,
                ui.color(chosen && !options.disabled ? Token::text : Token::muted), width - 40);
  draw_icon(ui, Icon::chevron_down, {rect.right() - 26, rect.centre().y - 7, 14, 14}, ui.color(Token::muted));
  if (!below.empty()) {
    draw_wrapped(in, {whole.x, rect.bottom() + 4}, below, Style::caption, Weight::regular,
                 ui.color(options.error.empty() ? Token::muted : Token::danger), width);
  }
  a11y::Node node = node_of(item, a11y::Role::combo_box, labelled ? options.label : options.name);
  node.value = words;
  node.expanded = is_open ? a11y::Tri::yes : a11y::Tri::no;
  node.description = options.hint;
  node.error = options.error;
  node.required = options.required;
  node.has_popup = true;
  node.controls = is_open ? list : 0;
  in.tree.add(node);
  if (item.pressed || (item.focused && (in.take_key(Key::down) || in.take_key(Key::up)))) {
    in.last_rect = rect;
    in.last_item = own;
    open_popup(ui, list);
  }
  bool changed = false;
  floating(ui, list, a11y::Role::list_box, node.name, std::max(width, 160.0f), 4, 0, [&] {
    for (int i = 0; i < static_cast<int>(choices.size()); ++i) {
      const Choice& choice = choices[static_cast<std::size_t>(i)];
      const float tall =
          (ui.density() == Density::touch ? 44.0f : 34.0f) + (choice.hint.empty() ? 0 : line_height(Style::caption));
      const Rect line = ui.place({ui.available_width(), tall});
      const Item option = in.item(ui.id(choice.key), line);
      if (option.hovered) in.cursor = Cursor::hand;
      if (option.hovered || option.focused) in.fill(line, ui.color(Token::hover), radius::chip);
      if (option.ring) in.frame(line, ui.color(Token::accent), radius::chip, 1.5f);
      const float first = line.y + (choice.hint.empty() ? (tall - 20) / 2 : 6);
      in.draw_words({line.x + 12, first}, choice.label, Style::body, i == selected ? Weight::semibold : Weight::regular,
                    ui.color(Token::text), line.w - 44);
      if (!choice.hint.empty()) {
        in.draw_words({line.x + 12, first + 20}, choice.hint, Style::caption, Weight::regular, ui.color(Token::muted),
                      line.w - 44);
      }
      if (i == selected) {
        draw_icon(ui, Icon::check, {line.right() - 26, line.centre().y - 8, 16, 16}, ui.color(Token::accent));
      }
      a11y::Node option_node = node_of(option, a11y::Role::option, choice.label);
      option_node.selected = i == selected ? a11y::Tri::yes : a11y::Tri::no;
      option_node.focusable = option.focused;
      in.tree.add(option_node);
      if (option.pressed) {
        changed = selected != i;
        selected = i;
        close_popover(ui);
      }
    }
  });
  return changed;
}

}  // namespace tw::ui
