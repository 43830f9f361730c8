// The containers that views use, on top of layout_core.cpp.
#include "client/ui/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "client/ui/controls.h"
#include "client/ui/inside.h"
#include "imgui_internal.h"

namespace tw::ui {

namespace {

// A container's rectangle is known when it is closed; until then it stands where the next thing would go. In a row it
// is centred by what it measured in the frame before.
struct Opened {
  Rect at;
  WidgetId id = 0;
};

Opened open_at_next(Ui& ui, LayoutFrame frame, const char* what, float width) {
  auto& in = ui.inside();
  frame.id = in.nth_id(what);
  const float room = ui.available_width();
  const Memory& known = in.memory[frame.id];
  const bool in_row = in.top().horizontal;
  float wide = width > 0 ? std::min(width, room) : room;
  if (in_row && in.top().wrap && width <= 0 && known.size.w > 0 && known.size.w > room) wide = in.top().bounds.w;
  Rect at = next_place(ui, in_row && known.size.w > 0 ? std::min(known.size.w, wide) : wide);
  if (in_row && known.size.h > 0 && known.size.h < in.top().line) at.y += (in.top().line - known.size.h) / 2;
  at.w = wide;
  const float bottom = in.top().bounds.bottom();
  frame.bounds = {at.x, at.y, wide, std::max(0.0f, bottom - at.y)};
  open_layout(ui, frame);
  return {at, frame.id};
}

void close_and_place(Ui& ui, float width) {
  const Size extent = close_layout(ui);
  ui.place({width > 0 ? width : extent.w, extent.h});
}

}  // namespace

void column(Ui& ui, const ColumnOptions& options, Body body) {
  LayoutFrame frame;
  frame.gap = options.gap;
  const LayoutFrame& parent = ui.inside().top();
  frame.shrink = (parent.horizontal || parent.shrink) && options.width <= 0;
  const bool shrink = frame.shrink;
  const Opened opened = open_at_next(ui, frame, "column", options.width);
  body();
  close_and_place(ui, shrink ? 0 : opened.at.w);
}

void row(Ui& ui, const RowOptions& options, Body body) {
  LayoutFrame frame;
  frame.horizontal = true;
  frame.gap = options.gap;
  frame.line = options.height > 0 ? options.height : control_height(ui.density());
  frame.wrap = options.wrap;
  const bool shrink = ui.inside().top().horizontal || ui.inside().top().shrink;
  frame.shrink = shrink;
  const Opened opened = open_at_next(ui, frame, "row", 0);
  auto& top = ui.inside().top();
  if (options.align != Align::start && !shrink) {
    const float rest = std::max(0.0f, top.bounds.w - ui.inside().memory[opened.id].natural);
    top.x += options.align == Align::end ? rest : rest / 2;
  }
  body();
  close_and_place(ui, shrink ? 0 : opened.at.w);
}

void spring(Ui& ui) {
  LayoutFrame& top = ui.inside().top();
  IM_ASSERT(top.horizontal);
  if (top.shrink) return;  // nothing to spread
  ++top.springs;
  top.x += top.spring;
}

void gap(Ui& ui, float pixels) {
  LayoutFrame& top = ui.inside().top();
  if (top.horizontal) {
    top.x += pixels;
    top.natural += pixels;
  } else {
    top.y += pixels;
    top.bottom = std::max(top.bottom, top.y);
  }
}

void split(Ui& ui, const SplitOptions& options, const std::vector<Track>& tracks, FunctionRef<void(int)> body) {
  const float width = ui.available_width();
  if (width < options.stack_below) {
    column(ui, {.gap = options.gap}, [&] {
      for (int i = 0; i < static_cast<int>(tracks.size()); ++i) column(ui, {}, [&] { body(i); });
    });
    return;
  }
  float fixed = options.gap * static_cast<float>(tracks.size() - 1), shares = 0;
  for (const Track& track : tracks) {
    fixed += track.pixels;
    if (track.pixels <= 0) shares += track.share;
  }
  auto& in = ui.inside();
  const WidgetId id = in.nth_id("split");
  const float tallest_before = in.memory[id].size.h;
  const Rect at = next_place(ui, width);
  const float height = options.height > 0 ? options.height : std::max(0.0f, in.top().bounds.bottom() - at.y);
  float x = at.x, tallest = 0;
  for (int i = 0; i < static_cast<int>(tracks.size()); ++i) {
    const Track& track = tracks[static_cast<std::size_t>(i)];
    const float w =
        std::floor(track.pixels > 0 ? track.pixels : (width - fixed) * track.share / std::max(0.01f, shares));
    LayoutFrame frame;
    frame.bounds = {x, at.y, w, height};
    frame.id = in.nth_id("track");
    frame.least_height = tallest_before;
    open_layout(ui, frame);
    body(i);
    const float content = in.top().bottom - in.top().bounds.y;
    close_layout(ui);
    tallest = std::max(tallest, content);
    x += w + options.gap;
  }
  Memory& known = in.memory[id];
  if (known.size.h != tallest) in.again = true;
  known.size.h = tallest;
  known.frame = in.frame_number;
  ui.place({width, options.height > 0 ? options.height : tallest});
}

void grid(Ui& ui, const GridOptions& options, int count, FunctionRef<void(int)> cell) {
  if (count <= 0) return;
  const float width = ui.available_width();
  int columns = std::max(1, static_cast<int>((width + options.gap) / (options.min_cell + options.gap)));
  if (options.max_columns > 0) columns = std::min(columns, options.max_columns);
  columns = std::min(columns, count);
  if (options.max_columns > 0) {  // few cells: no row of one below a row of three
    const int rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows;
  }
  column(ui, {.gap = options.gap}, [&] {
    for (int first = 0; first < count; first += columns) {
      const std::vector<Track> tracks(static_cast<std::size_t>(columns));
      split(ui, {.gap = options.gap, .stack_below = 0}, tracks, [&](int i) {
        if (first + i < count) cell(first + i);
      });
    }
  });
}

namespace {

// A surface drawn under content whose height is known only afterwards.
template <class Draw>
Rect on_surface(Ui& ui, WidgetId id, const CardOptions& options, Body body, Draw draw_surface) {
  const float padding = options.padding, height = options.height;
  const bool fill = options.fill;
  auto& in = ui.inside();
  const float width = ui.available_width();
  const Rect at = next_place(ui, width);
  // The only thing in a cell is as tall as its neighbours.
  const LayoutFrame& parent = in.top();
  const bool alone = !parent.horizontal && parent.empty && in.memory[parent.id].items <= 1;
  const float least = std::max(height, alone && options.even ? parent.least_height : 0.0f);
  const float filled = fill ? std::max(0.0f, in.top().bounds.bottom() - at.y) : 0;
  ImDrawListSplitter layers;
  ImDrawList& list = in.list();
  layers.Split(&list, 2);
  layers.SetCurrentChannel(&list, 1);
  LayoutFrame frame;
  frame.id = id;
  frame.gap = options.gap;
  const float inner_height = fill         ? filled - 2 * padding
                             : height > 0 ? height - 2 * padding
                                          : std::max(0.0f, in.top().bounds.bottom() - at.y - 2 * padding);
  frame.bounds = {at.x + padding, at.y + padding, width - 2 * padding, inner_height};
  open_layout(ui, frame);
  body();
  const Size extent = close_layout(ui);
  const float tall = fill ? filled : height > 0 ? height : std::max(extent.h + 2 * padding, least);
  const Rect surface = {at.x, at.y, width, tall};
  layers.SetCurrentChannel(&list, 0);
  draw_surface(surface);
  layers.Merge(&list);
  // An equal-height cell must not grow by its own stretched height.
  const float own = fill || height > 0 ? tall : extent.h + 2 * padding;
  ui.place({width, own});
  return surface;
}

void draw_card(Ui& ui, Rect surface) {
  auto& in = ui.inside();
  in.fill(surface, ui.color(Token::surface), radius::card);
  in.frame(surface, ui.color(Token::line), radius::card, line_width);
}

}  // namespace

void card(Ui& ui, std::string_view id, const CardOptions& options, Body body) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  IdScope scope(ui, id);
  a11y::Node node;
  node.id = own;
  node.role = options.title.empty() ? a11y::Role::group : a11y::Role::region;
  node.name = options.title;
  const Rect at = next_place(ui, ui.available_width());
  node.x = at.x, node.y = at.y, node.w = ui.available_width();
  in.tree.add(node);
  a11y::Open open(in.tree, own);
  const Rect surface = on_surface(
      ui, own, options,
      [&] {
        if (!options.title.empty()) {
          row(ui, {.height = line_height(Style::subtitle)}, [&] {
            column(ui, {.gap = 0}, [&] {
              text(ui, options.title, {.weight = Weight::semibold, .heading = 2});
              if (!options.subtitle.empty()) caption(ui, options.subtitle);
            });
            if (options.actions) {
              spring(ui);
              options.actions();
            }
          });
          gap(ui, space::xs);
        }
        body();
      },
      [&](Rect rect) { draw_card(ui, rect); });
  if (a11y::Node* added = in.tree.find(own)) added->h = surface.h;
}

bool card_button(Ui& ui, std::string_view id, const CardButtonOptions& options, Body body) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const Rect at = next_place(ui, ui.available_width());
  // Its own height of the frame before: the press area must be known before the content.
  const float height = std::max(in.memory[own].size.h + 2 * options.padding, in.top().least_height);
  const Item item = in.item(own, {at.x, at.y, ui.available_width(), height});
  if (item.hovered) in.cursor = Cursor::hand;
  a11y::Node node = node_of(item, a11y::Role::button, options.name);
  if (options.selected) node.checked = a11y::Tri::yes;  // a button is pressed, not selected
  in.tree.add(node);
  a11y::Open open(in.tree, own);
  IdScope scope(ui, id);
  on_surface(ui, own, {.padding = options.padding, .gap = space::xs}, body, [&](Rect rect) {
    draw_card(ui, rect);
    if (options.selected) in.fill(rect, ui.color(Token::accent_soft), radius::card);
    if (item.hovered) in.fill(rect, ui.color(Token::hover), radius::card);
    if (item.hovered || options.selected) in.frame(rect, faded(ui.color(Token::accent), 0.6f), radius::card);
    if (item.ring) in.ring(rect, radius::card);
  });
  return item.pressed;
}

void scroll_area(Ui& ui, std::string_view id, const ScrollOptions& options, Body body) {
  auto& in = ui.inside();
  const WidgetId own = ui.id(id);
  const float height = options.height > 0 ? options.height : ui.available_height();
  const Rect at = ui.place({ui.available_width(), height});
  if (!options.name.empty()) {
    a11y::Node node;
    node.id = own;
    node.role = options.choices ? a11y::Role::list_box : a11y::Role::region;
    node.name = options.name;
    node.x = at.x, node.y = at.y, node.w = at.w, node.h = at.h;
    in.tree.add(node);
    in.tree.open(own);
  }
  IdScope scope(ui, id);
  begin_child(ui, own, at, true, false);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  LayoutFrame frame;
  frame.id = own;
  frame.gap = options.gap;
  // The scroll bar lies over the padding, so that content does not jump when it comes.
  const bool beside_bar = ImGui::GetCurrentWindow()->ScrollbarY && options.padding < space::m;
  frame.bounds = {start.x + options.padding, start.y + options.padding,
                  at.w - 2 * options.padding - (beside_bar ? space::m : 0), at.h - 2 * options.padding};
  touch_scroll(ui);
  open_layout(ui, frame);
  body();
  const Size extent = close_layout(ui);
  ImGui::SetCursorScreenPos(start);
  ImGui::Dummy({1, extent.h + 2 * options.padding});
  scroll_sign(ui);
  end_child(ui);
  if (!options.name.empty()) in.tree.close();
}

namespace {

// The top bar of a phone: the way up, the title, and at the end what the shell gave. True: up.
bool page_bar(Ui& ui, const PageOptions& options) {
  auto& in = ui.inside();
  const Body& end = *std::exchange(in.page_bar, nullptr);
  const float high = ui.top_bar_height(), room = in.info.viewport.w - space::m;
  LayoutFrame frame;
  frame.id = ui.id("page-bar-end");
  frame.horizontal = true;
  frame.line = high - 1;
  const float wide = in.memory[frame.id].natural;
  frame.bounds = {room - wide, 0, wide, high};
  LayoutFrame head = frame;
  head.id = ui.id("page-bar");
  const bool up = !options.back_label.empty();
  head.bounds = {up ? space::xs : space::l, 0, room - wide - (up ? space::xs : space::l), high};
  head.gap = up ? 0 : space::s;
  open_layout(ui, head);
  const bool back = up && icon_button(ui, "back", Icon::chevron_left, options.back_label);
  const Style style = up || ui.is_flat() ? Style::subtitle : Style::title;
  column(ui, {.gap = 0, .width = ui.available_width()}, [&] {
    row(ui, {.gap = space::m, .height = line_height(style)}, [&] {
      text(ui, options.title, {.style = style, .weight = Weight::semibold, .heading = 1});
      if (!options.count.empty()) caption(ui, options.count);
    });
    if (!options.subtitle.empty()) caption(ui, options.subtitle);
  });
  close_layout(ui);
  open_layout(ui, frame);
  end();
  close_layout(ui);
  return back;
}

bool page_head(Ui& ui, const PageOptions& options) {
  bool back = false;
  if (!options.back_label.empty()) {
    back = link(ui, "back", ui.keep(std::string(options.back_label) + " \xE2\x80\xBA"),
                {.style = Style::caption, .color = Token::muted});
    gap(ui, -space::s);
  }
  if (options.title.empty()) return back;
  row(ui, {.gap = space::m}, [&] {
    column(ui, {.gap = 0}, [&] {
      row(ui, {.gap = space::m, .height = line_height(Style::title)}, [&] {
        text(ui, options.title, {.style = Style::title, .weight = Weight::semibold, .heading = 1});
        if (!options.count.empty()) caption(ui, options.count);
        if (options.beside_title) options.beside_title();
      });
      if (!options.subtitle.empty()) muted(ui, options.subtitle);
    });
    if (!options.actions) return;
    spring(ui);
    options.actions();
  });
  return back;
}

}  // namespace

PageResult page(Ui& ui, std::string_view id, const PageOptions& options, Body body) {
  PageResult result;
  auto& in = ui.inside();
  const float padding = ui.is_phone() ? space::l : space::xl;
  const bool in_bar = in.page_bar != nullptr;
  if (in_bar) result.back = page_bar(ui, options);
  auto content = [&] {
    if (!in_bar) {
      result.back = page_head(ui, options);
    } else if (options.beside_title || options.actions) {
      const float before = in.top().y;
      row(ui, {.wrap = true}, [&] {
        if (options.beside_title) options.beside_title();
        spring(ui);
        if (options.actions) options.actions();
      });
      if (in.top().y == before) in.top().empty = true;  // they had nothing to say now: no gap for it
    }
    body();
  };
  if (options.bounded) {
    IdScope scope(ui, id);
    const Rect at = ui.place({ui.available_width(), ui.available_height()});
    LayoutFrame frame;
    frame.id = ui.id("bounds");
    frame.gap = space::l;
    frame.bounds = at.inset(padding);
    open_layout(ui, frame);
    content();
    close_layout(ui);
  } else {
    scroll_area(ui, id, {.padding = padding, .gap = space::l}, content);
  }
  return result;
}

void separator(Ui& ui) {
  const Rect at = ui.place({ui.available_width(), 1});
  ui.inside().line({at.x, at.y}, {at.right(), at.y}, ui.color(Token::line));
}

}  // namespace tw::ui
