// See table.h. Here: cells of the common kinds, and the bar over a table that has a selection.
#include "client/ui/controls.h"
#include "client/ui/format.h"
#include "client/ui/layout.h"
#include "client/ui/table_inside.h"
#include "client/ui/text.h"

namespace tw::ui {

namespace {

void cell_words(Ui& ui, std::string_view words, Weight weight, Token color) {
  const bool end = ui.inside().cell_end;
  text(ui, words,
       {.weight = weight,
        .color = color,
        .align = end ? TextAlign::end : TextAlign::start,
        .max_width = ui.available_width(),
        .full_width = end});
}

}  // namespace

void cell_text(Ui& ui, std::string_view words) { cell_words(ui, words, Weight::regular, Token::text); }
void cell_strong(Ui& ui, std::string_view words) { cell_words(ui, words, Weight::semibold, Token::text); }
void cell_muted(Ui& ui, std::string_view words) { cell_words(ui, words, Weight::regular, Token::muted); }
void cell_number(Ui& ui, std::int64_t value) {
  // A spreadsheet takes a number as one when nothing groups its digits.
  cell_words(ui, ui.keep(ui.inside().copying ? std::to_string(value) : number(value)), Weight::regular, Token::text);
}

constexpr float narrowest_for_one_line = 520;

SelectionBarEvent selection_bar(Ui& ui, std::string_view id, const SelectionBarOptions& options) {
  auto& in = ui.inside();
  SelectionBarEvent event = SelectionBarEvent::none;
  const WidgetId own = ui.id(id);
  IdScope scope(ui, id);
  a11y::Node node;
  node.id = own;
  node.role = a11y::Role::region;
  node.name = options.words;
  in.tree.add(node);
  a11y::Open open(in.tree, own);
  // A phone and a narrow list have no room for both beside each other: what is selected stands above what can be done
  // with it.
  const float line = std::max(44.0f, control_height(ui.density()) + space::s);
  const bool two_lines = ui.is_phone() || ui.available_width() < narrowest_for_one_line;
  const Rect rect = ui.place({ui.available_width(), two_lines ? 2 * line : line});
  in.fill(rect, ui.color(Token::accent_soft), radius::control);
  const auto in_line = [&](std::string_view name, float y, Body body) {
    LayoutFrame frame;
    frame.id = ui.id(name);
    frame.horizontal = true;
    frame.gap = two_lines ? space::s : space::m;
    frame.line = line;
    frame.bounds = {rect.x + space::m, y, rect.w - space::l, line};
    open_layout(ui, frame);
    body();
    close_layout(ui);
  };
  in_line("content", rect.y, [&] {
    text(ui, options.words, {.weight = Weight::semibold, .color = Token::accent});
    if (!options.select_all.empty() && link(ui, "all", options.select_all)) event = SelectionBarEvent::select_all;
    spring(ui);
    if (!two_lines && options.actions) options.actions();
    if (icon_button(ui, "clear", Icon::close, options.clear_name)) event = SelectionBarEvent::clear;
  });
  if (two_lines && options.actions) in_line("actions", rect.y + line - space::xs, [&] { options.actions(); });
  return event;
}

}  // namespace tw::ui
