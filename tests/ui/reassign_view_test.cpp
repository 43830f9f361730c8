// Handing items to somebody else names what there is to confirm before it is confirmed.
#include <gtest/gtest.h>

#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using domain::allocation::Obstacle;

struct ReassignDialog : ::testing::Test {
  ReassignDialog() {
    canned.add_batch();
    canned.add_my_item();
  }
  CannedStore canned;
  commands::Reassign what{{7}, {{{100}, {1}}}};
  views::SelectionDraft draft;
  ViewPage page{canned, [this](ui::Ui& ui) { views::draw_reassign_dialog(ui, canned.store, 9, what, draft); }};
};

TEST_F(ReassignDialog, names_each_obstacle_and_confirms_those_alone) {
  draft.person = {10};
  page.frames(3);
  const api::BatchPerson& li = canned.store.batch.at(7)->executors.at(0);
  ASSERT_EQ(li.person, PersonId{10});
  bool cap = false, silent = false;
  for (const a11y::Node& node : page.tree().nodes()) {
    cap |= node.name.find(li.name + " would hold") == 0;
    silent |= node.name.find("2 will not be given: the customer must not be contacted") == 0;
  }
  EXPECT_TRUE(cap);
  EXPECT_TRUE(silent);
  page.click(Role::button, "Hand over all the same");
  const auto sent = canned.pushed<commands::ReassignItemsNow>();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].request.confirmed, std::vector<Obstacle>{Obstacle::over_holding_cap});
}

TEST_F(ReassignDialog, waits_until_it_knows_and_asks_nothing_where_nothing_stands_in_the_way) {
  draft.person = {11};
  page.frames(3);
  page.click(Role::button, "Hand over");
  EXPECT_TRUE(canned.pushed<commands::ReassignItemsNow>().empty()) << "not yet known what it meets";
  canned.store.reassignment_preview.put(store::Store::key_of(views::preview_of(what, {11})), {1, {}});
  page.frames(3);
  page.click(Role::button, "Hand over");
  const auto sent = canned.pushed<commands::ReassignItemsNow>();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_TRUE(sent[0].request.confirmed.empty());
}

}  // namespace
}  // namespace tw::test
