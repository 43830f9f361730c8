#include "client/ui/table.h"

#include <chrono>
#include <cstdio>

#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

constexpr std::int64_t million = 1'000'000;

struct TablePage {
  TableState state;
  TableEvents events;
  std::int64_t rows = million;
  std::int64_t loaded_to = million;
  std::int64_t activated = -1;
  bool sort_asked = false;
  Sort sort;
  Harness page;

  TablePage() {
    page.draw([this](Ui& ui) {
      static constexpr Column columns[] = {
          {.key = "name", .label = "Name", .share = 2, .sortable = true, .row_header = true},
          {.key = "city", .label = "City"},
          {.key = "state", .label = "State"},
          {.key = "owner", .label = "Owner"},
          {.key = "phone", .label = "Phone"},
          {.key = "tags", .label = "Tags"},
          {.key = "seen", .label = "Seen"},
          {.key = "score", .label = "Score", .width = 90, .align = ColumnAlign::end, .sortable = true}};
      TableModel model;
      model.name = "Customers";
      model.rows = rows;
      model.columns = columns;
      model.selectable = true;
      model.sort = sort;
      model.row = [&](std::int64_t row) {
        return RowInfo{row < loaded_to, row + 1, ui.keep("Customer " + std::to_string(row)),
                       ui.keep("/customers/" + std::to_string(row + 1)), false};
      };
      model.cell = [&](std::int64_t row, int column) {
        if (column == 0) {
          cell_strong(ui, ui.keep("Customer " + std::to_string(row)));
        } else if (column == 2) {
          chip(ui, "Executing", {.tone = Tone::executing});
        } else if (column == 7) {
          cell_number(ui, row % 100);
        } else {
          cell_text(ui, "Wuhan");
        }
      };
      events = table(ui, "customers", model, state);
      if (events.activated >= 0) activated = events.activated;
      sort_asked |= events.sort_changed;
      if (events.sort_changed) sort = events.sort;
    });
  }
};

TEST(a_table, draws_only_visible_rows_of_a_million_and_tells_the_whole_count) {
  TablePage t;
  EXPECT_EQ(t.page.get(Role::grid, "Customers").row_count, million + 1);
  EXPECT_LT(t.page.count(Role::row), 25);
  EXPECT_EQ(t.events.first_visible, 0);
  EXPECT_EQ(t.page.get(Role::row, "Customer 3").row_index, 4);
  EXPECT_TRUE(t.page.unannounced().empty());
  EXPECT_EQ(t.page.tree().duplicates(), 0);
  const auto start = std::chrono::steady_clock::now();
  t.page.frames(200);
  const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count() / 200;
  std::printf("[ figure   ] customer list of 1,000,000 rows: %.3f ms a frame, %d vertices, %zu nodes\n", ms,
              t.page.vertices(), t.page.tree().nodes().size());
}

// A grid holds rows and nothing else: what stands there for want of them is read after it.
TEST(a_table, says_beside_the_grid_what_stands_for_rows_that_are_not_there) {
  Harness page;
  TableState state;
  page.draw([&](Ui& ui) {
    static constexpr Column columns[] = {{.key = "name", .label = "Name"}};
    TableModel model;
    model.name = "Customers";
    model.columns = columns;
    model.empty = [&] { heading(ui, 2, "No customers yet"); };
    table(ui, "customers", model, state);
  });
  EXPECT_NE(page.get(Role::heading, "No customers yet").parent, page.get(Role::grid, "Customers").id);
}

TEST(a_table, reaches_its_last_row_exactly) {
  TablePage t;
  t.page.click(Role::row, "Customer 1");
  t.page.key(Key::end);
  EXPECT_EQ(t.state.current, million - 1);
  EXPECT_EQ(t.events.last_visible, million);
  const auto& last = t.page.get(Role::row, "Customer 999999");
  const auto& before = t.page.get(Role::row, "Customer 999998");
  EXPECT_FLOAT_EQ(last.y - before.y, 40);
  EXPECT_EQ(t.page.focused()->name, "Customer 999999");
}

TEST(a_table, activates_sorts_and_selects) {
  TablePage t;
  t.page.click(Role::row, "Customer 2");
  EXPECT_EQ(t.activated, 2);
  t.page.key(Key::down);
  t.page.key(Key::space);
  EXPECT_TRUE(t.state.selection.has(4));
  t.page.key(Key::down, {.shift = true});
  t.page.key(Key::down, {.shift = true});
  EXPECT_EQ(t.state.selection.size(million), 3);
  t.page.key(Key::a, {.control = true});
  EXPECT_EQ(t.state.selection.size(million), million);
  t.page.click(Role::checkbox, "Select Customer 2");
  EXPECT_EQ(t.state.selection.size(million), million - 1);
  EXPECT_FALSE(t.state.selection.has(3));
  t.page.click(Role::column_header, "Name");
  EXPECT_TRUE(t.sort_asked);
  EXPECT_EQ(t.sort, (Sort{"name", false}));
  t.page.click(Role::column_header, "Name");
  EXPECT_EQ(t.sort, (Sort{"name", true}));
}

TEST(a_table, shows_skeletons_for_rows_that_are_not_there_yet_and_keeps_the_focus) {
  TablePage t;
  t.loaded_to = 5;
  t.page.click(Role::row, "Customer 4");
  t.page.key(Key::down);
  EXPECT_EQ(t.state.current, 5);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_TRUE(t.page.focused()->busy);
  t.loaded_to = million;
  t.page.frames(3);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->name, "Customer 5");
}

TEST(a_table, keeps_the_focused_row_in_the_tree_when_it_is_scrolled_away) {
  TablePage t;
  t.page.click(Role::row, "Customer 0");
  t.page.wheel({600, 400}, -50);
  EXPECT_GT(t.events.first_visible, 20);
  t.page.frames(6);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->name, "Customer 0");
}

TEST(a_table, moves_by_pages_and_scrolls_no_further_than_it_must) {
  TablePage t;
  t.page.click(Role::row, "Customer 0");
  t.page.key(Key::page_down);
  EXPECT_GT(t.state.current, 10);
  EXPECT_LT(t.state.current, 25);
  const auto& row = *t.page.focused();
  EXPECT_LE(row.y + row.h, 800.5f);
  t.page.key(Key::page_up);
  EXPECT_EQ(t.state.current, 0);
  EXPECT_DOUBLE_EQ(t.state.scroll, 0);
  t.page.key(Key::up);
  EXPECT_EQ(t.state.current, 0);
}

TEST(a_table, shows_a_row_that_it_is_asked_to_reveal) {
  TablePage t;
  t.state.reveal = 5000;
  t.page.frames(2);
  EXPECT_EQ(t.state.reveal, -1);
  EXPECT_LE(t.events.first_visible, 5000);
  EXPECT_GT(t.events.last_visible, 5000);
}

TEST(a_table, draws_the_row_of_which_only_a_part_is_visible) {
  TablePage t;
  t.page.wheel({600, 400}, -0.1f);
  EXPECT_EQ(t.events.first_visible, 0);
  // 764 pixels of rows, 40 each, scrolled by 10: the twentieth shows its upper part.
  EXPECT_EQ(t.events.last_visible, 20);
}

TEST(a_table, leaves_out_columns_that_a_narrow_one_has_no_room_for) {
  for (const bool narrow : {false, true}) {
    Harness page({narrow ? 400.0f : 900.0f, 600});
    TableState state;
    page.draw([&](Ui& ui) {
      const Column columns[] = {{.key = "a", .label = "Always", .row_header = true},
                                {.key = "b", .label = "Wide only", .hide_below = 600}};
      TableModel model;
      model.name = "T";
      model.rows = 3;
      model.columns = columns;
      model.row = [](std::int64_t row) { return RowInfo{true, row + 1, "Row", {}, false}; };
      model.cell = [&](std::int64_t, int) { cell_text(ui, "x"); };
      table(ui, "t", model, state);
    });
    EXPECT_EQ(page.find(Role::column_header, "Wide only") == nullptr, narrow);
    EXPECT_EQ(page.get(Role::grid, "T").column_count, narrow ? 1 : 2);
  }
}

TEST(a_table, selects_with_control_and_shift_and_forgets_with_escape) {
  TablePage t;
  t.page.click(Role::row, "Customer 1");
  t.page.inside().modifiers({.control = true});
  t.page.click(Role::row, "Customer 3");
  t.page.inside().modifiers({.shift = true});
  t.page.click(Role::row, "Customer 6");
  t.page.inside().modifiers({});
  EXPECT_EQ(t.activated, 1);
  EXPECT_EQ(t.state.selection.keys, (std::set<std::int64_t>{4, 5, 6, 7}));
  t.page.key(Key::escape);
  EXPECT_TRUE(t.state.selection.empty());
}

TEST(a_table, takes_a_range_out_of_the_exceptions_when_all_of_the_query_is_selected) {
  TablePage t;
  t.page.click(Role::row, "Customer 0");
  t.page.key(Key::a, {.control = true});
  t.page.click(Role::checkbox, "Select Customer 1");
  t.page.click(Role::checkbox, "Select Customer 2");
  EXPECT_EQ(t.state.selection.keys, (std::set<std::int64_t>{2, 3}));
  t.page.key(Key::down, {.shift = true});
  EXPECT_TRUE(t.state.selection.has(3));
  EXPECT_TRUE(t.state.selection.all_of_query);
}

TEST(a_table, unticks_what_was_ticked_by_key_and_by_pointer) {
  TablePage t;
  t.page.click(Role::row, "Customer 1");
  t.page.key(Key::space);
  EXPECT_TRUE(t.state.selection.has(2));
  t.page.key(Key::space);
  EXPECT_FALSE(t.state.selection.has(2));
  t.page.click(Role::checkbox, "Select Customer 4");
  EXPECT_TRUE(t.state.selection.has(5));
  t.page.click(Role::checkbox, "Select Customer 4");
  EXPECT_FALSE(t.state.selection.has(5));
}

TEST(a_table, shows_in_its_head_whether_none_some_or_all_of_its_rows_are_ticked) {
  TablePage t;
  t.rows = 3;
  const auto head = [&t] {
    t.page.frame();
    return t.page.get(Role::checkbox, "Select all").checked;
  };
  EXPECT_EQ(head(), a11y::Tri::no);
  t.state.selection.keys = {1, 2};
  EXPECT_EQ(head(), a11y::Tri::mixed);
  t.state.selection.keys = {1, 2, 3};
  EXPECT_EQ(head(), a11y::Tri::yes) << "one by one, too";
  t.state.selection = {.all_of_query = true, .keys = {}};
  EXPECT_EQ(head(), a11y::Tri::yes);
  t.state.selection.keys = {2};
  EXPECT_EQ(head(), a11y::Tri::mixed);
  t.state.selection.keys = {1, 2, 3};
  EXPECT_EQ(head(), a11y::Tri::no) << "all but all";
}

TEST(a_table, links_what_names_a_row_to_what_it_opens_and_nothing_else) {
  TablePage t;
  t.rows = 2;
  t.page.frame();
  const a11y::Node& cell = t.page.get(Role::row_header, "Customer 1");
  EXPECT_EQ(cell.path, "/customers/2");
  EXPECT_FALSE(cell.focusable) << "no stop of its own";
  int linked = 0;
  for (const a11y::Node& node : t.page.tree().nodes()) linked += !node.path.empty();
  EXPECT_EQ(linked, 2);
}

TEST(a_table, keeps_a_range_within_what_can_be_read_in_a_moment) {
  TablePage t;
  t.page.click(Role::row, "Customer 0");
  t.page.key(Key::end, {.shift = true});
  EXPECT_EQ(t.state.selection.size(million), 5001);
}

TEST(a_table, veils_rows_that_are_not_the_last_word) {
  bool dimmed = false;
  TableState state;
  Harness page;
  page.draw([&](Ui& ui) {
    const Column columns[] = {{.key = "a", .label = "A", .row_header = true}};
    TableModel model;
    model.name = "T";
    model.rows = 1;
    model.columns = columns;
    model.row = [&](std::int64_t row) { return RowInfo{true, row + 1, "Row", {}, dimmed}; };
    model.cell = [&](std::int64_t, int) { cell_text(ui, "x"); };
    table(ui, "t", model, state);
  });
  const int before = page.vertices();
  dimmed = true;
  page.frames(2);
  EXPECT_GT(page.vertices(), before);
}

struct Finger {
  Harness& page;
  void down(Point at) {
    page.inside().pointer_moved(at, true);
    page.frame();
    page.inside().pointer_button(0, true, true);
    page.frame();
  }
  void move(Point at) {
    page.inside().pointer_moved(at, true);
    page.frame();
  }
  void up() {
    page.inside().pointer_button(0, false, true);
    page.frame();
    page.inside().pointer_left();
    page.frame();
  }
};

TEST(a_table_under_a_finger, follows_it_glides_on_slows_down_and_presses_no_row) {
  TablePage t;
  Finger finger{t.page};
  finger.down({600, 700});
  for (int i = 1; i <= 10; ++i) finger.move({600, 700.0f - static_cast<float>(i) * 20});
  EXPECT_NEAR(t.state.scroll, 200, 25);
  finger.up();
  const double let_go = t.state.scroll;
  t.page.frames(10);
  const double soon = t.state.scroll - let_go;
  EXPECT_GT(soon, 50);
  t.page.frames(10);
  EXPECT_LT(t.state.scroll - let_go - soon, soon);
  EXPECT_LT(t.page.frames_until_rest(), 120);
  EXPECT_EQ(t.activated, -1);
}

TEST(a_table_under_a_finger, stops_at_a_touch_and_does_not_glide_with_reduced_motion) {
  for (const bool reduced : {false, true}) {
    TablePage t;
    t.page.info().reduced_motion = reduced;
    Finger finger{t.page};
    finger.down({600, 700});
    for (int i = 1; i <= 10; ++i) finger.move({600, 700.0f - static_cast<float>(i) * 20});
    finger.up();
    if (!reduced) {
      t.page.frames(2);
      finger.down({600, 400});
    }
    const double there = t.state.scroll;
    t.page.frames(10);
    EXPECT_DOUBLE_EQ(t.state.scroll, there);
  }
}

}  // namespace
}  // namespace tw::ui
