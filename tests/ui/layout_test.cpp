#include "client/ui/layout.h"

#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/field.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

TEST(a_row, pushes_what_stands_behind_a_spring_to_the_right_end) {
  Harness page({800, 600});
  page.draw([](Ui& ui) {
    row(ui, [&] {
      button(ui, "l", "Left");
      spring(ui);
      button(ui, "r", "Right");
    });
  });
  const auto& right = page.get(Role::button, "Right");
  EXPECT_NEAR(right.x + right.w, 800, 0.5f);
  EXPECT_FLOAT_EQ(page.get(Role::button, "Left").x, 0);
}

TEST(a_row, gives_a_field_its_width_back_after_something_new_came_before_it) {
  for (const bool chooses : {false, true}) {
    Harness page({800, 600});
    bool more = false;
    std::string words;
    int chosen = 0;
    const Choice choices[] = {{.key = "a", .label = "A"}};
    page.draw([&](Ui& ui) {
      row(ui, [&] {
        if (more) button(ui, "new", "Something that was not there before");
        button(ui, "l", "Left");
        spring(ui);
        if (chooses)
          select(ui, "s", choices, chosen, {.name = "Find", .width = 220});
        else
          search_field(ui, "s", words, "Find", 220);
      });
    });
    const Role role = chooses ? Role::combo_box : Role::search_box;
    EXPECT_FLOAT_EQ(page.get(role, "Find").w, 220);
    more = true;
    page.frames(4);
    EXPECT_FLOAT_EQ(page.get(role, "Find").w, 220);
    EXPECT_NEAR(page.get(role, "Find").x + 220, 800, 0.5f);
  }
}

TEST(a_row, wraps_only_when_it_may_and_must) {
  for (const bool wraps : {false, true}) {
    Harness page({300, 600});
    page.draw([wraps](Ui& ui) {
      row(ui, {.wrap = wraps}, [&] {
        for (int i = 0; i < 4; ++i)
          button(ui, ui.keep(std::to_string(i)), ui.keep("B" + std::to_string(i)), {.width = 120});
      });
      button(ui, "below", "Below");
    });
    EXPECT_FLOAT_EQ(page.get(Role::button, "B1").y, page.get(Role::button, "B0").y);
    EXPECT_EQ(page.get(Role::button, "B2").y > page.get(Role::button, "B0").y, wraps);
    EXPECT_GE(page.get(Role::button, "Below").y, page.get(Role::button, "B3").y + page.get(Role::button, "B3").h);
  }
}

TEST(a_row_that_is_too_long, shortens_its_text_and_nothing_else) {
  Harness page({300, 600});
  page.draw([](Ui& ui) {
    row(ui, [&] {
      text(ui, "A name that is much too long for the place it has");
      button(ui, "b", "Button");
    });
  });
  const auto& end = page.get(Role::button, "Button");
  EXPECT_LE(end.x + end.w, 300.5f);
  EXPECT_EQ(page.get(Role::text, "A name that is much too long for the place it has").name.size(), 49u);
}

TEST(a_split, stands_side_by_side_or_below_each_other_by_its_own_width) {
  for (const float width : {800.0f, 400.0f}) {
    Harness page({width, 600});
    page.draw([](Ui& ui) {
      split(ui, {.stack_below = 560}, {{.pixels = 200}, {.share = 1}},
            [&](int side) { button(ui, side == 0 ? "a" : "b", side == 0 ? "A" : "B", {.full_width = true}); });
      button(ui, "below", "Below");
    });
    const auto &a = page.get(Role::button, "A"), &b = page.get(Role::button, "B");
    EXPECT_EQ(b.y > a.y, width < 560);
    if (width > 560) {
      EXPECT_FLOAT_EQ(a.w, 200);
      EXPECT_FLOAT_EQ(b.x, 200 + space::l);
      EXPECT_FLOAT_EQ(b.x + b.w, 800);
    }
    EXPECT_GT(page.get(Role::button, "Below").y, b.y);
  }
}

TEST(a_grid, has_as_many_columns_as_fit_and_no_more_than_it_may) {
  Harness page({700, 600});
  int most = 0;
  page.draw([&most](Ui& ui) {
    grid(ui, {.min_cell = 200, .max_columns = most}, 5,
         [&](int i) { button(ui, ui.keep(std::to_string(i)), ui.keep("C" + std::to_string(i))); });
  });
  EXPECT_FLOAT_EQ(page.get(Role::button, "C2").y, page.get(Role::button, "C0").y);
  EXPECT_GT(page.get(Role::button, "C3").y, page.get(Role::button, "C0").y);
  most = 2;
  page.frames(3);
  EXPECT_GT(page.get(Role::button, "C2").y, page.get(Role::button, "C0").y);
}

TEST(a_grid_of_few_cells, has_rows_of_one_length) {
  Harness page({700, 600});
  page.draw([](Ui& ui) {
    grid(ui, {.min_cell = 200, .max_columns = 4}, 4,
         [&](int i) { button(ui, ui.keep(std::to_string(i)), ui.keep("C" + std::to_string(i))); });
  });
  EXPECT_FLOAT_EQ(page.get(Role::button, "C2").x, page.get(Role::button, "C0").x);
  EXPECT_FLOAT_EQ(page.get(Role::button, "C3").y, page.get(Role::button, "C2").y);
}

TEST(cards_beside_each_other, are_as_tall_as_the_tallest) {
  Harness page({800, 600});
  page.draw([](Ui& ui) {
    grid(ui, {.min_cell = 200}, 2, [&](int i) {
      IdScope scope(ui, i);
      card(ui, "c", {.title = i == 0 ? "Short" : "Tall"}, [&] {
        for (int line = 0; line < (i == 0 ? 1 : 5); ++line) text(ui, "line");
      });
    });
  });
  page.frames(3);
  EXPECT_FLOAT_EQ(page.get(Role::region, "Short").h, page.get(Role::region, "Tall").h);
}

TEST(a_scroll_area, moves_with_the_wheel_and_brings_the_focus_into_view) {
  Harness page({400, 300});
  page.draw([](Ui& ui) {
    scroll_area(ui, "s", {.height = 200, .name = "Area"}, [&] {
      for (int i = 0; i < 20; ++i) button(ui, ui.keep(std::to_string(i)), ui.keep("B" + std::to_string(i)));
    });
  });
  page.wheel({100, 100}, -2);
  page.frames(10);
  EXPECT_LT(page.get(Role::button, "B0").y, 0);
  for (int i = 0; i < 15; ++i) page.key(Key::tab);
  page.frames(3);
  const auto& focused = *page.focused();
  EXPECT_GE(focused.y, 0);
  EXPECT_LE(focused.y + focused.h, 200.5f);
}

TEST(density, decides_the_height_of_what_is_pressed) {
  for (const auto& [density, height] :
       {std::pair{Density::compact, 30.0f}, std::pair{Density::comfortable, 36.0f}, std::pair{Density::touch, 44.0f}}) {
    Harness page;
    page.ui().set_density(density);
    page.draw([](Ui& ui) { button(ui, "b", "B"); });
    EXPECT_FLOAT_EQ(page.get(Role::button, "B").h, height);
  }
}

}  // namespace
}  // namespace tw::ui
