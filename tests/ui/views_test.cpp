// Views over canned models: what they show, and which commands a press or a drag pushes.
#include <chrono>
#include <cstdio>

#include <gtest/gtest.h>

#include "client/views/batch.h"
#include "client/views/batches.h"
#include "client/views/customers.h"
#include "client/views/dialogs.h"
#include "client/views/frame.h"
#include "client/views/imports.h"
#include "client/views/my_tasks.h"
#include "client/views/people.h"
#include "client/views/session_views.h"
#include "client/views/workbench.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

using a11y::Role;
using domain::batch::ItemState;

views::BatchPageState batch_page(commands::BatchTab tab) {
  views::BatchPageState state;
  commands::Route route;
  route.page = commands::Page::batch;
  route.id = 7;
  route.tab = tab;
  views::read_route(route, state);
  return state;
}

TEST(BatchView, committing_the_plan_pushes_one_command_with_the_plan_that_was_shown) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.click(Role::button, "Commit plan");
  const auto pushed = canned.pushed<commands::AllocateItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.batch.value, 7);
  EXPECT_EQ(pushed[0].request.snapshot, "abc123");
  EXPECT_EQ(pushed[0].request.seed, 42);
}

TEST(BatchView, dragging_a_waiting_customer_onto_a_person_designates_it_with_the_version_on_the_screen) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  canned.add_items(views::items_request(state), 5, ItemState::unassigned);
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  const a11y::Node from = page.get(Role::row, "客户2");
  const a11y::Node to = page.get(Role::group, "陈曦");
  canned.queue.take();
  page.drag(from, to);
  const auto pushed = canned.pushed<commands::DesignateItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.executor.value, 13);
  ASSERT_EQ(pushed[0].request.rows.size(), 1u);
  EXPECT_EQ(pushed[0].request.rows[0].item.value, 102);
  EXPECT_EQ(pushed[0].request.rows[0].version.value, 3);
}

TEST(BatchView, confirming_acts_on_the_ticked_items_once) {
  CannedStore canned;
  canned.add_batch();
  views::BatchPageState state = batch_page(commands::BatchTab::confirm);
  canned.add_items(views::items_request(state), 5, ItemState::completed);
  state.confirm.selection.keys = {101, 103};
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.click(Role::button, "Confirm  2");
  const auto pushed = canned.pushed<commands::ConfirmItems>();
  ASSERT_EQ(pushed.size(), 1u);
  ASSERT_EQ(pushed[0].request.rows.size(), 2u);
  EXPECT_EQ(pushed[0].request.rows[0].item.value, 101);
  EXPECT_EQ(pushed[0].request.rows[1].version.value, 4);
}

TEST(BatchView, who_does_not_manage_it_is_offered_no_action) {
  CannedStore canned(domain::access::Role::member);
  canned.add_batch();
  canned.store.batch.find(7)->value->summary.manages = false;
  views::BatchPageState state = batch_page(commands::BatchTab::items);
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_EQ(page.find(Role::button, "Add customers"), nullptr);
  EXPECT_EQ(page.find(Role::tab, "To confirm 7"), nullptr);
}

TEST(CustomersView, an_empty_list_offers_the_import) {
  CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), 0);
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  page.click(Role::button, "Import customers");
  const auto pushed = canned.pushed<commands::Go>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].path, "/imports");
}

TEST(CustomersView, everything_of_the_query_is_added_as_a_query_and_not_as_ids) {
  CannedStore canned;
  views::CustomersState state;
  state.query.search = "abc";
  canned.add_customers(views::request_of(canned.store, state), 45'211);
  state.search_draft = "abc";
  state.table.selection.all_of_query = true;
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  page.click(Role::button, "Add to batch task");
  const auto pushed = canned.pushed<commands::OpenDialog>();
  ASSERT_EQ(pushed.size(), 1u);
  const auto* add = std::get_if<commands::AddToBatch>(&pushed[0].dialog);
  ASSERT_NE(add, nullptr);
  ASSERT_TRUE(add->query.has_value());
  EXPECT_EQ(add->query->search, "abc");
  EXPECT_TRUE(add->customers.empty());
  EXPECT_EQ(add->count, 45'211);
}

TEST(CustomersView, the_address_holds_view_search_filter_and_order) {
  views::CustomersState state;
  state.query.view = api::CustomerView::own;
  state.query.search = "上海 a&b";
  state.query.filter.conditions = {{"city", api::Operator::contains, "a:b", {}},
                                   {"field_5", api::Operator::is_set, "", {}}};
  state.sort = {"name", true};
  views::CustomersState back;
  views::read_route(commands::parse_route(views::address_of(state)), back);
  EXPECT_EQ(json::encode(back.query), json::encode(state.query));
  EXPECT_EQ(back.sort, state.sort);
}

TEST(CustomersView, a_list_of_a_million_costs_a_frame_of_visible_rows_only) {
  CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), 1'000'000);
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  const auto began = std::chrono::steady_clock::now();
  constexpr int frames = 50;
  page.frames(frames);
  const double ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count() / frames;
  std::printf("[ figure   ] customer list of 1,000,000 rows: %.2f ms a frame\n", ms);
  EXPECT_LT(page.count(Role::row), 60);
}

TEST(Navigation, a_member_is_not_offered_what_managers_do) {
  for (const auto role : {domain::access::Role::member, domain::access::Role::administrator}) {
    CannedStore canned(role);
    Harness page({1440, 900});
    page.ui().set_commands(&canned.queue);
    page.draw([&](ui::Ui& ui) { views::draw_frame(ui, canned.store, {}, {}, [] {}); });
    const bool administrator = role == domain::access::Role::administrator;
    EXPECT_EQ(page.find(Role::link, "Imports") != nullptr, administrator);
    EXPECT_EQ(page.find(Role::link, "People") != nullptr, administrator);
    EXPECT_NE(page.find(Role::link, "My tasks"), nullptr);
  }
}

TEST(MyTasks, completing_wants_words_first_and_sends_them_with_the_version) {
  CannedStore canned(domain::access::Role::member);
  canned.add_my_item();
  views::MyTasksState state;
  state.item = {31};
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
  page.click(Role::button, "Save and complete");
  EXPECT_TRUE(canned.pushed<commands::CompleteItem>().empty());
  state.drafts[31] = " 同意下周二上门 ";
  page.frames(2);
  page.click(Role::button, "Save and complete");
  const auto pushed = canned.pushed<commands::CompleteItem>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.item.value, 31);
  EXPECT_EQ(pushed[0].request.version.value, 2);
  EXPECT_EQ(pushed[0].request.text, "同意下周二上门");
}

TEST(EndAll, wants_the_subject_typed) {
  CannedStore canned;
  canned.add_batch();
  views::ReasonDraft draft;
  Harness page({1440, 900});
  page.ui().set_commands(&canned.queue);
  page.draw([&](ui::Ui& ui) { views::draw_end_dialog(ui, canned.store, 9, {7}, draft); });
  page.click(Role::button, "End all");
  EXPECT_TRUE(canned.pushed<commands::EndBatchNow>().empty());
  draft.typed_subject = "产品换季养护通知";
  page.frames(2);
  page.click(Role::button, "End all");
  const auto pushed = canned.pushed<commands::EndBatchNow>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.version.value, 4);
}

}  // namespace
}  // namespace tw::test
