// Fingers: what they hit, what they hold, what they push.
#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/drag.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

constexpr double held = 0.6;  // seconds: longer than it takes to lift

Point middle(const a11y::Node& node) { return {node.x + node.w / 2, node.y + node.h / 2}; }

// Customers on the left that can be dragged and have a menu, a person below that takes them.
struct Board {
  TableState state;
  std::vector<std::int64_t> dropped;
  std::int64_t activated = -1;
  int opened = 0;
  Harness page;

  explicit Board(bool drags = true) {
    page.draw([this, drags](Ui& ui) {
      const Column columns[] = {{.key = "a", .label = "A", .row_header = true}};
      TableModel model;
      model.name = "Customers";
      model.rows = 100;
      model.columns = columns;
      model.selectable = true;
      model.height = 400;
      model.row = [&](std::int64_t row) {
        return RowInfo{true, row + 1, ui.keep("Customer " + std::to_string(row)), {}, false};
      };
      model.cell = [&](std::int64_t row, int) { cell_text(ui, ui.keep("Customer " + std::to_string(row))); };
      model.context_menu = [&](std::int64_t) { opened += menu_item(ui, "open", "Open") ? 1 : 0; };
      if (drags)
        model.drag = [&](std::int64_t row) {
          drag_source(ui, [&] { return DragPayload{"item", {row + 1}, "1 customer"}; });
        };
      const TableEvents events = table(ui, "t", model, state);
      if (events.activated >= 0) activated = events.activated;
      gap(ui, 40);
      const auto payload = drop_target(
          ui, "person", "Li", "item",
          [](const DragPayload&) {
            return DropVerdict{true, "yes"};
          },
          [&] { card(ui, "c", {.title = "Li", .height = 80}, [&] {}); });
      if (payload) dropped = payload->ids;
    });
  }
  Point row(std::string_view name) { return middle(page.get(Role::row, name)); }
};

TEST(a_finger_held_on_a_row, opens_its_menu_when_it_is_let_go_in_place) {
  for (const bool drags : {false, true}) {
    SCOPED_TRACE(drags);
    Board board(drags);
    board.page.finger_down(board.row("Customer 2"));
    board.page.wait(held);
    EXPECT_EQ(board.page.count(Role::menu), 0);
    board.page.finger_up();
    EXPECT_NE(board.page.find(Role::menu, "Customer 2"), nullptr);
    EXPECT_EQ(board.activated, -1) << "it was pressed as well";
  }
}

TEST(a_finger_held_on_a_row, drags_it_when_it_moves_on) {
  Board board;
  board.page.finger_down(board.row("Customer 2"));
  board.page.wait(held);
  board.page.finger_to(middle(board.page.get(Role::group, "Li")));
  ASSERT_TRUE(board.page.inside().drag);
  board.page.finger_up();
  EXPECT_EQ(board.dropped, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(board.page.count(Role::menu), 0);
  EXPECT_EQ(board.activated, -1);
  EXPECT_EQ(board.state.scroll, 0) << "the table scrolled under the drag";
}

TEST(a_finger_that_moves_at_once, scrolls_and_neither_drags_nor_opens_anything) {
  Board board;
  board.page.finger_down(board.row("Customer 5"));
  board.page.finger_to({board.row("Customer 5").x, 80}, 10);
  board.page.wait(held);
  board.page.finger_up();
  EXPECT_GT(board.state.scroll, 50);
  EXPECT_TRUE(board.dropped.empty());
  EXPECT_EQ(board.page.count(Role::menu), 0);
}

TEST(a_finger_that_moves_at_once, lifts_nothing_when_it_rests_later) {
  Harness page;
  page.draw([](Ui& ui) {
    card_button(ui, "item", {.name = "Item"}, [&] { text(ui, "Item"); });
    drag_source(ui, [] { return DragPayload{"item", {1}, "1 customer"}; });
  });
  const Point from = middle(page.get(Role::button, "Item"));
  page.finger_down(from);
  page.finger_to({from.x + 40, from.y});
  page.wait(held);
  page.finger_to({from.x + 80, from.y});
  EXPECT_FALSE(page.inside().drag);
  page.finger_up();
}

TEST(a_short_touch, presses_a_row_as_a_click_does) {
  Board board;
  board.page.finger_down(board.row("Customer 2"));
  board.page.finger_up();
  EXPECT_EQ(board.activated, 2);
}

TEST(a_finger, means_the_small_thing_beside_which_it_came_down) {
  int pressed = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    gap(ui, 100);
    row(ui, [&] {
      gap(ui, 100);
      if (link(ui, "l", "Small")) ++pressed;
    });
  });
  const auto& node = page.get(Role::button, "Small");
  const Point beside{node.x + node.w / 2, node.y + node.h / 2 + 20};
  ASSERT_FALSE((Rect{node.x, node.y, node.w, node.h}.contains(beside)));
  page.click(beside);
  EXPECT_EQ(pressed, 0) << "a mouse is exact";
  page.finger_down(beside);
  page.finger_up();
  EXPECT_EQ(pressed, 1);
}

TEST(a_finger, ticks_the_box_of_a_row_without_hitting_it_exactly) {
  Board board;
  const auto& tick = board.page.get(Role::checkbox, "Select Customer 1");
  board.page.finger_down({tick.x + tick.w + 8, tick.y + 4});
  board.page.finger_up();
  EXPECT_TRUE(board.state.selection.has(2));
  EXPECT_EQ(board.activated, -1);
}

TEST(a_finger_over_a_table_that_shows_everything, scrolls_the_page_around_it) {
  TableState state;
  Harness page({800, 400});
  page.draw([&](Ui& ui) {
    scroll_area(ui, "page", {}, [&] {
      const Column columns[] = {{.key = "a", .label = "A", .row_header = true}};
      TableModel model;
      model.name = "T";
      model.rows = 20;
      model.columns = columns;
      model.fit = true;
      model.row = [&](std::int64_t row) {
        return RowInfo{true, row + 1, ui.keep("Row " + std::to_string(row)), {}, false};
      };
      model.cell = [&](std::int64_t, int) { cell_text(ui, "x"); };
      table(ui, "t", model, state);
    });
  });
  const float before = page.get(Role::grid, "T").y;
  page.finger_down({300, 300});
  page.finger_to({300, 100}, 10);
  EXPECT_LT(page.get(Role::grid, "T").y, before - 100);
  page.finger_up();
}

}  // namespace
}  // namespace tw::ui
