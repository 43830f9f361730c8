// The inside of a table: one object per table and frame that the parts of the drawing share. Only ui/table*.cpp include
// it.
//
// table.cpp lays out and draws the header, table_rows.cpp the rows, table_moves.cpp is what moves and selects: wheel,
// finger, scroll bar, keyboard; table_copy.cpp what goes to the clipboard. What lasts longer than a frame is in
// TableState (the view's) and GridFocus (the Ui's).
#pragma once

#include <algorithm>
#include <vector>

#include "client/ui/inside.h"
#include "client/ui/table.h"

namespace tw::ui {

inline constexpr float cell_pad = 12, tick_width = 44;

struct PlacedColumn {
  int index = 0;  // in model.columns
  float x = 0, width = 0;
};

inline float table_header_height(Density density) { return density == Density::touch ? 44.0f : 36.0f; }

struct TableGeometry {
  std::vector<PlacedColumn> columns;
  float width = 0;  // of all columns
  float row = 40;
  Rect whole, header, body;
};

class Table {
 public:
  Table(Ui& ui, WidgetId id, const TableModel& model, TableState& state)
      : ui_(ui), in_(ui.inside()), id_(id), model_(model), state_(state) {}

  TableEvents draw(float height);

 private:
  void draw_header();
  void header_cell(const PlacedColumn& placed);
  void tick_all(Rect rect);
  void draw_rows();
  void draw_row(std::int64_t row, float y);
  void press_row(std::int64_t row, const RowInfo& info);
  void draw_tick(std::int64_t row, const RowInfo& info, Rect rect, bool ticked);
  void draw_cells(std::int64_t row, const RowInfo& info, Rect rect);
  void row_menu(std::int64_t row, const RowInfo& info, const Item& item, Rect rect, bool over);
  void draw_skeleton(Rect rect);
  void announce_far_row();
  void scroll_bar();
  void scroll_input();
  void keyboard();
  void type_ahead();
  void copy();
  std::string words_of(std::int64_t row, const PlacedColumn& placed);
  void go_to(std::int64_t row, bool extend);
  void select_range(std::int64_t from, std::int64_t to, bool on = true);
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
  TableGeometry g_;
  GridFocus* grid_ = nullptr;
  TableEvents events_;
  bool has_focus_ = false;     // some row of this table
  WidgetId focus_before_ = 0;  // that row, as this frame began
  bool current_drawn_ = false;
};

}  // namespace tw::ui
