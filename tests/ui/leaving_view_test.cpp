// What managers see and press when somebody leaves, when confirmation is turned off, and where blocks lead.
#include <gtest/gtest.h>

#include "client/views/dialogs.h"
#include "client/views/workbench.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using api::LeavingChoice;

struct Dialog {
  explicit Dialog(commands::Dialog what) : canned(domain::access::Role::administrator) {
    canned.add_everything();
    state.what = std::move(what);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_dialog(ui, canned.store, state); });
  }
  CannedStore canned;
  views::DialogState state{.form = 200, .what = {}, .draft = {}};
  std::optional<ViewPage> page;
};

TEST(SomebodyLeaves, is_disabled_only_after_a_choice_about_what_they_hold) {
  Dialog t(commands::DisablePerson{{10}});
  t.page->click(Role::button, "Disable");
  EXPECT_TRUE(t.canned.pushed<commands::SetPersonActive>().empty());
  t.page->click(Role::radio, "Keep");
  t.page->frames(2);
  t.page->click(Role::button, "Disable");
  const auto pushed = t.canned.pushed<commands::SetPersonActive>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].form, 200u);
  EXPECT_FALSE(pushed[0].request.active);
  EXPECT_EQ(pushed[0].request.leaving.choice, LeavingChoice::keep);
}

TEST(SomebodyLeaves, hands_over_to_the_people_who_are_picked) {
  Dialog t(commands::DisablePerson{{10}});
  t.page->click(Role::radio, "Hand over");
  t.page->frames(2);
  t.page->click(Role::button, "Disable");
  EXPECT_TRUE(t.canned.pushed<commands::SetPersonActive>().empty()) << "to nobody yet";
  std::get<views::DisableDraft>(t.state.draft).leaving.to = {{12}, {13}};
  t.page->frames(2);
  t.page->click(Role::button, "Disable");
  const auto pushed = t.canned.pushed<commands::SetPersonActive>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.leaving.to.size(), 2u);
  EXPECT_TRUE(pushed[0].request.leaving.confirmed.empty());
}

TEST(SomebodyLeaves, demands_a_successor_where_nobody_would_manage) {
  Dialog t(commands::DisablePerson{{10}});
  auto held = *t.canned.store.held.at(10);
  held.needs_successor = true;
  held.executing = 0;
  t.canned.store.held.put(10, held);
  t.page->frames(2);
  t.page->click(Role::button, "Disable");
  EXPECT_TRUE(t.canned.pushed<commands::SetPersonActive>().empty());
  std::get<views::DisableDraft>(t.state.draft).successor = {12};
  t.page->frames(2);
  t.page->click(Role::button, "Disable");
  const auto pushed = t.canned.pushed<commands::SetPersonActive>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.successor.value, 12);
}

TEST(EditingABatch, asks_what_becomes_of_what_those_hold_who_are_taken_off) {
  Dialog t(commands::EditBatch{{7}});
  t.page->frames(2);
  auto& draft = std::get<views::BatchDraft>(t.state.draft);
  draft.executors.erase(draft.executors.begin());
  t.page->frames(2);
  EXPECT_TRUE(t.page->shows("Taken off, with customers in hand: 李莉 (4)"));
  t.page->click(Role::button, "Save");
  EXPECT_TRUE(t.canned.pushed<commands::UpdateBatch>().empty());
  draft.leaving.choice = 1;
  t.page->frames(2);
  t.page->click(Role::button, "Save");
  const auto pushed = t.canned.pushed<commands::UpdateBatch>();
  ASSERT_EQ(pushed.size(), 1u);
  ASSERT_TRUE(pushed[0].request.leaving);
  EXPECT_EQ(pushed[0].request.leaving->choice, LeavingChoice::reset);
}

TEST(EditingABatch, offers_to_confirm_what_waits_when_confirmation_is_turned_off) {
  Dialog t(commands::EditBatch{{7}});
  t.page->frames(2);
  EXPECT_FALSE(t.page->shows("Confirm the 7 customers waiting now"));
  auto& draft = std::get<views::BatchDraft>(t.state.draft);
  draft.needs_confirmation = false;
  t.page->frames(2);
  draft.confirm_waiting = true;
  t.page->frames(2);
  t.page->click(Role::button, "Save");
  const auto pushed = t.canned.pushed<commands::UpdateBatch>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.needs_confirmation, false);
  EXPECT_TRUE(pushed[0].confirm_waiting);
  EXPECT_FALSE(pushed[0].request.leaving);
}

TEST(EditingABatch, shows_a_threshold_that_somebody_has_set_and_clears_what_is_empty) {
  Dialog usual(commands::EditBatch{{7}});
  usual.page->frames(2);
  usual.page->click(Role::button, "Save");
  EXPECT_TRUE(usual.canned.pushed<commands::UpdateBatch>().at(0).request.clear_due_soon);
  Dialog set(commands::EditBatch{{7}});
  auto batch = *set.canned.store.batch.at(7);
  batch.due_soon_ms = hours(5).value;
  set.canned.store.batch.put(7, batch);
  set.state.draft = {};
  set.page->frames(2);
  set.page->click(Role::button, "Save");
  EXPECT_EQ(set.canned.pushed<commands::UpdateBatch>().at(0).request.due_soon_minutes, 300);
}

TEST(ANewBatch, made_from_the_pool_template_is_claimed_from) {
  Dialog t(commands::NewBatch{});
  t.page->click(Role::radio, "Customer pool");
  t.page->frames(2);
  std::get<views::BatchDraft>(t.state.draft).subject = "Pool";
  t.page->frames(2);
  t.page->click(Role::button, "Create");
  const auto pushed = t.canned.pushed<commands::CreateBatch>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_TRUE(pushed[0].request.claim_open);
  EXPECT_EQ(pushed[0].request.limit, 60);
}

TEST(ReturningAnItem, asks_for_an_executor_where_who_completed_it_is_gone) {
  Dialog t(commands::ReturnItems{{7}, {{{100}, {1}}}, true});
  std::get<views::SelectionDraft>(t.state.draft).reason = "which?";
  t.page->frames(2);
  t.page->click(Role::button, "Return");
  EXPECT_TRUE(t.canned.pushed<commands::ReturnItemsNow>().empty());
  std::get<views::SelectionDraft>(t.state.draft).person = {12};
  t.page->frames(2);
  t.page->click(Role::button, "Return");
  const auto pushed = t.canned.pushed<commands::ReturnItemsNow>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.executor.value, 12);
}

TEST(Blocks, lead_into_the_batch_or_to_the_list_of_those_that_they_count) {
  CannedStore canned;
  canned.add_everything();
  views::WorkbenchState state;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_workbench(ui, canned.store, state); });
  const auto way_of = [&](std::string_view name) {
    page.click(Role::button, name);
    const auto pushed = canned.pushed<commands::Go>();
    return pushed.empty() ? std::string("nowhere") : pushed.back().path;
  };
  EXPECT_EQ(way_of("Held by disabled people 6"), "/batches/7?state=executing&held=disabled");
  EXPECT_EQ(way_of("Need an executor 214"), "/batches?waiting=needs_executor");
}

TEST(Blocks, filter_the_list_of_batches_and_show_all_takes_the_filter_back) {
  CannedStore canned;
  canned.add_everything();
  views::BatchesState state;
  state.request.waiting = api::Waiting::due_soon;
  canned.add_batches(state.request, 2);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batches(ui, canned.store, state); });
  EXPECT_TRUE(page.shows("Filtered: due soon, 2 batch tasks"));
  page.click(Role::button, "Show all");
  const auto pushed = canned.pushed<commands::Go>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].path, "/batches");
}

}  // namespace
}  // namespace tw::test
