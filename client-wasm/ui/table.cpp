// See table.h. The table scrolls itself, in whole and double pixels: a window of a million rows would be beyond what
// ImGui's floats can place exactly.
#include "client/ui/table.h"

#include <algorithm>
#include <cmath>

#include "client/ui/controls.h"
#include "client/ui/format.h"
#include "client/ui/inside.h"
#include "client/ui/overlay.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

constexpr float header_height = 36, cell_pad = 12, tick_width = 44;

struct Placed {
  int index = 0;  // in model.columns
  float x = 0, width = 0;
};

struct Geometry {
  std::vector<Placed> columns;
  float width = 0;  // of all columns
  float row = 40;
  Rect whole, header, body;
};

Geometry lay_out(const TableModel& model, Rect whole, float row, float tick) {
  Geometry g;
  g.whole = whole;
  g.row = row;
  g.header = {whole.x, whole.y, whole.w, header_height};
  g.body = {whole.x, whole.y + header_height, whole.w, std::max(0.0f, whole.h - header_height)};
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

class Table {
 public:
  Table(Ui& ui, WidgetId id, const TableModel& model, TableState& state)
      : ui_(ui), in_(ui.inside()), id_(id), model_(model), state_(state) {}

  TableEvents draw(float height);

 private:
  void draw_header();
  void header_cell(const Placed& placed);
  void tick_all(Rect rect);
  void draw_rows();
  void draw_row(std::int64_t row, float y);
  void draw_skeleton(Rect rect);
  void announce_far_row();
  void scroll_bar();
  void scroll_input();
  void keyboard();
  void go_to(std::int64_t row, bool extend);
  void select_range(std::int64_t from, std::int64_t to);
  void toggle(std::int64_t key);
  WidgetId row_id(std::int64_t row, const RowInfo& info) const {
    return info.loaded ? ui_.id(info.key) : ui_.id(-1 - row);
  }
  double content() const { return static_cast<double>(model_.rows) * static_cast<double>(g_.row); }
  double scroll_end() const { return std::max(0.0, content() - static_cast<double>(g_.body.h)); }

  Ui& ui_;
  Ui::Inside& in_;
  WidgetId id_;
  const TableModel& model_;
  TableState& state_;
  Geometry g_;
  GridFocus* grid_ = nullptr;
  TableEvents events_;
  bool has_focus_ = false;     // some row of this table
  WidgetId focus_before_ = 0;  // that row, as this frame began
  bool current_drawn_ = false;
};

TableEvents Table::draw(float height) {
  const float row = model_.row_height > 0 ? model_.row_height : row_height(ui_.density());
  const float width = ui_.available_width();
  if (model_.fit)
    height = header_height + row * static_cast<float>(std::max<std::int64_t>(model_.rows, model_.empty ? 5 : 0)) + 1;
  const Rect whole = ui_.place({width, std::max(height, header_height + row)});
  if (model_.framed) {
    in_.fill(whole, ui_.color(Token::surface), radius::card);
  }
  g_ = lay_out(model_, whole, row, model_.selectable ? tick_width : 0);
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
    model_.empty();
    close_layout(ui_);
  } else {
    scroll_input();
    if (has_focus_) keyboard();
    draw_rows();
    scroll_bar();
  }
  end_child(ui_);
  announce_far_row();
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
  if (model_.selectable) tick_all({g_.header.x - state_.scroll_x, g_.header.y, tick_width, header_height});
  for (const Placed& placed : g_.columns) header_cell(placed);
  in_.list().PopClipRect();
}

void Table::tick_all(Rect rect) {
  const Selection& selection = state_.selection;
  const Checked state = selection.empty()                                  ? Checked::no
                        : selection.all_of_query && selection.keys.empty() ? Checked::yes
                                                                           : Checked::mixed;
  LayoutFrame frame;
  frame.bounds = {rect.x + cell_pad, rect.y + 9, 20, 20};
  open_layout(ui_, frame);
  if (bare_checkbox(ui_, "tick-all", ui_.tr("ui.select_all"), state)) {
    const bool on = state == Checked::no;
    state_.selection.clear();
    state_.selection.all_of_query = on;
    events_.selection_changed = true;
  }
  close_layout(ui_);
}

void Table::header_cell(const Placed& placed) {
  const Column& column = model_.columns[static_cast<std::size_t>(placed.index)];
  const Rect rect{g_.header.x + placed.x - state_.scroll_x, g_.header.y, placed.width, header_height - 1};
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

void Table::scroll_input() {
  if (!in_.pointer_in(g_.body)) return;
  ImGuiIO& io = ImGui::GetIO();
  constexpr float step = 100;  // pixels of one notch
  const bool can_scroll = scroll_end() > 0;
  if (can_scroll) ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, id_);
  if (can_scroll && io.MouseWheel != 0.0f) {
    state_.scroll = std::clamp(state_.scroll - static_cast<double>(io.MouseWheel * step), 0.0, scroll_end());
  }
  if (g_.width > g_.whole.w && io.MouseWheelH != 0.0f) {
    ImGui::SetKeyOwner(ImGuiKey_MouseWheelX, id_);
    state_.scroll_x = std::clamp(state_.scroll_x - io.MouseWheelH * step, 0.0f, g_.width - g_.whole.w);
  }
  // A finger drags the rows themselves.
  if (io.MouseSource == ImGuiMouseSource_TouchScreen && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 6) && !in_.drag) {
    ImGui::ClearActiveID();
    state_.scroll = std::clamp(state_.scroll - static_cast<double>(io.MouseDelta.y), 0.0, scroll_end());
    state_.scroll_x = std::clamp(state_.scroll_x - io.MouseDelta.x, 0.0f, std::max(0.0f, g_.width - g_.whole.w));
  }
}

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
  const Item item = in_.item(own, rect, {.disabled = !info.loaded, .keys = false});
  if (!info.loaded && current && has_focus_ && in_.focus == 0) in_.focus = own;
  const Color surface = ui_.color(Token::surface);
  if (ticked) in_.fill(rect, ui_.color(Token::accent_soft));
  const bool over = item.hovered || in_.pointer_in(rect);
  if (over && info.loaded && !in_.drag) in_.fill(rect, ui_.color(Token::hover));
  if (item.hovered && model_.activatable && info.loaded) in_.cursor = Cursor::hand;
  in_.line({rect.x, rect.bottom() - 1}, {rect.right(), rect.bottom() - 1}, ui_.color(Token::soft_line));
  (void)surface;

  a11y::Node node = node_of(item, a11y::Role::row, info.name);
  node.disabled = false;
  node.busy = !info.loaded;
  node.path = info.path;
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
    if (!current && own != focus_before_) state_.current = state_.anchor = row;
  }
  if (!info.loaded) {
    draw_skeleton(rect);
    return;
  }
  if (model_.drag) {
    in_.last_item = own;
    in_.last_rect = rect;
    in_.last_held = item.held;
    model_.drag(row);
  }
  if (item.hovered && !info.path.empty() && ImGui::IsMouseReleased(ImGuiMouseButton_Middle)) in_.wanted_tab = info.path;
  if (item.pressed && !(in_.drag && in_.drag->active)) {
    const ImGuiIO& io = ImGui::GetIO();
    if (model_.selectable && io.KeyShift) {
      select_range(state_.anchor < 0 ? row : state_.anchor, row);
    } else if (model_.selectable && io.KeyCtrl) {
      toggle(info.key);
      state_.anchor = row;
    } else if (model_.activatable) {
      events_.activated = row;
    }
    state_.current = row;
  }

  if (model_.selectable) {
    a11y::Node cell;
    cell.id = ui_.id("tick-cell");
    cell.role = a11y::Role::cell;
    cell.column_index = 0;
    cell.x = rect.x, cell.y = rect.y, cell.w = tick_width, cell.h = rect.h;
    in_.tree.add(cell);
    a11y::Open in_cell(in_.tree, cell.id);
    LayoutFrame frame;
    frame.bounds = {rect.x + cell_pad - state_.scroll_x, rect.centre().y - 9, 20, 20};
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
    }
    close_layout(ui_);
    if (a11y::Node* tick = in_.tree.find(ui_.id("tick"))) tick->focusable = false;  // Space on the row does it
  }
  const DisabledScope dimmed(ui_, false);
  for (const Placed& placed : g_.columns) {
    const Column& column = model_.columns[static_cast<std::size_t>(placed.index)];
    const Rect cell_rect{rect.x + placed.x - state_.scroll_x, rect.y, placed.width, rect.h};
    if (cell_rect.right() < g_.body.x || cell_rect.x > g_.body.right()) continue;
    a11y::Node cell;
    cell.id = ui_.id(column.key);
    cell.role = column.row_header ? a11y::Role::row_header : a11y::Role::cell;
    cell.column_index = placed.index + (model_.selectable ? 1 : 0);
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
  if (item.ring) {
    in_.frame({rect.x + 1, rect.y + 1, rect.w - 2, rect.h - 3}, ui_.color(Token::accent), 4, 2);
  }
  if (model_.context_menu) {
    if (item.context || (over && ImGui::IsMouseReleased(ImGuiMouseButton_Right))) {
      in_.last_rect = item.hovered ? Rect{ImGui::GetMousePos().x, ImGui::GetMousePos().y, 1, 1} : rect;
      open_menu(ui_, "row-menu");
      state_.current = row;
    }
    menu(ui_, "row-menu", info.name, [&] { model_.context_menu(row); });
  }
}

void Table::draw_skeleton(Rect rect) {
  for (const Placed& placed : g_.columns) {
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

void Table::scroll_bar() {
  if (scroll_end() <= 0) return;
  const Rect bar{g_.body.right() - 11, g_.body.y + 2, 10, g_.body.h - 4};
  ImS64 scroll = static_cast<ImS64>(state_.scroll);
  const ImS64 before = scroll;
  ImGui::ScrollbarEx(ImRect(low(bar), high(bar)), ui_.id("scroll-bar"), ImGuiAxis_Y, &scroll,
                     static_cast<ImS64>(g_.body.h), static_cast<ImS64>(content()));
  if (scroll != before) {
    state_.scroll = std::clamp(static_cast<double>(scroll), 0.0, scroll_end());
    ui_.request_frame();
  }
}

void Table::keyboard() {
  const std::int64_t page = std::max<std::int64_t>(1, static_cast<std::int64_t>(g_.body.h / g_.row) - 1);
  for (bool shift : {false, true}) {
    if (in_.take_key(Key::down, false, shift)) go_to(state_.current + 1, shift);
    if (in_.take_key(Key::up, false, shift)) go_to(state_.current - 1, shift);
    if (in_.take_key(Key::page_down, false, shift)) go_to(state_.current + page, shift);
    if (in_.take_key(Key::page_up, false, shift)) go_to(state_.current - page, shift);
    if (in_.take_key(Key::home, false, shift) || in_.take_key(Key::home, true, shift)) go_to(0, shift);
    if (in_.take_key(Key::end, false, shift) || in_.take_key(Key::end, true, shift)) go_to(model_.rows - 1, shift);
  }
  if (state_.current < 0 || state_.current >= model_.rows) return;
  const RowInfo info = model_.row(state_.current);
  if (!info.loaded) return;
  if (model_.activatable && in_.take_key(Key::enter)) events_.activated = state_.current;
  if (in_.take_key(Key::space)) {
    if (model_.selectable) {
      toggle(info.key);
      state_.anchor = state_.current;
    } else if (model_.activatable) {
      events_.activated = state_.current;
    }
  }
  if (model_.selectable && in_.take_key(Key::a, true)) {
    state_.selection.clear();
    state_.selection.all_of_query = true;
    events_.selection_changed = true;
  }
  if (model_.selectable && !state_.selection.empty() && in_.take_key(Key::escape)) {
    state_.selection.clear();
    events_.selection_changed = true;
  }
}

void Table::go_to(std::int64_t row, bool extend) {
  row = std::clamp<std::int64_t>(row, 0, model_.rows - 1);
  if (state_.anchor < 0) state_.anchor = std::max<std::int64_t>(0, state_.current);
  state_.current = row;
  if (extend && model_.selectable) {
    select_range(state_.anchor, row);
  } else {
    state_.anchor = row;
  }
  const double top = static_cast<double>(row) * static_cast<double>(g_.row);
  state_.scroll = std::clamp(state_.scroll, top + static_cast<double>(g_.row) - static_cast<double>(g_.body.h), top);
  state_.scroll = std::clamp(state_.scroll, 0.0, scroll_end());
  ui_.request_frame();
}

// Rows between that are not loaded have no key yet and are left out; a range never replaces "all of the query".
void Table::select_range(std::int64_t from, std::int64_t to) {
  constexpr std::int64_t longest = 5000;
  if (from > to) std::swap(from, to);
  from = std::max(from, to - longest);
  for (std::int64_t row = from; row <= to; ++row) {
    const RowInfo info = model_.row(row);
    if (!info.loaded) continue;
    if (state_.selection.all_of_query) {
      state_.selection.keys.erase(info.key);
    } else {
      state_.selection.keys.insert(info.key);
    }
  }
  events_.selection_changed = true;
}

void Table::toggle(std::int64_t key) {
  auto& keys = state_.selection.keys;
  if (keys.erase(key) == 0) keys.insert(key);
  events_.selection_changed = true;
}

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

TableEvents table(Ui& ui, std::string_view id, const TableModel& model, TableState& state) {
  const WidgetId own = ui.id(id);
  IdScope scope(ui, id);
  return Table(ui, own, model, state).draw(model.height > 0 ? model.height : ui.available_height());
}

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
