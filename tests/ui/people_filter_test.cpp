// Where people are picked besides the dialogs about batches: filters of lists, a customer's owner, who takes over an
// item.
#include <gtest/gtest.h>

#include "client/views/customers.h"
#include "client/views/dialogs.h"
#include "core/json.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;
using api::Operator;
using commands::BatchTab;
using People = std::vector<PersonId>;

// --- the owner of customers in a list --------------------------------------------------------------------------------

struct OwnerFilter : ::testing::Test {
  explicit OwnerFilter(domain::access::Role role = domain::access::Role::manager) : canned(role) {}

  void open() {
    canned.add_customers(views::request_of(canned.store, state), 500);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_customers(ui, canned.store, state); });
  }
  // The editor of a new condition about the owner.
  void ask() {
    open();
    page->click(Role::button, "Filter");
    page->frames(4);
    page->activate(Role::combo_box, "Field");
    page->frames(4);
    page->activate(Role::option, "Owner");
    page->frames(4);
  }
  std::string went() {
    const auto pushed = canned.pushed<commands::Go>();
    return pushed.empty() ? std::string() : pushed.back().path;
  }
  std::string conditions(const std::string& address) {
    views::CustomersState back;
    views::read_route(commands::parse_route(address), back);
    return json::encode(back.query.filter.conditions);
  }

  CannedStore canned;
  views::CustomersState state;
  std::optional<ViewPage> page;
};

TEST_F(OwnerFilter, asks_for_several_people_and_the_address_carries_them) {
  ask();
  page->click(Role::button, "Apply");
  EXPECT_EQ(went(), "") << "nobody is chosen yet";
  page->activate(Role::option, "吴天明");
  page->frames(2);
  page->activate(Role::option, "陈曦");
  page->frames(2);
  page->click(Role::button, "Apply");
  const std::string address = went();
  EXPECT_EQ(conditions(address),
            json::encode(std::vector<api::Condition>{{"owner", Operator::one_of, {}, {"11", "13"}}}))
      << address;
}

TEST_F(OwnerFilter, a_group_is_its_people_at_once) {
  ask();
  page->click(Role::radio, "Groups");
  page->frames(2);
  page->activate(Role::option, "华东续约项目组");
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(conditions(went()),
            json::encode(std::vector<api::Condition>{{"owner", Operator::one_of, {}, {"10", "11", "12", "13"}}}));
}

TEST_F(OwnerFilter, is_a_chip_that_says_who_and_opens_to_be_changed) {
  state.query.filter.conditions = {{"owner", Operator::one_of, {}, {"10", "11", "12", "13", "16"}}};
  open();
  const char* sentence = "Owner is one of 李莉, 吴天明, 赵路 and 2 more";
  ASSERT_NE(page->find(Role::button, sentence), nullptr);
  page->click(Role::button, sentence);
  page->frames(4);
  page->click(Role::button, "Take out 吴天明");
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(conditions(went()),
            json::encode(std::vector<api::Condition>{{"owner", Operator::one_of, {}, {"10", "12", "13", "16"}}}));
}

TEST_F(OwnerFilter, that_names_one_person_in_the_old_way_can_be_widened) {
  state.query.filter.conditions = {{"owner", Operator::equals, "12", {}}};  // where the palette leads
  open();
  page->click(Role::button, "Owner is 赵路");
  page->frames(4);
  page->activate(Role::option, "李莉");
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(conditions(went()),
            json::encode(std::vector<api::Condition>{{"owner", Operator::one_of, {}, {"12", "10"}}}));
}

TEST_F(OwnerFilter, asks_what_nameless_people_are_called) {
  state.query.filter.conditions = {{"owner", Operator::one_of, {}, {"10", "77"}}};
  open();
  EXPECT_NE(page->find(Role::button, "Owner is one of 李莉, …"), nullptr);
  const auto asked = canned.pushed<commands::NamePeople>();
  ASSERT_FALSE(asked.empty());
  EXPECT_EQ(asked.back().people, (People{{77}}));
}

TEST_F(OwnerFilter, finds_who_has_left_and_says_so) {
  ask();
  const auto& left = page->get(Role::option, "林雪");
  EXPECT_EQ(left.description, "Disabled");
  page->activate(Role::option, "林雪");
  page->frames(2);
  EXPECT_NE(page->find(Role::button, "Take out 林雪 (disabled)"), nullptr);
  page->click(Role::button, "Choose all 8");
  const auto asked = canned.pushed<commands::PickPeople>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(asked[0].request.with_disabled) << "all whom the list shows";
  EXPECT_EQ(page->find(Role::option, "林雪")->checked, a11y::Tri::yes);
  page->click(Role::button, "Apply");
  EXPECT_EQ(conditions(went()), json::encode(std::vector<api::Condition>{{"owner", Operator::one_of, {}, {"17"}}}));
}

TEST_F(OwnerFilter, of_more_people_than_are_allowed_waits) {
  ask();
  for (int i = 0; i <= api::most_values; ++i) state.draft.values.push_back(std::to_string(1000 + i));
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(went(), "");
  EXPECT_TRUE(page->get(Role::button, "Apply").disabled);
}

TEST(OwnerFilterOfMembers, is_not_offered_to_who_reaches_only_their_own) {
  CannedStore canned(domain::access::Role::member);
  api::Condition draft{"city", Operator::contains, {}, {}};
  views::PickerState people;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_condition_editor(ui, canned.store, draft, people); });
  page.activate(Role::combo_box, "Field");
  page.frames(4);
  EXPECT_NE(page.find(Role::option, "City"), nullptr);
  EXPECT_EQ(page.find(Role::option, "Owner"), nullptr);
}

TEST(CustomerFilter, of_a_yes_or_no_says_what_the_server_understands) {
  CannedStore canned;
  api::Condition draft{"do_not_contact", Operator::equals, {}, {}};
  views::PickerState people;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_condition_editor(ui, canned.store, draft, people); });
  page.activate(Role::combo_box, "Value");
  page.frames(4);
  page.activate(Role::option, "Yes");
  page.frames(2);
  EXPECT_EQ(draft.value, "true");
}

TEST_F(OwnerFilter, of_several_cities_in_an_address_says_which_and_becomes_one_when_it_is_changed) {
  state.query.filter.conditions = {{"city", Operator::one_of, {}, {"Berlin", "Hamburg"}}};
  open();
  page->click(Role::button, "City is one of Berlin, Hamburg");
  page->frames(4);
  EXPECT_TRUE(page->get(Role::button, "Apply").disabled);
  page->focus(Role::text_box, "Value");
  page->type("Kiel");
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(conditions(went()), json::encode(std::vector<api::Condition>{{"city", Operator::contains, "Kiel", {}}}));
}

// --- the executors of a batch's items --------------------------------------------------------------------------------

struct ExecutorFilter : ::testing::Test {
  void open(BatchTab tab = BatchTab::items, People executors = {}) {
    canned.add_everything();
    state = batch_page(tab);
    state.executors = std::move(executors);
    canned.add_items(views::items_request(state), 12, domain::batch::ItemState::executing);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_batch(ui, canned.store, state); });
  }
  std::string went() {
    const auto pushed = canned.pushed<commands::Go>();
    return pushed.empty() ? std::string() : pushed.back().path;
  }

  CannedStore canned;
  views::BatchPageState state;
  std::optional<ViewPage> page;
};

TEST_F(ExecutorFilter, asks_for_several_people_and_the_address_carries_them) {
  open();
  page->click(Role::button, "Executor");
  page->frames(4);
  page->activate(Role::option, "李莉");
  page->frames(2);
  page->activate(Role::option, "赵路");
  page->frames(2);
  page->click(Role::button, "Apply");
  const std::string address = went();
  views::BatchPageState back;
  views::read_route(commands::parse_route(address), back);
  EXPECT_EQ(back.executors, (People{{10}, {12}})) << address;
  EXPECT_EQ(views::items_request(back).executors, (People{{10}, {12}}));
  EXPECT_EQ(views::address_of(back), address);
}

TEST_F(ExecutorFilter, finds_who_has_left) {
  open();
  page->click(Role::button, "Executor");
  page->frames(4);
  page->activate(Role::option, "林雪");
  page->frames(2);
  page->click(Role::button, "Apply");
  EXPECT_EQ(went(), "/batches/7?executors=17");
}

TEST_F(ExecutorFilter, is_a_chip_and_a_bar_that_shows_all_again) {
  open(BatchTab::items, {{10}, {12}});
  EXPECT_NE(page->find(Role::button, "Executor is one of 李莉, 赵路"), nullptr);
  EXPECT_TRUE(page->shows("Filtered: 12 customers shown"));
  page->click(Role::button, "Show all");
  EXPECT_EQ(went(), "/batches/7");
}

TEST_F(ExecutorFilter, that_is_lifted_forgets_that_everything_it_showed_was_ticked) {
  open(BatchTab::items, {{10}});
  state.items.selection.all_of_query = true;
  state.confirm.selection.all_of_query = true;
  page->frames(2);
  page->click(Role::button, "Show all");
  EXPECT_TRUE(state.items.selection.empty()) << "it would be the whole batch";
  EXPECT_TRUE(state.confirm.selection.empty());
}

TEST_F(ExecutorFilter, is_taken_away_by_its_cross) {
  open(BatchTab::confirm, {{10}});
  page->click(Role::button, "Remove this condition");
  EXPECT_EQ(went(), "/batches/7/confirm");
}

TEST_F(ExecutorFilter, says_nothing_of_those_who_need_an_executor) {
  state = batch_page(BatchTab::allocate);
  state.executors = {{10}};
  EXPECT_TRUE(views::items_request(state).executors.empty());
}

TEST_F(ExecutorFilter, goes_along_with_what_is_done_to_everything_that_the_list_shows) {
  open(BatchTab::items, {{10}});
  canned.store.items.open(store::Store::key_of(views::items_request(state))).total.count = 900;
  state.items.selection.all_of_query = true;
  page->frames(3);
  page->click(Role::button, "Reset");
  const auto pushed = canned.pushed<commands::OpenDialog>();
  ASSERT_EQ(pushed.size(), 1u);
  const auto& change = std::get<commands::ChangeSelection>(pushed[0].dialog);
  EXPECT_EQ(change.request.selection.executors, (People{{10}}));
  EXPECT_TRUE(change.at_most) << "the counters by state are of everybody";
}

// --- the owner of one customer ---------------------------------------------------------------------------------------

struct OwnerOfOne {
  explicit OwnerOfOne(commands::Dialog what, domain::access::Role role = domain::access::Role::manager) : canned(role) {
    canned.add_everything();
    state.what = std::move(what);
    page.emplace(canned, [this](ui::Ui& ui) { views::draw_dialog(ui, canned.store, state); });
  }
  CannedStore canned;
  views::DialogState state{.form = 200, .what = {}, .draft = {}};
  std::optional<ViewPage> page;
};

TEST(CustomerOwner, is_shown_and_changed_by_picking_one_person) {
  OwnerOfOne t(commands::EditCustomer{{901}});
  EXPECT_TRUE(t.page->shows("李莉"));
  t.page->click(Role::button, "Change owner");
  t.page->frames(3);
  t.page->activate(Role::option, "陈曦");
  t.page->frames(2);
  t.page->click(Role::button, "Save");
  const auto pushed = t.canned.pushed<commands::UpdateCustomer>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.owner, PersonId{13});
  EXPECT_FALSE(pushed[0].request.name) << "only what differs";
}

TEST(CustomerOwner, that_stays_is_not_sent) {
  OwnerOfOne t(commands::EditCustomer{{901}});
  t.page->click(Role::button, "Save");
  const auto pushed = t.canned.pushed<commands::UpdateCustomer>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_FALSE(pushed[0].request.owner);
}

TEST(CustomerOwner, of_a_new_one_is_who_makes_it_unless_somebody_is_picked) {
  for (const bool picks : {false, true}) {
    OwnerOfOne t(commands::NewCustomer{});
    EXPECT_TRUE(t.page->shows("周敏"));
    if (picks) {
      t.page->click(Role::button, "Change owner");
      t.page->frames(3);
      t.page->activate(Role::option, "赵路");
      t.page->frames(2);
    }
    t.page->click(Role::button, "Save");
    const auto pushed = t.canned.pushed<commands::AddCustomer>();
    ASSERT_EQ(pushed.size(), 1u);
    EXPECT_EQ(pushed[0].request.owner, picks ? std::optional<PersonId>({12}) : std::nullopt);
  }
}

TEST(CustomerOwner, is_not_for_members_to_change_and_a_refusal_stands_beside_it) {
  OwnerOfOne member(commands::NewCustomer{}, domain::access::Role::member);
  EXPECT_TRUE(member.page->shows("周敏"));
  EXPECT_EQ(member.page->find(Role::button, "Change owner"), nullptr);
  OwnerOfOne t(commands::EditCustomer{{901}});
  store::Problem problem;
  problem.fields = {{"owner", "customer.owner_out_of_scope", "This person is outside your departments."}};
  t.canned.store.forms[200].problem = problem;
  t.page->frames(2);
  EXPECT_TRUE(t.page->shows("This person is outside your departments."));
}

// --- who takes over an item ------------------------------------------------------------------------------------------

TEST(TransferTargets, are_found_by_initials_and_only_who_may_have_it_is_picked) {
  OwnerOfOne t(commands::TransferItem{{31}}, domain::access::Role::member);
  EXPECT_TRUE(t.page->get(Role::option, "吴天明").disabled);
  t.page->activate(Role::option, "吴天明");
  t.page->frames(2);
  t.page->click(Role::button, "Transfer");
  EXPECT_TRUE(t.canned.pushed<commands::TransferItemNow>().empty()) << "they have no room";
  t.page->focus(Role::combo_box, "To whom: search by name or initials");
  t.page->type("zl");
  t.page->frames(2);
  EXPECT_EQ(t.page->count(Role::option), 1);
  t.page->key(ui::Key::enter);
  t.page->frames(3);
  EXPECT_NE(t.page->find(Role::button, "Take out 赵路"), nullptr);
  t.page->click(Role::button, "Transfer");
  const auto pushed = t.canned.pushed<commands::TransferItemNow>();
  ASSERT_EQ(pushed.size(), 1u);
  EXPECT_EQ(pushed[0].request.target, PersonId{12});
}

TEST(TransferTargets, are_found_by_department_with_those_below) {
  OwnerOfOne t(commands::TransferItem{{31}}, domain::access::Role::member);
  const auto choose = [&](const char* department) {
    t.page->activate(Role::combo_box, "Department");
    t.page->frames(4);
    t.page->activate(Role::option, department);
    t.page->frames(4);
  };
  EXPECT_EQ(t.page->count(Role::option), 3);
  choose("客服一组");
  EXPECT_EQ(t.page->count(Role::option), 2);
  EXPECT_EQ(t.page->find(Role::option, "赵路"), nullptr);
  choose("客服部");
  EXPECT_EQ(t.page->count(Role::option), 3) << "those of the departments below are there too";
}

}  // namespace
}  // namespace tw::test
