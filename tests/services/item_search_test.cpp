// Items by the name of their customer, across batches: everybody finds what they may look at, by what they may see.
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "services/customer_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

class ItemSearch : public ::testing::Test {
 protected:
  BatchWorld world;
  Caller cora = world.sign_in("Cora", Role::member);
  Caller other = world.sign_in("Olga", Role::manager, world.north);  // of the same department, not of these batches
  DepartmentId far_away = world.add_department("Far away");
  BatchId spring = make_batch("Spring");
  BatchId autumn = make_batch("Autumn");

  BatchId make_batch(std::string subject) {
    api::CreateBatch::Request request;
    request.subject = std::move(subject);
    request.co_managers = {cora.person};
    request.executors = {world.ann.person, world.bob.person, cora.person};
    return world.create_batch(std::move(request));
  }
  ItemId add(BatchId batch, CustomerId customer) {
    api::AddCustomersToBatch::Request request;
    request.batch = batch;
    request.customers = {customer};
    EXPECT_TRUE(world.call<api::AddCustomersToBatch>(world.admin, request));
    world.run_operations();
    for (const api::ItemRow& row : world.items_of(batch))
      if (row.customer == customer) return row.item;
    ADD_FAILURE() << "not added";
    return {};
  }
  std::vector<api::ItemRow> search(const Caller& who, const std::string& words, std::int64_t limit = 20) {
    const auto found = world.call<api::SearchItems>(who, {words, limit});
    EXPECT_TRUE(found) << found.reply.body;
    return found ? found->rows : std::vector<api::ItemRow>{};
  }
  std::vector<ItemId> found(const Caller& who, const std::string& words, std::int64_t limit = 20) {
    std::vector<ItemId> items;
    for (const api::ItemRow& row : search(who, words, limit)) items.push_back(row.item);
    return items;
  }
  using Items = std::vector<ItemId>;
};

TEST_F(ItemSearch, finds_items_of_all_batches_that_one_manages_and_of_no_other) {
  const CustomerId harbour = world.add_customer("Harbour Foods");
  const ItemId first = add(spring, harbour), second = add(autumn, harbour);
  add(spring, world.add_customer("Lighthouse"));
  for (const Caller& who : {world.mia, cora, world.admin}) EXPECT_EQ(found(who, "bour fo"), (Items{second, first}));
  for (const Caller& who : {world.outsider, other, world.ann}) EXPECT_EQ(found(who, "bour fo"), Items{});
  const api::ItemRow row = search(world.mia, "HARBOUR").front();
  EXPECT_EQ(row.subject, "Autumn");
  EXPECT_EQ(row.customer_name, "Harbour Foods");
  EXPECT_EQ(row.phone, "138****1234");
}

TEST_F(ItemSearch, finds_what_one_holds_while_one_holds_it_first_of_all) {
  const ItemId held = add(spring, world.add_customer("Harbour Foods"));
  const ItemId waits = add(spring, world.add_customer("Harbour Fish"));
  world.designate(spring, world.ann.person, held);
  EXPECT_EQ(found(world.ann, "Harbour"), Items{held});
  EXPECT_EQ(found(world.bob, "Harbour"), Items{});
  EXPECT_EQ(found(world.ann, "Lighthouse"), Items{});
  world.designate(spring, cora.person, waits);
  EXPECT_EQ(found(cora, "Harbour"), (Items{waits, held})) << "each once";
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {held, world.item(held).version, "done"}));
  EXPECT_EQ(found(world.ann, "Harbour"), Items{held}) << "it waits for confirmation";
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {spring, {world.version(held)}}));
  EXPECT_EQ(found(world.ann, "Harbour"), Items{});
}

TEST_F(ItemSearch, asks_for_nothing_that_the_rows_hide) {
  const CustomerId far = world.change([this](services::Work& work) {
    services::Customer made;
    made.name = "Acme";
    made.contact = "Zoe";
    made.phone = "13912345678";
    made.city = "Hangzhou";
    made.external_key = "KEY-77";
    made.department = far_away;
    return services::insert_customer(work, made);
  });
  const CustomerId nameless = world.change([](services::Work& work) {
    services::Customer made;
    made.external_key = "KEY-78";
    return services::insert_customer(work, made);
  });
  const ItemId item = add(spring, far), keyed = add(spring, nameless);
  EXPECT_EQ(found(world.mia, "Acme"), Items{item});
  EXPECT_EQ(search(world.mia, "Acme").front().city, "");
  for (const char* hidden : {"Zoe", "13912345678", "KEY-77", "5678"}) EXPECT_EQ(found(world.mia, hidden), Items{});
  EXPECT_EQ(found(world.mia, "KEY-7"), Items{keyed});
  world.designate(spring, world.ann.person, item);
  EXPECT_EQ(search(world.ann, "Acme").front().city, "Hangzhou") << "who holds it reads the customer";
  EXPECT_EQ(found(world.ann, "Zoe"), Items{});
}

TEST_F(ItemSearch, answers_no_more_than_was_asked_for_and_nothing_to_one_character) {
  for (int i = 0; i < 6; ++i) add(spring, world.add_customer("Harbour " + std::to_string(i)));
  EXPECT_EQ(found(world.mia, "Harbour", 4).size(), 4u);
  world.designate(spring, cora.person, found(world.mia, "Harbour 0").front());
  EXPECT_EQ(search(cora, "Harbour", 4).front().customer_name, "Harbour 0");
  EXPECT_EQ(found(cora, "Harbour", 4).size(), 4u);
  EXPECT_EQ(found(cora, "Harbour", 1).size(), 1u);
  EXPECT_EQ(found(world.mia, " H "), Items{});
  EXPECT_EQ(found(world.mia, ""), Items{});
}

}  // namespace
}  // namespace tw::test
