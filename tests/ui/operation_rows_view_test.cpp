// What became of each customer of a long operation, from its notice and from the history.
#include <gtest/gtest.h>

#include "client/views/dialogs.h"
#include "support/ui/canned.h"
#include "support/ui/hearing_host.h"

namespace tw::test {
namespace {

using a11y::Role;

struct OperationRowsDialog : ::testing::Test {
  OperationRowsDialog() {
    canned.add_log();
    page.frames(4);
  }
  CannedStore canned;
  views::DialogState dialog{.form = 9, .what = commands::LookAtOperationRows{{7}, {5}}, .draft = {}};
  ViewPage page{canned, [this](ui::Ui& ui) { views::draw_dialog(ui, canned.store, dialog); }};
};

TEST_F(OperationRowsDialog, names_whom_it_left_and_why) {
  EXPECT_TRUE(page.shows("The first 1,000 of 1,214 customers."));
  EXPECT_TRUE(page.shows("not to be contacted"));
  bool says_who = false;
  for (const a11y::Node& node : page.tree().nodes()) says_who |= node.name.find("赵路 changed it at") == 0;
  EXPECT_TRUE(says_who) << "a reason that the server named is told in the reader's words";
  EXPECT_TRUE(page.shows("2 more customers are outside your scope and not shown."));
  page.click(Role::link, "北斗星通导航");
  EXPECT_EQ(canned.pushed<commands::Go>().at(0).path, "/batches/7?item=31");
}

TEST_F(OperationRowsDialog, leads_to_the_customer_who_is_not_in_the_batch) {
  page.click(Role::link, "No. K-903");
  EXPECT_EQ(canned.pushed<commands::Go>().at(0).path, "/customers/903");
  page.click(Role::button, "Show more");
  const auto more = canned.pushed<commands::MoreOperationRows>();
  ASSERT_EQ(more.size(), 1u);
  EXPECT_EQ(more[0].operation, OperationId{5});
  EXPECT_FALSE(more[0].changed);
}

TEST_F(OperationRowsDialog, shows_whom_it_changed_when_asked) {
  page.click(Role::radio, "Changed");
  page.frames(3);
  EXPECT_TRUE(std::get<views::OperationRowsDraft>(dialog.draft).changed);
  EXPECT_TRUE(page.shows("中海达卫星导航"));
  EXPECT_TRUE(page.shows("assigned: 李莉"));
  EXPECT_FALSE(page.shows("北斗星通导航"));
}

TEST_F(OperationRowsDialog, says_when_rows_were_not_kept) {
  canned.store.operation_rows.put(store::Store::key_of({5}, false), {{}, 0, 12, 0});
  page.frames(2);
  EXPECT_TRUE(page.shows("What became of each customer was not kept for this operation."));
  canned.store.operation_rows.put(store::Store::key_of({5}, false), {{}, 0, 0, 0});
  page.frames(2);
  EXPECT_TRUE(page.shows("No customer was left out."));
}

TEST(OperationRowsOfAnOperation, are_offered_by_its_entry_in_the_history) {
  CannedStore canned;
  canned.add_batch();
  canned.add_log();
  auto state = batch_page(commands::BatchTab::history);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.frame();
  int offered = 0;
  for (const a11y::Node& node : page.tree().nodes()) offered += node.role == Role::button && node.name == "One by one…";
  EXPECT_EQ(offered, 2) << "the creation has no rows";
  page.click(Role::button, "One by one…");
  const auto opened = canned.pushed<commands::OpenDialog>();
  ASSERT_EQ(opened.size(), 1u);
  const auto* look = std::get_if<commands::LookAtOperationRows>(&opened[0].dialog);
  ASSERT_TRUE(look);
  EXPECT_EQ(look->operation, OperationId{5});
  EXPECT_EQ(look->batch, BatchId{7});
}

TEST(OperationRowsOfAnOperation, are_offered_by_its_notice_where_it_left_somebody) {
  HearingHost host;
  api::OperationView view;
  view.operation = {5};
  view.batch = {7};
  view.kind = api::OperationKind::add_to_batch;
  view.state = api::OperationState::done;
  view.outcomes = {{"added", 12}, {"excepted", 2}};
  EXPECT_FALSE(commands::outcome_of(view, host).look) << "all went as asked";
  view.outcomes.push_back({"do_not_contact", 1});
  const auto notice = commands::outcome_of(view, host);
  ASSERT_TRUE(notice.look);
  EXPECT_EQ(std::get<commands::LookAtOperationRows>(*notice.look).operation, OperationId{5});
  view.kind = api::OperationKind::change_calendar;
  EXPECT_FALSE(commands::outcome_of(view, host).look) << "none are kept of those";
}

TEST(NoticeOfAnAllocation, offers_to_take_it_back_unless_somebody_was_left) {
  HearingHost host;
  api::OperationView view;
  view.operation = {5};
  view.batch = {7};
  view.kind = api::OperationKind::allocate;
  view.state = api::OperationState::done;
  view.outcomes = {{"assigned", 12}};
  const auto notice = commands::outcome_of(view, host);
  ASSERT_TRUE(notice.look);
  EXPECT_TRUE(notice.can_be_taken_back());
  EXPECT_EQ(std::get<commands::UndoOperation>(*notice.look).operation, OperationId{5});
  EXPECT_EQ(std::get<commands::UndoOperation>(*notice.look).batch, BatchId{7});
  view.outcomes.push_back({"conflict", 1});
  EXPECT_FALSE(commands::outcome_of(view, host).can_be_taken_back()) << "who was left is what there is to look at";
  view.outcomes = {{"assigned", 0}};
  EXPECT_FALSE(commands::outcome_of(view, host).look);
}

TEST(OperationRowsOfAnOperation, are_asked_for_page_by_page) {
  CannedStore canned;
  canned.store.load_operation_rows({5}, true);
  ASSERT_EQ(canned.transport.sent.size(), 1u);
  canned.transport.answer(0, 200, R"({"rows":[{"place":1,"customer":3}],"next":1,"all":2,"hidden":1})");
  canned.store.load_more_operation_rows({5}, true);
  ASSERT_EQ(canned.transport.sent.size(), 2u);
  canned.transport.answer(1, 200, R"({"rows":[{"place":2,"customer":4}],"next":0,"all":2,"hidden":2})");
  const auto& known = canned.store.operation_rows.at(store::Store::key_of({5}, true));
  ASSERT_EQ(known->rows.size(), 2u);
  EXPECT_EQ(known->hidden, 3);
  canned.store.load_more_operation_rows({5}, true);
  EXPECT_EQ(canned.transport.sent.size(), 2u) << "that was the end";
}

}  // namespace
}  // namespace tw::test
