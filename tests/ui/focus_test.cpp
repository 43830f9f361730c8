// Keys, focus and what the mirror asks for.
#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/drag.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

a11y::Action ask(a11y::Action::Kind kind, a11y::NodeId target) {
  a11y::Action action;
  action.kind = kind;
  action.target = target;
  return action;
}

TEST(activations_from_the_mirror, happen_one_a_frame_and_none_is_lost) {
  std::vector<int> pressed;
  Harness page;
  page.draw([&](Ui& ui) {
    for (int i = 0; i < 2; ++i)
      if (button(ui, ui.keep(std::to_string(i)), ui.keep("B" + std::to_string(i)))) pressed.push_back(i);
  });
  page.inside().act(ask(a11y::Action::Kind::activate, page.get(Role::button, "B1").id));
  page.inside().act(ask(a11y::Action::Kind::activate, page.get(Role::button, "B0").id));
  page.frame();
  EXPECT_EQ(pressed, (std::vector<int>{1}));
  page.frame();
  EXPECT_EQ(pressed, (std::vector<int>{1, 0}));
}

TEST(a_disabled_thing, cannot_be_focused_by_the_mirror_nor_by_tab) {
  Harness page;
  page.draw([](Ui& ui) {
    button(ui, "a", "A");
    button(ui, "off", "Off", {.disabled = true});
    button(ui, "c", "C");
  });
  page.act(ask(a11y::Action::Kind::focus, page.get(Role::button, "Off").id));
  EXPECT_EQ(page.focused(), nullptr);
  page.key(Key::tab);
  page.key(Key::tab);
  EXPECT_EQ(page.focused()->name, "C");
}

TEST(a_selection_after_an_edit, does_not_hide_the_edit) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F"}); });
  const auto id = page.get(Role::text_box, "F").id;
  page.act(ask(a11y::Action::Kind::focus, id));
  a11y::Action edit = ask(a11y::Action::Kind::set_value, id);
  edit.value = "客户";
  edit.selection_begin = edit.selection_end = 6;
  edit.edit = 1;
  a11y::Action select = ask(a11y::Action::Kind::select, id);
  select.selection_begin = 0;
  select.selection_end = 3;
  page.inside().act(edit);
  page.inside().act(select);
  page.frames(2);
  EXPECT_EQ(value, "客户");
  EXPECT_EQ(page.tree().agent(page.get(Role::text_box, "F")).selection_end, 3);
}

TEST(the_focus, leaves_what_is_gone_and_what_a_press_on_nothing_leaves) {
  bool there = true;
  Harness page;
  page.draw([&](Ui& ui) {
    if (there) button(ui, "a", "A");
    gap(ui, 100);
    button(ui, "b", "B");
  });
  page.click(Role::button, "A");
  there = false;
  page.frames(6);
  EXPECT_EQ(page.ui().focused(), 0u);
  page.click(Role::button, "B");
  EXPECT_EQ(page.focused()->name, "B");
  page.click(Point{600, 600});
  EXPECT_EQ(page.ui().focused(), 0u);
}

TEST(the_ring, shows_for_the_keyboard_and_not_for_the_pointer) {
  Harness page;
  page.draw([](Ui& ui) { button(ui, "a", "A"); });
  page.click(Role::button, "A");
  EXPECT_FALSE(page.ui().focus_is_visible());
  page.key(Key::tab);
  EXPECT_TRUE(page.ui().focus_is_visible());
  page.click(Point{600, 600});
  EXPECT_FALSE(page.ui().focus_is_visible());
}

TEST(a_dialog_without_a_field, gives_the_first_focus_to_its_buttons_and_not_to_the_cross) {
  Harness page;
  page.draw([](Ui& ui) {
    dialog(ui, "d", {.title = "Sure?", .close_name = "Close", .footer = [&] { button(ui, "no", "No"); }},
           [&] { text(ui, "Words"); });
  });
  page.frames(4);
  ASSERT_NE(page.focused(), nullptr);
  EXPECT_EQ(page.focused()->name, "No");
  page.key(Key::tab);
  EXPECT_EQ(page.focused()->name, "Close");
}

TEST(a_dialog_that_may_not_be_closed, ignores_escape_and_clicks_beside_it) {
  bool asked = false;
  for (const bool closable : {false, true}) {
    asked = false;
    Harness page;
    page.draw([&](Ui& ui) {
      asked |= dialog(ui, "d", {.title = "D", .closable = closable}, [&] { button(ui, "b", "B"); }).close;
    });
    page.frames(4);
    page.key(Key::escape);
    EXPECT_EQ(asked, closable);
    asked = false;
    page.click(Point{5, 5});
    EXPECT_EQ(asked, closable);
  }
}

TEST(a_key, is_taken_once_and_only_with_its_modifiers) {
  int plain = 0, control = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    plain += pressed(ui, {Key::k, {}}) ? 1 : 0;
    control += pressed(ui, {Key::k, {.control = true}}) ? 1 : 0;
    control += pressed(ui, {Key::k, {.control = true}}) ? 1 : 0;
  });
  page.key(Key::k, {.control = true});
  EXPECT_EQ(plain, 0);
  EXPECT_EQ(control, 1);
  page.key(Key::k, {.control = true, .shift = true});
  EXPECT_EQ(control, 1);
}

TEST(tabs, are_one_stop_and_arrows_choose_among_them_round_and_round) {
  const Choice choices[] = {{.key = "a", .label = "A"}, {.key = "b", .label = "B"}, {.key = "c", .label = "C"}};
  int selected = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    tabs(ui, "t", "Tabs", choices, selected);
    button(ui, "after", "After");
  });
  page.key(Key::tab);
  EXPECT_EQ(page.focused()->name, "A");
  page.key(Key::left);
  EXPECT_EQ(selected, 2);
  EXPECT_EQ(page.focused()->name, "C");
  page.key(Key::right);
  EXPECT_EQ(selected, 0);
  page.key(Key::end);
  EXPECT_EQ(selected, 2);
  page.key(Key::tab);
  EXPECT_EQ(page.focused()->name, "After");
}

struct DragPage {
  std::vector<std::string> said;
  int dropped = 0, pressed = 0;
  Harness page;

  DragPage() {
    page.draw([this](Ui& ui) {
      if (button(ui, "source", "Item")) ++pressed;
      drag_source(ui, [] { return DragPayload{"item", {2}, "1 customer"}; });
      gap(ui, 60);
      for (const std::string_view kind : {"item", "file"}) {
        const auto payload = drop_target(
            ui, kind, kind, kind,
            [&](const DragPayload&) {
              return DropVerdict{true, "yes"};
            },
            [&] { card(ui, "c", {.title = kind, .height = 80}, [&] {}); });
        if (payload) ++dropped;
      }
    });
  }
};

TEST(a_drag, begins_after_some_pixels_and_not_with_a_press) {
  DragPage t;
  const auto& item = t.page.get(Role::button, "Item");
  const Point at{item.x + 10, item.y + 10};
  t.page.move_to(at);
  t.page.inside().pointer_button(0, true, false);
  t.page.frame();
  t.page.move_to({at.x + 3, at.y});
  EXPECT_FALSE(t.page.inside().drag);
  t.page.move_to({at.x + 12, at.y});
  EXPECT_TRUE(t.page.inside().drag);
  t.page.release();
}

TEST(a_drag, is_given_up_by_escape_and_drops_nothing_then) {
  DragPage t;
  t.page.drag_over(t.page.get(Role::button, "Item"), t.page.get(Role::group, "item"));
  ASSERT_TRUE(t.page.inside().drag);
  t.page.key(Key::escape);
  EXPECT_FALSE(t.page.inside().drag);
  t.page.release();
  EXPECT_EQ(t.dropped, 0);
}

TEST(a_drag, drops_nothing_when_it_is_given_up_and_let_go_between_two_frames) {
  DragPage t;
  t.page.drag_over(t.page.get(Role::button, "Item"), t.page.get(Role::group, "item"));
  t.page.inside().key_pressed({Key::escape, {}});
  t.page.release();
  EXPECT_EQ(t.dropped, 0);
  EXPECT_FALSE(t.page.inside().drag);
}

TEST(a_drag, says_its_verdict_on_the_page_wherever_the_pointer_is) {
  const std::string verdict = "Can go there; 12,345 customers that are not shown here are looked at before";
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "source", "Item");
    drag_source(ui, [] { return DragPayload{"item", {2}, "12,400 customers"}; });
    drop_target(
        ui, "target", "target", "item",
        [&](const DragPayload&) {
          return DropVerdict{true, verdict};
        },
        [&] { card(ui, "c", {.title = "Target", .height = 700}, [&] {}); });
  });
  page.drag_over(page.get(Role::button, "Item"), page.get(Role::group, "target"));
  for (const Point at : {Point{1270, 700}, Point{20, 300}}) {
    page.move_to(at);
    page.frames(2);
    bool said = false;
    for (const DrawnWords& words : page.drawn()) {
      if (words.words != verdict) continue;
      said = true;
      EXPECT_GE(words.rect.x, 0);
      EXPECT_LE(words.rect.right(), 1280);
      EXPECT_LE(words.rect.bottom(), 800);
    }
    EXPECT_TRUE(said);
  }
  page.release();
}

TEST(a_drag, is_nothing_to_a_target_of_another_kind) {
  DragPage t;
  t.page.drag(t.page.get(Role::button, "Item"), t.page.get(Role::group, "file"));
  EXPECT_EQ(t.dropped, 0);
  t.page.drag(t.page.get(Role::button, "Item"), t.page.get(Role::group, "item"));
  EXPECT_EQ(t.dropped, 1);
}

}  // namespace
}  // namespace tw::ui
