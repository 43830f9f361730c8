// Tables and drags by keyboard alone, which keys are ours, and that one always sees where the keyboard is.
#include <set>

#include <gtest/gtest.h>

#include "client/storybook/story.h"
#include "client/ui/controls.h"
#include "client/ui/drag.h"
#include "client/ui/field.h"
#include "client/ui/layout.h"
#include "client/ui/overlay.h"
#include "client/ui/table.h"
#include "client/views/batch.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

using a11y::Role;
using namespace ui;

// A list of names, the last of them not loaded.
struct NamesPage {
  std::vector<std::string> names = {"Anna", "Berta", "bernd", "客户一", "客户二", "Éva", "Zoë", "Anton"};
  std::int64_t not_loaded = 0;
  std::vector<std::string> cities;
  TableState state;
  std::int64_t activated = -1;
  Harness page;

  NamesPage() {
    page.draw([this](Ui& ui) {
      static constexpr Column columns[] = {{.key = "name", .label = "Name", .share = 1, .row_header = true},
                                           {.key = "score", .label = "Score", .width = 90},
                                           {.key = "city", .label = "City", .share = 1},
                                           {.key = "more", .label = {}, .width = 52}};
      TableModel model;
      model.name = "Names";
      model.rows = static_cast<std::int64_t>(names.size()) + not_loaded;
      model.columns = columns;
      model.selectable = true;
      model.row = [&](std::int64_t row) {
        if (row >= static_cast<std::int64_t>(names.size())) return RowInfo{};
        return RowInfo{true, row + 1, names[static_cast<std::size_t>(row)], {}, false};
      };
      model.cell = [&](std::int64_t row, int column) {
        if (column == 0) return cell_strong(ui, names[static_cast<std::size_t>(row)]);
        if (column == 1) return cell_number(ui, 1000 + row);
        if (column == 3) return void(icon_button(ui, "more", Icon::more, "More"));
        const auto at = static_cast<std::size_t>(row);
        cell_text(ui, at < cities.size() ? std::string_view(cities[at]) : std::string_view("—"));
      };
      const TableEvents events = table(ui, "names", model, state);
      if (events.activated >= 0) activated = events.activated;
      button(ui, "after", "After");
    });
  }
  void focus(std::string_view row) { page.focus(Role::row, row); }
  std::string at() const { return page.focused() ? std::string(page.focused()->name) : std::string(); }
  std::string copied() {
    page.inside().key_pressed({Key::c, {.control = true}});
    page.frame();
    std::string words = page.inside().copied;
    page.frames(2);
    return words;
  }
};

TEST(typing_in_a_table, leads_to_the_next_row_whose_name_begins_so) {
  NamesPage t;
  t.focus("Anna");
  t.page.type("z");
  EXPECT_EQ(t.at(), "Zoë");
  t.page.frame(2);  // seconds: a new name
  t.page.type("be");
  EXPECT_EQ(t.at(), "Berta");
  t.page.type("r");
  t.page.type("n");
  EXPECT_EQ(t.at(), "bernd") << "letters together, in either case";
  t.page.frame(2);
  t.page.type("客");
  EXPECT_EQ(t.at(), "客户一");
  t.page.type("客");
  EXPECT_EQ(t.at(), "客户二") << "the same again: the next one";
  t.page.frame(2);
  t.page.type("q");
  EXPECT_EQ(t.at(), "客户二");
  EXPECT_TRUE(t.page.inside().key_taken);
  EXPECT_EQ(t.activated, -1);
}

TEST(a_range, shrinks_when_shift_comes_back_and_leaves_what_was_ticked_apart_from_it) {
  NamesPage t;
  t.focus("Zoë");
  t.page.key(Key::space);
  t.focus("Berta");
  for (int i = 0; i < 3; ++i) t.page.key(Key::down, {.shift = true});
  EXPECT_EQ(t.state.selection.keys, (std::set<std::int64_t>{2, 3, 4, 5, 7}));
  t.page.key(Key::up, {.shift = true});
  t.page.key(Key::up, {.shift = true});
  EXPECT_EQ(t.state.selection.keys, (std::set<std::int64_t>{2, 3, 7}));
  t.page.key(Key::end, {.shift = true});
  EXPECT_EQ(t.state.selection.size(8), 7);
  t.page.key(Key::escape);
  EXPECT_TRUE(t.state.selection.empty());
}

TEST(copying, takes_the_selected_rows_with_their_columns_as_spreadsheets_take_them) {
  NamesPage t;
  t.cities = {"Wuhan", "=HYPERLINK(\"http://x\")", "a\tb", "say \"hi\"\nthere", "+86 138-0000", "-5.2", "@SUM(A1)"};
  t.focus("Anna");
  t.page.key(Key::a, {.control = true});
  const std::string copied = t.copied();
  EXPECT_EQ(copied,
            "Name\tScore\tCity\n"
            "Anna\t1000\tWuhan\n"
            "Berta\t1001\t\"'=HYPERLINK(\"\"http://x\"\")\"\n"
            "bernd\t1002\t\"a\tb\"\n"
            "客户一\t1003\t\"say \"\"hi\"\"\nthere\"\n"
            "客户二\t1004\t+86 138-0000\n"
            "Éva\t1005\t-5.2\n"
            "Zoë\t1006\t'@SUM(A1)\n"
            "Anton\t1007\t\n");
  EXPECT_EQ(t.page.said(), "8 rows copied.");
  EXPECT_EQ(t.page.tree().duplicates(), 0);
  t.page.key(Key::escape);
  EXPECT_EQ(t.copied(), "Name\tScore\tCity\nAnna\t1000\tWuhan\n") << "nothing is selected: the row with the keyboard";
  EXPECT_EQ(t.page.said(), "1 row copied.");
}

TEST(copying, says_when_it_could_not_take_everything) {
  NamesPage t;
  t.not_loaded = 40'000;
  t.focus("Anna");
  t.page.key(Key::a, {.control = true});
  const std::string here = t.copied();
  EXPECT_EQ(std::count(here.begin(), here.end(), '\n'), 9);
  EXPECT_EQ(t.page.said(), "Copied 8 of 40,008 selected rows: only those that are loaded, at most 1,000.");
  t.names.assign(1'500, "Name");
  t.not_loaded = 0;
  t.page.frames(2);
  const std::string copied = t.copied();
  EXPECT_EQ(std::count(copied.begin(), copied.end(), '\n'), 1'001);
  EXPECT_EQ(t.page.said(), "Copied 1,000 of 1,500 selected rows: only those that are loaded, at most 1,000.");
}

TEST(what_is_said, stays_for_some_seconds_and_the_same_words_are_said_again) {
  Harness page;
  page.draw([](Ui& ui) { button(ui, "a", "A"); });
  EXPECT_EQ(page.said(), "");
  page.ui().say("Done.");
  page.frames(2);
  EXPECT_EQ(page.said(), "Done.");
  const auto node_of_it = [&] {
    for (const a11y::Node& node : page.tree().nodes())
      if (node.name == "Done.") return node.id;
    return a11y::NodeId{};
  };
  const a11y::NodeId first = node_of_it();
  page.ui().say("Done.");
  page.frames(2);
  EXPECT_NE(node_of_it(), first) << "a live region is read when something is added";
  page.frame(7);
  page.frames(2);
  EXPECT_EQ(page.said(), "");
}

// --- which keys are ours ---------------------------------------------------------------------------------------------

std::string name_of(Key key, bool control, bool shift) {
  static const char* const names[] = {"none", "Tab",  "Enter", "Esc", "Space", "Backspace", "Delete", "Left", "Right",
                                      "Up",   "Down", "Home",  "End", "PgUp",  "PgDn",      "Menu",   "A",    "C",
                                      "K",    "V",    "X",     "Y",   "Z",     "/",         "?"};
  return std::string(control ? "Ctrl+" : "") + (shift ? "Shift+" : "") + names[static_cast<int>(key)];
}

// Presses every key with every modifier in the state that `prepare` makes, and names those that were taken. Tab is left
// out: the browser moves the focus.
template <class Prepare>
std::set<std::string> taken_keys(Harness& page, Prepare prepare) {
  std::set<std::string> taken;
  for (int key = 2; key <= static_cast<int>(Key::question); ++key)
    for (const bool control : {false, true})
      for (const bool shift : {false, true}) {
        prepare();
        page.key(static_cast<Key>(key), {.control = control, .shift = shift});
        if (page.inside().key_taken) taken.insert(name_of(static_cast<Key>(key), control, shift));
        page.frames(3);
      }
  return taken;
}

TEST(a_table, takes_exactly_these_keys_and_leaves_the_others_to_the_browser) {
  NamesPage t;
  const auto taken = taken_keys(t.page, [&] {
    t.state.selection.clear();
    t.focus("Berta");
  });
  EXPECT_EQ(
      taken,
      (std::set<std::string>{
          "Up",    "Down",  "Shift+Up",    "Shift+Down", "PgUp",      "PgDn",     "Shift+PgUp",      "Shift+PgDn",
          "Home",  "End",   "Shift+Home",  "Shift+End",  "Ctrl+Home", "Ctrl+End", "Ctrl+Shift+Home", "Ctrl+Shift+End",
          "Enter", "Space", "Shift+Space", "Ctrl+A",     "Ctrl+C",    "Menu"}));
}

TEST(a_button, takes_exactly_these_keys) {
  NamesPage t;
  const auto taken = taken_keys(t.page, [&] { t.page.focus(Role::button, "After"); });
  EXPECT_EQ(taken, (std::set<std::string>{"Enter", "Space", "Menu"}));
}

TEST(a_page_without_focus, takes_no_key) {
  NamesPage t;
  const auto taken = taken_keys(t.page, [&] { t.page.click(Point{1200, 790}); });
  EXPECT_TRUE(taken.empty()) << *taken.begin();
}

TEST(a_dialog, takes_enter_and_escape_and_no_key_of_the_browser) {
  Harness page;
  std::string value;
  page.draw([&](Ui& ui) { dialog(ui, "d", {.title = "D"}, [&] { text(ui, "Words"); }); });
  const auto taken = taken_keys(page, [] {});
  EXPECT_EQ(taken, (std::set<std::string>{"Enter", "Ctrl+Enter", "Esc", "Space", "Menu"})) << "and those of the cross";
}

TEST(every_dialog, has_the_keyboard_in_it_and_is_closed_by_escape) {
  int dialogs = 0;
  for (const storybook::Story& story : storybook::all_stories()) {
    if (story.key.rfind("dialog-", 0) != 0) continue;
    ++dialogs;
    Harness page({1440, 900}, "en");
    page.draw(story.open());
    page.frames(5);
    const a11y::Node* focus = page.focused();
    ASSERT_NE(focus, nullptr) << story.key;
    EXPECT_TRUE(page.tree().is_inside(*focus, page.tree().top_modal())) << story.key;
    page.inside().key_pressed({Key::escape, {}});
    page.frame();
    bool closes = false;
    for (const commands::Command& one : page.ui().commands().waiting())
      closes |= commands::get_command<commands::CloseDialog>(one) != nullptr;
    EXPECT_TRUE(closes) << story.key;
  }
  EXPECT_GT(dialogs, 20);
}

// --- moving by keyboard ----------------------------------------------------------------------------------------------

struct CarryPage {
  CannedStore canned;
  views::BatchPageState state;
  Harness page{{1440, 900}};

  CarryPage() {
    canned.add_batch();
    canned.add_plan();
    state = batch_page(commands::BatchTab::allocate);
    canned.add_items(views::items_request(state), 5, domain::batch::ItemState::unassigned);
    state.left_out = {{11}};  // 吴天明 takes no part
    page.ui().set_commands(&canned.queue);
    page.draw([this](Ui& ui) { views::draw_batch(ui, canned.store, state); });
    page.focus(Role::row, "客户2");
  }
};

TEST(a_row, is_picked_up_carried_from_target_to_target_and_dropped_by_keyboard) {
  CarryPage t;
  t.page.key(Key::x, {.control = true});
  EXPECT_EQ(t.page.said(),
            "Picked up 1 customer. Arrows choose where, Enter drops, Esc cancels. 李莉: Can go to 李莉. 1 of 7.");
  t.page.key(Key::down);
  EXPECT_EQ(t.page.said(), "吴天明: 吴天明 does not take part this time. 2 of 7.");
  t.page.key(Key::enter);
  EXPECT_EQ(t.page.said(), "吴天明: 吴天明 does not take part this time. 2 of 7.") << "refused, and still carried";
  EXPECT_TRUE(t.canned.pushed<commands::GiveByHand>().empty());
  t.page.key(Key::end);
  t.page.key(Key::down);
  EXPECT_EQ(t.page.said(), "李莉: Can go to 李莉. 1 of 7.") << "round and round";
  for (int i = 0; i < 3; ++i) t.page.key(Key::right);
  EXPECT_EQ(t.page.said(), "陈曦: Can go to 陈曦. 4 of 7.");
  t.page.key(Key::enter);
  EXPECT_EQ(t.page.said(), "Dropped 1 customer. Can go to 陈曦.");
  const auto pushed = t.canned.pushed<commands::GiveByHand>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].person.value, 13);
  ASSERT_EQ(pushed[0].rows.size(), 1u);
  EXPECT_EQ(pushed[0].rows[0].item.value, 102);
  EXPECT_FALSE(t.page.inside().drag);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->name, "客户2");
}

TEST(a_selection, is_carried_from_the_menu_of_a_row) {
  CarryPage t;
  t.page.key(Key::space);
  t.page.key(Key::down);
  t.page.key(Key::space);
  t.page.key(Key::menu);
  t.page.frames(4);
  ASSERT_NE(t.page.focused(), nullptr);
  EXPECT_EQ(t.page.focused()->name, "Move to…");
  t.page.key(Key::enter);
  t.page.frames(3);
  EXPECT_EQ(t.page.said(),
            "Picked up 2 customers. Arrows choose where, Enter drops, Esc cancels. 李莉: Can go to 李莉. 1 of 7.");
  t.page.key(Key::enter);
  const auto pushed = t.canned.pushed<commands::GiveByHand>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].rows.size(), 2u);
}

TEST(what_is_carried, is_let_go_by_escape_by_the_pointer_and_by_leaving_the_row) {
  for (const char* how : {"escape", "pointer", "focus"}) {
    CarryPage t;
    t.page.key(Key::x, {.control = true});
    ASSERT_TRUE(t.page.inside().drag) << how;
    if (how[0] == 'e') t.page.key(Key::escape);
    if (how[0] == 'p') t.page.click(Point{700, 20});
    if (how[0] == 'f') {
      t.page.focus(Role::button, "Commit plan");
    }
    EXPECT_FALSE(t.page.inside().drag) << how;
    EXPECT_EQ(t.page.said(), "Not moved: 1 customer.") << how;
    t.page.key(Key::enter);
    EXPECT_TRUE(t.canned.pushed<commands::GiveByHand>().empty()) << how;
  }
}

TEST(what_is_carried, takes_every_key_that_we_know) {
  CarryPage t;
  t.page.key(Key::x, {.control = true});
  for (const Key key : {Key::space, Key::page_down, Key::a, Key::question}) {
    t.page.key(key);
    EXPECT_TRUE(t.page.inside().key_taken);
  }
  EXPECT_TRUE(t.state.items.selection.empty());
  EXPECT_TRUE(t.page.inside().drag);
}

TEST(what_has_nowhere_to_go, says_so) {
  Harness page;
  page.draw([](Ui& ui) {
    button(ui, "source", "Item");
    drag_source(ui, [] { return DragPayload{"item", {2}, "1 customer"}; });
  });
  page.key(Key::tab);
  page.key(Key::x, {.control = true});
  EXPECT_EQ(page.said(), "There is nowhere here to drop 1 customer.");
  EXPECT_FALSE(page.inside().drag);
}

// --- one sees where the keyboard is ----------------------------------------------------------------------------------

TEST(the_focus, can_be_seen_on_everything_that_takes_it_in_every_story) {
  for (const storybook::Story& story : storybook::all_stories()) {
    Harness page({1440, 900}, "en");
    page.draw(story.open());
    page.frames(3);
    std::vector<std::pair<a11y::NodeId, std::string>> stops;
    for (const a11y::Node& node : page.tree().nodes())
      if (node.focusable && !node.disabled && node.text_agent < 0 &&
          page.tree().is_inside(node, page.tree().top_modal()))
        stops.emplace_back(node.id, std::string(node.name));
    auto& in = page.inside();
    for (const auto& [id, name] : stops) {
      in.focus = in.wanted_focus = id;
      in.focus_visible = true;
      page.frames(2);
      if (in.focus != id) continue;  // a list that was there for one press only
      const int with = page.vertices();
      in.focus_visible = false;
      page.frames(2);
      EXPECT_GT(with, page.vertices()) << story.key << ": nothing shows that '" << name << "' has the keyboard";
    }
  }
}

}  // namespace
}  // namespace tw::test
