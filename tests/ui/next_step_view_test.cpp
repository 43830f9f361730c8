// What somebody finds who has read nothing: where nothing is yet, and where the next step lies, the page says so, once.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "client/views/batches.h"
#include "client/views/my_tasks.h"
#include "client/views/workbench.h"
#include "support/ui/canned.h"
#include "support/ui/sound.h"

namespace tw::test {
namespace {

using a11y::Role;
using commands::BatchTab;
using domain::batch::ItemState;

api::StateCounts& counts_of(CannedStore& canned) { return canned.store.batch.find(7)->value->summary.counts; }

TEST(TheItemsOfABatch, lead_to_allocating_while_nobody_has_had_any) {
  CannedStore canned;
  canned.add_batch();
  views::BatchPageState state = batch_page(BatchTab::items);
  canned.add_items(views::items_request(state), 5, ItemState::unassigned);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_EQ(page.find(Role::button, "Allocate"), nullptr) << "it is under way";
  counts_of(canned) = {};
  counts_of(canned).unassigned = 5;
  page.frames(3);
  EXPECT_TRUE(page.shows("5 customers have no executor yet."));
  page.click(Role::button, "Allocate");
  const auto went = canned.pushed<commands::Go>();
  ASSERT_EQ(went.size(), 1u);
  EXPECT_EQ(went[0].path, "/batches/7/allocate");
  counts_of(canned).unassigned = 0;
  page.frames(3);
  EXPECT_EQ(page.find(Role::button, "Allocate"), nullptr);
}

TEST(TheBoard, leads_to_the_items_when_nobody_waits) {
  CannedStore canned;
  canned.add_batch();
  counts_of(canned) = {};
  views::BatchPageState state = batch_page(BatchTab::allocate);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_EQ(page.find(Role::button, "See the progress"), nullptr) << "there is none";
  counts_of(canned).executing = 5;
  page.frames(3);
  page.click(Role::button, "See the progress");
  const auto went = canned.pushed<commands::Go>();
  ASSERT_EQ(went.size(), 1u);
  EXPECT_EQ(went[0].path, "/batches/7");
}

TEST(TheWorkbench, leads_who_only_executes_to_their_tasks) {
  CannedStore canned(domain::access::Role::member);
  canned.add_workbench();  // without a batch: who manages one has more to see
  views::WorkbenchState state;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_workbench(ui, canned.store, state); });
  EXPECT_TRUE(page.shows("9 customers are in your hands"));
  page.click(Role::button, "Open my tasks");
  const auto went = canned.pushed<commands::Go>();
  ASSERT_EQ(went.size(), 1u);
  EXPECT_EQ(went[0].path, "/my-tasks");
}

TEST(TheWorkbench, asks_for_nothing_where_nothing_is) {
  CannedStore canned;
  canned.store.workbench.answer(canned.store.workbench.ask(), {});
  views::WorkbenchState state;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_workbench(ui, canned.store, state); });
  EXPECT_TRUE(page.shows("None at the moment"));
  EXPECT_FALSE(page.shows("Take back or hand over"));
  EXPECT_FALSE(page.shows("from 0 batch tasks"));
}

TEST(MyTasks, offer_nobody_to_choose_where_the_list_is_empty) {
  for (const int items : {0, 3}) {
    CannedStore canned(domain::access::Role::member);
    views::MyTasksState state;
    const std::string key = store::Store::key_of(state.request);
    auto& window = canned.store.my_items.open(key);
    std::vector<api::ItemRow> rows(static_cast<std::size_t>(items));
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].item = {static_cast<std::int64_t>(i) + 1};
    window.answered(0, window.slot(0).rows.ask(), rows, {}, api::Total{items, true});
    canned.store.my_items.ready(key);
    canned.store.my_counts.answer(canned.store.my_counts.ask(), {});
    ViewPage page(canned, [&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
    EXPECT_EQ(page.shows("Choose a customer"), items > 0) << items;
  }
}

// --- where there is little room --------------------------------------------------------------------------------------

TEST(TheBoardOnAPhone, scrolls_its_plan_along_with_the_people_and_shows_the_customers_alone) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(BatchTab::allocate);
  canned.add_items(views::items_request(state), 30, ItemState::unassigned);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); }, {390, 844});
  page.ui().set_density(ui::Density::touch);
  page.frames(4);
  const a11y::Node& area = page.get(Role::region, "Executors");
  const a11y::Node& commit = page.get(Role::button, "Commit plan");
  EXPECT_GT(area.h, 500) << "the people have most of the page";
  EXPECT_GE(commit.y, area.y) << "and the plan goes along with them";
  EXPECT_GT(commit.w, 300);
  page.click(Role::radio, "Customers");
  page.frames(4);
  EXPECT_EQ(page.find(Role::button, "Commit plan"), nullptr);
  int rows = 0;
  for (const a11y::Node& node : page.tree().nodes()) rows += node.role == Role::row && node.y + node.h <= 844;
  EXPECT_GE(rows, 8);
}

TEST(TheBoard, has_what_can_be_done_with_its_selection_inside_the_list) {
  for (const char* language : {"zh-CN", "en"}) {
    SCOPED_TRACE(language);
    CannedStore canned;
    canned.add_batch();
    canned.add_plan();
    views::BatchPageState state = batch_page(BatchTab::allocate);
    canned.add_items(views::items_request(state), 30, ItemState::unassigned);
    state.items.selection.keys = {100, 101};
    ViewPage page(
        canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); }, {960, 820}, language);
    page.ui().set_density(ui::Density::touch);
    page.frames(4);
    const bool english = language[0] == 'e';
    const a11y::Node& list = page.get(Role::grid, english ? "Customers waiting for an executor" : "等待分配的客户");
    for (const char* action : {english ? "Plan only these" : "只分配所选", english ? "Give to…" : "指定给…"}) {
      const a11y::Node& button = page.get(Role::button, action);
      EXPECT_LE(button.x + button.w, list.x + list.w) << action;
    }
  }
}

}  // namespace
}  // namespace tw::test
