// The record of an item, as who manages it and who has it see it: its customer's other batches, and why this person.
#include <gtest/gtest.h>

#include "client/views/my_tasks.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

struct ItemRecord : ::testing::Test {
  ItemRecord() {
    canned.add_my_item();
    page.frames(4);
  }
  CannedStore canned;
  ViewPage page{canned, [this](ui::Ui& ui) { views::draw_item_dialog(ui, canned.store, {31}); }};
};

TEST_F(ItemRecord, names_the_customer_s_other_batches_and_links_those_that_open) {
  EXPECT_TRUE(page.shows("Also in other active batch tasks"));
  EXPECT_TRUE(page.shows("展会邀约"));
  EXPECT_FALSE(page.find(Role::link, "展会邀约")) << "not for this reader";
  EXPECT_TRUE(page.shows("李莉"));
  page.click(Role::link, "老客户回访（第三季度）");
  const auto pushed = canned.pushed<commands::Go>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].path, "/batches/8?item=44");
}

TEST_F(ItemRecord, opens_one_s_own_other_item_as_work) {
  canned.store.item.find(31)->value->others[0].executor = canned.store.me();
  page.frames(2);
  page.click(Role::link, "老客户回访（第三季度）");
  EXPECT_EQ(canned.pushed<commands::Go>().at(0).path, "/my-tasks/44");
}

TEST_F(ItemRecord, says_nothing_of_other_batches_where_there_are_none) {
  canned.store.item.find(31)->value->others.clear();
  page.frames(2);
  EXPECT_FALSE(page.shows("Also in other active batch tasks"));
}

TEST_F(ItemRecord, is_asked_for_again_when_the_other_item_changes) {
  canned.store.happened(EventKind::item_changed, 99);
  EXPECT_FALSE(canned.store.item.at(31).wanted());
  canned.store.happened(EventKind::item_changed, 44);
  EXPECT_TRUE(canned.store.item.at(31).wanted());
}

TEST_F(ItemRecord, of_the_executor_shows_them_too) {
  views::MyTasksState state;
  state.item = {31};
  ViewPage work(canned, [&](ui::Ui& ui) {
    views::draw_record(ui, canned.store, state,
                       *canned.store.my_items.show(store::Store::key_of(state.request)).window);
  });
  EXPECT_TRUE(work.find(Role::link, "老客户回访（第三季度）"));
}

// --- why this person? ------------------------------------------------------------------------------------------------

TEST_F(ItemRecord, names_whom_the_plan_left_out_and_why) {
  EXPECT_TRUE(page.shows("赵路, 陈曦"));
  canned.store.why.find(31)->value->plan->excluded_by[0].items = 3;
  page.frames(2);
  EXPECT_TRUE(page.shows("赵路, 陈曦…")) << "not all of them are named";
  canned.store.why.find(31)->value->plan->excluded.clear();
  page.frames(2);
  EXPECT_FALSE(page.shows("赵路, 陈曦"));
}

TEST_F(ItemRecord, tells_the_debt_or_the_last_item_that_decided) {
  api::PlanReasons& plan = *canned.store.why.find(31)->value->plan;
  plan.policy = domain::allocation::Policy::even;
  plan.winner.room.reset();
  plan.winner.debt_ppm = 1'250'000;
  plan.runners_up[0].debt_ppm = -40'000;
  plan.decisive = domain::allocation::Decisive::debt;
  page.frames(2);
  EXPECT_TRUE(page.shows("30 in this plan · owed 1.25 from earlier plans"));
  EXPECT_TRUE(page.shows("15 in this plan · 0.04 ahead from earlier plans"));
  plan.decisive = domain::allocation::Decisive::last_item;
  plan.winner.last_item_at.reset();
  plan.runners_up[0].last_item_at = page.info().now - hours(2);
  page.frames(2);
  EXPECT_TRUE(page.shows("30 in this plan · none so far"));
  EXPECT_TRUE(page.shows("15 in this plan · last one 2 hours ago"));
  plan.decisive = domain::allocation::Decisive::lot;
  page.frames(2);
  EXPECT_TRUE(page.shows("30 in this plan")) << "what decided nothing is not told";
}

}  // namespace
}  // namespace tw::test
