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
#include "client/views/typed_moment.h"
#include "client/views/workbench.h"
#include "support/ui/canned.h"
#include "support/ui/harness.h"

namespace tw::test {
namespace {

using a11y::Role;
using domain::batch::ItemState;

TEST(BatchView, committing_the_plan_pushes_one_command_with_the_plan_that_was_shown) {
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.click(Role::button, "Commit plan");
  const auto pushed = canned.pushed<commands::AllocateItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.batch.value, 7);
  EXPECT_EQ(pushed[0].request.snapshot, "abc123");
  EXPECT_EQ(pushed[0].request.seed, 42);
}

TEST(BatchView, the_plan_follows_the_policy_and_the_terms_and_only_the_newest_wish_is_asked) {
  using domain::allocation::Policy;
  CannedStore canned;
  canned.add_batch();
  canned.add_plan();
  views::BatchPageState state = batch_page(commands::BatchTab::allocate);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  page.click(Role::combo_box, "How to divide");
  page.click(Role::option, "By weight");
  page.frames(2);
  auto asked = canned.pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].request.policy, Policy::weighted);
  page.click(Role::button, "Adjust");
  const auto step = [&](std::string_view slider, ui::Key key) {
    page.focus(Role::slider, slider);
    page.key(key);
  };
  step("Weight, 李莉", ui::Key::right);
  step("At most, 李莉", ui::Key::left);
  page.frames(2);
  asked = canned.pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 2u) << "one wish each: " << asked.size();
  ASSERT_TRUE(asked[1].request.people);
  ASSERT_EQ(asked[1].request.people->size(), 1u);
  EXPECT_EQ(asked[1].request.people->at(0).weight, 110);
  EXPECT_EQ(asked[1].request.people->at(0).most, 220);  // 221 wait, no limit stands behind them; a step is 2
  // While a plan is being made, wishes wait and come as one.
  canned.store.plan.find(7)->ask();
  step("Weight, 李莉", ui::Key::right);
  step("Weight, 李莉", ui::Key::right);
  EXPECT_TRUE(canned.pushed<commands::MakePlan>().empty());
  canned.add_plan();
  page.frames(2);
  asked = canned.pushed<commands::MakePlan>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].request.people->at(0).weight, 130);
  page.click(Role::button, "Commit plan");
  const auto committed = canned.pushed<commands::AllocateItems>();
  ASSERT_EQ(committed.size(), 1u);
  EXPECT_EQ(committed[0].request.policy, Policy::weighted);
  EXPECT_EQ(committed[0].request.people->size(), 1u);
}

TEST(BatchView, confirming_acts_on_the_ticked_items_once) {
  CannedStore canned;
  canned.add_batch();
  views::BatchPageState state = batch_page(commands::BatchTab::confirm);
  canned.add_items(views::items_request(state), 5, ItemState::completed);
  state.confirm.selection.keys = {101, 103};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
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
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  EXPECT_EQ(page.find(Role::button, "Add customers"), nullptr);
  EXPECT_EQ(page.find(Role::tab, "Confirm 7"), nullptr);
}

TEST(CustomersView, an_empty_list_offers_the_import) {
  CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), 0);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
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
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
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

TEST(CustomersView, rows_unticked_after_select_all_are_left_out_of_the_query_and_counted) {
  CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), 45'211);
  state.table.selection.all_of_query = true;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  page.click(Role::checkbox, "Select 客户3");
  page.frames(2);
  EXPECT_NE(page.find(Role::region, "45,210 selected (1 left out)"), nullptr);
  page.click(Role::button, "Add to batch task");
  const auto pushed = canned.pushed<commands::OpenDialog>();
  ASSERT_EQ(pushed.size(), 1u);
  const auto* add = std::get_if<commands::AddToBatch>(&pushed[0].dialog);
  ASSERT_TRUE(add && add->query);
  ASSERT_EQ(add->except.size(), 1u);
  EXPECT_EQ(add->except[0].value, 4);
  EXPECT_EQ(add->count, 45'210);

  views::AddToBatchDraft draft;
  commands::AddToBatch into = *add;
  into.batch = {7};
  ViewPage dialog(canned, [&](ui::Ui& ui) { views::draw_add_to_batch_dialog(ui, canned.store, 9, into, draft); });
  dialog.click(Role::button, "Add 45,210");
  const auto sent = canned.pushed<commands::AddCustomersToBatch>();
  ASSERT_EQ(sent.size(), 1u);
  ASSERT_EQ(sent[0].request.except.size(), 1u);
  EXPECT_EQ(sent[0].request.except[0].value, 4);
}

TEST(Designate, names_what_it_overrides_and_confirms_that_and_nothing_else) {
  CannedStore canned;
  canned.add_batch();
  const commands::Designate what{{7}, {{{100}, {1}}, {{101}, {2}}}};
  views::DesignateDraft draft;
  draft.person = {10};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_designate_dialog(ui, canned.store, 9, what, draft); });
  page.click(Role::button, "Assign");  // what stands in the way is not known yet
  EXPECT_TRUE(canned.pushed<commands::DesignateItems>().empty());

  api::PlanAllocation::Response plan;
  plan.items = 2;
  plan.placed = 2;
  const auto key = store::Store::key_of(views::hand_request(what, draft.person));
  canned.store.plan.put(key, plan);
  page.frames(2);
  page.click(Role::button, "Assign");
  auto pushed = canned.pushed<commands::DesignateItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_TRUE(pushed[0].request.confirmed.empty());

  using domain::allocation::Obstacle;
  plan.placed = 0;
  plan.reasons = {Obstacle::do_not_contact, Obstacle::over_holding_cap, Obstacle::barred_abandoner};
  plan.left_out = {{Obstacle::do_not_contact, 1}, {Obstacle::over_holding_cap, 1}};
  canned.store.batch.find(7)->value->executors[0].held = 40;
  canned.store.plan.put(key, plan);
  page.frames(2);
  EXPECT_TRUE(page.shows("李莉 would hold 41, over the cap of 40."));
  EXPECT_TRUE(page.shows("李莉 gave up some of these customers before."));
  EXPECT_TRUE(page.shows("1 will not be given: the customer must not be contacted."));
  page.click(Role::button, "Assign all the same");
  pushed = canned.pushed<commands::DesignateItems>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.confirmed,
            (std::vector<Obstacle>{Obstacle::over_holding_cap, Obstacle::barred_abandoner}));
}

TEST(Designate, finds_people_by_name_and_initials_and_says_what_they_hold) {
  CannedStore canned;
  canned.add_batch();
  views::DesignateDraft draft;
  const commands::Designate what{{7}, {{{100}, {1}}}};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_designate_dialog(ui, canned.store, 9, what, draft); });
  EXPECT_EQ(page.get(Role::option, "吴天明").description, "holds 34 / 40");
  draft.picker.search = "ll";
  page.frames(2);
  EXPECT_FALSE(page.find(Role::option, "吴天明"));
  page.activate(Role::option, "李莉");
  EXPECT_EQ(draft.person, PersonId{10});
  page.frames(2);
  EXPECT_TRUE(page.find(Role::button, "Take out 李莉")) << "named without asking the server";
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

TEST(CustomersView, columns_and_order_come_back_as_they_were_left) {
  views::CustomersState left, found;
  left.hidden = {"city", "phone"};
  left.shown_fields = {5, 7};
  left.fields_chosen = true;
  left.usual_order = {"score", true};
  views::read_look(views::look_of(left), found);
  EXPECT_EQ(found.hidden, left.hidden);
  EXPECT_EQ(found.shown_fields, left.shown_fields);
  EXPECT_TRUE(found.fields_chosen);
  views::read_route(commands::parse_route("/customers"), found);
  EXPECT_EQ(found.sort, left.usual_order);
  views::read_route(commands::parse_route("/customers?sort=name"), found);
  EXPECT_EQ(found.sort, (ui::Sort{"name", false})) << "an address that says its order has it";
  left.shown_fields.clear();  // all switched off is a choice too
  views::read_look(views::look_of(left), found);
  EXPECT_TRUE(found.fields_chosen && found.shown_fields.empty());
  for (const char* nonsense : {"", "x", "a|b|c|d"}) {
    views::read_look(nonsense, found);
    EXPECT_EQ(views::look_of(found), views::look_of({})) << nonsense;
  }
}

TEST(CustomersView, a_list_of_a_million_costs_a_frame_of_visible_rows_only) {
  CannedStore canned;
  views::CustomersState state;
  canned.add_customers(views::request_of(canned.store, state), 1'000'000);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
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
    ViewPage page(canned, [&](ui::Ui& ui) { views::draw_frame(ui, canned.store, {}, {}, [] {}); });
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
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
  page.click(Role::button, "Complete");
  EXPECT_TRUE(canned.pushed<commands::CompleteItem>().empty());
  state.drafts[31].text = " 同意下周二上门 ";
  page.frames(2);
  page.click(Role::button, "Complete");
  const auto pushed = canned.pushed<commands::CompleteItem>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.item.value, 31);
  EXPECT_EQ(pushed[0].request.version.value, 2);
  EXPECT_EQ(pushed[0].request.text, "同意下周二上门");
}

TEST(MyTasks, the_next_follow_up_is_saved_as_it_was_typed_and_a_wrong_one_is_not_sent) {
  CannedStore canned(domain::access::Role::member);
  canned.add_my_item();
  views::MyTasksState state;
  state.item = {31};
  state.drafts[31] = {"同意下周二上门", "11-25 25:00"};
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
  page.click(Role::button, "Save");
  EXPECT_TRUE(canned.pushed<commands::SaveProgress>().empty());
  page.click(Role::button, "Tomorrow 9:00");
  const std::string tomorrow = *state.drafts[31].follow_up;
  page.frames(2);
  page.click(Role::button, "Follow");
  auto pushed = canned.pushed<commands::SaveProgress>();
  ASSERT_EQ(pushed.size(), 1u);
  ASSERT_TRUE(pushed[0].request.next_follow_up);
  const WallClock utc;
  EXPECT_EQ(views::write_moment(*pushed[0].request.next_follow_up, {{}, utc}), tomorrow);
  state.drafts[31].follow_up = "";  // wiped: none
  page.frames(2);
  page.click(Role::button, "Save");
  pushed = canned.pushed<commands::SaveProgress>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_FALSE(pushed[0].request.next_follow_up);
}

TEST(MyTasks, a_planned_follow_up_stays_when_nobody_touches_it) {
  CannedStore canned(domain::access::Role::member);
  canned.add_my_item();
  const Instant planned = Harness().info().now + days(3);
  canned.store.item.find(31)->value->row.next_follow_up = planned;
  views::MyTasksState state;
  state.item = {31};
  state.drafts[31].text = "同意下周二上门";
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_my_tasks(ui, canned.store, state); });
  page.click(Role::button, "Follow");
  const auto pushed = canned.pushed<commands::SaveProgress>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.next_follow_up->ms / 60'000, planned.ms / 60'000);
}

TEST(CustomerName, is_the_external_key_marked_as_such_where_there_is_no_name) {
  Harness page;
  api::ItemRow item;
  item.customer = {12};
  item.customer_key = "187";
  std::string words;
  page.draw([&](ui::Ui& ui) { words = views::customer_name(ui, item); });
  EXPECT_EQ(words, "No. 187");
}

TEST(EndAll, wants_the_subject_typed) {
  CannedStore canned;
  canned.add_batch();
  views::ReasonDraft draft;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_end_dialog(ui, canned.store, 9, {7}, draft); });
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
