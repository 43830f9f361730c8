// See table.h. Here: the visible rows, each with its tick, cells and menu, and the row that has the focus out of sight.
#include <cmath>

#include "client/ui/controls.h"
#include "client/ui/overlay.h"
#include "client/ui/paint.h"
#include "client/ui/table_inside.h"

namespace tw::ui {

void Table::draw_rows() {
  const double row = static_cast<double>(g_.row);
  const auto first = static_cast<std::int64_t>(state_.scroll / row);
  const auto last = std::min(
      model_.rows, static_cast<std::int64_t>(std::ceil((state_.scroll + static_cast<double>(g_.body.h)) / row)));
  events_.first_visible = first;
  events_.last_visible = last;
  for (std::int64_t at = first; at < last; ++at) {
    const double offset = static_cast<double>(at) * row - state_.scroll;
    draw_row(at, g_.body.y + in_.pixel(static_cast<float>(offset)));
  }
}

void Table::draw_row(std::int64_t row, float y) {
  const Rect rect{g_.body.x, y, g_.body.w, g_.row};
  const RowInfo info = model_.row(row);
  const WidgetId own = row_id(row, info);
  const bool current = state_.current == row;
  const bool ticked = info.loaded && state_.selection.has(info.key);
  grid_->drawn.emplace_back(own, row);

  ImGui::SetNextItemAllowOverlap();
  // The keyboard moved to this row, or what stands here was loaded meanwhile; a click elsewhere has priority.
  if (current && has_focus_ && in_.focus == focus_before_) in_.focus = own;
  Item item = in_.item(own, rect, {.disabled = !info.loaded, .keys = false});
  const bool lifted = (model_.drag || model_.context_menu) && in_.lifts(item);
  if (!info.loaded && current && has_focus_ && in_.focus == 0) in_.focus = own;
  if (ticked) in_.fill(rect, ui_.color(Token::accent_soft));
  const bool over = item.hovered || in_.pointer_in(rect);
  if (over && info.loaded && !in_.drag) in_.fill(rect, ui_.color(Token::hover));
  if (item.hovered && model_.activatable && info.loaded) in_.cursor = Cursor::hand;
  in_.line({rect.x, rect.bottom() - 1}, {rect.right(), rect.bottom() - 1}, ui_.color(Token::soft_line));

  a11y::Node node = node_of(item, a11y::Role::row, info.name);
  node.disabled = false;
  node.busy = !info.loaded;
  node.row_index = row + 1;
  node.focusable = current || (state_.current < 0 && row == events_.first_visible);
  if (model_.selectable) node.selected = ticked ? a11y::Tri::yes : a11y::Tri::no;
  in_.tree.add(node);
  a11y::Open open(in_.tree, own);
  IdScope scope(ui_, static_cast<std::int64_t>(own));

  if (in_.focus == own) {
    if (current || own != focus_before_) {
      grid_->row = own;
      current_drawn_ = true;
    }
    if (!current && own != focus_before_) {
      state_.current = row;
      if (!item.held) state_.anchor = row;  // a press decides itself: with Shift the range begins where it did
    }
  }
  const auto ring = [&] {
    in_.frame({rect.x + 1, rect.y + 1, rect.w - 2, rect.h - 3}, ui_.color(Token::accent), 4, 2);
  };
  if (!info.loaded) {
    draw_skeleton(rect);
    if (in_.focus == own && in_.focus_visible) ring();
    return;
  }
  if (model_.drag) {
    in_.last_item = own;
    in_.last_rect = rect;
    in_.last_held = item.held;
    model_.drag(row);
  }
  if (item.hovered && !info.path.empty()) {
    if (!model_.context_menu && !model_.drag) in_.hovered_path = info.path;
    if (ImGui::IsMouseReleased(ImGuiMouseButton_Middle)) in_.wanted_tab = info.path;
  }
  if (item.pressed && !(in_.drag && in_.drag->active)) press_row(row, info);
  if (model_.selectable) draw_tick(row, info, rect, ticked);
  draw_cells(row, info, rect);
  // Of an older query, or with a change on its way: still there, and visibly not the last word.
  if (info.dimmed) in_.fill(rect, faded(ui_.color(ticked ? Token::accent_soft : Token::surface), 0.5f));
  if (lifted && !in_.drag) in_.frame(rect, ui_.color(Token::accent), 4, 2);
  if (item.ring) ring();
  if (model_.context_menu || model_.drag) row_menu(row, info, item, rect, over);
}

void Table::press_row(std::int64_t row, const RowInfo& info) {
  const ImGuiIO& io = ImGui::GetIO();
  if (model_.selectable && io.KeyShift) {
    select_range(state_.anchor < 0 ? row : state_.anchor, row);
  } else {
    if (model_.selectable && io.KeyCtrl) {
      toggle(info.key);
    } else if (io.KeyCtrl && !info.path.empty()) {
      in_.wanted_tab = info.path;
    } else if (model_.activatable) {
      events_.activated = row;
    }
    state_.anchor = row;
  }
  state_.current = row;
}

void Table::draw_tick(std::int64_t row, const RowInfo& info, Rect rect, bool ticked) {
  a11y::Node cell;
  cell.id = ui_.id("tick-cell");
  cell.role = a11y::Role::cell;
  cell.column_index = 0;
  cell.x = rect.x, cell.y = rect.y, cell.w = tick_width, cell.h = rect.h;
  in_.tree.add(cell);
  a11y::Open in_cell(in_.tree, cell.id);
  LayoutFrame frame;
  const float box = bare_checkbox_size(ui_.density());
  frame.bounds = {rect.x + cell_pad + 9 - box / 2 - state_.scroll_x, rect.centre().y - box / 2, box + 2, box + 2};
  open_layout(ui_, frame);
  if (bare_checkbox(ui_, "tick",
                    ui_.keep(std::string(ui_.tr("ui.select_row", {param("name", std::string(info.name))}))),
                    ticked ? Checked::yes : Checked::no)) {
    if (ImGui::GetIO().KeyShift && state_.anchor >= 0) {
      select_range(state_.anchor, row);
    } else {
      toggle(info.key);
      state_.anchor = row;
    }
    state_.current = row;
    ui_.focus(grid_->drawn.back().first);  // the keyboard goes on from this row
  }
  close_layout(ui_);
  if (a11y::Node* tick = in_.tree.find(ui_.id("tick"))) tick->focusable = false;  // Space on the row does it
}

void Table::draw_cells(std::int64_t row, const RowInfo& info, Rect rect) {
  for (const PlacedColumn& placed : g_.columns) {
    const Column& column = model_.columns[static_cast<std::size_t>(placed.index)];
    const Rect cell_rect{rect.x + placed.x - state_.scroll_x, rect.y, placed.width, rect.h};
    if (cell_rect.right() < g_.body.x || cell_rect.x > g_.body.right()) continue;
    a11y::Node cell;
    cell.id = ui_.id(column.key);
    cell.role = column.row_header ? a11y::Role::row_header : a11y::Role::cell;
    cell.column_index = placed.index + (model_.selectable ? 1 : 0);
    if (column.row_header) cell.path = info.path;  // what names the row is the link to what it opens
    cell.x = cell_rect.x, cell.y = cell_rect.y, cell.w = cell_rect.w, cell.h = cell_rect.h;
    in_.tree.add(cell);
    a11y::Open in_cell(in_.tree, cell.id);
    IdScope cell_scope(ui_, column.key);
    LayoutFrame frame;
    frame.horizontal = true;
    frame.line = rect.h - 1;
    frame.bounds = {cell_rect.x + cell_pad, cell_rect.y, std::max(0.0f, cell_rect.w - 2 * cell_pad), rect.h};
    open_layout(ui_, frame);
    in_.cell_end = column.align == ColumnAlign::end;
    model_.cell(row, placed.index);
    close_layout(ui_);
  }
  in_.cell_end = false;
}

void Table::row_menu(std::int64_t row, const RowInfo& info, const Item& item, Rect rect, bool over) {
  if (item.context || (over && ImGui::IsMouseReleased(ImGuiMouseButton_Right))) {
    in_.last_rect = item.hovered ? Rect{ImGui::GetMousePos().x, ImGui::GetMousePos().y, 1, 1} : rect;
    in_.last_item = item.id;  // gets the focus back
    open_menu(ui_, "row-menu");
    state_.current = row;
  }
  menu(ui_, "row-menu", info.name, [&] {
    if (model_.drag && menu_item(ui_, "move", ui_.tr("ui.move_to"),
                                 {.icon = Icon::grip, .shortcut = shortcut_words(ui_, pick_up_key)}))
      in_.picked_up = item.id;
    if (model_.context_menu) model_.context_menu(row);
    if (info.path.empty()) return;
    menu_separator(ui_);
    if (menu_item(ui_, "open-tab", ui_.tr("ui.open_tab"))) in_.wanted_tab = info.path;
  });
}

void Table::draw_skeleton(Rect rect) {
  for (const PlacedColumn& placed : g_.columns) {
    const float wide = (placed.width - 2 * cell_pad) * (0.45f + 0.1f * static_cast<float>((placed.index * 7) % 4));
    in_.fill({rect.x + placed.x + cell_pad - state_.scroll_x, rect.centre().y - 5, std::max(16.0f, wide), 10},
             ui_.color(Token::track), 5);
  }
}

// The row with the focus stays in the tree when it is scrolled out of sight: else the focus would fall to the page.
void Table::announce_far_row() {
  if (!has_focus_ || current_drawn_ || state_.current < 0 || state_.current >= model_.rows) return;
  if (in_.tree.find(in_.focus)) return;
  const RowInfo info = model_.row(state_.current);
  a11y::Node node;
  node.id = row_id(state_.current, info);
  node.role = a11y::Role::row;
  node.name = info.name;
  node.row_index = state_.current + 1;
  node.focusable = true;
  node.x = g_.body.x, node.y = g_.body.y, node.w = g_.body.w, node.h = g_.row;
  in_.tree.add(node);
  in_.focus = node.id;
  grid_->row = node.id;
}

}  // namespace tw::ui
