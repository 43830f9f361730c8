// What does not exist without a server: every control that needs it is there, disabled, and says why; with a server it
// does what it says. The list comes from the answer of the place itself (api::ViewCapabilities).
#include <gtest/gtest.h>

#include "api/registry.h"
#include "client/commands/descriptors.h"
#include "client/views/people.h"
#include "client/views/session_views.h"
#include "support/ui/app_page.h"
#include "support/ui/palette_page.h"

namespace tw::test {
namespace {

using commands::Id;
using domain::access::Role;
using ui::Key;

constexpr const char* no_sign_in = "The demo has no sign-in: choose somebody else under \"Act as\", below the page.";
constexpr const char* no_passwords = "Nobody needs a password in the demo: you act as its people without one.";
constexpr const char* no_links = "An invitation is a link to a server, and the demo has none.";

TEST(without_a_server, every_operation_that_needs_one_has_its_command_and_no_command_needs_another) {
  std::set<std::string_view> declared, needed;
  api::AllOperations::each([&]<class O>() {
    if (O::endpoint.availability == api::Availability::server_only) declared.insert(O::endpoint.name);
  });
  for (const commands::Descriptor& known : commands::descriptors())
    if (!known.operation.empty()) needed.insert(known.operation);
  EXPECT_FALSE(declared.empty());
  EXPECT_EQ(needed, declared);
}

TEST(without_a_server, the_account_menu_says_why_nobody_signs_out_or_changes_a_password) {
  for (const bool alone : {true, false}) {
    SCOPED_TRACE(alone);
    PalettePage t(Role::administrator);
    if (alone) t.canned.take_server_away();
    t.page.frames(2);
    t.page.click(a11y::Role::button, "Account menu");
    t.page.frames(3);
    const a11y::Node& out = t.page.get(a11y::Role::menu_item, "Sign out");
    EXPECT_EQ(out.disabled, alone);
    EXPECT_EQ(out.description, alone ? no_sign_in : "");
    const a11y::Node& password = t.page.get(a11y::Role::menu_item, "Change password");
    EXPECT_EQ(password.disabled, alone);
    EXPECT_EQ(password.description, alone ? no_passwords : "");
    EXPECT_FALSE(t.page.get(a11y::Role::menu_item, "Time zone").disabled);
    t.done.clear();
    t.page.click(a11y::Role::menu_item, "Sign out");
    t.page.frames(3);
    EXPECT_EQ(t.did<commands::SignOut>().size(), alone ? 0u : 1u);
  }
}

TEST(without_a_server, the_palette_finds_the_command_and_says_why_it_cannot_be_done) {
  PalettePage t(Role::administrator);
  t.canned.take_server_away();
  t.page.frames(2);
  t.open();
  t.write("change password");
  ASSERT_NE(t.current(), nullptr);
  EXPECT_EQ(t.current()->name, "Change password");
  t.page.key(Key::enter);
  t.page.frames(3);
  EXPECT_EQ(t.page.said(), no_passwords);
  EXPECT_FALSE(t.shows_dialog<commands::ChangePasswordDialog>());
  EXPECT_TRUE(t.shows_dialog<commands::QuickSearch>()) << "there is more to choose from";
}

TEST(without_a_server, nobody_is_sent_a_link_that_leads_nowhere) {
  for (const bool alone : {true, false}) {
    SCOPED_TRACE(alone);
    views::PeopleState state;
    PalettePage t(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_people(ui, model, state); });
    if (alone) t.canned.take_server_away();
    t.page.frames(2);
    t.page.act({.kind = a11y::Action::Kind::focus, .target = t.page.get(a11y::Role::row, "赵路").id, .value = {}});
    t.page.key(Key::menu);
    t.page.frames(4);
    const a11y::Node& reset = t.page.get(a11y::Role::menu_item, "Reset password");
    EXPECT_EQ(reset.disabled, alone);
    EXPECT_EQ(reset.description, alone ? no_links : "");
    EXPECT_FALSE(t.page.get(a11y::Role::menu_item, "Edit").disabled);
    t.page.key(Key::escape);
    t.page.frames(3);
    // Whoever was just added.
    t.dialogs.push_back({.form = 200, .what = commands::ShowInvitation{{10}, "李莉", "http://crm.example/x"}});
    t.page.frames(4);
    const a11y::Node& copy = t.page.get(a11y::Role::button, "Copy invitation");
    EXPECT_EQ(copy.disabled, alone);
    EXPECT_EQ(copy.description, alone ? no_links : "");
    EXPECT_EQ(t.page.shows(no_links), alone);
    EXPECT_EQ(t.page.find(a11y::Role::text_box, "Invitation") != nullptr, !alone);
    EXPECT_FALSE(t.page.get(a11y::Role::button, "Close").disabled);
  }
}

TEST(without_a_server, whoever_must_sign_in_again_cannot_become_somebody_else_that_way) {
  for (const bool alone : {true, false}) {
    CannedStore canned{Role::manager};
    if (alone) canned.take_server_away();
    views::SignInState state;
    ViewPage page(canned, [&](ui::Ui& ui) {
      ui.commands().set_unavailable(canned.store.capabilities->unavailable);
      views::draw_sign_in_again(ui, canned.store, state);
    });
    page.frames(3);
    const a11y::Node& other = page.get(a11y::Role::button, "I am somebody else");
    EXPECT_EQ(other.disabled, alone);
    EXPECT_EQ(other.description, alone ? no_sign_in : "");
  }
}

TEST(without_a_server, the_app_goes_by_what_the_place_itself_answers) {
  for (const bool alone : {true, false}) {
    SCOPED_TRACE(alone);
    AppPage it("/customers");
    it.answer("/api/v1/capabilities", 200,
              std::string(R"({"needs_setup":false,"offline":true,"unavailable":[)") +
                  (alone ? R"("session.sign-out")" : "") + R"(],"session":)" + AppPage::person(5, "token") + "}");
    it.harness.click(a11y::Role::button, "Account menu");
    it.frame();
    EXPECT_EQ(it.harness.get(a11y::Role::menu_item, "Sign out").disabled, alone);
    EXPECT_FALSE(it.harness.get(a11y::Role::menu_item, "Change password").disabled) << "it is not on the list";
    it.harness.click(a11y::Role::menu_item, "Sign out");
    it.frame();
    EXPECT_EQ(it.unanswered("/api/v1/session"), alone ? 0 : 1);
  }
}

}  // namespace
}  // namespace tw::test
