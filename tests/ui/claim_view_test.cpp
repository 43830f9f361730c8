// What executors see and press when they claim, save a result in one press or hand something on.
#include <gtest/gtest.h>

#include "client/views/dialogs.h"
#include "client/views/my_tasks.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using commands::BatchTab;
using domain::batch::ClaimMode;
using domain::batch::QuickResult;

struct Claimant {
  explicit Claimant(ClaimMode mode, int count = 3, bool open = true) {
    canned.add_batch();
    canned.add_claimable(mode, count, open);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  }
  CannedStore canned{domain::access::Role::member};
  views::BatchPageState state = batch_page(BatchTab::claim);
  std::optional<ViewPage> page;
};

TEST(ClaimView, claims_the_rows_that_are_ticked_with_their_versions) {
  Claimant t(ClaimMode::pick);
  t.state.claim.selection.keys = {100, 102};
  t.page->frames(2);
  t.page->click(Role::button, "Claim  2");
  const auto pushed = t.canned.pushed<commands::ClaimItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.batch.value, 7);
  ASSERT_EQ(pushed[0].request.rows.size(), 2u);
  EXPECT_EQ(pushed[0].request.rows[1].item.value, 102);
  EXPECT_EQ(pushed[0].request.rows[1].version.value, 1);
}

TEST(ClaimView, forgets_ticked_rows_that_somebody_else_has_taken) {
  Claimant t(ClaimMode::pick);
  t.state.claim.selection.keys = {555};
  t.page->frames(2);
  EXPECT_TRUE(t.state.claim.selection.empty());
}

TEST(ClaimView, draws_only_when_everything_drawn_has_been_touched) {
  Claimant t(ClaimMode::random);
  t.page->click(Role::button, "Draw");
  EXPECT_EQ(t.canned.pushed<commands::ClaimAtRandom>().size(), 1u);
  auto there = *t.canned.store.claimable.at(7);
  there.untouched = 2;
  t.canned.store.claimable.put(7, there);
  t.page->frames(2);
  t.page->click(Role::button, "Draw");
  EXPECT_TRUE(t.canned.pushed<commands::ClaimAtRandom>().empty());
  EXPECT_TRUE(t.page->shows("First work on what you drew: 2 customers are still untouched."));
}

TEST(ClaimView, says_that_who_is_absent_claims_nothing) {
  Claimant draws(ClaimMode::random), picks(ClaimMode::pick);
  for (Claimant* t : {&draws, &picks}) {
    auto there = *t->canned.store.claimable.at(7);
    there.absent = true;
    t->canned.store.claimable.put(7, there);
    t->state.claim.selection.keys = {};
    t->page->frames(2);
    EXPECT_TRUE(t->page->shows("By your calendar you are away for the whole handling limit."));
  }
  draws.page->click(Role::button, "Draw");
  EXPECT_TRUE(draws.canned.pushed<commands::ClaimAtRandom>().empty());
  EXPECT_FALSE(picks.page->find(Role::checkbox, "Select all"));
}

TEST(ClaimView, says_why_it_is_closed_and_when_nothing_is_left) {
  Claimant closed(ClaimMode::pick, 0, false);
  EXPECT_TRUE(closed.page->shows("Claiming is closed"));
  Claimant empty(ClaimMode::pick, 0);
  EXPECT_TRUE(empty.page->shows("Nothing left to claim"));
}

TEST(ClaimView, is_opened_and_closed_by_the_manager_in_one_press) {
  CannedStore canned;
  canned.add_everything();
  auto state = batch_page(BatchTab::details);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.click(Role::button, "More actions");
  page.frames(2);
  page.click(Role::menu_item, "Open claiming");
  const auto pushed = canned.pushed<commands::UpdateBatch>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.claim_open, true);
  EXPECT_EQ(pushed[0].request.version.value, 4);
  EXPECT_FALSE(pushed[0].request.subject) << "nothing else is changed";
}

TEST(OneOfMyTasks, a_quick_result_is_one_press) {
  CannedStore canned(domain::access::Role::member);
  canned.add_my_item();
  views::MyTasksState state;
  state.item = {31};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
  page.click(Role::button, "No answer");
  const auto pushed = canned.pushed<commands::SaveQuickResult>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.result, QuickResult::no_answer);
  EXPECT_EQ(pushed[0].request.item.value, 31);
  EXPECT_EQ(pushed[0].request.version.value, 2);
}

TEST(OneOfMyTasks, goes_to_a_colleague_who_has_room_and_not_to_one_who_has_none) {
  CannedStore canned(domain::access::Role::member);
  canned.add_my_item();
  views::DialogState dialog{.form = 200, .what = commands::TransferItem{{31}}, .draft = {}};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_dialog(ui, canned.store, dialog); });
  page.activate(Role::option, "吴天明");
  page.frames(2);
  page.click(Role::button, "Transfer");
  EXPECT_TRUE(canned.pushed<commands::TransferItemNow>().empty());
  page.activate(Role::option, "李莉");
  page.frames(2);
  page.click(Role::button, "Transfer");
  const auto pushed = canned.pushed<commands::TransferItemNow>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.target.value, 10);
  EXPECT_EQ(pushed[0].name, "李莉");
}

}  // namespace
}  // namespace tw::test
