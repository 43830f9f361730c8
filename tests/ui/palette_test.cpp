// The palette: what it reaches, in which order, and what Enter does.
#include "client/views/palette.h"

#include <gtest/gtest.h>

#include "client/commands/descriptors.h"
#include "client/views/batch.h"
#include "client/views/batches.h"
#include "client/views/customers.h"
#include "client/views/my_tasks.h"
#include "client/views/people.h"
#include "support/ui/palette_page.h"

namespace tw::test {
namespace {

using commands::Id;
using domain::access::Role;
using ui::Key;

TEST(the_palette, opens_by_its_key_and_runs_what_enter_takes_and_gives_the_focus_back) {
  PalettePage t(Role::manager);
  t.page.click(a11y::Role::link, "Customers");
  const ui::WidgetId before = t.page.ui().focused();
  ASSERT_NE(before, 0u);
  t.open();
  ASSERT_TRUE(t.shows_dialog<commands::QuickSearch>());
  const a11y::Node& field = t.page.get(a11y::Role::combo_box, "Quick search");
  EXPECT_EQ(t.page.ui().focused(), field.id);
  t.page.key(Key::escape);
  t.page.frames(4);
  EXPECT_TRUE(t.dialogs.empty());
  EXPECT_EQ(t.page.ui().focused(), before);
  t.open();
  t.write("my tas");
  EXPECT_EQ(t.options(), std::vector<std::string>{"My tasks"});
  t.done.clear();
  t.page.key(Key::enter);
  t.page.frames(3);
  EXPECT_TRUE(t.dialogs.empty());
  ASSERT_EQ(t.did<commands::Go>().size(), 1u);
  EXPECT_EQ(t.did<commands::Go>()[0].path, "/my-tasks");
}

TEST(the_palette, is_a_combo_box_whose_arrows_move_the_choice_and_not_the_focus) {
  PalettePage t(Role::administrator);
  t.open();
  const auto field = [&]() -> const a11y::Node& { return t.page.get(a11y::Role::combo_box, "Quick search"); };
  const a11y::Node& list = t.page.get(a11y::Role::list_box, "Results");
  EXPECT_EQ(field().controls, list.id);
  EXPECT_EQ(field().expanded, a11y::Tri::yes);
  const auto all = t.options();
  ASSERT_GT(all.size(), 12u);
  EXPECT_TRUE(t.page.shows(std::to_string(all.size()) + " results"));
  ASSERT_NE(t.current(), nullptr);
  EXPECT_EQ(t.current()->name, all[0]);
  t.page.key(Key::down);
  EXPECT_EQ(t.current()->name, all[1]);
  EXPECT_EQ(field().active, t.current()->id);
  EXPECT_EQ(t.page.ui().focused(), field().id);
  t.page.key(Key::up);
  t.page.key(Key::up);
  EXPECT_EQ(t.current()->name, all.back());
  t.page.frames(2);
  const a11y::Node* last = t.current();
  EXPECT_LE(last->y + last->h, list.y + list.h + 1) << "scrolled into view";
  t.page.key(Key::page_up);
  EXPECT_EQ(t.current()->name, all[all.size() - 9]);
  t.page.inside().characters("sign");
  t.page.frame();
  ASSERT_NE(t.current(), nullptr);
  EXPECT_EQ(t.current()->name, "Sign out");
  EXPECT_EQ(field().active, t.current()->id) << "in the frame in which it was written";
  t.write("no such thing at all");
  EXPECT_EQ(t.page.find(a11y::Role::list_box, "Results"), nullptr);
  EXPECT_EQ(field().expanded, a11y::Tri::no);
}

TEST(the_palette, reaches_every_command_of_the_table_that_somebody_may_use) {
  // What stands in front is offered by its view: here the batch's items with a ticked row, its plan, the people, a
  // list.
  std::set<Id> reached;
  const auto look = [&](Role role, const std::function<void(ui::Ui&, store::Store&)>& content) {
    PalettePage t(role, content);
    t.page.frames(2);
    for (const commands::Offer& offer : t.canned.queue.offers()) reached.insert(offer.id);
  };
  using commands::BatchTab;
  using domain::batch::ItemState;
  for (const auto& [tab, state] : {std::pair{BatchTab::items, ItemState::executing},
                                   {BatchTab::confirm, ItemState::completed},
                                   {BatchTab::items, ItemState::unassigned},
                                   {BatchTab::allocate, ItemState::unassigned}}) {
    CannedStore other;  // only to know how the list is asked for
    views::BatchPageState page;
    commands::Route route;
    route.page = commands::Page::batch;
    route.id = 7;
    route.tab = tab;
    views::read_route(route, page);
    page.items.current = page.confirm.current = 1;
    bool filled = false;
    look(Role::administrator, [&, item_state = state](ui::Ui& ui, store::Store& model) {
      if (!std::exchange(filled, true)) {
        other.add_batch();
        other.add_plan();
        other.add_items(views::items_request(page), 5, item_state);
        model.batch = other.store.batch;
        model.plan = other.store.plan;
        model.items = other.store.items;
      }
      views::draw_batch(ui, model, page);
    });
  }
  for (const bool by_hand : {false, true}) {  // the board of allocation with somebody ticked, and with its draft plan
    views::BatchPageState page = batch_page(BatchTab::allocate);
    CannedStore other;
    other.add_batch();
    other.add_plan();
    other.add_items(views::items_request(page), 5, domain::batch::ItemState::unassigned);
    page.items.selection.keys = {101};
    page.draft().give({{{{102}, {1}}}}, {10}, false);
    page.by_hand = by_hand;
    other.store.plan.find(7)->value->changed = {{{102}, {4}}};
    look(Role::administrator, [&](ui::Ui& ui, store::Store& model) {
      model.batch = other.store.batch;
      model.plan = other.store.plan;
      model.items = other.store.items;
      views::draw_batch(ui, model, page);
    });
  }
  for (const auto mode : {domain::batch::ClaimMode::pick, domain::batch::ClaimMode::random}) {
    views::BatchPageState page;
    page.batch = {7};
    page.tab = BatchTab::claim;
    page.claim.selection.keys = {100};
    CannedStore other;
    other.add_batch();
    other.add_claimable(mode, 3);
    look(Role::member, [&](ui::Ui& ui, store::Store& model) {
      model.batch = other.store.batch;
      model.claimable = other.store.claimable;
      views::draw_batch(ui, model, page);
    });
  }
  views::PeopleState people;
  people.table.current = 1;
  look(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_people(ui, model, people); });
  views::CustomersState customers;
  customers.table.selection.keys = {1};
  customers.query.filter.conditions = {{"city", api::Operator::contains, "x", {}}};
  look(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_customers(ui, model, customers); });
  views::BatchesState batches;
  batches.request.search = "x";
  look(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_batches(ui, model, batches); });
  views::MyTasksState my_tasks;
  look(Role::member, [&](ui::Ui& ui, store::Store& model) { views::draw_my_tasks(ui, model, my_tasks); });
  std::set<std::string> missing;
  for (const commands::Descriptor& known : commands::descriptors())
    if (!reached.count(known.id)) missing.insert(std::string(known.key));
  // Of an item of one's own, of one customer, of an import, of a long operation, and of a new or disabled person: their
  // views offer them alike.
  // Claiming is open or closed: its menu item is the one or the other.
  // Undo is offered by the toast about what can be taken back; terms are saved or put back once they were changed.
  // Everybody is planned again once only some were.
  EXPECT_EQ(missing, (std::set<std::string>{"abandon",        "all-who-wait",    "check",      "close-claiming",
                                            "complete",       "copy-invitation", "discard",    "download-refusals",
                                            "edit-customer",  "enable",          "in-meeting", "no-answer",
                                            "no-such-number", "powered-off",     "refused",    "reset-terms",
                                            "save",           "save-note",       "save-terms", "stop",
                                            "suspended",      "transfer",        "undo",       "write"}));
}

TEST(the_palette, offers_nothing_that_the_person_may_not_do) {
  PalettePage t(Role::member);
  t.open();
  const auto all = t.options();
  for (const char* name : {"New person", "New batch task", "Import", "People"})
    EXPECT_EQ(std::count(all.begin(), all.end(), name), 0) << name;
  EXPECT_EQ(std::count(all.begin(), all.end(), "Sign out"), 1);
}

TEST(the_palette, says_why_a_command_is_not_possible_now_and_does_not_do_it) {
  views::BatchPageState state;
  commands::Route route;
  route.page = commands::Page::batch;
  route.id = 7;
  route.tab = commands::BatchTab::allocate;
  views::read_route(route, state);
  PalettePage t(Role::manager, [&](ui::Ui& ui, store::Store& model) { views::draw_batch(ui, model, state); });
  t.canned.add_batch();
  t.canned.add_plan();
  t.canned.store.plan.find(7)->value->placed = 0;
  t.page.frames(3);
  t.open();
  t.write("commit");
  ASSERT_NE(t.current(), nullptr);
  EXPECT_TRUE(t.current()->disabled);
  EXPECT_EQ(t.current()->description, "There is nothing that could be placed.");
  t.page.key(Key::enter);
  EXPECT_EQ(t.page.said(), "There is nothing that could be placed.");
  EXPECT_TRUE(t.did<commands::AllocateItems>().empty());
  t.canned.store.plan.find(7)->value->placed = 218;
  t.page.frames(2);
  t.page.key(Key::enter);
  t.page.frames(3);
  EXPECT_EQ(t.did<commands::AllocateItems>().size(), 1u);
}

TEST(the_palette, does_a_command_of_the_row_that_has_the_keyboard) {
  views::PeopleState state;
  PalettePage t(Role::administrator, [&](ui::Ui& ui, store::Store& model) { views::draw_people(ui, model, state); });
  t.page.act({.kind = a11y::Action::Kind::focus, .target = t.page.get(a11y::Role::row, "赵路").id, .value = {}});
  t.open();
  t.write("disable");
  ASSERT_NE(t.current(), nullptr);
  EXPECT_EQ(t.current()->description, "赵路");
  t.page.key(Key::enter);
  t.page.frames(3);
  ASSERT_TRUE(t.shows_dialog<commands::DisablePerson>());
  EXPECT_EQ(std::get<commands::DisablePerson>(t.dialogs.back().what).person.value, 12);
}

// Answers the question to `path` with `rows`.
void answer(PalettePage& t, std::string_view path, const std::string& rows) {
  for (std::size_t i = t.canned.transport.sent.size(); i-- > 0;)
    if (t.canned.transport.sent[i].path.find(path) != std::string::npos)
      return t.canned.transport.answer(i, 200, "{\"rows\":" + rows + ",\"total\":{\"count\":1,\"exact\":true}}");
  ADD_FAILURE() << "nobody asked " << path;
}

TEST(the_palette, finds_customers_items_batches_people_and_departments_by_name) {
  PalettePage t(Role::administrator);
  t.open();
  t.page.type("客服");
  EXPECT_TRUE(t.canned.transport.sent.empty()) << "while it is being typed";
  t.write("");
  answer(t, "/customers/query", R"([{"customer":901,"name":"客服测试公司","city":"上海"}])");
  answer(t, "/items/search", R"([{"item":31,"batch":7,"customer_name":"客服测试公司","subject":"客服回访"}])");
  answer(t, "/batches", R"([{"batch":7,"subject":"客服回访"}])");
  answer(t, "/people", R"([{"person":12,"name":"客服赵路","department_name":"客服一组"}])");
  t.page.frames(3);
  EXPECT_EQ(t.options(),
            (std::vector<std::string>{"客服测试公司", "客服测试公司", "客服回访", "客服赵路", "客服部", "客服一组"}));
  for (int i = 0; i < 3; ++i) t.page.key(Key::down);
  t.page.key(Key::enter);
  t.page.frames(3);
  ASSERT_TRUE(t.shows_dialog<commands::EditPerson>());
  EXPECT_EQ(std::get<commands::EditPerson>(t.dialogs.back().what).person.value, 12);
}

TEST(the_palette, leads_to_an_item_as_one_s_own_task_or_over_its_batch) {
  for (const auto& [executor, state, path] : {std::tuple{1, "executing", "/my-tasks/31"},
                                              {1, "ended", "/batches/7?item=31"},
                                              {2, "executing", "/batches/7?item=31"}}) {
    PalettePage t(Role::manager);
    ASSERT_EQ(t.canned.store.me().value, 1);
    t.open();
    t.write("测试公司");
    answer(t, "/customers/query", "[]");
    answer(t, "/items/search",
           R"([{"item":31,"batch":7,"customer_name":"测试公司","subject":"回访","executor":)" +
               std::to_string(executor) + R"(,"state":")" + state + "\"}]");
    answer(t, "/batches", "[]");
    answer(t, "/people", "[]");
    t.page.frames(3);
    t.page.key(Key::enter);
    t.page.frames(3);
    ASSERT_EQ(t.did<commands::Go>().size(), 1u);
    EXPECT_EQ(t.did<commands::Go>()[0].path, path);
  }
}

TEST(the_palette, leads_who_does_not_manage_people_to_the_customers_of_a_person) {
  PalettePage t(Role::member);
  t.open();
  t.write("赵路");
  answer(t, "/customers/query", "[]");
  answer(t, "/items/search", "[]");
  answer(t, "/batches", "[]");
  answer(t, "/people", R"([{"person":12,"name":"赵路"}])");
  t.page.frames(3);
  t.page.key(Key::enter);
  t.page.frames(3);
  ASSERT_EQ(t.did<commands::Go>().size(), 1u);
  EXPECT_EQ(t.did<commands::Go>()[0].path, "/customers?c0=owner:equals:12");
  api::Condition condition{"owner", api::Operator::equals, "12", {}};
  std::string sentence;
  t.page.draw([&](ui::Ui& ui) { sentence = views::sentence_of(ui, t.canned.store, condition); });
  EXPECT_NE(sentence.find("赵路"), std::string::npos) << sentence;
}

TEST(the_palette, keeps_an_enter_that_came_before_the_answer) {
  PalettePage t(Role::manager);
  t.open();
  t.page.type("北斗");
  t.page.key(Key::enter);  // asks at once
  EXPECT_TRUE(t.did<commands::Go>().empty());
  answer(t, "/customers/query", R"([{"customer":901,"name":"北斗星通"}])");
  answer(t, "/items/search", "[]");
  answer(t, "/batches", "[]");
  answer(t, "/people", "[]");
  t.page.frames(3);
  ASSERT_EQ(t.did<commands::Go>().size(), 1u);
  EXPECT_EQ(t.did<commands::Go>()[0].path, "/customers/901");
}

}  // namespace
}  // namespace tw::test
