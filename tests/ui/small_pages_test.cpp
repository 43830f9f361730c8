// Small and flat windows: phones, phones on their side, pages at 400 %. What the frame around a page does there, tabs
// that have too little room, and what grows without moving what one looks at.
#include <gtest/gtest.h>

#include "client/ui/bars.h"
#include "client/ui/controls.h"
#include "client/ui/field.h"
#include "client/ui/indicators.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/shell.h"
#include "client/ui/table.h"
#include "client/views/frame.h"
#include "client/views/people.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::CannedStore;
using test::Harness;

constexpr Size phone{390, 844}, at_400_percent{360, 225};

bool is_seen(const Harness& page, const a11y::Node& node) {
  for (const DrawnWords& words : page.drawn())
    if (node.name.find(words.words) == 0 && words.rect.x >= words.clip.x && words.rect.right() <= words.clip.right())
      return true;
  return false;
}

struct PageInShell {
  int ups = 0, menus = 0;
  Harness page;

  explicit PageInShell(Size size, std::string_view back = {}) : page(size) {
    page.draw([this, back](Ui& ui) {
      const NavItem items[] = {{.key = "a", .label = "Area", .path = "/"}};
      shell(ui, {.items = items, .top_bar = [&] { menus += icon_button(ui, "menu", Icon::person, "Menu") ? 1 : 0; }},
            [&] {
              const PageResult result = tw::ui::page(ui, "p",
                                                     {.title = "A title that is far too long for a small phone's bar",
                                                      .back_label = back,
                                                      .actions = [&] { button(ui, "do", "Do it"); }},
                                                     [&] { button(ui, "in", "Inside"); });
              ups += result.back ? 1 : 0;
            });
    });
  }
  const a11y::Node& title() const {
    return page.get(Role::heading, "A title that is far too long for a small phone's bar");
  }
};

TEST(a_page_on_a_phone, has_its_title_in_the_top_bar_beside_what_the_shell_put_there) {
  PageInShell shown(phone);
  const a11y::Node& menu = shown.page.get(Role::button, "Menu");
  EXPECT_LT(shown.title().y + shown.title().h, 56);
  EXPECT_LT(menu.y + menu.h, 57);
  EXPECT_LE(shown.title().x + shown.title().w, menu.x) << "the title runs under the menu";
  EXPECT_LE(menu.x + menu.w, 390);
  EXPECT_EQ(shown.page.count(Role::heading), 1) << "the title is there twice";
  EXPECT_GE(shown.page.get(Role::button, "Do it").y, 56);
  EXPECT_EQ(shown.page.count(Role::banner), 0);
}

TEST(a_page_on_a_phone, leaves_no_gap_for_actions_that_it_does_not_have_now) {
  const auto first = [](bool offers, bool acts) {
    CannedStore canned;
    Harness page(phone);
    page.ui().set_commands(&canned.queue);
    const auto actions = [&] {
      if (acts) button(page.ui(), "do", "Do it");
    };
    page.draw([&](Ui& ui) {
      views::draw_frame(ui, canned.store, {}, {}, [&] {
        PageOptions options{.title = "Page"};
        if (offers) options.actions = actions;
        tw::ui::page(ui, "p", options, [&] { button(ui, "inside", "Inside"); });
      });
    });
    page.frames(3);
    return page.get(Role::button, "Inside").y;
  };
  EXPECT_FLOAT_EQ(first(true, false), first(false, false));
  EXPECT_GT(first(true, true), first(false, false));
}

TEST(what_is_too_long_for_a_phone, goes_on_below) {
  const std::string words = "Filtered: held by disabled people, and a good many other words besides, 12 batch tasks";
  Harness page(phone);
  page.draw([&](Ui& ui) {
    column(ui, {}, [&] {
      banner(ui, "b", {.words = words, .action = "Show all"});
      timeline_entry(ui, {.when = "2027-01-15 08:00", .title = words}, true);
      label_value(ui, "A label of many words that is long", "Value");
    });
  });
  page.frames(3);
  for (const DrawnWords& one : page.drawn()) EXPECT_FALSE(one.cut) << one.words;
  EXPECT_TRUE(page.shows(words));
  EXPECT_GT(page.get(Role::button, "Show all").y, 0);
}

TEST(a_page_on_a_desktop, has_its_title_below_the_top_bar) {
  PageInShell shown({1280, 800});
  EXPECT_GE(shown.title().y, 56);
  EXPECT_EQ(shown.page.count(Role::banner), 1);
}

TEST(a_page_on_a_phone, goes_up_by_the_arrow_before_its_title_and_reads_from_left_to_right) {
  PageInShell shown(phone, "Customers");
  const a11y::Node& up = shown.page.get(Role::button, "Customers");
  EXPECT_LE(up.x + up.w, shown.title().x);
  std::vector<std::string> order;
  for (const a11y::Node& node : shown.page.tree().nodes())
    if (node.role == Role::button || node.role == Role::heading) order.emplace_back(node.name.substr(0, 7));
  EXPECT_EQ(order, (std::vector<std::string>{"Custome", "A title", "Menu", "Do it", "Inside"}));
  shown.page.click(Role::button, "Customers");
  EXPECT_EQ(shown.ups, 1);
  shown.page.click(Role::button, "Menu");
  EXPECT_EQ(shown.menus, 1);
}

TEST(a_flat_window, gives_the_page_the_height_of_the_bar_at_the_bottom) {
  PageInShell tall(phone), flat(at_400_percent);
  EXPECT_NE(tall.page.find(Role::link, "Area"), nullptr);
  EXPECT_EQ(flat.page.find(Role::link, "Area"), nullptr);
  EXPECT_FLOAT_EQ(flat.page.get(Role::main, "").h, 225);
  EXPECT_LT(flat.title().y + flat.title().h, 44);
}

TEST(a_flat_window, leads_to_every_area_from_the_menu_of_the_account) {
  for (const Size size : {phone, at_400_percent}) {
    CannedStore canned(domain::access::Role::administrator);
    Harness page(size);
    page.ui().set_commands(&canned.queue);
    page.draw([&](Ui& ui) {
      views::draw_frame(ui, canned.store, {}, {}, [&] { tw::ui::page(ui, "p", {.title = "Page"}, [] {}); });
    });
    page.click(Role::button, "Account menu");
    page.frames(3);
    const bool flat = size.h < 400;
    EXPECT_EQ(page.find(Role::menu_item, "Customers") != nullptr, flat);
    EXPECT_EQ(page.find(Role::menu_item, "My tasks") != nullptr, flat);
    EXPECT_NE(page.find(Role::menu_item, "People"), nullptr) << "neither in the bar nor in the menu";
  }
}

// --- tabs ------------------------------------------------------------------------------------------------------------

struct NarrowTabs {
  int selected = 0;
  Harness page{{300, 600}};

  NarrowTabs() {
    page.draw([this](Ui& ui) {
      const Choice choices[] = {{.key = "a", .label = "Following", .count = 3},
                                {.key = "b", .label = "Returned", .count = 0},
                                {.key = "c", .label = "Completed", .count = 12},
                                {.key = "d", .label = "Overdue", .count = 1}};
      tabs(ui, "tabs", "Tasks", choices, selected);
      button(ui, "below", "Below");
    });
  }
};

TEST(tabs_without_room, stay_in_one_line_and_come_into_view_with_the_keyboard) {
  NarrowTabs shown;
  Harness& page = shown.page;
  EXPECT_EQ(page.get(Role::tab, "Following 3").y, page.get(Role::tab, "Overdue 1").y);
  EXPECT_TRUE(is_seen(page, page.get(Role::tab, "Following 3")));
  EXPECT_FALSE(is_seen(page, page.get(Role::tab, "Overdue 1")));
  page.ui().focus(page.get(Role::tab, "Following 3").id);
  page.frames(2);
  page.key(Key::end);
  page.frames(4);
  EXPECT_EQ(shown.selected, 3);
  EXPECT_TRUE(is_seen(page, page.get(Role::tab, "Overdue 1")));
  EXPECT_FALSE(is_seen(page, page.get(Role::tab, "Following 3")));
}

TEST(tabs_without_room, are_pushed_aside_by_a_finger_which_presses_none_of_them) {
  NarrowTabs shown;
  Harness& page = shown.page;
  const a11y::Node first = page.get(Role::tab, "Returned 0");
  page.finger_down({first.x + 20, first.y + 10});
  page.finger_to({first.x - 180, first.y + 10});
  EXPECT_TRUE(is_seen(page, page.get(Role::tab, "Overdue 1")));
  page.finger_up();
  page.frames(2);
  EXPECT_EQ(shown.selected, 0);
}

TEST(tabs_without_room, open_with_the_chosen_one_in_view) {
  NarrowTabs before;
  before.selected = 3;
  Harness page({300, 600});
  page.draw([&](Ui& ui) {
    const Choice choices[] = {{.key = "a", .label = "Following"},
                              {.key = "b", .label = "Returned to me"},
                              {.key = "c", .label = "Completed"},
                              {.key = "d", .label = "Overdue"}};
    tabs(ui, "tabs", "Tasks", choices, before.selected);
  });
  EXPECT_TRUE(is_seen(page, page.get(Role::tab, "Overdue")));
}

// --- what grows ---

TEST(a_bare_dialog, grows_downwards_only) {
  int rows = 0;
  Harness page({1280, 800});
  page.draw([&](Ui& ui) {
    dialog(ui, "find", {.title = "Find", .bare = true}, [&] {
      static std::string words;
      text_field(ui, "words", words, {.name = "Words", .focus_first = true});
      for (int i = 0; i < rows; ++i) text(ui, ui.keep("Row " + std::to_string(i)));
    });
  });
  const float before = page.get(Role::text_box, "Words").y;
  rows = 12;
  page.frames(4);
  EXPECT_FLOAT_EQ(page.get(Role::text_box, "Words").y, before);
  EXPECT_NE(page.find(Role::dialog, "Find"), nullptr);
  EXPECT_EQ(page.find(Role::heading, "Find"), nullptr);
  const a11y::Node& last = page.get(Role::text, "Row 11");
  const a11y::Node& dialog = page.get(Role::dialog, "Find");
  EXPECT_LE(last.y + last.h, dialog.y + dialog.h);
}

TEST(a_bare_dialog, has_its_title_and_its_x_on_a_phone) {
  Harness page(phone);
  page.draw([&](Ui& ui) { dialog(ui, "find", {.title = "Find", .close_name = "Away", .bare = true}, [] {}); });
  EXPECT_NE(page.find(Role::heading, "Find"), nullptr);
  EXPECT_NE(page.find(Role::button, "Away"), nullptr);
}

TEST(a_short_table, ends_behind_its_last_row_and_a_long_one_fills_its_place) {
  std::int64_t rows = 3;
  TableState state;
  Harness page({800, 600});
  page.draw([&](Ui& ui) {
    const Column columns[] = {{.key = "a", .label = "A", .row_header = true}};
    TableModel model;
    model.name = "Customers";
    model.rows = rows;
    model.columns = columns;
    model.height = 400;
    model.row = [&](std::int64_t row) { return RowInfo{true, row + 1, ui.keep(std::to_string(row)), {}, false}; };
    model.cell = [&](std::int64_t row, int) { cell_text(ui, ui.keep(std::to_string(row))); };
    table(ui, "t", model, state);
  });
  const a11y::Node &last = page.get(Role::row, "2"), &grid = page.get(Role::grid, "Customers");
  EXPECT_NEAR(grid.y + grid.h, last.y + last.h, 2);
  rows = 1'000'000;
  page.frames(3);
  EXPECT_FLOAT_EQ(page.get(Role::grid, "Customers").h, 400);
}

TEST(a_field_that_is_there_to_be_copied, shows_its_beginning_and_selects_all_of_it) {
  std::string address = "https://crm.example/invitation#" + std::string(200, 'x');
  Harness page({400, 300});
  page.draw([&](Ui& ui) { text_field(ui, "address", address, {.name = "Address", .read_only = true}); });
  page.ui().focus(page.get(Role::text_box, "Address").id);
  page.frames(3);
  const auto& edit = page.inside().text_edits.at(page.get(Role::text_box, "Address").id);
  EXPECT_FLOAT_EQ(edit.scroll_x, 0);
  EXPECT_EQ(edit.begin(), 0);
  EXPECT_EQ(edit.end(), static_cast<std::int32_t>(address.size()));
}

TEST(key_caps, are_one_text_for_who_hears_and_a_cap_for_each_key) {
  Harness page({400, 300});
  page.draw([](Ui& ui) { key_caps(ui, "Ctrl K"); });
  ASSERT_EQ(page.drawn().size(), 2u);
  EXPECT_EQ(page.drawn()[0].words, "Ctrl");
  EXPECT_EQ(page.drawn()[1].words, "K");
  EXPECT_NE(page.find(Role::text, "Ctrl K"), nullptr);
  EXPECT_GT(page.drawn()[1].rect.x, page.drawn()[0].rect.right());
}

}  // namespace
}  // namespace tw::ui
