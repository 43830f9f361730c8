// Jumps into a list against the list itself: every order, both directions, scopes of one and of several departments.
#include <gtest/gtest.h>

#include "services/customer_order_store.h"
#include "services/customer_store.h"
#include "support/random.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

TEST(CustomerOrder, a_jump_lands_where_paging_arrives) {
  test::TestWorld world;
  support::Seeded random(7);
  std::vector<DepartmentId> departments;
  for (const char* name : {"A", "B", "C", "D"}) departments.push_back(world.add_department(name));
  const PersonId owner = world.add_person("Owner", test::Role::manager, departments[0]);
  world.change([&](Work& work) {
    for (int i = 0; i < 9'000; ++i) {
      Customer customer;
      customer.name = "name " + std::to_string(random.between(0, 400));
      customer.score = random.between(0, 3);
      customer.department = departments[static_cast<std::size_t>(random.one_in(3) ? 0 : random.between(0, 3))];
      if (random.one_in(5)) customer.owner = owner;
      insert_customer(work, customer);
    }
  });
  const CustomerScope three{
      CustomerScope::Kind::departments, owner, true, {departments[0], departments[1], departments[2]}};
  const CustomerScope one{CustomerScope::Kind::departments, owner, false, {departments[0]}};
  const CustomerScope own{CustomerScope::Kind::own, owner, false, {}};
  const CustomerScope all{CustomerScope::Kind::all, owner, false, {}};
  for (const CustomerScope* scope : {&three, &one, &own, &all}) {
    for (const char* column : {"name", "changed", "score"}) {
      for (const bool descending : {false, true}) {
        world.runner.read([&](Work& work) {
          OrderedCustomers ordered(work, *scope, *customer_order({column, descending}));
          const auto list = ordered.after(std::nullopt, 20'000);
          ASSERT_EQ(static_cast<std::int64_t>(list.size()), ordered.total());
          for (int i = 0; i < 12; ++i) {
            const auto offset = random.between(0, ordered.total() - 1);
            const auto page = ordered.at(offset, 20);
            ASSERT_EQ(page.size(), std::min<std::size_t>(20, list.size() - static_cast<std::size_t>(offset)));
            for (std::size_t row = 0; row < page.size(); ++row)
              ASSERT_TRUE(page[row] == list[static_cast<std::size_t>(offset) + row])
                  << column << " at " << offset << " of " << ordered.total();
            const auto behind = ordered.after(list[static_cast<std::size_t>(offset)], 20);
            ASSERT_EQ(behind.size(), std::min<std::size_t>(20, list.size() - static_cast<std::size_t>(offset) - 1));
            for (std::size_t row = 0; row < behind.size(); ++row)
              ASSERT_TRUE(behind[row] == list[static_cast<std::size_t>(offset) + 1 + row])
                  << column << " behind " << offset << " of " << ordered.total();
          }
        });
      }
    }
  }
}

}  // namespace
}  // namespace tw::services
