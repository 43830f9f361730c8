// What one has just done can be taken back: the outcome carries the rows as they are right after it.
#include <gtest/gtest.h>

#include "client/views/my_tasks.h"
#include "support/ui/canned.h"
#include "support/ui/hearing_host.h"

namespace tw::test {
namespace {

struct Undo : ::testing::Test {
  CannedStore canned;
  HearingHost host;
  commands::Executor executor{canned.store, host};

  void execute(commands::Command command) { executor.execute(command); }
};

TEST_F(Undo, of_an_abandoned_item_is_offered_for_the_version_that_it_has_now) {
  execute(commands::ItemCommand{commands::AbandonItemNow{0, {{5}, {3}, "no"}, {7}}});
  canned.transport.answer(0, 200, "{}");
  ASSERT_EQ(host.notices.size(), 1u);
  const auto& undo = host.notices[0].undo;
  EXPECT_EQ(undo.batch, BatchId{7});
  ASSERT_EQ(undo.rows.size(), 1u);
  EXPECT_EQ(undo.rows[0].item, ItemId{5});
  EXPECT_EQ(undo.rows[0].version, Version{4});

  execute(commands::ItemCommand{commands::UndoItems{undo}});
  EXPECT_TRUE(canned.store.pending_items.count(5)) << "drawn dim until it is answered";
  canned.transport.answer(1, 200, R"({"outcomes":[{"item":5,"result":"done","version":5,"key":"","params":[]}]})");
  ASSERT_EQ(host.notices.size(), 2u);
  EXPECT_EQ(host.notices[1].key, text_key("items.undone"));
  EXPECT_TRUE(host.notices[1].undo.rows.empty()) << "what is undone is not undone again";
  EXPECT_FALSE(canned.store.pending_items.count(5));
}

TEST_F(Undo, of_confirmed_rows_leaves_out_those_that_were_refused) {
  execute(commands::BatchCommand{commands::ConfirmItems{{{7}, {{{5}, {3}}, {{6}, {3}}}}}});
  canned.transport.answer(
      0, 200,
      R"({"outcomes":[{"item":5,"result":"done","version":4,"key":"","params":[]},)"
      R"({"item":6,"result":"conflict","version":9,"key":"item.changed_by","params":[]}],"counts":{}})");
  ASSERT_EQ(host.notices.size(), 2u);
  ASSERT_EQ(host.notices[0].undo.rows.size(), 1u);
  EXPECT_EQ(host.notices[0].undo.rows[0].version, Version{4});
  EXPECT_TRUE(host.notices[1].undo.rows.empty());
}

TEST_F(Undo, of_what_was_given_by_hand_claimed_or_transferred_is_offered) {
  const char* done = R"({"outcomes":[{"item":5,"result":"done","version":4,"key":"","params":[]}],"counts":{}})";
  execute(commands::BatchCommand{commands::DesignateItems{0, {{7}, {11}, {{{5}, {3}}}, {}}}});
  canned.transport.answer(0, 200, done);
  execute(commands::ItemCommand{commands::ClaimItems{{{7}, {{{5}, {3}}}}}});
  canned.transport.answer(1, 200, done);
  execute(commands::ItemCommand{commands::TransferItemNow{0, {{5}, {3}, {12}, ""}, "Bob", {7}}});
  canned.transport.answer(2, 200, "{}");
  ASSERT_EQ(host.notices.size(), 3u);
  for (const auto& notice : host.notices) {
    ASSERT_EQ(notice.undo.rows.size(), 1u);
    EXPECT_EQ(notice.undo.batch, BatchId{7});
    EXPECT_EQ(notice.undo.rows[0].version, Version{4});
  }
}

TEST_F(Undo, of_removed_rows_is_not_offered) {
  execute(commands::BatchCommand{commands::RemoveItemsNow{0, {{7}, {{{5}, {3}}}}}});
  canned.transport.answer(0, 200,
                          R"({"outcomes":[{"item":5,"result":"done","version":3,"key":"","params":[]}],"counts":{}})");
  ASSERT_EQ(host.notices.size(), 1u);
  EXPECT_TRUE(host.notices[0].undo.rows.empty());
}

TEST(UndoOfAnItem, stands_where_its_manager_looks_at_it_as_long_as_it_is_possible) {
  CannedStore canned;
  canned.add_my_item();
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_item_dialog(ui, canned.store, {31}); });
  canned.store.item.find(31)->value->undo_until = page.info().now + hours(1);
  page.frames(3);
  page.click(a11y::Role::button, "Undo");
  const auto pushed = canned.pushed<commands::UndoItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.rows.at(0).item, ItemId{31});
  canned.store.item.find(31)->value->undo_until.reset();
  page.frames(2);
  EXPECT_FALSE(page.find(a11y::Role::button, "Undo"));
}

// --- of an allocation ------------------------------------------------------------------------------------------------

struct UndoDialog {
  explicit UndoDialog(const api::ViewAllocationUndo::Response& reply) {
    canned.store.allocation_undo.put(5, reply);
    page.frames(5);
  }
  CannedStore canned{domain::access::Role::administrator};
  ViewPage page{canned, [this](ui::Ui& ui) { views::draw_undo_dialog(ui, canned.store, 200, {{7}, {5}}); }};
};

TEST(UndoAllocation, is_offered_in_the_history_for_72_hours) {
  CannedStore canned;
  canned.add_batch();
  canned.add_log();
  auto state = batch_page(commands::BatchTab::history);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.frame();
  page.click(a11y::Role::button, "Undo…");
  const auto opened = canned.pushed<commands::OpenDialog>();
  ASSERT_EQ(opened.size(), 1u);
  const auto* undo = std::get_if<commands::UndoOperation>(&opened[0].dialog);
  ASSERT_TRUE(undo);
  EXPECT_EQ(undo->operation, OperationId{5});
  page.info().now = page.info().now + hours(73);
  page.frame();
  EXPECT_FALSE(page.find(a11y::Role::button, "Undo…"));
}

TEST(UndoAllocation, is_not_offered_again_for_what_was_taken_back) {
  CannedStore canned;
  canned.add_batch();
  canned.add_log();
  auto state = batch_page(commands::BatchTab::history);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.frame();
  EXPECT_TRUE(page.find(a11y::Role::button, "Undo…"));
  for (auto& entry : canned.store.batch_log.find(7)->value->entries) entry.taken_back = true;
  page.frame();
  EXPECT_FALSE(page.find(a11y::Role::button, "Undo…"));
}

TEST(UndoAllocation, says_how_many_go_back_who_keeps_some_and_does_it_once) {
  UndoDialog it({{5}, 198, 16, 0, {}, {{{11}, "李莉", 12}, {{}, "", 4}}, Instant{1'800'000'000'000}});
  for (const char* words : {"198", "16", "李莉", "12"}) EXPECT_TRUE(it.page.shows(words)) << words;
  EXPECT_FALSE(it.page.shows("cannot go back"));
  it.page.activate(a11y::Role::button, "Undo 198 customers");
  it.page.frames(2);
  const auto sent = it.canned.pushed<commands::UndoAllocation>();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].operation, OperationId{5});
  EXPECT_EQ(sent[0].batch, BatchId{7});
  EXPECT_EQ(sent[0].form, 200u);
}

TEST(UndoAllocation, of_an_undo_says_that_they_are_given_again) {
  UndoDialog it({{5}, 198, 0, 0, {}, {}, Instant{1'800'000'000'000}, true});
  EXPECT_TRUE(it.page.shows("Redo this allocation"));
  EXPECT_TRUE(it.page.shows("given again"));
  it.page.activate(a11y::Role::button, "Give 198 customers again");
  it.page.frames(2);
  EXPECT_EQ(it.canned.pushed<commands::UndoAllocation>().size(), 1u);
}

TEST(UndoAllocation, that_is_blocked_says_why_and_cannot_be_done) {
  UndoDialog it({{5}, 0, 1, 30, "undo.too_late", {}, Instant{1'800'000'000'000}});
  EXPECT_TRUE(it.page.shows("The 72 hours in which an allocation can be undone are over."));
  it.page.click(a11y::Role::button, "Undo 0 customers");
  EXPECT_TRUE(it.canned.pushed<commands::UndoAllocation>().empty());
}

}  // namespace
}  // namespace tw::test
