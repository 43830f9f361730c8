// What one has just done can be taken back: the outcome carries the rows as they are right after it.
#include <gtest/gtest.h>

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

TEST_F(Undo, of_removed_rows_is_not_offered) {
  execute(commands::BatchCommand{commands::RemoveItemsNow{0, {{7}, {{{5}, {3}}}}}});
  canned.transport.answer(0, 200,
                          R"({"outcomes":[{"item":5,"result":"done","version":3,"key":"","params":[]}],"counts":{}})");
  ASSERT_EQ(host.notices.size(), 1u);
  EXPECT_TRUE(host.notices[0].undo.rows.empty());
}

}  // namespace
}  // namespace tw::test
