// The plan on the board of allocation: who gets nothing and why, by name; and what fits beside the people.
#include <gtest/gtest.h>

#include "client/views/dialogs.h"
#include "support/ui/canned.h"
#include "support/ui/sound.h"

namespace tw::test {
namespace {

using a11y::Role;
using domain::batch::ItemState;

TEST(LimitedPeople, are_named_with_every_reason) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  ViewPage board(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_TRUE(board.shows("1 executor can be given no more."));
  views::DialogState dialog{.form = 9, .what = commands::LookAtUnplaced{{7}}, .draft = {}};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_dialog(ui, canned.store, dialog); });
  page.frames(4);
  EXPECT_TRUE(page.shows("Executors who can be given no more"));
  EXPECT_TRUE(page.shows("Anna Berg"));
  EXPECT_TRUE(page.shows("absent for the whole handling limit, at the holding cap"));
  EXPECT_FALSE(page.shows("李莉")) << "nothing stands in her way";
}

TEST(LimitedPeople, can_be_looked_at_where_no_customer_is_left_out) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  auto& plan = *canned.store.plan.find(7)->value;
  plan.placed = plan.items;
  plan.left_out.clear();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  ViewPage board(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_TRUE(board.find(Role::button, "Who and why"));
  for (auto& person : plan.people) person.obstacles.clear();
  board.frames(2);
  EXPECT_FALSE(board.find(Role::button, "Who and why"));
}

// A page of 1024 pixels has the navigation at its side.
TEST(TheWaitingList, shows_its_states_whole_beside_the_people) {
  for (const char* language : {"zh-CN", "en"}) {
    SCOPED_TRACE(language);
    CannedStore canned;
    canned.add_batch();
    canned.add_plan();
    views::BatchPageState state = batch_page(commands::BatchTab::allocate);
    canned.add_items(views::items_request(state), 12, ItemState::unassigned);
    ViewPage page(
        canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); }, {800, 768}, language);
    page.frames(3);
    const a11y::Node& table =
        page.get(Role::grid, language[0] == 'e' ? "Customers waiting for an executor" : "等待分配的客户");
    int chips = 0;
    for (const ui::DrawnWords& words : page.drawn())
      if (words.words == (language[0] == 'e' ? "Unassigned" : "未分配")) {
        ++chips;
        EXPECT_FALSE(words.cut);
        EXPECT_LE(words.rect.right(), table.x + table.w - 8) << "with the rest of its chip";
      }
    EXPECT_GE(chips, 5);
  }
}

}  // namespace
}  // namespace tw::test
