#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/drag.h"
#include "client/ui/field.h"
#include "client/ui/indicators.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

TEST(a_button, is_pressed_by_pointer_keyboard_and_mirror_alike) {
  int pressed = 0;
  Harness page;
  page.draw([&](Ui& ui) { pressed += button(ui, "save", "Save") ? 1 : 0; });
  page.click(Role::button, "Save");
  EXPECT_EQ(pressed, 1);
  page.key(Key::enter);
  EXPECT_EQ(pressed, 2);
  page.key(Key::space);
  EXPECT_EQ(pressed, 3);
  page.activate(Role::button, "Save");
  EXPECT_EQ(pressed, 4);
}

// What explains is read to its end: in a field, a checkbox, a choice, a select and the title of a dialog.
TEST(a_long_explanation, goes_on_in_the_next_line) {
  const std::string words =
      "Whoever manages a batch and works in it as well needs somebody else to confirm what is done";
  std::string value;
  bool ticked = false;
  int chosen = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    const Choice choices[] = {{.key = "one", .label = "One", .hint = words}};
    dialog(ui, "d", {.title = words, .width = 360}, [&] {
      text_field(ui, "field", value, {.label = "Field", .hint = words});
      checkbox(ui, "box", "Box", ticked, {.hint = words});
      radio_group(ui, "radio", "Radio", choices, chosen);
      select(ui, "select", choices, chosen, {.label = "Select", .hint = words});
    });
  });
  page.frames(5);
  std::string seen;
  for (const DrawnWords& one : page.drawn()) {
    EXPECT_FALSE(one.cut) << one.words;
    seen += one.words + " ";
  }
  std::size_t ends = 0;
  for (auto at = seen.find("done "); at != std::string::npos; at = seen.find("done ", at + 1)) ++ends;
  EXPECT_EQ(ends, 5u) << seen;
}

TEST(a_disabled_button, is_pressed_by_nobody_and_says_why) {
  int pressed = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    pressed += button(ui, "save", "Save", {.disabled = true, .why_disabled = "Nothing changed"}) ? 1 : 0;
  });
  page.click(Role::button, "Save");
  page.activate(Role::button, "Save");
  EXPECT_EQ(pressed, 0);
  EXPECT_TRUE(page.get(Role::button, "Save").disabled);
  EXPECT_EQ(page.get(Role::button, "Save").description, "Nothing changed");
}

TEST(tab_key, walks_the_tree_in_reading_order_and_wraps) {
  bool on = false;
  std::string name;
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "a", "First");
    checkbox(ui, "b", "Second", on);
    text_field(ui, "c", name, {.label = "Third"});
  });
  std::vector<std::string> walked;
  for (int i = 0; i < 4; ++i) {
    page.key(Key::tab);
    ASSERT_NE(page.focused(), nullptr);
    walked.emplace_back(page.focused()->name);
  }
  EXPECT_EQ(walked, (std::vector<std::string>{"First", "Second", "Third", "First"}));
  page.key(Key::tab, {.shift = true});
  EXPECT_EQ(page.focused()->name, "Third");
}

TEST(a_text_field, takes_what_is_typed_where_the_caret_stands) {
  std::string value = "ab";
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "name", value, {.label = "Name"}); });
  page.click(Role::text_box, "Name");
  page.key(Key::end);
  page.type("客户");
  EXPECT_EQ(value, "ab客户");
  page.key(Key::left);
  page.key(Key::backspace);
  EXPECT_EQ(value, "ab户");
  page.key(Key::a, {.control = true});
  page.type("x");
  EXPECT_EQ(value, "x");
  page.key(Key::z, {.control = true});
  EXPECT_EQ(value, "ab户");
}

TEST(a_text_field, follows_its_mirrored_element_while_composing) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "name", value, {.label = "Name"}); });
  const auto id = page.get(Role::text_box, "Name").id;
  a11y::Action focus;
  focus.target = id;
  page.act(focus);
  a11y::Action typed;
  typed.kind = a11y::Action::Kind::set_value;
  typed.target = id;
  typed.value = "kehu";
  typed.selection_begin = typed.selection_end = 4;
  typed.composing_end = 4;
  typed.edit = 1;
  page.act(typed);
  EXPECT_EQ(value, "kehu");
  EXPECT_EQ(page.inside().text_edits.at(id).composing_end, 4);
  typed.value = "客户";
  typed.selection_begin = typed.selection_end = 6;
  typed.composing_end = 0;
  typed.edit = 2;
  page.act(typed);
  EXPECT_EQ(value, "客户");
  const auto& node = page.get(Role::text_box, "Name");
  EXPECT_EQ(node.value, "客户");
  EXPECT_EQ(page.tree().agent(node).heard, 2u);
  EXPECT_EQ(page.tree().agent(node).selection_begin, 6);
}

TEST(a_password, is_drawn_as_bullets_and_kept_whole) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "p", value, {.label = "Password", .kind = FieldKind::password}); });
  page.click(Role::text_box, "Password");
  page.type("秘x");
  page.key(Key::backspace);
  EXPECT_EQ(value, "秘");
}

TEST(a_dialog, takes_the_focus_makes_the_rest_inert_and_gives_the_focus_back) {
  bool open = false;
  int behind = 0;
  std::string words;
  Harness page;
  page.draw([&](Ui& ui) {
    if (button(ui, "open", "Open")) open = true;
    if (button(ui, "behind", "Behind")) ++behind;
    if (open) {
      const auto result = dialog(ui, "d", {.title = "Note"}, [&] { text_field(ui, "w", words, {.label = "Words"}); });
      if (result.close) open = false;
    }
  });
  page.click(Role::button, "Open");
  page.frames(4);
  ASSERT_NE(page.focused(), nullptr);
  EXPECT_EQ(page.focused()->name, "Words");
  page.activate(Role::button, "Behind");
  EXPECT_EQ(behind, 0);
  for (int i = 0; i < 5; ++i) {
    page.key(Key::tab);
    EXPECT_NE(page.focused()->name, "Behind");
  }
  page.key(Key::escape);
  page.frames(4);
  EXPECT_FALSE(open);
  ASSERT_NE(page.focused(), nullptr);
  EXPECT_EQ(page.focused()->name, "Open");
  page.click(Role::button, "Behind");
  EXPECT_EQ(behind, 1);
}

TEST(a_menu, opens_walks_with_arrows_and_closes_with_escape) {
  std::string done;
  Harness page;
  page.draw([&](Ui& ui) {
    if (button(ui, "more", "More", {.has_menu = true})) open_menu(ui, "m");
    menu(ui, "m", "More", [&] {
      if (menu_item(ui, "edit", "Edit")) done = "edit";
      if (menu_item(ui, "remove", "Remove", {.danger = true})) done = "remove";
    });
  });
  page.click(Role::button, "More");
  page.frames(4);
  ASSERT_NE(page.find(Role::menu_item, "Remove"), nullptr);
  EXPECT_EQ(page.focused()->name, "Edit");
  page.key(Key::down);
  page.key(Key::enter);
  EXPECT_EQ(done, "remove");
  page.frames(4);
  EXPECT_EQ(page.find(Role::menu_item, "Remove"), nullptr);
  EXPECT_EQ(page.focused()->name, "More");
  page.key(Key::enter);
  page.frames(4);
  page.key(Key::escape);
  page.frames(4);
  EXPECT_EQ(page.find(Role::menu, "More"), nullptr);
}

TEST(a_select, chooses_with_the_keyboard_alone) {
  const Choice choices[] = {{.key = "a", .label = "Admin"}, {.key = "m", .label = "Manager"}};
  int selected = 0;
  Harness page;
  page.draw([&](Ui& ui) { select(ui, "role", choices, selected, {.label = "Role"}); });
  page.key(Key::tab);
  page.key(Key::down);
  page.frames(4);
  EXPECT_EQ(page.get(Role::combo_box, "Role").expanded, a11y::Tri::yes);
  page.key(Key::down);
  page.key(Key::enter);
  EXPECT_EQ(selected, 1);
  EXPECT_EQ(page.get(Role::combo_box, "Role").value, "Manager");
}

TEST(a_drag, asks_the_target_and_drops_exactly_once) {
  std::vector<std::int64_t> dropped;
  int times = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "item", "Item 2");
    drag_source(ui, [] { return DragPayload{"item", {2}, "1 customer"}; });
    gap(ui, 60);
    for (const bool full : {false, true}) {
      const std::string_view name = full ? "Ben" : "Ann";
      const auto payload = drop_target(
          ui, name, name, "item",
          [&](const DragPayload&) {
            return DropVerdict{!full, full ? "over the cap" : "can take it"};
          },
          [&] { card(ui, "c", {.title = name, .height = 80}, [&] {}); });
      if (payload) dropped = payload->ids, ++times;
    }
  });
  page.drag_over(page.get(Role::button, "Item 2"), page.get(Role::group, "Ben"));
  ASSERT_TRUE(page.inside().drag);
  EXPECT_EQ(page.inside().drag->words, "over the cap");
  page.release();
  EXPECT_EQ(times, 0);
  page.drag(page.get(Role::button, "Item 2"), page.get(Role::group, "Ann"));
  EXPECT_EQ(times, 1);
  EXPECT_EQ(dropped, std::vector<std::int64_t>{2});
}

TEST(a_page_at_rest, draws_no_frame_even_with_a_focused_field) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "b", "Button");
    text_field(ui, "f", value, {.label = "Field"});
  });
  EXPECT_LT(page.frames_until_rest(), 10);
  page.click(Role::text_box, "Field");
  const double from = page.inside().seconds;
  EXPECT_LT(page.frames_until_rest(), 40);
  EXPECT_LT(page.inside().seconds - from, 6.0);  // the caret has stopped blinking
}

TEST(with_reduced_motion, nothing_blinks_and_nothing_slides) {
  std::string value;
  Harness page;
  page.info().reduced_motion = true;
  page.draw([&](Ui& ui) {
    text_field(ui, "f", value, {.label = "Field"});
    progress_bar(ui, {.name = "Check", .words = "Checking"});
  });
  page.click(Role::text_box, "Field");
  EXPECT_LT(page.frames_until_rest(), 10);
  const int vertices = page.vertices();
  page.frame(0.6);
  EXPECT_EQ(page.vertices(), vertices);
}

TEST(hovering, changes_no_id_of_what_stands_behind) {
  const char* words = "A sentence that is far too long for its place";
  Harness page;
  page.draw([&](Ui& ui) {
    text(ui, words, {.max_width = 80});
    const BarPart parts[] = {{"Ended", 3, Tone::ended}};
    state_bar(ui, "Progress", parts);
    row(ui, [&] { heading(ui, 2, "Heading"); });
  });
  const auto before = page.get(Role::heading, "Heading").id;
  for (const float y : {10.0f, 32.0f}) {
    page.move_to({20, y});
    page.frame(1);
    EXPECT_EQ(page.get(Role::heading, "Heading").id, before) << y;
  }
}

TEST(every_interactive_item, is_announced_once) {
  std::string value = "x";
  bool on = false;
  int selected = 0;
  const Choice choices[] = {{.key = "a", .label = "A", .count = 3}, {.key = "b", .label = "B"}};
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "b", "B");
    icon_button(ui, "i", Icon::bell, "Bell");
    link(ui, "l", "Link", {.path = "/x"});
    checkbox(ui, "c", "C", on);
    tabs(ui, "t", "Tabs", choices, selected);
    segmented(ui, "s", "Segments", choices, selected);
    radio_group(ui, "r", "Radios", choices, selected);
    search_field(ui, "f", value, "Search");
    select(ui, "sel", choices, selected, {.label = "Select"});
    card_button(ui, "cb", {.name = "Card"}, [&] { text(ui, "Words"); });
    chip_button(ui, "ch", "Chip");
    filter_chip(ui, "fc", "City is Wuhan", "Remove");
  });
  EXPECT_TRUE(page.unannounced().empty());
  EXPECT_EQ(page.tree().duplicates(), 0);
}

}  // namespace
}  // namespace tw::ui
