// The command table and what comes from it besides the palette: menus, shortcuts, the keyboard map.
#include <cctype>
#include <filesystem>

#include <gtest/gtest.h>

#include "client/commands/descriptors.h"
#include "client/views/customers.h"
#include "client/views/people.h"
#include "support/ui/palette_page.h"

namespace tw::test {
namespace {

using domain::access::Role;
using ui::Key;

TEST(the_command_table, is_where_views_get_their_menu_items_from) {
  // parts.cpp draws them from the table; frame.cpp those that show which one is chosen, from the table too.
  for (const auto& file : std::filesystem::directory_iterator("client-wasm/views")) {
    const std::string name = file.path().filename().string();
    const std::string code = read_file(file.path().string());
    if (name != "parts.cpp" && name != "frame.cpp")
      EXPECT_EQ(code.find("menu_item("), std::string::npos) << name << " draws a menu item of its own";
    EXPECT_EQ(code.find("pressed(ui, {"), std::string::npos) << name << " has a shortcut of its own";
    EXPECT_EQ(code.find("\"Ctrl "), std::string::npos) << name << " writes a shortcut of its own";
  }
}

TEST(the_command_table, has_the_letter_of_every_shortcut_in_the_page_under_its_number) {
  const std::string script = read_file("client-wasm/platform/page.js");
  Harness page;
  page.draw([&](ui::Ui& ui) {
    for (const commands::Descriptor& known : commands::descriptors()) {
      if (!known.shortcut.with.control) continue;
      const char letter = static_cast<char>(std::tolower(ui::shortcut_words(ui, known.shortcut).back()));
      const std::string entry =
          std::string({' ', letter}) + ": " + std::to_string(static_cast<int>(known.shortcut.key));
      EXPECT_NE(script.find(entry + ","), std::string::npos) << known.key << " needs" << entry;
    }
  });
}

TEST(the_command_table, gives_no_shortcut_twice_and_shows_each) {
  Harness page;
  std::set<std::string> seen;
  page.draw([&](ui::Ui& ui) {
    seen.clear();
    for (const commands::Descriptor& known : commands::descriptors())
      if (known.shortcut.key != Key::none)
        EXPECT_TRUE(seen.insert(std::string(ui::shortcut_words(ui, known.shortcut))).second) << known.key;
  });
  EXPECT_EQ(seen, (std::set<std::string>{"/", "?", "Ctrl K", "Ctrl Z"}));
}

TEST(the_command_table, calls_keys_by_their_signs_where_they_carry_them) {
  PalettePage t(Role::member);
  t.page.ui().set_apple_keys(true);
  t.page.frames(2);
  EXPECT_EQ(t.page.get(a11y::Role::button, "Quick search").shortcut, "Meta+K");
  t.page.key(Key::question);
  t.page.frames(4);
  for (const char* words : {"⌘K", "⌘X", "⌘A", "⇧↑ ↓", "⇧F10", "Tab ⇧Tab", "Esc"})
    EXPECT_TRUE(t.page.shows(words)) << words;
  for (const a11y::Node& node : t.page.tree().nodes()) {
    EXPECT_EQ(node.name.find("Ctrl"), std::string_view::npos) << node.name;
    EXPECT_EQ(node.shortcut.find("Ctrl"), std::string_view::npos) << node.name;
  }
  t.page.ui().set_apple_keys(false);
  t.page.frames(2);
  EXPECT_TRUE(t.page.shows("Ctrl K"));
  EXPECT_TRUE(t.page.shows("Shift F10"));
  t.page.key(Key::escape);
  t.page.frames(3);
  EXPECT_EQ(t.page.get(a11y::Role::button, "Quick search").shortcut, "Control+K");
}

TEST(a_shortcut, does_not_act_under_a_dialog_and_not_while_a_menu_is_open) {
  PalettePage t(Role::manager);
  t.page.click(a11y::Role::button, "Account menu");
  t.page.key(Key::k, {.control = true});
  EXPECT_TRUE(t.dialogs.empty());
  t.page.key(Key::escape);
  t.page.key(Key::question);
  t.page.frames(3);
  ASSERT_TRUE(t.shows_dialog<commands::KeyboardMap>());
  t.page.key(Key::k, {.control = true});
  EXPECT_EQ(t.dialogs.size(), 1u);
}

TEST(the_keyboard_map, opens_by_its_key_and_names_every_key_by_place) {
  PalettePage t(Role::member);
  t.page.key(Key::question);
  t.page.frames(4);
  ASSERT_TRUE(t.shows_dialog<commands::KeyboardMap>());
  for (const char* place : {"Everywhere", "Tables", "Moving by keyboard", "Dialogs, menus and choices"})
    EXPECT_NE(t.page.find(a11y::Role::heading, place), nullptr) << place;
  int lines = 0;
  for (const commands::Descriptor& known : commands::descriptors())
    if (known.shortcut.key != Key::none) ++lines;
  EXPECT_EQ(lines, 4);
  for (const char* words :
       {"Quick search", "Ctrl K", "Keyboard", "?", "Search in this list", "/", "Move to…", "Ctrl X"})
    EXPECT_TRUE(t.page.shows(words)) << words;
  for (const commands::KeyHelp& one : commands::key_help()) EXPECT_TRUE(t.page.shows(one.keys)) << one.keys;
  t.page.key(Key::escape);
  t.page.frames(3);
  EXPECT_TRUE(t.dialogs.empty());
}

TEST(the_slash, leads_to_the_search_of_the_list) {
  views::CustomersState state;
  PalettePage t(Role::manager, [&](ui::Ui& ui, store::Store& model) { views::draw_customers(ui, model, state); });
  t.page.key(Key::slash);
  t.page.frames(2);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->role, a11y::Role::search_box);
}

TEST(a_dialog_from_a_menu, gives_the_focus_back_to_what_opened_the_menu) {
  views::PeopleState state;
  PalettePage t(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_people(ui, model, state); });
  const ui::WidgetId row = t.page.get(a11y::Role::row, "赵路").id;
  t.page.act({.kind = a11y::Action::Kind::focus, .target = row, .value = {}});
  t.page.key(Key::menu);
  t.page.frames(4);
  ASSERT_NE(t.page.find(a11y::Role::menu, "赵路"), nullptr);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->name, "Edit");
  t.page.key(Key::escape);
  t.page.frames(3);
  EXPECT_EQ(t.page.ui().focused(), row);
  t.page.key(Key::menu);
  t.page.frames(4);
  t.page.key(Key::enter);
  t.page.frames(5);
  ASSERT_TRUE(t.shows_dialog<commands::EditPerson>());
  EXPECT_NE(t.page.ui().focused(), row);
  t.page.key(Key::escape);
  t.page.frames(5);
  EXPECT_TRUE(t.dialogs.empty());
  EXPECT_EQ(t.page.ui().focused(), row);
}

}  // namespace
}  // namespace tw::test
