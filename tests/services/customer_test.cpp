// Customers through the door: who reaches what, what is masked, what an edit changes and logs.
#include "api/customer.h"

#include <gtest/gtest.h>

#include "api/customer_field.h"
#include "api/customer_timeline.h"
#include "services/customer_store.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using api::AddCustomer;
using api::AddCustomerNote;
using api::CountCustomers;
using api::CustomerTimeline;
using api::QueryCustomers;
using api::UpdateCustomer;
using api::ViewCustomer;
using test::Caller;
using test::Role;
using test::TestWorld;

class CustomerTest : public ::testing::Test {
 protected:
  TestWorld world;
  // North holds Harbour; South stands beside them.
  DepartmentId north = world.add_department("North");
  DepartmentId harbour = world.add_department("Harbour", north);
  DepartmentId south = world.add_department("South");
  Caller admin = world.administrator();
  Caller manager = world.sign_in("Manager", Role::manager, north);
  Caller member = world.sign_in("Member", Role::member, harbour);
  Caller colleague = world.sign_in("Colleague", Role::member, harbour);
  Caller stranger = world.sign_in("Stranger", Role::member, south);

  api::CustomerDetail add(const Caller& who, AddCustomer::Request request) {
    const auto added = world.call<AddCustomer>(who, request);
    EXPECT_TRUE(added) << added.problem.detail;
    return added ? *added : api::CustomerDetail{};
  }
  CustomerId add_for(PersonId owner, std::string name, std::string phone = "13812345678") {
    AddCustomer::Request request;
    request.name = std::move(name);
    request.phone = std::move(phone);
    request.email = "a.berg@example.com";
    request.owner = owner;
    return add(admin, request).row.customer;
  }
  std::vector<std::string> names(const Caller& who, api::CustomerQuery query = {}, api::Sort sort = {}) {
    QueryCustomers::Request request;
    request.query = std::move(query);
    request.sort = std::move(sort);
    const auto page = world.call<QueryCustomers>(who, request);
    EXPECT_TRUE(page) << page.reply.body;
    std::vector<std::string> out;
    if (page)
      for (const auto& row : page->rows) out.push_back(row.name);
    return out;
  }
};

using Names = std::vector<std::string>;

TEST_F(CustomerTest, lists_show_masked_phones_and_the_detail_shows_them_whole) {
  const CustomerId customer = add_for(member.person, "Acme");
  const auto page = world.call<QueryCustomers>(member, {});
  ASSERT_EQ(page->rows.size(), 1u);
  EXPECT_EQ(page->rows[0].phone, "138****5678");
  EXPECT_EQ(page->rows[0].email, "a***@example.com");
  const auto detail = world.call<ViewCustomer>(member, {customer});
  EXPECT_EQ(detail->phone, "13812345678");
  EXPECT_EQ(detail->email, "a.berg@example.com");
  EXPECT_EQ(detail->row.phone, "138****5678");
}

TEST_F(CustomerTest, each_role_lists_what_its_scope_reaches) {
  add_for(member.person, "a of member");
  add_for(colleague.person, "b of colleague");
  add_for(stranger.person, "c of stranger");
  add_for(manager.person, "d of manager");
  EXPECT_EQ(names(admin).size(), 4u);
  EXPECT_EQ(names(manager), (Names{"a of member", "b of colleague", "d of manager"}));
  EXPECT_EQ(names(member), (Names{"a of member"}));
  EXPECT_EQ(names(stranger), (Names{"c of stranger"}));
}

TEST_F(CustomerTest, a_view_shows_less_than_the_scope_and_never_more) {
  add_for(member.person, "a");
  add_for(manager.person, "b");
  add_for(stranger.person, "c");
  EXPECT_EQ(names(manager, {api::CustomerView::own, {}, {}}), (Names{"b"}));
  EXPECT_EQ(names(manager, {api::CustomerView::department, {}, {}}), (Names{"a", "b"}));
  EXPECT_EQ(names(member, {api::CustomerView::all, {}, {}}), (Names{"a"}));
  EXPECT_EQ(names(member, {api::CustomerView::department, {}, {}}), (Names{"a"}));
  EXPECT_EQ(names(admin, {api::CustomerView::own, {}, {}}), Names{});
}

// Every operation that takes a customer's id, on a row one scope too far: exactly as if it did not exist.
TEST_F(CustomerTest, every_operation_refuses_a_row_one_scope_too_far) {
  const CustomerId foreign = add_for(stranger.person, "Foreign");
  for (const Caller& who : {member, manager}) {
    EXPECT_EQ(world.call<ViewCustomer>(who, {foreign}).status(), 404);
    EXPECT_EQ(world.call<CustomerTimeline>(who, {foreign, "", 10}).status(), 404);
    EXPECT_EQ(world.call<AddCustomerNote>(who, {foreign, "hello"}).status(), 404);
    UpdateCustomer::Request update;
    update.customer = foreign;
    update.version = {1};
    update.name = "Stolen";
    EXPECT_EQ(world.call<UpdateCustomer>(who, update).status(), 404);
    api::CustomerQuery query;
    query.search = "Foreign";
    EXPECT_EQ(names(who, query), Names{});
    EXPECT_EQ(world.call<CountCustomers>(who, {query})->count, 0);
    api::CustomerQuery by_owner;
    by_owner.filter.conditions.push_back({"owner", api::Operator::equals, std::to_string(stranger.person.value), {}});
    EXPECT_EQ(names(who, by_owner), Names{});
  }
  EXPECT_EQ(world.call<ViewCustomer>(admin, {foreign})->row.name, "Foreign");
  EXPECT_EQ(world.count("SELECT count(*) FROM customer_log"), 1) << "a refused note or edit was logged";
}

TEST_F(CustomerTest, a_member_adds_for_themselves_only) {
  AddCustomer::Request request;
  request.name = "Mine";
  const auto mine = add(member, request);
  EXPECT_EQ(mine.row.owner, member.person);
  EXPECT_EQ(mine.row.department, harbour);
  request.owner = colleague.person;
  EXPECT_EQ(world.call<AddCustomer>(member, request).status(), 403);
  request.owner.reset();
  request.department = south;
  EXPECT_EQ(world.call<AddCustomer>(member, request).status(), 403);
}

TEST_F(CustomerTest, a_manager_gives_customers_to_their_own_departments_only) {
  AddCustomer::Request request;
  request.name = "Given";
  request.owner = member.person;
  EXPECT_EQ(add(manager, request).row.department, harbour);
  request.owner = stranger.person;
  const auto refused = world.call<AddCustomer>(manager, request);
  EXPECT_EQ(refused.status(), 400);
  EXPECT_TRUE(refused.problem.names("owner"));
  request.owner = member.person;
  request.department = south;
  EXPECT_TRUE(world.call<AddCustomer>(manager, request).problem.names("department"));
}

TEST_F(CustomerTest, that_belongs_to_nobody_stays_where_it_was_made) {
  AddCustomer::Request request;
  request.name = "Nobody's";
  request.owner = PersonId{};
  const auto added = add(manager, request);
  EXPECT_FALSE(added.row.owner);
  EXPECT_EQ(added.row.department, north);
  EXPECT_EQ(names(manager), Names{"Nobody's"}) << "whoever makes a customer sees it";
}

TEST_F(CustomerTest, an_edit_with_a_stale_version_is_a_conflict_and_changes_nothing) {
  const CustomerId customer = add_for(member.person, "Acme");
  UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {1};
  update.name = "Acme Two";
  EXPECT_EQ(world.call<UpdateCustomer>(member, update)->row.version.value, 2);
  update.name = "Acme Three";
  EXPECT_EQ(world.call<UpdateCustomer>(member, update).status(), 409);
  EXPECT_EQ(world.call<ViewCustomer>(member, {customer})->row.name, "Acme Two");
}

TEST_F(CustomerTest, an_edit_names_the_changed_fields_in_the_timeline) {
  const CustomerId customer = add_for(member.person, "Acme");
  world.clock.advance(minutes(1));
  UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {1};
  update.city = "上海";
  update.name = "Acme";  // as it is
  update.score = 40;
  ASSERT_TRUE(world.call<UpdateCustomer>(member, update));
  const auto timeline = world.call<CustomerTimeline>(member, {customer, "", 10});
  ASSERT_EQ(timeline->entries.size(), 2u);
  EXPECT_EQ(timeline->entries[0].kind, api::TimelineKind::changed);
  EXPECT_EQ(timeline->entries[0].text, "city,score");
  EXPECT_EQ(timeline->entries[0].actor_name, "Member");
  EXPECT_EQ(timeline->entries[1].kind, api::TimelineKind::created);
}

TEST_F(CustomerTest, an_edit_that_changes_nothing_leaves_version_and_timeline) {
  const CustomerId customer = add_for(member.person, "Acme");
  UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {1};
  update.name = " Acme ";
  EXPECT_EQ(world.call<UpdateCustomer>(member, update)->row.version.value, 1);
  EXPECT_EQ(world.call<CustomerTimeline>(member, {customer, "", 10})->entries.size(), 1u);
}

TEST_F(CustomerTest, correcting_the_phone_clears_the_number_error) {
  const CustomerId customer = add_for(member.person, "Acme");
  world.change([&](Work& work) { set_number_error(work, world.actor(member.person), customer, true); });
  UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {2};
  update.phone = "13900000000";
  const auto changed = world.call<UpdateCustomer>(member, update);
  ASSERT_TRUE(changed) << changed.problem.detail;
  EXPECT_FALSE(changed->row.number_error);
  EXPECT_EQ(world.call<CustomerTimeline>(member, {customer, "", 10})->entries[0].text, "phone,number_error");
}

TEST_F(CustomerTest, a_new_owner_takes_the_customer_into_their_department) {
  const CustomerId customer = add_for(member.person, "Acme");
  UpdateCustomer::Request update;
  update.customer = customer;
  update.version = {1};
  update.owner = stranger.person;
  EXPECT_EQ(world.call<UpdateCustomer>(member, update).status(), 403);
  const auto moved = world.call<UpdateCustomer>(admin, update);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->row.department, south);
  EXPECT_EQ(world.call<ViewCustomer>(member, {customer}).status(), 404);
  EXPECT_EQ(names(stranger), Names{"Acme"});
}

TEST_F(CustomerTest, a_note_is_a_follow_up_but_no_edit) {
  const CustomerId customer = add_for(member.person, "Acme");
  world.clock.advance(hours(1));
  ASSERT_TRUE(world.call<AddCustomerNote>(member, {customer, "called, will call back"}));
  const auto detail = world.call<ViewCustomer>(member, {customer});
  EXPECT_EQ(detail->row.last_follow_up, world.clock.now());
  EXPECT_EQ(detail->row.version.value, 1);
  EXPECT_EQ(world.call<CustomerTimeline>(member, {customer, "", 10})->entries[0].text, "called, will call back");
  EXPECT_EQ(world.call<AddCustomerNote>(member, {customer, "  "}).status(), 400);
}

TEST_F(CustomerTest, a_timeline_pages_without_gap_or_repeat) {
  const CustomerId customer = add_for(member.person, "Acme");
  for (int i = 0; i < 25; ++i) {
    if (i % 3 == 0) world.clock.advance(seconds(1));  // several entries of one instant
    ASSERT_TRUE(world.call<AddCustomerNote>(member, {customer, "note " + std::to_string(i)}));
  }
  std::vector<std::string> texts;
  std::string after;
  do {
    const auto page = world.call<CustomerTimeline>(member, {customer, after, 7});
    ASSERT_TRUE(page);
    for (const auto& entry : page->entries)
      if (entry.kind == api::TimelineKind::note) texts.push_back(entry.text);
    after = page->next;
  } while (!after.empty());
  ASSERT_EQ(texts.size(), 25u);
  for (int i = 0; i < 25; ++i) EXPECT_EQ(texts[static_cast<std::size_t>(i)], "note " + std::to_string(24 - i));
  EXPECT_EQ(world.call<CustomerTimeline>(member, {customer, "nonsense", 7}).status(), 400);
}

TEST_F(CustomerTest, a_customer_without_a_name_sorts_and_shows_by_its_key) {
  AddCustomer::Request request;
  request.external_key = "K7";
  request.owner = member.person;
  const CustomerId customer = add(admin, request).row.customer;
  add_for(member.person, "Apple");
  add_for(member.person, "Zebra");
  EXPECT_EQ(names(member), (Names{"Apple", "", "Zebra"}));
  world.runner.read([&](Work& work) { EXPECT_EQ(customer_card(work, customer)->external_key, "K7"); });
}

// --- custom fields ---

TEST_F(CustomerTest, a_custom_field_is_a_typed_column_that_filters) {
  const auto balance = world.call<api::AddCustomerField>(
      admin, {"Balance", domain::customer::FieldType::number, {}, /*filterable*/ true});
  ASSERT_TRUE(balance) << balance.reply.body;
  const auto due = world.call<api::AddCustomerField>(admin, {"Due", domain::customer::FieldType::date, {}, false});
  const auto level = world.call<api::AddCustomerField>(
      admin, {"Level", domain::customer::FieldType::choice, {"gold", "silver"}, false});
  AddCustomer::Request request;
  request.owner = member.person;
  request.name = "Poor";
  request.values = {{balance->field, "-3.5"}, {due->field, "2026-02-28"}, {level->field, "silver"}};
  const auto poor = add(admin, request);
  request.name = "Rich";
  request.values = {{balance->field, "1000"}};
  add(admin, request);
  request.name = "Unknown";
  request.values = {};
  add(admin, request);
  ASSERT_EQ(poor.row.values.size(), 3u);
  EXPECT_EQ(poor.row.values[0].value, "-3.5");
  EXPECT_EQ(poor.row.values[1].value, "2026-02-28");

  const auto with = [&](std::string column, api::Operator op, std::string value) {
    api::CustomerQuery query;
    query.filter.conditions.push_back({std::move(column), op, std::move(value), {}});
    return names(member, query);
  };
  const std::string column = "field_" + std::to_string(balance->field.value);
  EXPECT_EQ(with(column, api::Operator::greater, "10"), Names{"Rich"});
  EXPECT_EQ(with(column, api::Operator::less, "0"), Names{"Poor"});
  EXPECT_EQ(with(column, api::Operator::is_empty, ""), Names{"Unknown"});
  EXPECT_EQ(with(column, api::Operator::not_equals, "1000"), (Names{"Poor", "Unknown"}));
  EXPECT_EQ(with("field_" + std::to_string(level->field.value), api::Operator::equals, "silver"), Names{"Poor"});
  EXPECT_EQ(with("field_" + std::to_string(due->field.value), api::Operator::at_most, "2026-03-01"), Names{"Poor"});
}

TEST_F(CustomerTest, a_custom_value_that_does_not_fit_is_refused_with_its_path) {
  const auto balance =
      world.call<api::AddCustomerField>(admin, {"Balance", domain::customer::FieldType::number, {}, false});
  const auto due = world.call<api::AddCustomerField>(admin, {"Due", domain::customer::FieldType::date, {}, false});
  AddCustomer::Request request;
  request.name = "Acme";
  for (const char* value : {"much", "1e3", ".5", "1,000", "1234567890123456"}) {
    request.values = {{due->field, "2026-01-01"}, {balance->field, value}};
    const auto refused = world.call<AddCustomer>(member, request);
    EXPECT_EQ(refused.status(), 400) << value;
    EXPECT_TRUE(refused.problem.names("values[1].value")) << value;
  }
  request.values = {{due->field, "2026-02-30"}};
  EXPECT_TRUE(world.call<AddCustomer>(member, request).problem.names("values[0].value"));
  request.values = {{{999}, "x"}};
  EXPECT_TRUE(world.call<AddCustomer>(member, request).problem.names("values[0].field"));
  EXPECT_EQ(world.count("SELECT count(*) FROM customers"), 0);
}

TEST_F(CustomerTest, fields_are_made_by_administrators_with_free_names) {
  EXPECT_EQ(world.call<api::AddCustomerField>(manager, {"A", domain::customer::FieldType::text, {}, false}).status(),
            403);
  const auto field =
      world.call<api::AddCustomerField>(admin, {" Level ", domain::customer::FieldType::text, {}, false});
  ASSERT_TRUE(field);
  EXPECT_EQ(field->name, "Level");
  EXPECT_EQ(world.call<api::AddCustomerField>(admin, {"LEVEL", domain::customer::FieldType::text, {}, false}).status(),
            409);
  EXPECT_EQ(world.call<api::AddCustomerField>(admin, {"C", domain::customer::FieldType::choice, {}, false}).status(),
            400);
  EXPECT_EQ(
      world.call<api::AddCustomerField>(admin, {"D", domain::customer::FieldType::choice, {"x", "x"}, false}).status(),
      400);
  // A name is data: it never reaches the schema.
  ASSERT_TRUE(world.call<api::AddCustomerField>(
      admin, {"x\"); DROP TABLE customers; --", domain::customer::FieldType::text, {}, true}));
  EXPECT_EQ(world.call<api::ListCustomerFields>(member, {})->rows.size(), 2u);
}

TEST_F(CustomerTest, marking_a_field_filterable_makes_its_index_and_unmarking_drops_it) {
  const auto field =
      world.call<api::AddCustomerField>(admin, {"Level", domain::customer::FieldType::choice, {"gold"}, false});
  const auto indexes = [&] {
    return world.count("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'customer_field_values_by_field_%'");
  };
  EXPECT_EQ(indexes(), 0);
  api::UpdateCustomerField::Request request{field->field, field->version, {}, true, {"silver"}};
  const auto changed = world.call<api::UpdateCustomerField>(admin, request);
  ASSERT_TRUE(changed) << changed.reply.body;
  EXPECT_EQ(changed->choices, (Names{"gold", "silver"}));
  EXPECT_EQ(indexes(), 1);
  EXPECT_EQ(world.call<api::UpdateCustomerField>(admin, request).status(), 409) << "a stale version";
  request = {field->field, changed->version, {}, false, {}};
  ASSERT_TRUE(world.call<api::UpdateCustomerField>(admin, request));
  EXPECT_EQ(indexes(), 0);
}

}  // namespace
}  // namespace tw::services
