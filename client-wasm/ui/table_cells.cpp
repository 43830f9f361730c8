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
void cell_number(Ui& ui, std::int64_t value) { cell_words(ui, ui.keep(number(value)), Weight::regular, Token::text); }

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
  const float height = 44;
  const Rect rect = ui.place({ui.available_width(), height});
  in.fill(rect, ui.color(Token::accent_soft), radius::control);
  LayoutFrame frame;
  frame.id = ui.id("content");
  frame.horizontal = true;
  frame.gap = space::m;
  frame.line = height;
  frame.bounds = {rect.x + space::m, rect.y, rect.w - space::l, height};
  open_layout(ui, frame);
  text(ui, options.words, {.weight = Weight::semibold, .color = Token::accent});
  if (!options.select_all.empty() && link(ui, "all", options.select_all)) event = SelectionBarEvent::select_all;
  spring(ui);
  if (options.actions) options.actions();
  if (icon_button(ui, "clear", Icon::close, options.clear_name)) event = SelectionBarEvent::clear;
  close_layout(ui);
  return event;
}

}  // namespace tw::ui
