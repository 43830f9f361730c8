// Views over canned models: what they show, and which commands a press or a drag pushes.
#include <chrono>
#include <cstdio>
#include <regex>

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

// --- every screen, both languages, desktop and phone -----------------------------------------------------------------

struct Screen {
  std::string name;
  std::function<void(ui::Ui&)> draw;
};

void expect_sound(const Screen& screen, std::string_view language, ui::Size size, CannedStore& canned) {
  SCOPED_TRACE(screen.name + " in " + std::string(language) + " at " + std::to_string(static_cast<int>(size.w)));
  Harness page(size, language);
  page.ui().set_commands(&canned.queue);
  page.draw(screen.draw);
  EXPECT_EQ(page.tree().duplicates(), 0);
  static const std::regex looks_like_a_key("[a-z_]+\\.[a-z_]+");
  for (const a11y::Node& node : page.tree().nodes())
    EXPECT_FALSE(std::regex_match(std::string(node.name), looks_like_a_key)) << "no text for " << node.name;
  EXPECT_TRUE(page.unannounced().empty());
  int frames = 0;  // carets and relative times may ask for a later frame, nothing may ask for the next for ever
  for (; frames < 400 && page.result().again; ++frames) page.frame();
  EXPECT_LT(frames, 400) << "goes on drawing";
}

TEST(EveryScreen, has_unique_ids_all_its_texts_and_comes_to_rest) {
  CannedStore canned(domain::access::Role::administrator);
  canned.add_batch();
  canned.add_plan();
  canned.add_my_item();
  views::CustomersState customers;
  canned.add_customers(views::request_of(canned.store, customers), 500);
  views::BatchPageState items = batch_page(commands::BatchTab::items), plan = batch_page(commands::BatchTab::allocate);
  canned.add_items(views::items_request(items), 20, ItemState::executing);
  api::ViewWorkbench::Response bench;
  bench.to_confirm = 7;
  bench.managed = {200, 30, 7, 12, 5, 9};
  bench.batches = {canned.store.batch.at(7)->summary};
  bench.load = canned.store.batch.at(7)->executors;
  canned.store.workbench.answer(canned.store.workbench.ask(), bench);
  api::CustomerDetail detail;
  detail.row.customer = {901};
  detail.row.name = "北斗星通导航";
  detail.may_edit = true;
  canned.store.customer.put(901, detail);
  canned.store.timeline.put(901, {});
  views::BatchesState batches;
  canned.store.batch_lists[store::Store::key_of(batches.request)].answer(
      canned.store.batch_lists[store::Store::key_of(batches.request)].ask(),
      store::BatchList{{canned.store.batch.at(7)->summary}, {}, {1, true}});
  api::ImportView import;
  import.import = {3};
  import.file_name = "bank clients";
  api::ImportColumn age;
  age.header = "Age";
  age.samples = {"58", "44"};
  import.columns = {age};
  canned.store.import.put(3, import);
  canned.store.imports.answer(canned.store.imports.ask(), {import});
  canned.store.invitation.answer(canned.store.invitation.ask(), {"li", "李莉"});

  views::WorkbenchState bench_state;
  views::SignInState sign_in;
  views::SetUpState set_up;
  views::InvitationState invitation;
  invitation.token = "t";
  views::CustomerState customer;
  customer.customer = {901};
  views::MyTasksState mine;
  mine.item = {31};
  views::ImportsState imports;
  views::ImportState wizard;
  wizard.import = {3};
  views::PeopleState people, departments;
  departments.tab = 1;
  const store::Store& model = canned.store;
  std::vector<Screen> screens = {
      {"sign in", [&](ui::Ui& ui) { views::draw_sign_in(ui, model, sign_in); }},
      {"set up", [&](ui::Ui& ui) { views::draw_set_up(ui, model, set_up); }},
      {"invitation", [&](ui::Ui& ui) { views::draw_invitation(ui, model, invitation); }},
      {"workbench",
       [&](ui::Ui& ui) {
         views::draw_frame(ui, model, {}, {}, [&] { views::draw_workbench(ui, model, bench_state); });
       }},
      {"customers", [&](ui::Ui& ui) { views::draw_customers(ui, model, customers); }},
      {"customer", [&](ui::Ui& ui) { views::draw_customer(ui, model, customer); }},
      {"batches", [&](ui::Ui& ui) { views::draw_batches(ui, model, batches); }},
      {"batch", [&](ui::Ui& ui) { views::draw_batch(ui, model, items); }},
      {"allocate", [&](ui::Ui& ui) { views::draw_batch(ui, model, plan); }},
      {"my tasks", [&](ui::Ui& ui) { views::draw_my_tasks(ui, model, mine); }},
      {"imports", [&](ui::Ui& ui) { views::draw_imports(ui, model, imports); }},
      {"import", [&](ui::Ui& ui) { views::draw_import(ui, model, wizard); }},
      {"people", [&](ui::Ui& ui) { views::draw_people(ui, model, people); }},
      {"departments", [&](ui::Ui& ui) { views::draw_people(ui, model, departments); }},
      {"not found", [&](ui::Ui& ui) { views::draw_not_found(ui); }},
  };
  const std::vector<commands::Dialog> dialogs = {commands::NewCustomer{},
                                                 commands::EditCustomer{{901}},
                                                 commands::NewBatch{},
                                                 commands::EditBatch{{7}},
                                                 commands::AddToBatch{{7}, {}, {}, 0},
                                                 commands::AddToBatch{{}, {{901}}, {}, 1},
                                                 commands::ReturnItems{{7}, {{{100}, {1}}}},
                                                 commands::ResetItems{{7}, {{{100}, {1}}}},
                                                 commands::RemoveItems{{7}, {{{100}, {1}}}},
                                                 commands::Designate{{7}, {{{100}, {1}}}},
                                                 commands::EndBatch{{7}},
                                                 commands::TerminateBatch{{7}},
                                                 commands::AbandonItem{{31}},
                                                 commands::LookAtItem{{31}},
                                                 commands::NewPerson{},
                                                 commands::EditPerson{{10}},
                                                 commands::NewDepartment{},
                                                 commands::EditDepartment{{4}},
                                                 commands::ShowInvitation{{10}, "李莉", "http://x/invitation#t"},
                                                 commands::DisablePerson{{10}},
                                                 commands::ChangePasswordDialog{},
                                                 commands::QuickSearch{}};
  std::vector<views::DialogState> states(dialogs.size());
  for (std::size_t i = 0; i < dialogs.size(); ++i) {
    states[i].form = static_cast<store::FormId>(200 + i);
    states[i].what = dialogs[i];
    screens.push_back({"dialog " + std::to_string(i),
                       [&model, &states, i](ui::Ui& ui) { views::draw_dialog(ui, model, states[i]); }});
  }
  for (const Screen& screen : screens)
    for (const std::string_view language : {"zh-CN", "en"})
      for (const ui::Size size : {ui::Size{1440, 900}, ui::Size{390, 844}})
        expect_sound(screen, language, size, canned);
}

}  // namespace
}  // namespace tw::test
