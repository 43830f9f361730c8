// Jumps into a list against the list itself: every order, both directions, scopes of one and of several departments.
#include <array>

#include <gtest/gtest.h>

#include "services/customer_order_store.h"
#include "services/customer_store.h"
#include "support/random.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

class CustomerOrderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"A", "B", "C", "D"}) departments.push_back(world.add_department(name));
    owner = world.add_person("Owner", test::Role::manager, departments[0]);
  }
  void add(std::int64_t name, std::int64_t score, DepartmentId department) {
    world.change([&](Work& work) {
      Customer customer;
      customer.name = "name " + std::to_string(1'000 + name);
      customer.score = score;
      customer.department = department;
      if (random.one_in(5)) customer.owner = owner;
      insert_customer(work, customer);
    });
  }
  // Every jump, and every page behind a place, against the list itself.
  void jumps_land_where_paging_arrives() {
    const CustomerScope three{
        CustomerScope::Kind::departments, owner, true, {departments[0], departments[1], departments[2]}};
    const CustomerScope one{CustomerScope::Kind::departments, owner, false, {departments[0]}};
    const CustomerScope own{CustomerScope::Kind::own, owner, false, {}};
    const CustomerScope all{CustomerScope::Kind::all, owner, false, {}};
    for (const CustomerScope* scope : {&three, &one, &own, &all})
      for (const char* column : {"name", "changed", "score"})
        for (const bool descending : {false, true}) jumps_into(*scope, {column, descending});
  }
  void jumps_into(const CustomerScope& scope, const api::Sort& sort) {
    world.runner.read([&](Work& work) {
      OrderedCustomers ordered(work, scope, *customer_order(sort));
      const auto list = ordered.after(std::nullopt, 20'000);
      ASSERT_EQ(static_cast<std::int64_t>(list.size()), ordered.total());
      for (int i = 0; i < 12; ++i) {
        const auto offset = random.between(0, ordered.total() - 1);
        is_part_of(list, offset, ordered.at(offset, 20), sort);
        is_part_of(list, offset + 1, ordered.after(list[static_cast<std::size_t>(offset)], 20), sort);
      }
    });
  }
  static void is_part_of(const std::vector<ListPlace>& list, std::int64_t from, const std::vector<ListPlace>& page,
                         const api::Sort& sort) {
    const auto first = static_cast<std::size_t>(from);
    ASSERT_EQ(page.size(), std::min<std::size_t>(20, list.size() - first));
    for (std::size_t row = 0; row < page.size(); ++row)
      ASSERT_TRUE(page[row] == list[first + row]) << sort.column << " at " << from << " of " << list.size();
  }

  test::TestWorld world;
  support::Seeded random{7};
  std::vector<DepartmentId> departments;
  PersonId owner;
};

TEST_F(CustomerOrderTest, a_jump_lands_where_paging_arrives) {
  for (int i = 0; i < 9'000; ++i)
    add(random.between(0, 400), random.between(0, 3),
        departments[static_cast<std::size_t>(random.one_in(3) ? 0 : random.between(0, 3))]);
  jumps_land_where_paging_arrives();
}

// Where departments hold different parts of the order, the first guess at a position is far off and more must follow.
TEST_F(CustomerOrderTest, a_jump_lands_there_too_where_departments_hold_different_parts) {
  for (const std::int64_t part : {0, 1, 2}) {
    world.clock.advance(seconds(1));
    for (int i = 0; i < 2'500; ++i) {
      if (i % 900 == 899) world.clock.advance(seconds(1));
      add(part * 100 + random.between(0, 130), part * 10 + random.between(0, 12),
          departments[static_cast<std::size_t>(part)]);
    }
  }
  jumps_land_where_paging_arrives();
}

TEST_F(CustomerOrderTest, rows_come_in_the_order_in_which_they_are_asked_for_without_those_who_are_gone) {
  for (int i = 0; i < 5; ++i) add(i, i, departments[0]);
  world.runner.read([&](Work& work) {
    const std::vector<CustomerId> asked = {{4}, {1}, {99}, {5}, {2}};
    const auto rows = customer_rows(work, asked);
    constexpr std::array<std::int64_t, 4> there = {4, 1, 5, 2};
    ASSERT_EQ(rows.size(), there.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int64_t expected = there[i];
      EXPECT_EQ(rows[i].customer.value, expected);
      EXPECT_EQ(rows[i].name, "name " + std::to_string(1'000 + expected - 1));
      EXPECT_EQ(rows[i].department_name, "A");
    }
    EXPECT_TRUE(customer_rows(work, {}).empty());
  });
}

}  // namespace
}  // namespace tw::services
