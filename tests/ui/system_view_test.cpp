// The status screen and the audit log: what they show, say and ask for.
#include <gtest/gtest.h>

#include "client/views/audit.h"
#include "client/views/day_field.h"
#include "client/views/system_status.h"
#include "core/date.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using views::LocalClock;

struct SystemPage : ::testing::Test {
  void open() {
    // Tall enough for all of it: what is pressed must be in sight.
    page.emplace(
        canned, [this](ui::Ui& ui) { views::draw_system_status(ui, canned.store, state); }, ui::Size{1440, 2000});
    page->frames(3);
  }
  bool says(std::string_view words) const {
    for (const a11y::Node& node : page->tree().nodes())
      if (node.name.find(words) != std::string_view::npos) return true;
    return false;
  }
  CannedStore canned{domain::access::Role::administrator};
  views::SystemState state;
  std::optional<ViewPage> page;
};

TEST_F(SystemPage, says_what_runs_and_what_failed) {
  canned.add_system();
  open();
  EXPECT_TRUE(page->shows("0020_audit"));
  EXPECT_TRUE(page->shows("Every 24 hours"));
  EXPECT_TRUE(says("1 failure"));
  EXPECT_TRUE(page->shows("Recalling overdue items"));
  EXPECT_FALSE(page->shows("Not available here"));
  EXPECT_FALSE(page->shows("Gone or changed"));
}

TEST_F(SystemPage, of_the_demo_says_what_is_not_there) {
  canned.add_system(true);
  open();
  EXPECT_TRUE(page->shows("Not available here"));
  EXPECT_FALSE(page->shows("Every 24 hours"));
  EXPECT_TRUE(
      page->shows("This is the demo in your browser: it has no server, no disk of its own and makes no backups."));
}

TEST_F(SystemPage, says_aloud_when_noted_entries_are_gone) {
  canned.add_system(false, true);
  open();
  EXPECT_TRUE(page->shows("Entries of the audit log that were noted earlier are gone or were changed."));
  EXPECT_TRUE(page->shows("Gone or changed"));
}

TEST_F(SystemPage, copies_the_whole_hash_looks_again_and_leads_to_the_log) {
  canned.add_system();
  open();
  page->click(Role::button, "Copy number and hash");
  EXPECT_EQ(canned.pushed<commands::CopyText>().at(0).words, "18204:" + canned.store.system->audit.hash);
  page->click(Role::button, "Refresh");
  EXPECT_EQ(canned.pushed<commands::LookAtSystem>().size(), 1u);
  page->click(Role::button, "Open the audit log");
  EXPECT_EQ(canned.pushed<commands::Go>().at(0).path, "/audit");
}

TEST_F(SystemPage, says_why_nothing_is_there_and_tries_again) {
  store::Problem problem;
  problem.code = Code::unavailable;
  canned.store.system.fail(canned.store.system.ask(), problem);
  open();
  page->click(Role::button, "Try again");
  EXPECT_EQ(canned.pushed<commands::Retry>().size(), 1u);
}

struct AuditPage : ::testing::Test {
  void open(ui::Size viewport = {1440, 900}) {
    page.emplace(
        canned, [this](ui::Ui& ui) { views::draw_audit(ui, canned.store, state); }, viewport);
    page->frames(3);
  }
  CannedStore canned{domain::access::Role::administrator};
  views::AuditState state;
  std::optional<ViewPage> page;
};

TEST_F(AuditPage, tells_each_entry_in_the_reader_s_words) {
  canned.add_audit();
  open();
  EXPECT_TRUE(page->shows("Permissions changed"));
  EXPECT_TRUE(page->shows("Person: 吴天明 · Role: Manager · Role before: Member"));
  EXPECT_TRUE(page->shows("Setting: hours left after a return · Value: 12"));
  EXPECT_TRUE(page->shows("Command line"));
  EXPECT_TRUE(page->shows("System"));
}

TEST_F(AuditPage, tells_all_of_an_entry_also_where_its_row_has_no_place) {
  canned.add_audit();
  open({390, 844});
  EXPECT_FALSE(page->shows("Role before"));
  for (const a11y::Node& node : page->tree().nodes()) {
    if (node.role != Role::row || !node.name.starts_with("Permissions changed")) continue;
    page->activate(Role::row, std::string(node.name));
    break;
  }
  page->frames(3);
  EXPECT_TRUE(page->shows("Role before"));
  EXPECT_TRUE(page->shows("192.0.2.14"));
  page->key(ui::Key::escape);
  page->frames(3);
  EXPECT_FALSE(page->shows("Role before"));
}

TEST_F(AuditPage, is_narrowed_by_its_address) {
  commands::Route route = commands::parse_route("/audit?kind=exported&person=12&days=7");
  EXPECT_EQ(route.page, commands::Page::audit);
  views::read_route(route, state);
  const auto request = views::request_of(state, {storybook::canned_now, WallClock{}});
  EXPECT_EQ(request.kind, api::AuditKind::exported);
  EXPECT_EQ(request.person, PersonId{12});
  EXPECT_EQ(request.from, storybook::canned_now - days(7));
  EXPECT_EQ(views::address_of(state), "/audit?days=7&kind=exported&person=12");
  views::read_route(commands::parse_route("/audit?kind=nonsense"), state);
  EXPECT_EQ(views::address_of(state), "/audit");
}

TEST_F(AuditPage, is_narrowed_to_whole_days_of_the_reader_by_its_address) {
  const WallClock shanghai = WallClock::fixed(8 * 3600);
  const LocalClock clock{storybook::canned_now, shanghai};
  const auto asked = [&](const char* address) {
    views::read_route(commands::parse_route(address), state);
    EXPECT_EQ(views::address_of(state), address);
    return views::request_of(state, clock);
  };
  const Instant eleventh = shanghai.at_wall(day_number({2026, 11, 11}) * days(1).value);
  auto request = asked("/audit?days=chosen&from=2026-11-11&to=2026-11-11");
  EXPECT_EQ(request.from, eleventh);
  EXPECT_EQ(request.until, eleventh + days(1)) << "the last day is included";
  request = asked("/audit?days=chosen&from=2026-11-11");
  EXPECT_EQ(request.from, eleventh);
  EXPECT_FALSE(request.until);
  request = asked("/audit?days=chosen");
  EXPECT_FALSE(request.from || request.until);
  views::read_route(commands::parse_route("/audit?days=7&from=2026-11-11"), state);
  EXPECT_EQ(views::address_of(state), "/audit?days=7") << "a fixed period has no days of its own";
  views::read_route(commands::parse_route("/audit?days=chosen&from=2026-13-11"), state);
  EXPECT_EQ(views::address_of(state), "/audit?days=chosen");
}

// The page as the app keeps it: it goes where it says.
struct AuditDays : AuditPage {
  void open_days(const char* address = "/audit?days=chosen") {
    canned.add_audit();
    state = {};
    views::read_route(commands::parse_route(address), state);
    open();
  }
  std::string went() {
    std::string path;
    for (const auto& go : canned.pushed<commands::Go>())
      views::read_route(commands::parse_route(path = go.path), state);
    page->frames(3);
    return path;
  }
  void type_into(std::string_view field, std::string_view words) {
    page->focus(Role::text_box, field);
    page->frames(2);
    page->type(words);
    page->frames(2);
  }
};

TEST_F(AuditDays, stand_under_the_filter_only_where_they_are_chosen) {
  open_days("/audit?days=7");
  EXPECT_EQ(page->find(Role::text_box, "From"), nullptr);
  views::read_route(commands::parse_route("/audit?days=chosen"), state);
  page->frames(3);
  EXPECT_NE(page->find(Role::text_box, "From"), nullptr);
  EXPECT_NE(page->find(Role::text_box, "To"), nullptr);
}

TEST_F(AuditDays, are_typed_and_count_when_enter_or_the_next_field_is_reached) {
  open_days();
  type_into("From", "2027/1/4");
  EXPECT_EQ(went(), "") << "somebody still writes";
  page->key(ui::Key::enter);
  page->frames(2);
  EXPECT_EQ(went(), "/audit?days=chosen&from=2027-01-04");
  type_into("To", "1-5");
  page->key(ui::Key::tab);
  page->frames(3);
  EXPECT_EQ(went(), "/audit?days=chosen&from=2027-01-04&to=2027-01-05");
  EXPECT_EQ(page->get(Role::text_box, "To").value, "2027-01-05") << "as it was understood";
}

TEST_F(AuditDays, that_are_none_or_end_before_they_begin_are_said_and_not_asked_for) {
  open_days("/audit?days=chosen&from=2027-01-04");
  type_into("To", "2027-02-30");
  page->key(ui::Key::enter);
  page->frames(2);
  EXPECT_EQ(went(), "");
  EXPECT_TRUE(page->shows("This is no day. An example: 2027-01-15"));
  open_days("/audit?days=chosen&from=2027-01-04");
  page->frames(3);
  type_into("To", "2027-01-03");
  page->key(ui::Key::enter);
  page->frames(2);
  EXPECT_EQ(went(), "");
  EXPECT_TRUE(page->shows("This is before the first day."));
}

TEST_F(AuditDays, are_chosen_on_a_month_s_page_by_the_keyboard_alone) {
  open_days("/audit?days=chosen&from=2027-01-04");
  page->focus(Role::button, "Choose a day: To");
  page->key(ui::Key::enter);
  page->frames(5);
  EXPECT_TRUE(page->shows("January 2027"));
  page->focus(Role::button, "Friday, 1 January 2027");
  page->key(ui::Key::page_down);
  page->frames(4);
  EXPECT_TRUE(page->shows("February 2027"));
  page->key(ui::Key::right);
  page->frames(4);
  page->key(ui::Key::enter);
  page->frames(4);
  EXPECT_EQ(went(), "/audit?days=chosen&from=2027-01-04&to=2027-02-02");
  EXPECT_EQ(page->find(Role::button, "Monday, 1 February 2027"), nullptr) << "closed";
}

TEST(PastDay, is_read_as_people_write_it_and_without_a_year_is_the_last_such_day) {
  const std::int64_t today = day_number({2027, 1, 15});
  const auto read = [&](std::string_view typed) {
    const auto day = views::read_past_day(typed, today);
    return day ? written_day(*day) : std::string();
  };
  EXPECT_EQ(read("2026-11-25"), "2026-11-25");
  EXPECT_EQ(read(" 2026/1/5 "), "2026-01-05");
  EXPECT_EQ(read("2026.12.31"), "2026-12-31");
  EXPECT_EQ(read("1-15"), "2027-01-15") << "today";
  EXPECT_EQ(read("1-16"), "2026-01-16");
  EXPECT_EQ(read("2-29"), "");
  for (const char* wrong : {"", "15", "2027-2-30", "27-1-15", "1-2-3-4", "tomorrow", "2027-1-15x", "-1-15"})
    EXPECT_EQ(read(wrong), "") << wrong;
}

TEST_F(AuditPage, asks_for_more_when_the_end_comes_into_view) {
  canned.add_audit();
  auto log = *canned.store.audit;
  open();
  EXPECT_TRUE(canned.pushed<commands::MoreAudit>().empty());
  log.next = "1:2";
  canned.store.audit.answer(canned.store.audit.ask(), log);
  page->frames(2);
  EXPECT_FALSE(canned.pushed<commands::MoreAudit>().empty());
}

TEST_F(AuditPage, the_next_page_hangs_on_behind) {
  canned.store.load_audit("/audit", {});
  ASSERT_EQ(canned.transport.sent.size(), 1u);
  canned.transport.answer(0, 200, R"({"rows":[{"number":9,"kind":"signed_in"}],"next":"5:9"})");
  canned.store.load_more_audit();
  ASSERT_EQ(canned.transport.sent.size(), 2u);
  canned.transport.answer(1, 200, R"({"rows":[{"number":8,"kind":"signed_out"}],"next":""})");
  ASSERT_EQ(canned.store.audit->rows.size(), 2u);
  EXPECT_EQ(canned.store.audit->rows[1].number, 8);
  canned.store.load_more_audit();
  EXPECT_EQ(canned.transport.sent.size(), 2u) << "there is no more";
}

TEST_F(AuditPage, says_when_nothing_is_like_that) {
  canned.store.audit.answer(canned.store.audit.ask(), {});
  open();
  EXPECT_TRUE(page->shows("Nothing found"));
}

}  // namespace
}  // namespace tw::test
