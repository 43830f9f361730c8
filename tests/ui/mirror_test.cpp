#include "client/a11y/mirror.h"

#include <functional>

#include <gtest/gtest.h>

#include "client/ui/controls.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"
#include "core/json.h"
#include "support/ui/harness.h"

namespace tw::ui {
namespace {

using a11y::Role;
using test::Harness;

TEST(the_diff, tells_nothing_when_nothing_changed_and_one_node_when_one_did) {
  bool on = false;
  Harness page;
  page.draw([&](Ui& ui) {
    for (int i = 0; i < 50; ++i) {
      IdScope scope(ui, i);
      bool other = false;
      checkbox(ui, "c", "Choice", i == 7 ? on : other);
    }
  });
  a11y::Diff diff;
  EXPECT_EQ(diff.run(page.tree(), true).upserts.size(), 51u);  // and the region of what is said
  page.frame();
  EXPECT_EQ(diff.run(page.tree(), true).upserts.size(), 0u);
  on = true;
  page.frame();
  const auto& changes = diff.run(page.tree(), true);
  ASSERT_EQ(changes.upserts.size(), 1u);
  EXPECT_EQ(changes.upserts[0].node->checked, a11y::Tri::yes);
  EXPECT_TRUE(changes.removals.empty());
}

TEST(the_diff, tells_one_change_when_a_container_moves_with_all_that_is_in_it) {
  float lower = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    gap(ui, lower);
    card(ui, "card", {.title = "Card"}, [&] {
      for (int i = 0; i < 20; ++i) {
        IdScope scope(ui, i);
        button(ui, "b", "Button");
      }
    });
  });
  a11y::Diff diff;
  diff.run(page.tree(), true);
  lower = 30;
  page.frames(2);
  EXPECT_TRUE(diff.run(page.tree(), false).geometry_waits);
  const auto& changes = diff.run(page.tree(), true);
  ASSERT_EQ(changes.upserts.size(), 1u);
  EXPECT_EQ(changes.upserts[0].node->name, "Card");
}

TEST(the_diff, names_what_is_gone) {
  bool there = true;
  Harness page;
  page.draw([&](Ui& ui) {
    button(ui, "a", "A");
    if (there) button(ui, "b", "B");
    button(ui, "c", "C");
  });
  const auto gone = page.get(Role::button, "B").id;
  const auto before = page.get(Role::button, "A").id;
  a11y::Diff diff;
  diff.run(page.tree(), true);
  there = false;
  page.frame();
  const auto& changes = diff.run(page.tree(), true);
  ASSERT_EQ(changes.removals, std::vector<a11y::NodeId>{gone});
  ASSERT_EQ(changes.upserts.size(), 1u);  // C stands behind A now
  EXPECT_EQ(changes.upserts[0].after, before);
}

TEST(the_mirror, speaks_valid_json_with_offsets_of_the_page) {
  std::string value = "客😀\"x";
  Harness page;
  page.draw([&](Ui& ui) { text_field(ui, "f", value, {.label = "Name", .kind = FieldKind::password}); });
  page.click(Role::text_box, "Name");
  page.key(Key::end);
  std::string said;
  a11y::Mirror mirror([&](std::string_view json) { said = json; });
  mirror.update(page.tree(), page.ui().focused(), 1);
  const auto message = json::Document::parse(said);
  ASSERT_TRUE(message.ok()) << said;
  const auto node = message->root().find("upsert").at(0);
  EXPECT_EQ(node.find("v").string(), value);
  EXPECT_EQ(node.find("t").at(6).integer(), 5);  // one, two for the emoji, quote, x
  EXPECT_EQ(message->root().find("focus").integer(), static_cast<std::int64_t>(page.ui().focused()));
  said.clear();
  page.frame();
  mirror.update(page.tree(), page.ui().focused(), 2);
  EXPECT_TRUE(said.empty());
}

TEST(the_mirror, stands_a_dialog_beside_everything_else) {
  Harness page;
  page.draw([&](Ui& ui) {
    card(ui, "card", {.title = "Card"}, [&] {
      button(ui, "b", "Behind");
      dialog(ui, "d", {.title = "Dialog"}, [&] { button(ui, "in", "Inside"); });
    });
  });
  page.frames(3);
  const auto& dialog_node = page.get(Role::dialog, "Dialog");
  EXPECT_EQ(dialog_node.parent, 0u);
  EXPECT_EQ(page.tree().top_modal(), dialog_node.id);
  EXPECT_TRUE(page.tree().is_inside(page.get(Role::button, "Inside"), dialog_node.id));
  EXPECT_FALSE(page.tree().is_inside(page.get(Role::button, "Behind"), dialog_node.id));
}

TEST(the_diff, says_nothing_of_children_that_move_with_their_parent_either_way) {
  a11y::Tree tree;
  a11y::Diff diff;
  const auto draw_at = [&](float x, float y) {
    tree.begin_frame();
    a11y::Node parent;
    parent.id = 1;
    parent.x = x, parent.y = y;
    tree.add(parent);
    const a11y::Open open(tree, 1);
    a11y::Node child;
    child.id = 2;
    child.x = x + 10, child.y = y + 10;
    tree.add(child);
  };
  draw_at(0, 0);
  diff.run(tree, true);
  for (const auto& [x, y] : {std::pair{5.0f, 0.0f}, std::pair{5.0f, 7.0f}}) {
    draw_at(x, y);
    const auto& changes = diff.run(tree, true);
    ASSERT_EQ(changes.upserts.size(), 1u) << x << "," << y;
    EXPECT_EQ(changes.upserts[0].node->id, 1u);
  }
}

TEST(the_diff, keeps_geometry_for_later_and_says_state_at_once) {
  float lower = 0;
  bool on = false;
  Harness page;
  page.draw([&](Ui& ui) {
    gap(ui, lower);
    checkbox(ui, "c", "Choice", on);
  });
  a11y::Diff diff;
  diff.run(page.tree(), true);
  lower = 20;
  page.frames(2);
  EXPECT_TRUE(diff.run(page.tree(), false).upserts.empty());
  on = true;
  page.frames(2);
  const auto& changes = diff.run(page.tree(), false);
  ASSERT_EQ(changes.upserts.size(), 1u);
  EXPECT_FLOAT_EQ(changes.upserts[0].y, 20);
  EXPECT_TRUE(diff.run(page.tree(), true).upserts.empty());
}

TEST(the_diff, hears_of_each_thing_that_can_be_said_of_a_node) {
  a11y::Node node;
  node.id = 5;
  node.name = "n";
  const auto changes_after = [&](const std::function<void(a11y::Node&)>& change) {
    a11y::Tree tree;
    a11y::Diff diff;
    tree.begin_frame();
    tree.add(node);
    diff.run(tree, true);
    a11y::Node changed = node;
    change(changed);
    tree.begin_frame();
    tree.add(changed);
    return diff.run(tree, true).upserts.size();
  };
  EXPECT_EQ(changes_after([](a11y::Node&) {}), 0u);
  const std::function<void(a11y::Node&)> all[] = {
      [](a11y::Node& n) { n.name = "m"; },
      [](a11y::Node& n) { n.value = "v"; },
      [](a11y::Node& n) { n.description = "d"; },
      [](a11y::Node& n) { n.error = "e"; },
      [](a11y::Node& n) { n.path = "/"; },
      [](a11y::Node& n) { n.shortcut = "k"; },
      [](a11y::Node& n) { n.placeholder = "p"; },
      [](a11y::Node& n) { n.role = a11y::Role::button; },
      [](a11y::Node& n) { n.checked = a11y::Tri::yes; },
      [](a11y::Node& n) { n.selected = a11y::Tri::yes; },
      [](a11y::Node& n) { n.expanded = a11y::Tri::yes; },
      [](a11y::Node& n) { n.sort = a11y::SortOrder::ascending; },
      [](a11y::Node& n) { n.focusable = true; },
      [](a11y::Node& n) { n.disabled = true; },
      [](a11y::Node& n) { n.required = true; },
      [](a11y::Node& n) { n.modal = true; },
      [](a11y::Node& n) { n.busy = true; },
      [](a11y::Node& n) { n.has_popup = true; },
      [](a11y::Node& n) { n.current = true; },
      [](a11y::Node& n) { n.level = 2; },
      [](a11y::Node& n) { n.row_index = 2; },
      [](a11y::Node& n) { n.column_index = 2; },
      [](a11y::Node& n) { n.row_count = 2; },
      [](a11y::Node& n) { n.column_count = 2; },
      [](a11y::Node& n) { n.value_now = 2; },
      [](a11y::Node& n) { n.value_max = 2; },
      [](a11y::Node& n) { n.x = 2; },
      [](a11y::Node& n) { n.y = 2; },
      [](a11y::Node& n) { n.w = 2; },
      [](a11y::Node& n) { n.h = 2; },
  };
  for (std::size_t i = 0; i < std::size(all); ++i) EXPECT_EQ(changes_after(all[i]), 1u) << "change " << i;
}

TEST(the_mirror, tells_geometry_at_most_ten_times_a_second) {
  float lower = 0;
  Harness page;
  page.draw([&](Ui& ui) {
    gap(ui, lower);
    button(ui, "b", "B");
  });
  int messages = 0;
  a11y::Mirror mirror([&](std::string_view) { ++messages; });
  mirror.update(page.tree(), 0, 0);
  for (int frame = 1; frame <= 60; ++frame) {
    lower += 1;
    page.frame();
    const bool waits = mirror.update(page.tree(), 0, frame / 60.0);
    EXPECT_TRUE(waits || messages > 1);
  }
  EXPECT_LE(messages, 1 + 10);
  EXPECT_GE(messages, 1 + 8);
}

TEST(the_mirror, tells_a_moved_focus_when_nothing_else_changed) {
  Harness page;
  page.draw([](Ui& ui) {
    button(ui, "a", "A");
    button(ui, "b", "B");
  });
  std::string said;
  a11y::Mirror mirror([&](std::string_view json) { said = json; });
  mirror.update(page.tree(), 0, 0);
  said.clear();
  const auto id = page.get(Role::button, "B").id;
  mirror.update(page.tree(), id, 0.01);
  const auto message = json::Document::parse(said);
  ASSERT_TRUE(message.ok()) << said;
  EXPECT_EQ(message->root().find("focus").integer(), static_cast<std::int64_t>(id));
}

// Rows that come and go by the frame are told ten times a second, and once more when it has stopped.
TEST(the_mirror, follows_a_scrolled_table_ten_times_a_second_and_once_at_rest) {
  TableState state;
  bool on = false;
  Harness page;
  page.draw([&](Ui& ui) {
    bare_checkbox(ui, "c", "Choice", on ? Checked::yes : Checked::no);
    const Column columns[] = {{.key = "a", .label = "A", .row_header = true}};
    TableModel model;
    model.name = "T";
    model.rows = 10'000;
    model.columns = columns;
    model.row = [&](std::int64_t row) {
      return RowInfo{true, row + 1, ui.keep("Row " + std::to_string(row)), {}, false};
    };
    model.cell = [&](std::int64_t, int) { cell_text(ui, "x"); };
    table(ui, "t", model, state);
  });
  int messages = 0;
  std::string last;
  a11y::Mirror mirror([&](std::string_view json) {
    ++messages;
    last = json;
  });
  mirror.update(page.tree(), 0, 0);
  double now = 0;
  const auto frame = [&](double scrolled) {
    state.scroll += scrolled;
    page.frame();
    return mirror.update(page.tree(), 0, now += 1.0 / 60);
  };
  for (int i = 0; i < 60; ++i) EXPECT_TRUE(frame(i % 3 == 0 ? 50 : 0) || messages > 1);  // notches of a wheel
  EXPECT_LE(messages, 1 + 10);
  EXPECT_GE(messages, 1 + 7);
  const int before = messages;
  bool waits = true;
  for (int i = 0; i < 30; ++i) waits = frame(0);
  EXPECT_FALSE(waits);
  EXPECT_EQ(messages, before + 1);
  EXPECT_NE(last.find(page.tree().nodes().back().name), std::string::npos);
  on = true;
  frame(0);
  EXPECT_EQ(messages, before + 2) << "a state at rest is told at once";
}

TEST(the_mirror, that_is_off_keeps_text_fields_and_their_forms_and_nothing_else) {
  std::string value = "typed";
  Harness page;
  page.ui().mirror(false);
  page.draw([&](Ui& ui) {
    card(ui, "card", {.title = "Card"}, [&] {
      form(ui, "form", "Form", [&] { text_field(ui, "f", value, {.label = "Name"}); });
      button(ui, "b", "Button");
    });
  });
  for (const a11y::Node& node : page.tree().nodes())
    EXPECT_TRUE(node.name.empty() || node.text_agent >= 0) << node.name;
  std::string said;
  a11y::Mirror mirror([&](std::string_view json) { said = json; });
  mirror.update(page.tree(), 0, 0, false);
  const auto message = json::Document::parse(said);
  ASSERT_TRUE(message.ok()) << said;
  ASSERT_EQ(message->root().find("upsert").size(), 2u) << said;
  EXPECT_EQ(message->root().find("upsert").at(0).find("r").string(), "form");
  EXPECT_EQ(message->root().find("upsert").at(0).find("p").integer(), std::nullopt) << "it stands at the top";
  EXPECT_EQ(message->root().find("upsert").at(1).find("v").string(), "typed");
  EXPECT_EQ(message->root().find("off").integer(), 1);
  // The keyboard goes on working without elements: Tab reaches everything.
  page.key(Key::tab);
  page.key(Key::tab);
  EXPECT_EQ(page.focused()->role, Role::button);
  // Switched on again, everything is told.
  page.ui().mirror(true);
  page.frame();
  mirror.update(page.tree(), 0, 0.01, true);
  EXPECT_NE(said.find("Button"), std::string::npos);
  EXPECT_EQ(json::Document::parse(said)->root().find("off").integer(), 0);
}

TEST(text_editing, moves_over_what_people_see_as_one_character) {
  const std::string family = "\U0001F469\u200D\U0001F469\u200D\U0001F467",
                    flags = "\U0001F1E8\U0001F1F3\U0001F1E9\U0001F1EA", tone = "\U0001F44D\U0001F3FD",
                    accent = "e\u0301";
  const std::string value = "a" + family + flags + tone + accent + "客";
  std::vector<std::int32_t> stops, back;
  const auto size = static_cast<std::int32_t>(value.size());
  for (std::int32_t at = 0; at < size;) stops.push_back(at = next_stop(value, at));
  for (std::int32_t at = size; at > 0;) back.insert(back.begin(), at), at = previous_stop(value, at);
  const auto after = [&](std::size_t bytes) { return static_cast<std::int32_t>(bytes); };
  const std::size_t f = 1 + family.size(), g = f + flags.size(), t = g + tone.size(), e = t + accent.size();
  EXPECT_EQ(stops, (std::vector<std::int32_t>{1, after(f), after(f + 8), after(g), after(t), after(e), size}));
  EXPECT_EQ(back, stops);
}

TEST(text_editing, moves_by_whole_characters_and_words) {
  const std::string value = "客户 abc😀";
  EXPECT_EQ(next_stop(value, 0), 3);
  EXPECT_EQ(previous_stop(value, static_cast<std::int32_t>(value.size())), 10);
  EXPECT_EQ(utf16_to_bytes(value, 8), 14);
  EXPECT_EQ(bytes_to_utf16(value, 14), 8);
  EXPECT_EQ(utf16_to_bytes("😀x", 2), 4);
  EXPECT_EQ(bytes_to_utf16("😀x", 4), 2);
  EXPECT_EQ(previous_word("one two", 7), 4);
  std::string words = "ab";
  TextEdit edit;
  edit.move(words, 2, false);
  EXPECT_TRUE(edit.insert(words, "客户的", 4));
  EXPECT_EQ(words, "ab客户");
  EXPECT_TRUE(edit.undo(words));
  EXPECT_EQ(words, "ab");
  EXPECT_TRUE(edit.redo(words));
  EXPECT_EQ(words, "ab客户");
}

}  // namespace
}  // namespace tw::ui
