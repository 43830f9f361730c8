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
        return RowInfo{row < loaded_to, row + 1, ui.keep("Customer " + std::to_string(row)), {}, false};
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

}  // namespace
}  // namespace tw::ui
