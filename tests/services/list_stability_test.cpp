// Paging through a list while others work: rows are added, changed and removed between two pages. What nobody touched
// is shown exactly once, whatever the order, the scope and the filter; what moved may be shown where it is now.
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/batch_world.h"
#include "support/random.h"

namespace tw::test {
namespace {

struct SeenPage {
  std::vector<std::int64_t> ids;
  std::string next;
};
using ReadPage = std::function<SeenPage(const std::string& after)>;
using Disturb = std::function<std::vector<std::int64_t>()>;  // answers the ids that it touched

void pages_stay_whole(const ReadPage& read, const Disturb& disturb, const std::string& list) {
  constexpr int too_many = 1'000;  // pages: a cursor that does not move on
  std::set<std::int64_t> there;
  std::string after;
  for (int pages = 0; pages < too_many; ++pages) {
    const SeenPage page = read(after);
    there.insert(page.ids.begin(), page.ids.end());
    after = page.next;
    if (after.empty()) break;
  }
  ASSERT_TRUE(after.empty()) << list << " does not end";
  ASSERT_GT(there.size(), 20u) << list;
  std::set<std::int64_t> touched;
  std::map<std::int64_t, int> shown;
  for (int pages = 0; pages < too_many; ++pages) {
    const SeenPage page = read(after);
    for (const std::int64_t id : page.ids) ++shown[id];
    after = page.next;
    if (after.empty()) break;
    for (const std::int64_t id : disturb()) touched.insert(id);
  }
  EXPECT_TRUE(after.empty()) << list << " does not end";
  for (const std::int64_t id : there) {
    if (touched.count(id) != 0) continue;
    EXPECT_EQ(shown[id], 1) << list << ": row " << id;
  }
  EXPECT_LT(touched.size(), there.size()) << "something must be left that did not move";
}

class ListStability : public ::testing::Test {
 protected:
  BatchWorld world;
  DepartmentId harbour = world.add_department("Harbour", world.north);
  support::Seeded random{20261121};

  std::string name() { return "name " + std::to_string(random.between(0, 9)); }
  CustomerId add_customer() {
    api::AddCustomer::Request request;
    request.name = name();
    request.city = "城市" + std::to_string(random.between(0, 3));
    request.score = random.between(0, 5);
    request.owner = random.one_in(2) ? world.ann.person : world.mia.person;
    request.department = random.one_in(2) ? world.north : harbour;
    if (random.one_in(3)) world.clock.advance(seconds(1));  // many share their time of change, as after an import
    return world.call<api::AddCustomer>(world.admin, request)->row.customer;
  }
  // Changes one, so that it moves in every order, and adds another now and then.
  std::vector<std::int64_t> disturb_customers() {
    if (random.one_in(3)) add_customer();
    api::UpdateCustomer::Request update;
    update.customer = {random.between(1, world.count("SELECT MAX(id) FROM customers"))};
    update.version = world.call<api::ViewCustomer>(world.admin, {update.customer})->row.version;
    update.name = name() + " now";
    update.score = random.between(0, 5);
    update.city = "城市" + std::to_string(random.between(0, 3));
    EXPECT_TRUE(world.call<api::UpdateCustomer>(world.admin, update));
    return {update.customer.value};
  }
  // One item goes, one is given to somebody, one is taken back, a new one comes.
  std::vector<std::int64_t> disturb_items(BatchId batch) {
    std::vector<std::int64_t> touched;
    const auto rows = world.items_of(batch);
    const auto some = [&] {
      const auto& row = random.pick(rows);
      touched.push_back(row.item.value);
      return std::vector<api::ItemVersion>{{row.item, row.version}};
    };
    if (random.one_in(3)) world.clock.advance(seconds(1));
    world.call<api::RemoveItems>(world.mia, {batch, some()});
    world.call<api::ResetItems>(world.mia, {batch, some(), ""});
    world.call<api::DesignateItems>(world.mia, {batch, world.ann.person, some(), {}});
    world.add(batch, {add_customer()});
    return touched;
  }
};

TEST_F(ListStability, customers_in_every_order_view_and_direction) {
  for (int i = 0; i < 60; ++i) add_customer();
  for (const char* column : {"name", "changed", "score", "created", "city", "last_follow_up", "external_key"}) {
    for (const bool descending : {false, true}) {
      for (const Caller* who : {&world.admin, &world.mia, &world.ann}) {
        const auto read = [&](const std::string& after) {
          api::QueryCustomers::Request request;
          request.sort = {column, descending};
          request.page.after = after;
          request.page.limit = 12;
          const auto page = world.call<api::QueryCustomers>(*who, request);
          EXPECT_TRUE(page) << page.reply.body;
          SeenPage seen{{}, page->next};
          for (const auto& row : page->rows) seen.ids.push_back(row.customer.value);
          return seen;
        };
        pages_stay_whole(
            read, [&] { return disturb_customers(); },
            std::string("customers by ") + column + (descending ? " downwards" : ""));
      }
    }
  }
}

TEST_F(ListStability, customers_of_a_filter_and_of_a_search) {
  for (int i = 0; i < 60; ++i) add_customer();
  for (const bool searched : {false, true}) {
    for (const char* column : {"changed", "score", "city"}) {
      const auto read = [&](const std::string& after) {
        api::QueryCustomers::Request request;
        request.sort = {column, true};
        request.page.after = after;
        request.page.limit = 7;
        if (searched)
          request.query.search = "name";
        else
          request.query.filter.conditions.push_back({"do_not_contact", api::Operator::equals, "false", {}});
        const auto page = world.call<api::QueryCustomers>(world.mia, request);
        EXPECT_TRUE(page) << page.reply.body;
        SeenPage seen{{}, page->next};
        for (const auto& row : page->rows) seen.ids.push_back(row.customer.value);
        return seen;
      };
      pages_stay_whole(
          read, [&] { return disturb_customers(); },
          std::string(searched ? "found customers by " : "filtered customers by ") + column);
    }
  }
}

TEST_F(ListStability, items_of_a_batch_in_every_order) {
  const BatchId batch = world.create_batch(24);
  for (int i = 0; i < 10; ++i) world.fill(batch, 6);
  world.allocate(batch);
  world.fill(batch, 60);
  for (const char* column : {"", "changed", "due_at", "customer_name", "score", "state", "executor"}) {
    for (const bool descending : {false, true}) {
      const auto read = [&](const std::string& after) {
        api::QueryItems::Request request;
        request.batch = batch;
        request.sort = {column, descending};
        request.page.after = after;
        request.page.limit = 25;
        const auto page = world.call<api::QueryItems>(world.mia, request);
        EXPECT_TRUE(page) << page.reply.body;
        SeenPage seen{{}, page->next};
        for (const auto& row : page->rows) seen.ids.push_back(row.item.value);
        return seen;
      };
      pages_stay_whole(
          read, [&] { return disturb_items(batch); }, std::string("items by ") + column);
    }
  }
}

TEST_F(ListStability, an_executor_s_own_items) {
  for (const std::int64_t limit : {std::int64_t{0}, std::int64_t{24}}) {
    const BatchId batch = world.create_batch(limit);
    for (const auto& row : world.fill(batch, 70)) {
      world.designate(batch, world.ann.person, row.item);
      if (random.one_in(4)) world.clock.advance(seconds(1));
    }
    const auto read = [&](const std::string& after) {
      api::QueryMyItems::Request request;
      request.batch = batch;
      request.page.after = after;
      request.page.limit = 6;
      const auto page = world.call<api::QueryMyItems>(world.ann, request);
      EXPECT_TRUE(page) << page.reply.body;
      SeenPage seen{{}, page->next};
      for (const auto& row : page->rows) seen.ids.push_back(row.item.value);
      return seen;
    };
    pages_stay_whole(
        read, [&] { return disturb_items(batch); }, "own items");
  }
}

TEST_F(ListStability, batches_and_people) {
  std::vector<BatchId> batches;
  for (int i = 0; i < 40; ++i) {
    batches.push_back(world.create_batch());
    if (random.one_in(3)) world.clock.advance(seconds(1));
    world.add_person("Person " + std::to_string(random.between(0, 9)) + " number " + std::to_string(i));
  }
  const auto read_batches = [&](const std::string& after) {
    api::ListBatches::Request request;
    request.after = after;
    request.limit = 6;
    const auto page = world.call<api::ListBatches>(world.mia, request);
    EXPECT_TRUE(page) << page.reply.body;
    SeenPage seen{{}, page->next};
    for (const auto& row : page->rows) seen.ids.push_back(row.batch.value);
    return seen;
  };
  const auto edit_a_batch = [&] {
    world.create_batch();
    api::UpdateBatch::Request update;
    update.batch = random.pick(batches);
    update.version = world.call<api::ViewBatch>(world.mia, {update.batch})->summary.version;
    update.subject = "edited " + std::to_string(random.between(0, 1'000'000));
    EXPECT_TRUE(world.call<api::UpdateBatch>(world.mia, update));
    return std::vector{update.batch.value};
  };
  pages_stay_whole(read_batches, edit_a_batch, "batches");

  const auto read_people = [&](const std::string& after) {
    api::ListPeople::Request request;
    request.after = after;
    request.limit = 6;
    const auto page = world.call<api::ListPeople>(world.admin, request);
    EXPECT_TRUE(page) << page.reply.body;
    SeenPage seen{{}, page->next};
    for (const auto& row : page->rows) seen.ids.push_back(row.person.value);
    return seen;
  };
  int hired = 0;
  const auto hire_and_rename = [&] {
    world.add_person("Person " + std::to_string(random.between(0, 9)) + " hired " + std::to_string(++hired));
    api::UpdatePerson::Request update;
    update.person = {random.between(7, 40)};
    update.version = world.call<api::ViewPerson>(world.admin, {update.person})->version;
    update.name = "Renamed " + std::to_string(random.between(0, 1'000));
    EXPECT_TRUE(world.call<api::UpdatePerson>(world.admin, update));
    return std::vector{update.person.value};
  };
  pages_stay_whole(read_people, hire_and_rename, "people");
}

// A page never answers for another list: a cursor of one order is refused by another.
TEST_F(ListStability, a_cursor_of_another_order_is_refused) {
  for (int i = 0; i < 5; ++i) add_customer();
  api::QueryCustomers::Request request;
  request.sort = {"score", false};
  request.page.limit = 2;
  request.page.after = world.call<api::QueryCustomers>(world.admin, request)->next;
  ASSERT_FALSE(request.page.after.empty());
  for (const api::Sort& other : {api::Sort{"score", true}, api::Sort{"name", false}, api::Sort{"changed", false}}) {
    request.sort = other;
    const auto answer = world.call<api::QueryCustomers>(world.admin, request);
    EXPECT_EQ(answer.status(), 400) << other.column;
    EXPECT_TRUE(answer.problem.names("page.after")) << other.column;
  }
}

}  // namespace
}  // namespace tw::test
