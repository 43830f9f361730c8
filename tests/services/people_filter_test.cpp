// Filters on people: "owner is one of" in customer lists, "executor is one of" in a batch's items. Several people at
// once, never a row more than the actor reaches, along an index that leads to theirs, and bad input by its name.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "api/customer.h"
#include "services/customer_store.h"
#include "support/batch_world.h"

namespace tw::services {
namespace {

using api::CountCustomers;
using api::Operator;
using api::QueryCustomers;
using api::QueryItems;
using test::BatchWorld;
using test::Caller;
using test::Role;

std::string written(PersonId person) { return std::to_string(person.value); }

// The plans of the statements with this in them that run while it is there: those of filters pass the cache.
class Plans {
 public:
  Plans(db::Database& database, std::string part) : database_(database), part_(std::move(part)) {
    sqlite3_trace_v2(
        database.handle(), SQLITE_TRACE_STMT,
        [](unsigned, void* self, void* statement, void*) {
          const char* const sql = sqlite3_sql(static_cast<sqlite3_stmt*>(statement));
          static_cast<Plans*>(self)->seen_.insert(sql ? sql : "");
          return 0;
        },
        this);
  }
  ~Plans() { sqlite3_trace_v2(database_.handle(), 0, nullptr, nullptr); }
  Plans(const Plans&) = delete;
  Plans& operator=(const Plans&) = delete;

  std::vector<std::string> all() {
    const std::set<std::string> seen = seen_;
    std::vector<std::string> plans;
    for (const std::string& sql : seen) {
      if (sql.find(part_) == std::string::npos) continue;
      std::string& plan = plans.emplace_back();
      for (const std::string& step :
           database_.prepare_once("EXPLAIN QUERY PLAN " + sql).all([](db::Row row) { return row.string(3); }))
        plan += step + "\n";
    }
    return plans;
  }

 private:
  db::Database& database_;
  std::string part_;
  std::set<std::string> seen_;
};

class OwnerFilter : public ::testing::Test {
 protected:
  BatchWorld world;
  DepartmentId south = world.add_department("South");
  Caller stranger = world.sign_in("Stranger", Role::member, south);

  void give(PersonId owner, DepartmentId department, int count) {
    world.change([&](Work& work) {
      for (int i = 0; i < count; ++i) {
        Customer customer;
        customer.name = "of " + written(owner) + " " + std::to_string(i);
        customer.owner = owner;
        customer.department = department;
        insert_customer(work, customer);
      }
    });
  }
  static api::CustomerQuery of(const std::vector<PersonId>& owners) {
    api::CustomerQuery query;
    auto& condition = query.filter.conditions.emplace_back();
    condition.column = "owner";
    condition.op = Operator::one_of;
    for (const PersonId owner : owners) condition.values.push_back(written(owner));
    return query;
  }
  std::vector<PersonId> owners_found(const Caller& who, const api::CustomerQuery& query, std::string sort = "name") {
    QueryCustomers::Request request;
    request.query = query;
    request.sort = {std::move(sort), false};
    request.page.limit = 7;
    std::vector<PersonId> owners;
    do {
      const auto page = world.call<QueryCustomers>(who, request);
      EXPECT_TRUE(page) << page.reply.body;
      if (!page) return owners;
      EXPECT_EQ(world.call<CountCustomers>(who, {query})->count, page->total.count);
      for (const auto& row : page->rows) owners.push_back(row.owner);
      request.page.after = page->next;
    } while (!request.page.after.empty());
    return owners;
  }
};

using People = std::vector<PersonId>;

People times(int count, PersonId person) { return People(static_cast<std::size_t>(count), person); }

TEST_F(OwnerFilter, finds_those_of_each_who_is_named_and_of_nobody_else) {
  give(world.ann.person, world.north, 9);
  give(world.bob.person, world.north, 12);
  give(world.cid.person, world.north, 200);
  give({}, world.north, 3);
  for (const char* sort : {"name", "changed", "score", "created", "city"}) {
    SCOPED_TRACE(sort);
    People found = owners_found(world.admin, of({world.ann.person, world.bob.person}), sort);
    EXPECT_EQ(std::count(found.begin(), found.end(), world.ann.person), 9);
    EXPECT_EQ(std::count(found.begin(), found.end(), world.bob.person), 12);
    EXPECT_EQ(found.size(), 21u);
  }
  EXPECT_EQ(owners_found(world.admin, of({world.cid.person})), times(200, world.cid.person)) << "most of the table";
  EXPECT_EQ(owners_found(world.admin, of({world.ann.person, world.ann.person})).size(), 9u)
      << "named twice, found once";
  EXPECT_TRUE(owners_found(world.admin, of({{987'654}})).empty()) << "nobody of this number";
}

TEST_F(OwnerFilter, shows_no_row_outside_the_actor_s_scope) {
  give(world.ann.person, world.north, 4);
  give(world.bob.person, world.north, 5);
  give(stranger.person, south, 6);
  give(stranger.person, world.north, 2);  // filed with the north
  const People everybody = {world.ann.person, world.bob.person, stranger.person};
  EXPECT_EQ(owners_found(world.mia, of({stranger.person})).size(), 2u) << "those in her department";
  EXPECT_EQ(owners_found(world.mia, of(everybody)).size(), 11u);
  EXPECT_EQ(owners_found(world.ann, of(everybody)), times(4, world.ann.person)) << "a member reaches their own";
  EXPECT_TRUE(owners_found(world.ann, of({world.bob.person})).empty());
  EXPECT_EQ(owners_found(world.admin, of(everybody)).size(), 17u);
  api::CustomerQuery own = of({world.ann.person});
  own.view = api::CustomerView::own;
  EXPECT_TRUE(owners_found(world.mia, own).empty()) << "a view is never wider than it says";
  api::CustomerQuery either = of({stranger.person});
  either.filter.combine = api::Combine::any;
  either.filter.conditions.push_back({"owner", Operator::one_of, {}, {written(world.ann.person)}});
  EXPECT_EQ(owners_found(world.mia, either).size(), 6u) << "one or the other";
  either.filter.combine = api::Combine::all;
  EXPECT_TRUE(owners_found(world.mia, either).empty()) << "one and the other";
}

TEST_F(OwnerFilter, adds_to_a_batch_what_it_shows_and_no_more) {
  give(world.ann.person, world.north, 4);
  give(stranger.person, south, 6);
  const BatchId batch = world.create_batch();
  api::AddCustomersToBatch::Request request;
  request.batch = batch;
  request.query = of({world.ann.person, stranger.person});
  ASSERT_TRUE(world.call<api::AddCustomersToBatch>(world.mia, request));
  world.run_operations();
  EXPECT_EQ(world.items_of(batch).size(), 4u);
}

TEST_F(OwnerFilter, goes_along_the_index_of_owners_where_theirs_are_few) {
  give(world.ann.person, world.north, 5);
  give(world.bob.person, world.north, 300);
  Plans plans(*world.database, "WHERE c.owner IN (SELECT value FROM json_each(");
  EXPECT_EQ(owners_found(world.admin, of({world.ann.person})).size(), 5u);
  EXPECT_EQ(owners_found(world.admin, of({world.ann.person}), "city").size(), 5u);
  ASSERT_FALSE(plans.all().empty());
  for (const std::string& plan : plans.all())
    EXPECT_NE(plan.find("INDEX customers_of_owner_by_"), std::string::npos) << plan;
}

TEST_F(OwnerFilter, bad_input_is_refused_by_its_name) {
  const auto refused = [&](const api::CustomerQuery& query, const char* path) {
    QueryCustomers::Request request;
    request.query = query;
    const auto answer = world.call<QueryCustomers>(world.admin, request);
    EXPECT_EQ(answer.status(), 400);
    EXPECT_TRUE(answer.problem.names(path)) << path << ": " << answer.reply.body;
  };
  auto query = of({world.ann.person});
  query.filter.conditions[0].values.push_back("ann");
  refused(query, "query.filter.conditions[0].values[1]");
  refused(of({}), "query.filter.conditions[0].values");
  refused(of(times(api::most_values + 1, world.ann.person)), "query.filter.conditions[0].values");
  query = of({world.ann.person});
  query.filter.conditions[0].op = Operator::contains;
  refused(query, "query.filter.conditions[0].op");
}

// --- executors of a batch's items ------------------------------------------------------------------------------------

class ExecutorFilter : public ::testing::Test {
 protected:
  BatchWorld world;
  BatchId batch = world.create_batch();

  // So many of the batch's items to this person.
  void give(BatchId of, const Caller& who, int count) {
    api::DesignateItems::Request request;
    request.batch = of;
    request.executor = who.person;
    for (const auto& row : world.items_of(of))
      if (row.state == domain::batch::ItemState::unassigned && static_cast<int>(request.rows.size()) < count)
        request.rows.push_back({row.item, row.version});
    const auto done = world.call<api::DesignateItems>(world.mia, request);
    ASSERT_TRUE(done) << done.reply.body;
  }
  QueryItems::Request of(const People& executors) const {
    QueryItems::Request request;
    request.batch = batch;
    request.executors = executors;
    return request;
  }
  People executors_found(QueryItems::Request request) {
    request.page.limit = 5;
    People executors;
    std::set<std::int64_t> seen;
    do {
      const auto page = world.call<QueryItems>(world.mia, request);
      EXPECT_TRUE(page) << page.reply.body;
      if (!page) return executors;
      for (const auto& row : page->rows) {
        EXPECT_EQ(row.batch, batch);
        EXPECT_TRUE(seen.insert(row.item.value).second) << "twice";
        executors.push_back(row.executor);
      }
      request.page.after = page->next;
      if (page->next.empty()) EXPECT_EQ(page->total.count, static_cast<std::int64_t>(executors.size()));
    } while (!request.page.after.empty());
    std::sort(executors.begin(), executors.end());
    return executors;
  }
};

TEST_F(ExecutorFilter, finds_what_each_who_is_named_has_in_this_batch) {
  world.fill(batch, 60);
  give(batch, world.ann, 7);
  give(batch, world.bob, 11);
  give(batch, world.cid, 30);
  const BatchId other = world.create_batch();
  world.fill(other, 9);
  give(other, world.ann, 9);
  for (const char* column : {"", "changed", "due_at", "customer_name", "score", "state", "executor"}) {
    for (const bool descending : {false, true}) {
      SCOPED_TRACE(std::string(column) + (descending ? " descending" : ""));
      auto request = of({world.ann.person, world.bob.person, world.ann.person});
      request.sort = {column, descending};
      People expected = times(7, world.ann.person);
      for (int i = 0; i < 11; ++i) expected.push_back(world.bob.person);
      EXPECT_EQ(executors_found(request), expected);
      request.executors = {world.cid.person};
      EXPECT_EQ(executors_found(request), times(30, world.cid.person)) << "half of the batch";
    }
  }
  auto request = of({world.ann.person, world.cid.person});
  request.states = {domain::batch::ItemState::completed};
  EXPECT_TRUE(executors_found(request).empty());
  request.states = {domain::batch::ItemState::executing};
  request.search = "customer 1";
  const People some = executors_found(request);
  EXPECT_FALSE(some.empty());
  EXPECT_LT(some.size(), 37u);
  EXPECT_TRUE(executors_found(of({world.outsider.person})).empty());
}

TEST_F(ExecutorFilter, goes_along_the_index_of_executors_where_theirs_are_few) {
  world.fill(batch, 400);
  give(batch, world.ann, 3);
  give(batch, world.bob, 100);  // among whom hers are few
  Plans plans(*world.database, " AND i.executor IN (SELECT value FROM json_each(");
  EXPECT_EQ(executors_found(of({world.ann.person})), times(3, world.ann.person));
  ASSERT_FALSE(plans.all().empty());
  for (const std::string& plan : plans.all())
    EXPECT_NE(plan.find("INDEX batch_items_of_executor"), std::string::npos) << plan;
}

TEST_F(ExecutorFilter, narrows_what_is_done_to_everything_that_the_list_shows) {
  world.fill(batch, 12);
  give(batch, world.ann, 4);
  give(batch, world.bob, 3);
  give(batch, world.cid, 2);
  api::ChangeSelectedItems::Request request;
  request.batch = batch;
  request.action = domain::batch::Action::reset;
  request.selection.executors = {world.ann.person, world.bob.person};
  ASSERT_TRUE(world.call<api::ChangeSelectedItems>(world.mia, request));
  world.run_operations();
  EXPECT_TRUE(executors_found(of({world.ann.person, world.bob.person})).empty());
  EXPECT_EQ(executors_found(of({world.cid.person})), times(2, world.cid.person));
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(ExecutorFilter, too_many_are_refused_by_name) {
  const auto answer = world.call<QueryItems>(world.mia, of(times(api::most_values + 1, world.ann.person)));
  EXPECT_EQ(answer.status(), 400);
  EXPECT_TRUE(answer.problem.names("executors")) << answer.reply.body;
  EXPECT_TRUE(world.call<QueryItems>(world.mia, of(times(api::most_values, world.ann.person))));
}

}  // namespace
}  // namespace tw::services
