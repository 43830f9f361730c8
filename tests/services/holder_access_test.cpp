// Who holds an item reads its customer and the customer's timeline while it is executing or waits for confirmation, and
// no longer; who runs a batch sees of customers outside their scope only name, masked phone and the item.
#include <string>

#include <gtest/gtest.h>

#include "services/customer_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

class HolderAccess : public ::testing::Test {
 protected:
  BatchWorld world;
  DepartmentId far_away = world.add_department("Far away");
  Caller colin = world.sign_in("Colin", Role::member);  // a co-manager without a customer of their own
  CustomerId customer = world.change([this](services::Work& work) {
    services::Customer made;
    made.name = "Acme";
    made.contact = "Zoe";
    made.phone = "13812345678";
    made.email = "zoe@example.com";
    made.city = "Hangzhou";
    made.address = "1 Harbour Road";
    made.note = "pays late";
    made.external_key = "KEY-77";
    made.score = 87;
    made.department = far_away;
    return services::insert_customer(work, made);
  });

  BatchId make_batch(bool needs_confirmation = true, std::int64_t hours = 0) {
    api::CreateBatch::Request request;
    request.needs_confirmation = needs_confirmation;
    request.limit = hours;
    request.limit_unit = domain::batch::LimitUnit::hours;
    request.co_managers = {colin.person};
    return world.create_batch(std::move(request));
  }
  // Only the administrator reaches the customer, so they put it into Mia's batch.
  ItemId held_by_ann(BatchId batch) {
    api::AddCustomersToBatch::Request add;
    add.batch = batch;
    add.customers = {customer};
    EXPECT_TRUE(world.call<api::AddCustomersToBatch>(world.admin, add));
    world.run_operations();
    const ItemId item = world.items_of(batch).front().item;
    world.designate(batch, world.ann.person, item);
    return item;
  }
  std::vector<api::ItemVersion> rows(ItemId item) { return {world.version(item)}; }

  void reads_all(const Caller& who, ItemId item, const char* when) {
    const auto detail = world.call<api::ViewCustomer>(who, {customer});
    ASSERT_EQ(detail.status(), 200) << when;
    EXPECT_EQ(detail->phone, "13812345678") << when;
    EXPECT_FALSE(detail->may_edit) << when;
    EXPECT_EQ(world.call<api::CustomerTimeline>(who, {customer, "", 10}).status(), 200) << when;
    const auto view = world.call<api::ViewItem>(who, {item});
    ASSERT_EQ(view.status(), 200) << when;
    ASSERT_TRUE(view->customer) << when;
    EXPECT_EQ(view->customer->phone, "13812345678") << when;
    EXPECT_EQ(view->row.city, "Hangzhou") << when;
  }
  // Not the customer, not the item, and never a way to change it.
  void reads_nothing(const Caller& who, ItemId item, const char* when) {
    EXPECT_EQ(world.call<api::ViewCustomer>(who, {customer}).status(), 404) << when;
    EXPECT_EQ(world.call<api::CustomerTimeline>(who, {customer, "", 10}).status(), 404) << when;
    const auto view = world.call<api::ViewItem>(who, {item});
    if (view) {
      EXPECT_FALSE(view->customer) << when;
      EXPECT_EQ(view->row.city, "") << when;
      EXPECT_EQ(view->row.score, std::nullopt) << when;
    }
    may_not_write(who, when);
  }
  void may_not_write(const Caller& who, const char* when) {
    api::UpdateCustomer::Request update;
    update.customer = customer;
    update.version = {1};
    update.name = "Mine";
    EXPECT_EQ(world.call<api::UpdateCustomer>(who, update).status(), 404) << when;
    EXPECT_EQ(world.call<api::AddCustomerNote>(who, {customer, "hello"}).status(), 404) << when;
    EXPECT_EQ(world.call<api::CountCustomers>(who, {})->count, 0) << when;
  }
};

TEST_F(HolderAccess, lasts_from_designation_to_confirmation) {
  const BatchId batch = make_batch();
  const ItemId item = held_by_ann(batch);
  reads_all(world.ann, item, "executing");
  may_not_write(world.ann, "executing: to hold is not to own");
  reads_nothing(world.bob, item, "an executor who does not hold it");
  ASSERT_TRUE(world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "called", std::nullopt}));
  reads_all(world.ann, item, "with progress");
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done"}));
  reads_all(world.ann, item, "waiting for confirmation");
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, rows(item), "once more"}));
  reads_all(world.ann, item, "returned");
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done again"}));
  ASSERT_TRUE(world.call<api::ConfirmItems>(world.mia, {batch, rows(item)}));
  ASSERT_EQ(world.item(item).state, domain::batch::ItemState::ended);
  reads_nothing(world.ann, item, "confirmed");
}

TEST_F(HolderAccess, ends_with_completing_where_nothing_is_confirmed) {
  const ItemId item = held_by_ann(make_batch(false));
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "done"}));
  reads_nothing(world.ann, item, "completed without confirmation");
}

TEST_F(HolderAccess, ends_with_abandoning) {
  const ItemId item = held_by_ann(make_batch());
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {item, world.item(item).version, "no"}));
  reads_nothing(world.ann, item, "abandoned");
}

TEST_F(HolderAccess, ends_with_recall) {
  const ItemId item = held_by_ann(make_batch(true, 2));
  world.clock.advance(hours(2) - Millis{1});
  world.recall();
  reads_all(world.ann, item, "not due yet");
  world.clock.advance(Millis{1});
  world.recall();
  reads_nothing(world.ann, item, "recalled");
}

TEST_F(HolderAccess, moves_with_the_item_to_the_next_person) {
  const BatchId batch = make_batch();
  const ItemId item = held_by_ann(batch);
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, rows(item), ""}));
  reads_nothing(world.ann, item, "reset");
  world.designate(batch, world.bob.person, item);
  reads_nothing(world.ann, item, "now with Bob");
  reads_all(world.bob, item, "now with Bob");
}

TEST_F(HolderAccess, ends_with_the_batch_however_it_ends) {
  {
    const BatchId batch = make_batch();
    const ItemId item = held_by_ann(batch);
    const auto view = world.call<api::ViewBatch>(world.mia, {batch});
    ASSERT_TRUE(world.call<api::EndBatch>(world.mia, {batch, view->summary.version, view->summary.subject}));
    reads_nothing(world.ann, item, "ended, its items not yet");
    world.run_operations();
    reads_nothing(world.ann, item, "ended");
  }
  const BatchId batch = make_batch();
  const ItemId item = held_by_ann(batch);
  const auto view = world.call<api::ViewBatch>(world.mia, {batch});
  ASSERT_TRUE(
      world.call<api::TerminateBatch>(world.mia, {batch, view->summary.version, view->summary.subject, "no budget"}));
  reads_nothing(world.ann, item, "terminated");
}

TEST_F(HolderAccess, managers_of_a_batch_see_of_foreign_customers_only_name_masked_phone_and_item) {
  const BatchId batch = make_batch();
  const ItemId item = held_by_ann(batch);
  for (const Caller& who : {world.mia, colin}) {
    reads_nothing(who, item, "a manager of the batch");
    api::QueryItems::Request query;
    query.batch = batch;
    const auto list = world.call<api::QueryItems>(who, query);
    const auto view = world.call<api::ViewItem>(who, {item});
    const auto log = world.call<api::ViewItemLog>(who, {item, 0, 50});
    ASSERT_EQ(list->rows.size(), 1u);
    EXPECT_EQ(list->rows[0].customer_name, "Acme");
    EXPECT_EQ(list->rows[0].phone, "138****5678");
    EXPECT_EQ(list->rows[0].executor_name, "Ann");
    EXPECT_EQ(view->row.customer_name, "Acme");
    for (const std::string& body : {list.reply.body, view.reply.body, log.reply.body})
      for (const char* secret : {"13812345678", "Zoe", "zoe@", "Hangzhou", "Harbour Road", "pays late", "KEY-77", "87"})
        EXPECT_EQ(body.find(secret), std::string::npos) << secret << " in " << body;
  }
  EXPECT_EQ(world.call<api::ViewItem>(world.admin, {item})->row.city, "Hangzhou") << "in scope: the whole card";
}

TEST_F(HolderAccess, searching_a_batch_s_items_asks_only_what_their_rows_show) {
  const BatchId batch = make_batch();
  held_by_ann(batch);
  const auto found = [&](const char* text) {
    api::QueryItems::Request query;
    query.batch = batch;
    query.search = text;
    const auto list = world.call<api::QueryItems>(world.mia, query);
    EXPECT_EQ(static_cast<std::int64_t>(list->rows.size()), list->total.count) << text;
    return list->rows.size();
  };
  EXPECT_EQ(found("cm"), 1u) << "the name";
  for (const char* text : {"KEY-77", "KEY", "1381", "5678", "Zoe", "zoe@", "Hang", "%", "_cme"})
    EXPECT_EQ(found(text), 0u) << text;
}

// Without a name the key stands for it, so it is what the rows show.
TEST_F(HolderAccess, a_nameless_customer_is_found_in_a_batch_by_its_key) {
  services::Customer made;
  made.external_key = "ROW-1234";
  made.department = world.north;
  const CustomerId nameless = world.change([&](services::Work& work) { return services::insert_customer(work, made); });
  const BatchId batch = world.create_batch();
  world.add(batch, {nameless});
  api::QueryItems::Request query;
  query.batch = batch;
  query.search = "row-12";
  EXPECT_EQ(world.call<api::QueryItems>(world.mia, query)->rows.size(), 1u);
}

}  // namespace
}  // namespace tw::test
