// The data table: only visible rows cost anything, whatever the count. The caller answers for a row index what it is
// (or that it is not loaded yet) and draws a cell; the table draws header, selection, skeletons, keyboard and scroll,
// and reports which rows are visible so that the store can fetch them.
//
// Rows are positions in the sorted, filtered list; a row's key is its entity id, which is what is selected and focused.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.h"

namespace tw::ui {

enum class ColumnAlign : std::uint8_t { start, end };

struct Column {
  std::string_view key{};  // stable; names the sort
  std::string_view label{};
  float width = 0;  // pixels; 0: takes a share of what is left
  float share = 1;
  float min_width = 90;
  ColumnAlign align = ColumnAlign::start;
  bool sortable = false;
  bool row_header = false;  // the cell that names the row
  int hide_below = 0;       // drawn only when the table is at least this wide
};

struct Sort {
  std::string key{};  // empty: the list's own order
  bool descending = false;
  friend bool operator==(const Sort& a, const Sort& b) { return a.key == b.key && a.descending == b.descending; }
};

// Either ticked keys, or "everything the query finds, except these".
struct Selection {
  bool all_of_query = false;
  std::set<std::int64_t> keys{};  // ticked, or the exceptions when all_of_query

  bool has(std::int64_t key) const { return all_of_query != (keys.count(key) != 0); }
  std::int64_t size(std::int64_t query_total) const {
    const auto n = static_cast<std::int64_t>(keys.size());
    return all_of_query ? query_total - n : n;
  }
  bool empty() const { return !all_of_query && keys.empty(); }
  void clear() {
    all_of_query = false;
    keys.clear();
  }
};

// What the view keeps between frames.
struct TableState {
  double scroll = 0;  // pixels from the top of row 0
  float scroll_x = 0;
  std::int64_t current = -1;  // row with the keyboard, -1: none
  std::int64_t anchor = -1;   // where a Shift range begins
  Selection selection{};
  std::int64_t reveal = -1;  // set to a row: scrolled into view in the next frame, then -1 again
};

struct RowInfo {
  bool loaded = false;
  std::int64_t key = 0;     // entity id
  std::string_view name{};  // accessible name of the row
  std::string_view path{};  // where activating leads, for "open in a new tab"
  bool dimmed = false;
};

struct TableModel {
  std::string_view name{};  // accessible name of the table
  std::int64_t rows = 0;
  std::span<const Column> columns{};
  std::function<RowInfo(std::int64_t row)> row{};            // cheap; called for visible rows only
  std::function<void(std::int64_t row, int column)> cell{};  // draws into a row layout; widgets allowed
  Sort sort{};
  bool selectable = false;  // Ctrl C copies what is selected, else the row with the keyboard, as spreadsheets take it
  bool activatable = true;  // Enter and click report `activated`
  float height = 0;         // 0: the rest of the bounded area
  bool fit = false;         // as tall as its rows, however many (short tables inside a page)
  bool framed = true;       // its own border and surface
  float row_height = 0;     // 0: of the density
  std::function<void()> empty{};                         // drawn instead of rows when rows == 0
  std::function<void(std::int64_t row)> context_menu{};  // items of the row's menu (menu_item ...), optional
  std::function<void(std::int64_t row)> drag{};          // called while a row is being dragged: see ui/drag.h
};

struct TableEvents {
  std::int64_t first_visible = 0;  // rows [first, last) are visible now: fetch them
  std::int64_t last_visible = 0;
  std::int64_t activated = -1;  // row that was clicked, Entered or activated
  bool selection_changed = false;
  bool sort_changed = false;
  Sort sort{};  // wanted order when sort_changed
};

TableEvents table(Ui& ui, std::string_view id, const TableModel& model, TableState& state);

// Cells of the common kinds, for use inside `cell`.
void cell_text(Ui& ui, std::string_view words);
void cell_strong(Ui& ui, std::string_view words);
void cell_muted(Ui& ui, std::string_view words);
void cell_number(Ui& ui, std::int64_t value);

// What can be done with a selection: "3 selected · select all 312,204 of this query     [actions]   x".
struct SelectionBarOptions {
  std::string_view words{};       // "3 selected"
  std::string_view select_all{};  // offer; empty: none
  std::string_view clear_name{};
  Body actions{};  // link or button each
};
enum class SelectionBarEvent : std::uint8_t { none, select_all, clear };
SelectionBarEvent selection_bar(Ui& ui, std::string_view id, const SelectionBarOptions& options);

}  // namespace tw::ui
