// Many people claim at once, over HTTP, on the server that ships: whoever commits first has an item, and caps hold to
// the last one.
#include <atomic>
#include <map>
#include <thread>

#include <gtest/gtest.h>

#include "api/batch.h"
#include "api/claim.h"
#include "api/customer.h"
#include "api/operation.h"
#include "api/people.h"
#include "support/server/http_door.h"
#include "support/server/running_server.h"

namespace tw::test {
namespace {

using domain::access::Role;
using domain::batch::ClaimMode;

class ClaimRace : public ::testing::Test {
 protected:
  static constexpr int people = 10, tries = 20, items = 50;  // 200 claims at once

  ClaimRace() {
    root = server.administrator();
    for (int i = 0; i < people; ++i)
      executors.push_back(server.person(root, "executor" + std::to_string(i), Role::member));
  }

  BatchId open_batch(ClaimMode mode, std::int64_t count) {
    api::CreateBatch::Request create;
    create.subject = "Race";
    create.claim_open = true;
    create.claim_mode = mode;
    create.claim_count = count;
    for (const Caller& one : executors) create.executors.push_back(one.person);
    const BatchId batch = call<api::CreateBatch>(server, root, create)->summary.batch;
    api::AddCustomersToBatch::Request add;
    add.batch = batch;
    for (int i = 0; i < items; ++i) {
      api::AddCustomer::Request customer;
      customer.name = "Customer " + std::to_string(i);
      add.customers.push_back(call<api::AddCustomer>(server, root, customer)->row.customer);
    }
    const auto running = call<api::AddCustomersToBatch>(server, root, add);
    EXPECT_TRUE(running) << running.problem.key;
    while (call<api::ViewOperation>(server, root, {running->operation})->state != api::OperationState::done)
      std::this_thread::yield();
    return batch;
  }
  void cap_everybody(std::int64_t cap) {
    for (const Caller& one : executors) {
      api::UpdatePerson::Request change;
      change.person = one.person;
      const auto listed = call<api::ListPeople>(server, root, {});
      for (const auto& row : listed->rows)
        if (row.person == one.person) change.version = row.version;
      change.holding_cap = cap;
      const auto changed = call<api::UpdatePerson>(server, root, change);
      ASSERT_TRUE(changed) << changed.problem.key;
    }
  }

  // Everybody at once, each so many times from a thread of its own.
  template <class F>
  void race(F&& once) {
    std::atomic<bool> go = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < people * tries; ++i)
      threads.emplace_back([&, i] {
        HttpDoor door(server.port());
        while (!go) std::this_thread::yield();
        once(door, executors[static_cast<std::size_t>(i % people)], i);
      });
    go = true;
    for (auto& thread : threads) thread.join();
  }

  std::map<std::int64_t, std::int64_t> held_by_person(BatchId batch) {
    std::map<std::int64_t, std::int64_t> held;
    const auto seen = call<api::ViewBatch>(server, root, {batch});
    for (const auto& person : seen->executors) held[person.person.value] = person.counts.executing;
    return held;
  }

  RunningServer server;
  Caller root;
  std::vector<Caller> executors;
};

TEST_F(ClaimRace, has_exactly_as_many_winners_as_items) {
  const BatchId batch = open_batch(ClaimMode::pick, 1);
  std::vector<api::ItemVersion> rows;
  const auto listed = call<api::QueryClaimable>(server, executors[0], {batch, {}, 200});
  for (const auto& row : listed->rows) rows.push_back({row.item, row.version});
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(items));
  std::atomic<int> winners = 0, losers = 0;
  race([&](HttpDoor& door, const Caller& who, int i) {
    const auto answer = call<api::ClaimItems>(door, who, {batch, {rows[static_cast<std::size_t>(i / 4)]}});
    ASSERT_TRUE(answer) << answer.problem.key;
    (answer->outcomes.at(0).result == api::RowResult::done ? winners : losers) += 1;
  });
  EXPECT_EQ(winners, items);
  EXPECT_EQ(losers, people * tries - items);
  std::int64_t held = 0;
  for (const auto& [person, count] : held_by_person(batch)) held += count;
  EXPECT_EQ(held, items);
}

TEST_F(ClaimRace, gives_nobody_more_than_their_cap) {
  cap_everybody(3);
  const BatchId batch = open_batch(ClaimMode::pick, 1);
  std::vector<api::ItemVersion> rows;
  const auto listed = call<api::QueryClaimable>(server, executors[0], {batch, {}, 200});
  for (const auto& row : listed->rows) rows.push_back({row.item, row.version});
  std::atomic<int> winners = 0;
  race([&](HttpDoor& door, const Caller& who, int i) {
    const std::size_t from = static_cast<std::size_t>(i * 7 % items);
    const auto answer = call<api::ClaimItems>(
        door, who, {batch, {rows[from], rows[(from + 1) % items], rows[(from + 2) % items], rows[(from + 3) % items]}});
    ASSERT_TRUE(answer) << answer.problem.key;
    for (const auto& outcome : answer->outcomes) winners += outcome.result == api::RowResult::done;
  });
  EXPECT_LE(winners, people * 3);
  std::int64_t held = 0;
  for (const auto& [person, count] : held_by_person(batch)) {
    EXPECT_LE(count, 3);
    held += count;
  }
  EXPECT_EQ(held, winners);
}

TEST_F(ClaimRace, draws_each_item_once_and_to_each_exactly_what_there_is_room_for) {
  cap_everybody(4);
  const BatchId batch = open_batch(ClaimMode::random, 10);
  std::atomic<int> drawn = 0;
  race([&](HttpDoor& door, const Caller& who, int) {
    const auto answer = call<api::ClaimAtRandom>(door, who, {batch});
    if (answer) drawn += static_cast<int>(answer->items.size());
  });
  EXPECT_EQ(drawn, people * 4);
  for (const auto& [person, count] : held_by_person(batch)) EXPECT_EQ(count, 4);
}

}  // namespace
}  // namespace tw::test
