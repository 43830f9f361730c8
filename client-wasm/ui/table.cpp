// See table.h. Here: where columns stand, the frame around the rows, the header. The table scrolls itself, in whole and
// double pixels: a window of a million rows would be beyond what ImGui's floats can place exactly.
#include "client/ui/table.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/ui/controls.h"
#include "client/ui/paint.h"
#include "client/ui/table_inside.h"

namespace tw::ui {

namespace {

TableGeometry lay_out(const TableModel& model, Rect whole, float head, float row, float tick) {
  TableGeometry g;
  g.whole = whole;
  g.row = row;
  g.header = {whole.x, whole.y, whole.w, head};
  g.body = {whole.x, whole.y + head, whole.w, std::max(0.0f, whole.h - head)};
  float fixed = tick, shares = 0, least = tick;
  for (const Column& column : model.columns) {
    if (static_cast<float>(column.hide_below) > whole.w) continue;
    if (column.width > 0) {
      fixed += column.width;
      least += column.width;
    } else {
      shares += column.share;
      least += column.min_width;
    }
  }
  const float room = std::max(0.0f, whole.w - fixed);
  const bool squeezed = least > whole.w;
  float x = tick;
  for (int i = 0; i < static_cast<int>(model.columns.size()); ++i) {
    const Column& column = model.columns[static_cast<std::size_t>(i)];
    if (static_cast<float>(column.hide_below) > whole.w) continue;
    float width = column.width;
    if (width <= 0) {
      width = squeezed ? column.min_width : std::max(column.min_width, std::floor(room * column.share / shares));
    }
    g.columns.push_back({i, x, width});
    x += width;
  }
  if (!g.columns.empty() && x < whole.w) g.columns.back().width += whole.w - x;
  g.width = std::max(x, whole.w);
  return g;
}

}  // namespace

TableEvents Table::draw(float height) {
  const float row = model_.row_height > 0 ? model_.row_height : row_height(ui_.density());
  const float head = table_header_height(ui_.density());
  const float width = ui_.available_width();
  if (model_.fit)
    height = head + row * static_cast<float>(std::max<std::int64_t>(model_.rows, model_.empty ? 5 : 0)) + 1;
  if (model_.rows > 0) height = std::min(height, head + row * static_cast<float>(model_.rows) + 1);  // no empty paper
  const Rect whole = ui_.place({width, std::max(height, head + row)});
  if (model_.framed) {
    in_.fill(whole, ui_.color(Token::surface), radius::card);
  }
  g_ = lay_out(model_, whole, head, row, model_.selectable ? tick_width : 0);
  state_.scroll_x = std::clamp(state_.scroll_x, 0.0f, std::max(0.0f, g_.width - whole.w));
  if (state_.reveal >= 0) {
    const double top = static_cast<double>(state_.reveal) * static_cast<double>(row);
    state_.scroll = std::clamp(state_.scroll, top + static_cast<double>(row) - static_cast<double>(g_.body.h), top);
    state_.reveal = -1;
  }
  state_.scroll = std::clamp(state_.scroll, 0.0, scroll_end());
  if (state_.current >= model_.rows) state_.current = model_.rows - 1;

  a11y::Node node;
  node.id = id_;
  node.role = a11y::Role::grid;
  node.name = model_.name;
  node.row_count = model_.rows + 1;
  node.column_count = static_cast<std::int32_t>(g_.columns.size()) + (model_.selectable ? 1 : 0);
  node.x = whole.x, node.y = whole.y, node.w = whole.w, node.h = whole.h;
  in_.tree.add(node);
  a11y::Open open(in_.tree, id_);

  grid_ = &in_.grids[id_];
  has_focus_ = in_.focus != 0 && grid_->row == in_.focus;
  for (const auto& [id, at] : grid_->drawn) {  // the focus came to a row from outside, perhaps with a key behind it
    if (has_focus_ || in_.focus != id) continue;
    has_focus_ = true;
    grid_->row = id;
    state_.current = state_.anchor = at;
  }
  grid_->drawn.clear();
  focus_before_ = has_focus_ ? in_.focus : 0;

  draw_header();
  begin_child(ui_, in_.nth_id("rows"), g_.body, false, false);
  if (model_.rows == 0 && model_.empty) {
    LayoutFrame frame;
    frame.id = in_.nth_id("empty");
    frame.bounds = g_.body.inset(space::l);
    open_layout(ui_, frame);
    in_.tree.close();  // a grid holds rows only
    model_.empty();
    in_.tree.open(id_);
    close_layout(ui_);
  } else {
    scroll_input();
    if (has_focus_) keyboard();
    draw_rows();
    scroll_bar();
  }
  end_child(ui_);
  announce_far_row();
  if (std::exchange(grid_->scroll, state_.scroll) != state_.scroll) in_.tree.note_scrolling();
  in_.line({whole.x, g_.header.bottom() - 1}, {whole.right(), g_.header.bottom() - 1}, ui_.color(Token::line));
  if (model_.framed) in_.frame(whole, ui_.color(Token::line), radius::card);
  return events_;
}

void Table::draw_header() {
  const WidgetId own = ui_.id("header");
  a11y::Node node;
  node.id = own;
  node.role = a11y::Role::row;
  node.row_index = 0;
  node.x = g_.header.x, node.y = g_.header.y, node.w = g_.header.w, node.h = g_.header.h;
  in_.tree.add(node);
  a11y::Open open(in_.tree, own);
  in_.list().PushClipRect(low(g_.header), high(g_.header), true);
  if (model_.selectable) tick_all({g_.header.x - state_.scroll_x, g_.header.y, tick_width, g_.header.h});
  for (const PlacedColumn& placed : g_.columns) header_cell(placed);
  in_.list().PopClipRect();
}

void Table::tick_all(Rect rect) {
  const std::int64_t ticked = state_.selection.size(model_.rows);
  const Checked state = ticked <= 0 ? Checked::no : ticked >= model_.rows ? Checked::yes : Checked::mixed;
  a11y::Node cell;  // a row holds cells, and the box stands in one
  cell.id = ui_.id("tick-head");
  cell.role = a11y::Role::column_header;
  cell.column_index = 0;
  cell.x = rect.x, cell.y = rect.y, cell.w = rect.w, cell.h = rect.h;
  in_.tree.add(cell);
  a11y::Open in_cell(in_.tree, cell.id);
  LayoutFrame frame;
  const float box = bare_checkbox_size(ui_.density());
  frame.bounds = {rect.x + cell_pad + 9 - box / 2, rect.centre().y - box / 2, box + 2, box + 2};
  open_layout(ui_, frame);
  if (bare_checkbox(ui_, "tick-all", ui_.tr("ui.select_all"), state)) {
    const bool on = state == Checked::no;
    state_.selection.clear();
    state_.selection.all_of_query = on;
    events_.selection_changed = true;
  }
  close_layout(ui_);
}

void Table::header_cell(const PlacedColumn& placed) {
  const Column& column = model_.columns[static_cast<std::size_t>(placed.index)];
  const Rect rect{g_.header.x + placed.x - state_.scroll_x, g_.header.y, placed.width, g_.header.h - 1};
  const bool sorted = model_.sort.key == column.key && column.sortable;
  a11y::Node node;
  node.id = ui_.id(column.key);
  node.role = a11y::Role::column_header;
  node.name = column.label;
  node.column_index = placed.index + (model_.selectable ? 1 : 0);
  node.x = rect.x, node.y = rect.y, node.w = rect.w, node.h = rect.h;
  if (column.sortable) {
    node.sort = !sorted                  ? a11y::SortOrder::unsorted
                : model_.sort.descending ? a11y::SortOrder::descending
                                         : a11y::SortOrder::ascending;
    const Item item = in_.item(node.id, rect);
    node.focusable = true;
    if (item.hovered) {
      in_.cursor = Cursor::hand;
      in_.fill(rect, ui_.color(Token::hover));
    }
    if (item.ring) in_.ring(rect.inset(3), 4);
    if (item.pressed) {
      events_.sort_changed = true;
      events_.sort = {std::string(column.key), sorted && !model_.sort.descending};
    }
  }
  const float arrow = sorted ? 14 : 0;
  const float room = rect.w - 2 * cell_pad - arrow;
  const float words = std::min(in_.width(column.label, 12, Weight::semibold), room);
  float x = rect.x + cell_pad;
  if (column.align == ColumnAlign::end) x = rect.right() - cell_pad - words - arrow;
  in_.draw_words({x, rect.y}, column.label, 12, rect.h, Weight::semibold,
                 ui_.color(sorted ? Token::text : Token::muted), room + 0.5f);
  if (sorted) {
    draw_icon(ui_, model_.sort.descending ? Icon::sort_down : Icon::sort_up,
              {x + words + 3, rect.centre().y - 6, 12, 12}, ui_.color(Token::text));
  }
  in_.tree.add(node);
}

TableEvents table(Ui& ui, std::string_view id, const TableModel& model, TableState& state) {
  const WidgetId own = ui.id(id);
  IdScope scope(ui, id);
  return Table(ui, own, model, state).draw(model.height > 0 ? model.height : ui.available_height());
}

}  // namespace tw::ui
