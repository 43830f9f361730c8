// The status screen and the audit log: what they show, say and ask for.
#include <gtest/gtest.h>

#include "client/views/audit.h"
#include "client/views/system_status.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

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
  void open() {
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_audit(ui, canned.store, state); });
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

TEST_F(AuditPage, is_narrowed_by_its_address) {
  commands::Route route = commands::parse_route("/audit?kind=exported&person=12&days=7");
  EXPECT_EQ(route.page, commands::Page::audit);
  views::read_route(route, state);
  const auto request = views::request_of(state, storybook::canned_now);
  EXPECT_EQ(request.kind, api::AuditKind::exported);
  EXPECT_EQ(request.person, PersonId{12});
  EXPECT_EQ(request.from, storybook::canned_now - days(7));
  EXPECT_EQ(views::address_of(state), "/audit?days=7&kind=exported&person=12");
  views::read_route(commands::parse_route("/audit?kind=nonsense"), state);
  EXPECT_EQ(views::address_of(state), "/audit");
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
