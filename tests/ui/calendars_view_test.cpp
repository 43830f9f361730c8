// The editor of working calendars: a day becomes a holiday with a few presses, and nothing is saved before it is said
// what that does to due times.
#include <gtest/gtest.h>

#include "client/views/calendars.h"
#include "client/views/people.h"
#include "core/date.h"
#include "support/ui/canned.h"
#include "support/ui/hearing_host.h"

namespace tw::test {
namespace {

struct CalendarEditor : ::testing::Test {
  CalendarEditor() {
    draft.year = 2026;
    draft.month = 10;
    page.frames(5);
  }
  std::string day(int number) {
    page.frame();
    for (const a11y::Node& node : page.tree().nodes())
      if (node.role == a11y::Role::button &&
          node.name.find(", " + std::to_string(number) + " October 2026") != std::string::npos)
        return std::string(node.name);
    return {};
  }
  void save() { page.click(a11y::Role::button, "Save"); }

  CannedStore canned{domain::access::Role::administrator};
  views::CalendarDraft draft;
  ViewPage page{canned, [this](ui::Ui& ui) { views::draw_calendar_dialog(ui, canned.store, 200, {1}, draft); }};
};

TEST_F(CalendarEditor, asks_for_another_department_with_words_of_its_own) {
  EXPECT_EQ(page.get(a11y::Role::combo_box, "Departments, with those below").value, "Add a department…");
}

TEST_F(CalendarEditor, makes_a_day_a_holiday_and_asks_first_what_that_does) {
  const std::string first = day(1);
  EXPECT_EQ(first, "Thursday, 1 October 2026");
  page.activate(a11y::Role::button, first);
  page.frames(2);
  page.activate(a11y::Role::radio, "Holiday");
  page.frames(2);
  EXPECT_EQ(day(1), "Thursday, 1 October 2026, Holiday");
  ASSERT_EQ(draft.days.count(day_number({2026, 10, 1})), 1u);
  canned.queue.take();
  page.activate(a11y::Role::button, "Save");
  page.frame();
  const auto asked = canned.pushed<commands::PreviewCalendar>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].request.calendar, CalendarId{1});

  canned.store.calendar_preview.put(store::Store::key_of(asked[0].request), {12, 3, true});
  page.frames(2);
  EXPECT_TRUE(canned.pushed<commands::SaveCalendar>().empty()) << "it moves due times: that is said first";
  EXPECT_TRUE(page.shows("12 due times move."));
  page.activate(a11y::Role::radio, "They get one day more");
  page.frame();
  canned.queue.take();
  page.activate(a11y::Role::button, "Save and move due times");
  page.frame();
  const auto saved = canned.pushed<commands::SaveCalendar>();
  ASSERT_EQ(saved.size(), 1u);
  EXPECT_EQ(saved[0].request.overdue, api::OverdueChoice::grace);
  EXPECT_EQ(saved[0].request.content.days.size(), canned.store.calendar.at(1)->days.size() + 1);
}

TEST_F(CalendarEditor, is_one_stop_of_tab_in_which_arrows_go_from_day_to_day) {
  const auto stops = [&] {
    page.frame();
    int count = 0;
    for (const a11y::Node& node : page.tree().nodes())
      count += node.role == a11y::Role::button && node.focusable && node.name.find(" 2026") != std::string::npos;
    return count;
  };
  const auto focused = [&] {
    page.frames(4);
    const a11y::Node* node = page.tree().find(page.ui().focused());
    return node ? std::string(node->name) : std::string();
  };
  EXPECT_EQ(stops(), 1);
  page.focus(a11y::Role::button, day(1));
  page.key(ui::Key::right);
  EXPECT_EQ(focused(), day(2));
  page.key(ui::Key::down);
  EXPECT_EQ(focused(), day(9));
  EXPECT_EQ(stops(), 1);
  page.key(ui::Key::home);
  EXPECT_EQ(focused(), day(5)) << "Monday";
  page.key(ui::Key::end);
  EXPECT_EQ(focused(), day(11)) << "Sunday";
  EXPECT_EQ(draft.chosen, 0) << "looking is not choosing";
  page.key(ui::Key::enter);
  page.frames(2);
  EXPECT_EQ(draft.chosen, day_number({2026, 10, 11}));
  page.key(ui::Key::page_down);
  EXPECT_EQ(focused(), "Wednesday, 11 November 2026");
  EXPECT_EQ(draft.month, 11);
  page.key(ui::Key::up);
  page.key(ui::Key::up);
  page.frames(4);
  EXPECT_EQ(draft.month, 10) << "the week before is on the page before";
  draft.year = 2199;
  draft.month = 12;
  page.frames(2);
  page.focus(a11y::Role::button, "Tuesday, 31 December 2199");
  page.key(ui::Key::right);
  EXPECT_EQ(focused(), "Tuesday, 31 December 2199") << "the last page there is";
}

TEST_F(CalendarEditor, has_seven_days_a_week_in_every_month) {
  draft.year = 2022;
  draft.month = 2;  // it begins on a Tuesday: 29 places
  page.frames(3);
  const a11y::Node first = page.get(a11y::Role::button, "Tuesday, 1 February 2022");
  const a11y::Node next = page.get(a11y::Role::button, "Tuesday, 8 February 2022");
  EXPECT_EQ(first.x, next.x);
  EXPECT_GT(next.y, first.y);
  EXPECT_EQ(page.get(a11y::Role::button, "Sunday, 6 February 2022, Day off").y, first.y);
}

TEST_F(CalendarEditor, saves_at_once_what_moves_no_due_time) {
  page.activate(a11y::Role::button, "Save");
  page.frame();
  const auto asked = canned.pushed<commands::PreviewCalendar>();
  ASSERT_EQ(asked.size(), 1u);
  canned.store.calendar_preview.put(store::Store::key_of(asked[0].request), {});
  page.frame();
  EXPECT_EQ(canned.pushed<commands::SaveCalendar>().size(), 1u);
  page.frame();
  EXPECT_TRUE(canned.pushed<commands::SaveCalendar>().empty()) << "once";
}

TEST_F(CalendarEditor, says_which_year_is_not_known) {
  draft.year = 2031;
  canned.store.statutory.put(2031, {false, {}, 2016, 2026});
  page.frames(2);
  bool said = false;
  for (const a11y::Node& node : page.tree().nodes())
    said = said || node.name.find("statutory days of 2031 are not known") != std::string::npos;
  EXPECT_TRUE(said);
}

TEST_F(CalendarEditor, takes_over_what_a_file_told_and_names_what_it_did_not_understand) {
  api::ReadICalendar::Response file;
  file.days = {{"2026-12-25", false, {}, "Christmas"}};
  file.not_understood = {{7, "icalendar.no_whole_day", "Meeting"}};
  canned.store.icalendar.answer(canned.store.icalendar.ask(), file);
  page.frames(2);
  EXPECT_EQ(draft.days.at(day_number({2026, 12, 25})).name, "Christmas");
  EXPECT_EQ(draft.month, 12) << "the month of the first of them is shown";
  EXPECT_TRUE(page.shows("Line 7: Only events of whole days are read. Meeting"));
  EXPECT_TRUE(canned.pushed<commands::SaveCalendar>().empty()) << "nothing is saved yet";
}

TEST_F(CalendarEditor, is_filled_with_what_is_true_now_and_not_with_what_was) {
  canned.store.happened(EventKind::calendar_changed, 1);  // by somebody else, or by the save before
  draft = {};
  page.frames(3);
  EXPECT_FALSE(draft.filled);
  auto newer = *canned.store.calendar.at(1);
  newer.row.name = "Newer";
  newer.row.version = {9};
  canned.store.calendar.put(1, newer);
  page.frames(2);
  EXPECT_EQ(draft.name, "Newer");
  EXPECT_EQ(draft.version.value, 9);
}

TEST_F(CalendarEditor, says_that_a_calendar_could_not_be_loaded) {
  draft = {};
  auto& stored = canned.store.calendar.open(1);
  stored.forget();
  stored.fail(stored.ask(), {});
  page.frames(3);
  EXPECT_NE(page.find(a11y::Role::button, "Try again"), nullptr);
}

TEST_F(CalendarEditor, takes_nothing_from_a_file_that_another_dialog_asked_for) {
  const auto asked = canned.store.icalendar.ask();
  draft = {};
  page.frames(3);
  api::ReadICalendar::Response file;
  file.days = {{"2026-12-25", false, {}, "Christmas"}};
  canned.store.icalendar.answer(asked, file);  // late
  page.frames(2);
  EXPECT_EQ(draft.days.count(day_number({2026, 12, 25})), 0u);
  for (const a11y::Node& node : page.tree().nodes())
    EXPECT_EQ(node.name.find("taken over"), std::string::npos) << node.name;
}

TEST_F(CalendarEditor, the_preview_stands_in_place_of_the_form_and_gives_it_back) {
  canned.queue.take();
  page.activate(a11y::Role::button, "Save");
  page.frame();
  const auto asked = canned.pushed<commands::PreviewCalendar>();
  ASSERT_EQ(asked.size(), 1u);
  canned.store.calendar_preview.put(store::Store::key_of(asked[0].request), {12, 3, true});
  page.frames(3);
  EXPECT_EQ(page.find(a11y::Role::text_box, "Name"), nullptr);
  page.activate(a11y::Role::button, "Go on editing");
  page.frames(3);
  EXPECT_NE(page.find(a11y::Role::text_box, "Name"), nullptr);
  EXPECT_TRUE(canned.pushed<commands::SaveCalendar>().empty());
}

}  // namespace
}  // namespace tw::test
