// Saved policies on the board of a batch: chosen, changed, saved under a name, renamed, archived; all by keyboard, too.
#include <gtest/gtest.h>

#include "client/views/dialogs.h"
#include "client/views/policies.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using Kind = domain::allocation::Policy;
using ui::Key;

struct PoliciesView : ::testing::Test {
  CannedStore canned;
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  PoliciesView() {
    canned.add_batch();
    canned.add_plan();
  }
  api::BatchDetail& batch() { return *canned.store.batch.find(7)->value; }
  ViewPage board() {
    return ViewPage(canned, [this](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  }
  ViewPage opened(views::DialogState& dialog) {
    return ViewPage(canned, [this, &dialog](ui::Ui& ui) { views::draw_dialog(ui, canned.store, dialog); });
  }
};

TEST_F(PoliciesView, the_plan_is_asked_for_as_the_policy_is_saved_until_something_is_changed) {
  batch().policy->terms.kind = Kind::by_owner;
  batch().policy->terms.rest = Kind::least_loaded;
  ViewPage page = board();
  page.frames(2);
  EXPECT_EQ(page.get(Role::combo_box, "How to divide").value, "To the owner");
  EXPECT_EQ(page.get(Role::combo_box, "The others").value, "Least loaded first");
  auto wish = views::plan_request(canned.store, state);
  EXPECT_FALSE(wish.policy || wish.rest || wish.people);
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  page.frames(2);
  EXPECT_EQ(page.get(Role::combo_box, "Saved policy").value, "This task's own (changed)");
  wish = views::plan_request(canned.store, state);
  EXPECT_EQ(wish.policy, Kind::weighted);
  ASSERT_TRUE(wish.people);
}

TEST_F(PoliciesView, a_choice_that_was_refused_gives_no_colleagues_choice_the_right_to_what_is_changed_here) {
  ViewPage page = board();
  page.frames(2);
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  page.click(Role::combo_box, "Saved policy");
  page.key(Key::down);
  page.key(Key::enter);
  ASSERT_EQ(canned.pushed<commands::UpdateBatch>().size(), 1u);
  canned.store.forms[views::allocate_form] = {.busy = true, .problem = {}};
  page.frames(2);
  canned.store.forms[views::allocate_form].busy = false;
  canned.store.forms[views::allocate_form].problem.emplace();
  page.frames(2);
  batch().policy->policy = {72};
  ++batch().policy->version.value;
  page.frames(2);
  EXPECT_TRUE(state.terms_changed);
  EXPECT_EQ(state.terms.kind, Kind::weighted);
}

TEST_F(PoliciesView, a_shared_one_is_chosen_by_keyboard_and_archived_ones_are_not_offered) {
  ViewPage page = board();
  page.focus(Role::combo_box, "Saved policy");
  page.key(Key::enter);
  EXPECT_EQ(page.find(Role::option, "展会跟进"), nullptr);
  page.key(Key::down);
  page.key(Key::enter);
  const auto chosen = canned.pushed<commands::UpdateBatch>();
  ASSERT_EQ(chosen.size(), 1u);
  EXPECT_EQ(chosen[0].request.policy, PolicyId{71});
  EXPECT_EQ(chosen[0].request.version, (Version{4}));
  // The batch has it now: its terms are those of the board, and the plan is made again.
  batch().policy = canned.store.policies->rows[0];
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::weighted);
  EXPECT_EQ(canned.pushed<commands::MakePlan>().size(), 1u);
  page.click(Role::combo_box, "Saved policy");
  page.click(Role::option, "This task's own");
  EXPECT_EQ(canned.pushed<commands::UpdateBatch>().at(0).request.policy, PolicyId{});
}

TEST_F(PoliciesView, one_that_was_archived_is_shown_as_long_as_the_batch_has_it) {
  batch().policy = canned.store.archived_policies->rows[0];
  ViewPage page = board();
  EXPECT_EQ(page.get(Role::combo_box, "Saved policy").value, "展会跟进");
}

TEST_F(PoliciesView, what_was_changed_is_saved_as_of_the_version_that_was_seen_or_put_back) {
  ViewPage page = board();
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  page.focus(Role::button, "Save and manage policies");
  page.key(Key::enter);
  page.click(Role::menu_item, "Save these terms");
  auto saved = canned.pushed<commands::UpdatePolicy>();
  ASSERT_EQ(saved.size(), 1u);
  EXPECT_EQ(saved[0].request.policy, PolicyId{70});
  EXPECT_EQ(saved[0].request.version, Version{3});
  EXPECT_EQ(saved[0].request.terms->kind, Kind::weighted);
  // Somebody else was quicker: what is changed here stays, and would be refused as stale.
  batch().policy->version = {4};
  batch().policy->terms.kind = Kind::score_first;
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::weighted);
  EXPECT_EQ(state.policy_version, Version{3});
  page.click(Role::button, "Save and manage policies");
  page.click(Role::menu_item, "Back to what is saved");
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::score_first);
  EXPECT_FALSE(state.terms_changed);
  // One's own came back: nothing is changed any more.
  state.terms.kind = Kind::even;
  state.terms_changed = true;
  batch().policy->version = {5};
  batch().policy->terms.kind = Kind::even;
  page.frames(2);
  EXPECT_FALSE(state.terms_changed);
}

TEST_F(PoliciesView, a_new_name_and_what_was_saved_here_do_not_stand_in_the_way_of_the_next_save) {
  ViewPage page = board();
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  batch().policy->version = {4};  // renamed, by oneself or somebody else: the terms are what they were
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::weighted);
  EXPECT_EQ(state.policy_version, Version{4});
  page.click(Role::button, "Save and manage policies");
  page.click(Role::menu_item, "Save these terms");
  ASSERT_EQ(canned.pushed<commands::UpdatePolicy>().size(), 1u);
  state.terms.kind = Kind::least_loaded;  // before the answer is there
  batch().policy->version = {5};
  batch().policy->terms.kind = Kind::weighted;
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::least_loaded);
  EXPECT_EQ(state.policy_version, Version{5});
}

TEST_F(PoliciesView, another_policy_that_a_colleague_chose_takes_nothing_that_was_changed_here) {
  ViewPage page = board();
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  batch().policy = canned.store.policies->rows[0];
  batch().policy->terms.kind = Kind::score_first;
  page.frames(2);
  EXPECT_EQ(state.terms.kind, Kind::weighted);
  EXPECT_TRUE(state.terms_changed);
  EXPECT_EQ(state.policy, PolicyId{71});
}

TEST_F(PoliciesView, terms_get_a_name_and_the_batch_that_policy) {
  views::DialogState dialog{.form = 9, .what = commands::SavePolicy{{7}, {.kind = Kind::weighted}, 42}, .draft = {}};
  ViewPage page = opened(dialog);
  page.frames(2);
  page.type("Renewals ");
  page.key(Key::enter);
  auto added = canned.pushed<commands::AddPolicy>();
  ASSERT_EQ(added.size(), 1u);
  EXPECT_EQ(added[0].request.name, "Renewals");
  EXPECT_EQ(added[0].request.terms.kind, Kind::weighted);
  EXPECT_EQ(added[0].request.terms.seed, 0);
  EXPECT_EQ(added[0].batch, BatchId{7});
  page.click(Role::checkbox, "Draw the same lots each time");
  page.click(Role::button, "Save");
  EXPECT_EQ(canned.pushed<commands::AddPolicy>().at(0).request.terms.seed, 42);
}

TEST_F(PoliciesView, they_are_renamed_and_archived_by_who_may) {
  views::DialogState dialog{.form = 9, .what = commands::ManagePolicies{}, .draft = {}};
  ViewPage page = opened(dialog);
  EXPECT_EQ(page.find(Role::button, "Rename the policy \"Spring campaign\""), nullptr) << "somebody else's";
  page.click(Role::button, "Archive the policy \"华东续约\"");
  EXPECT_EQ(page.find(Role::button, "Offer the policy \"展会跟进\" again"), nullptr);
  page.click(Role::button, "Show archived policies");
  page.frames(2);
  EXPECT_TRUE(std::get<views::PoliciesDraft>(dialog.draft).archive) << "the archive is asked for now";
  page.click(Role::button, "Offer the policy \"展会跟进\" again");
  const auto archived = canned.pushed<commands::ArchivePolicy>();
  ASSERT_EQ(archived.size(), 2u);
  EXPECT_TRUE(archived[0].request.archived);
  EXPECT_EQ(archived[0].request.version, Version{2});
  EXPECT_FALSE(archived[1].request.archived);
  page.click(Role::button, "Rename the policy \"华东续约\"");
  views::DialogState rename{.form = 10, .what = commands::RenamePolicy{{71}}, .draft = {}};
  ViewPage second = opened(rename);
  second.frames(2);
  EXPECT_EQ(second.get(Role::text_box, "Name of the policy").value, "华东续约");
  second.type("!");
  second.key(Key::enter);
  const auto renamed = canned.pushed<commands::UpdatePolicy>();
  ASSERT_EQ(renamed.size(), 1u);
  EXPECT_EQ(renamed[0].request.version, Version{2});
  EXPECT_FALSE(renamed[0].request.terms);
}

}  // namespace
}  // namespace tw::test
