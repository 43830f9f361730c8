// Containers that place what is drawn inside them. A container takes a lambda; inside it widgets are placed one after
// the other: downwards in a column (the default everywhere), to the right in a row. Widths come from the container,
// never from a language: text that does not fit ends in an ellipsis.
#pragma once

#include <string_view>
#include <vector>

#include "client/ui/ui.h"

namespace tw::ui {

struct ColumnOptions {
  float gap = space::s;
  float width = 0;  // 0: what is there
};
void column(Ui& ui, const ColumnOptions& options, Body body);

enum class Align : std::uint8_t { start, centre, end };

struct RowOptions {
  float gap = space::s;
  float height = 0;   // things stand centred in it; 0: the control height of the density
  bool wrap = false;  // go on below when the width is used up
  Align align = Align::start;
};
void row(Ui& ui, const RowOptions& options, Body body);
inline void row(Ui& ui, Body body) { row(ui, RowOptions{}, body); }

// Inside a row: pushes what follows to the right end.
void spring(Ui& ui);
void gap(Ui& ui, float pixels);  // extra distance in the direction of the container

// Side by side: tracks in shares of the width or in pixels; below `stack_below` (width of the container) one under the
// other. All tracks reach as far down as the tallest.
struct Track {
  float share = 1;
  float pixels = 0;  // > 0 wins
};
struct SplitOptions {
  float gap = space::l;
  float stack_below = 560;
  float height = 0;  // > 0: bounds the tracks, so that tables inside can fill them
};
void split(Ui& ui, const SplitOptions& options, const std::vector<Track>& tracks, FunctionRef<void(int)> body);

// Equal cells, as many beside each other as fit.
struct GridOptions {
  float min_cell = 220;
  float gap = space::l;
  int max_columns = 0;  // 0: no bound
};
void grid(Ui& ui, const GridOptions& options, int count, FunctionRef<void(int)> cell);

// A surface with a border, rounded, padded. `title` makes it a named region; `actions` stand right of the title.
struct CardOptions {
  std::string_view title{};
  std::string_view subtitle{};
  float padding = space::l;
  float gap = space::s;
  float height = 0;   // 0: as tall as its content
  bool fill = false;  // down to the bottom of the bounded area
  bool even = true;   // alone in a cell: as tall as the cells beside it
  Body actions{};
};
void card(Ui& ui, std::string_view id, const CardOptions& options, Body body);

// A card that is one button: returns true when activated.
struct CardButtonOptions {
  std::string_view name{};  // what it is called; its texts are drawn by the body
  bool selected = false;
  float padding = space::l;
};
bool card_button(Ui& ui, std::string_view id, const CardButtonOptions& options, Body body);

struct ScrollOptions {
  float height = 0;  // 0: the rest of the bounded area
  float padding = 0;
  float gap = space::s;
  std::string_view name{};  // makes it a named region
  bool choices = false;     // a list box: what stands inside are the choices of a field (FieldOptions::list)
};
void scroll_area(Ui& ui, std::string_view id, const ScrollOptions& options, Body body);

// The content of the current address: scrolls, has the page's padding, is the main landmark. `wide` = a bounded page
// whose table or board fills the rest instead of scrolling the whole page.
struct PageOptions {
  std::string_view title{};  // heading of level 1
  std::string_view count{};  // beside it, muted
  std::string_view subtitle{};
  std::string_view back_label{};  // a way up, above the title: "Batch tasks"
  bool bounded = false;
  Body actions{};       // right of the title
  Body beside_title{};  // chips after it
};                      // On a phone the title stands in the top bar (ui/shell.h), with an arrow for the way up.
struct PageResult {
  bool back = false;
};
PageResult page(Ui& ui, std::string_view id, const PageOptions& options, Body body);

// Whether what is placed next, this tall and as wide as there is room, can be seen: of many alike things in a scrolling
// area, those out of sight need not be drawn, only reached.
bool in_sight(Ui& ui, float height);

void separator(Ui& ui);

}  // namespace tw::ui
