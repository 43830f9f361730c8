#include "client/ui/field.h"

#include <gtest/gtest.h>

#include "client/ui/text_edit.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

a11y::Action typed_in_page(const Harness& page, std::string_view field, std::string value, std::uint32_t edit) {
  a11y::Action action;
  action.kind = a11y::Action::Kind::set_value;
  action.target = page.get(Role::text_box, field).id;
  action.selection_begin = action.selection_end = static_cast<std::int32_t>(value.size());
  action.value = std::move(value);
  action.edit = edit;
  return action;
}

TEST(a_field_that_cannot_be_changed, takes_nothing_from_keys_nor_from_the_page) {
  for (const bool disabled : {false, true}) {
    std::string value = "fixed";
    Harness page;
    page.draw(
        [&](Ui& ui) { text_field(ui, "f", value, {.label = "F", .disabled = disabled, .read_only = !disabled}); });
    page.click(Role::text_box, "F");
    const char* const what = disabled ? "disabled" : "read only";
    page.type("x");
    EXPECT_EQ(value, "fixed") << what;
    page.key(Key::backspace);
    EXPECT_EQ(value, "fixed") << what;
    page.key(Key::a, {.control = true});
    page.key(Key::x, {.control = true});
    EXPECT_EQ(value, "fixed") << what;
    page.act(typed_in_page(page, "F", "other", 1));
    EXPECT_EQ(value, "fixed") << what;
  }
}

// Else the page takes the emptied field for an older answer than its own words, and they are sent once more with the
// next.
TEST(a_field, says_what_it_has_heard_also_when_it_was_left_and_emptied) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F"}); });
  a11y::Action move;
  move.target = page.get(Role::text_box, "F").id;
  page.act(move);
  page.act(typed_in_page(page, "F", "called", 3));
  ASSERT_EQ(value, "called");
  move.kind = a11y::Action::Kind::blur;
  page.act(move);
  page.frames(3);
  value.clear();
  page.frames(3);
  EXPECT_EQ(page.focused(), nullptr);
  EXPECT_EQ(page.tree().agent(page.get(Role::text_box, "F")).heard, 3u);
  move.kind = a11y::Action::Kind::focus;
  page.act(move);
  page.frames(2);
  EXPECT_EQ(page.tree().agent(page.get(Role::text_box, "F")).heard, 3u);
}

TEST(a_field, replaces_and_erases_what_is_selected) {
  std::string value = "one two";
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F"}); });
  page.click(Role::text_box, "F");
  page.key(Key::end);
  page.key(Key::left, {.control = true, .shift = true});
  page.key(Key::backspace);
  EXPECT_EQ(value, "one ");
  page.key(Key::home);
  page.key(Key::right, {.shift = true});
  page.key(Key::del);
  EXPECT_EQ(value, "ne ");
  page.key(Key::backspace, {.control = true});
  EXPECT_EQ(value, "ne ");  // nothing stands before the caret
  page.key(Key::z, {.control = true});
  EXPECT_EQ(value, "one ");
  page.key(Key::y, {.control = true});
  EXPECT_EQ(value, "ne ");
}

TEST(a_field, takes_no_more_characters_than_it_may_hold) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F", .max_length = 3}); });
  page.click(Role::text_box, "F");
  page.type("客户的名");
  EXPECT_EQ(value, "客户的");
  page.key(Key::a, {.control = true});
  page.type("ab");
  EXPECT_EQ(value, "ab");
}

TEST(a_field_of_one_line, makes_spaces_of_line_breaks_and_submits_on_enter) {
  std::string value;
  bool submitted = false;
  Harness page;
  page.draw([&](Ui& ui) { submitted |= text_field(ui, "f", value, {.label = "F"}).submitted; });
  page.click(Role::text_box, "F");
  page.act(typed_in_page(page, "F", "one\ntwo", 1));
  EXPECT_EQ(value, "one two");
  EXPECT_FALSE(submitted);
  page.key(Key::enter);
  EXPECT_TRUE(submitted);
}

TEST(a_field, tells_once_that_it_was_left) {
  std::string value;
  int left = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    left += text_field(ui, "f", value, {.label = "F"}).left ? 1 : 0;
    button(ui, "b", "B");
  });
  page.click(Role::text_box, "F");
  EXPECT_EQ(left, 0);
  page.key(Key::tab);
  page.frames(3);
  EXPECT_EQ(left, 1);
}

TEST(a_text_area, keeps_its_column_through_short_lines_and_breaks_lines_on_enter) {
  std::string value = "long line\nx\nlong line";
  bool submitted = false;
  Harness page;
  page.draw([&](Ui& ui) { submitted |= text_area(ui, "a", value, {.field = {.label = "A"}}).submitted; });
  page.click(Role::text_box, "A");
  page.key(Key::home, {.control = true});
  for (int i = 0; i < 6; ++i) page.key(Key::right);
  page.key(Key::down);
  page.key(Key::down);
  page.type("|");
  EXPECT_EQ(value, "long line\nx\nlong l|ine");
  page.key(Key::enter);
  EXPECT_EQ(value, "long line\nx\nlong l|\nine");
  EXPECT_FALSE(submitted);
  page.key(Key::enter, {.control = true});
  EXPECT_TRUE(submitted);
}

TEST(a_search_field, is_emptied_by_escape_and_by_its_cross) {
  std::string value = "wuhan";
  Harness page;
  page.draw([&](Ui& ui) { search_field(ui, "s", value, "Search"); });
  page.click(Role::search_box, "Search");
  page.key(Key::escape);
  EXPECT_EQ(value, "");
  value = "again";
  page.frames(2);
  page.click(Role::button, page.ui().tr("ui.clear"));
  EXPECT_EQ(value, "");
  EXPECT_EQ(page.focused()->name, "Search");
}

TEST(a_number_field, takes_whole_numbers_of_its_range_and_says_what_it_is_not) {
  std::optional<std::int64_t> value = 40;
  Harness page;
  page.draw([&](Ui& ui) { number_field(ui, "n", value, {.field = {.label = "Cap"}, .min = 0, .max = 99}); });
  const auto say = [&](std::string_view words) {
    page.click(Role::text_box, "Cap");
    page.key(Key::a, {.control = true});
    page.type(words);
    page.frames(2);
  };
  say("7");
  EXPECT_EQ(value, 7);
  say("100");
  EXPECT_EQ(value, 7) << "out of the range: the last good number stays";
  EXPECT_FALSE(page.get(Role::text_box, "Cap").error.empty());
  say("-1");
  EXPECT_EQ(value, 7);
  say("abc");
  EXPECT_FALSE(page.get(Role::text_box, "Cap").error.empty());
  page.key(Key::a, {.control = true});
  page.key(Key::backspace);
  EXPECT_EQ(value, std::nullopt);
}

TEST(a_field, shows_an_error_instead_of_its_hint_and_announces_both) {
  std::string value;
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F", .hint = "a hint", .error = "wrong"}); });
  EXPECT_EQ(page.get(Role::text_box, "F").error, "wrong");
  bool hint = false, error = false;
  for (const DrawnWords& drawn : page.drawn()) {
    hint |= drawn.words == "a hint";
    error |= drawn.words == "wrong";
  }
  EXPECT_FALSE(hint);
  EXPECT_TRUE(error);
}

TEST(a_clicked_field, puts_the_caret_between_the_characters_that_were_hit) {
  std::string value = "客户abc";
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "F"}); });
  const auto& node = page.get(Role::text_box, "F");
  // Wide characters are 14 pixels, Latin ones 7.7; the text begins 12 pixels from the left.
  page.click(Point{node.x + 12 + 14 + 3, node.y + node.h / 2});
  page.type("|");
  EXPECT_EQ(value, "客|户abc");
}

TEST(undo, forgets_the_future_after_a_new_edit) {
  std::string value;
  TextEdit edit;
  edit.insert(value, "a", 0);
  edit.insert(value, "b", 0);
  EXPECT_TRUE(edit.undo(value));
  edit.insert(value, "c", 0);
  EXPECT_FALSE(edit.redo(value));
  EXPECT_EQ(value, "ac");
}

TEST(a_caret, never_stands_inside_a_character) {
  TextEdit edit;
  edit.cursor = 2;
  edit.anchor = 99;
  edit.clamp("客户");
  EXPECT_EQ(edit.cursor, 0);
  EXPECT_EQ(edit.anchor, 6);
}

}  // namespace
}  // namespace tw::ui
