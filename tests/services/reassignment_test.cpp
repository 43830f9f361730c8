// What reassigning is going to meet is told before, by the rules that it then obeys.
#include "api/reassignment.h"

#include <gtest/gtest.h>

#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::allocation::Obstacle;

class Reassignment : public ::testing::Test {
 protected:
  Reassignment() {
    for (const auto& row : world.fill(batch, 4)) items.push_back(row.item);
    for (int i = 0; i < 3; ++i) world.designate(batch, world.ann.person, items[static_cast<std::size_t>(i)]);
  }
  // "items; obstacle count, …"
  std::string met(PersonId executor, const std::vector<ItemId>& which) {
    const auto found = world.call<api::PreviewReassignment>(world.mia, {batch, executor, which});
    EXPECT_TRUE(found) << found.problem.key;
    std::string out = std::to_string(found->items);
    for (const auto& one : found->obstacles)
      out += "; " + std::string(wire_name(one.obstacle)) + " " + std::to_string(one.items);
    return out;
  }
  void cap(PersonId person, int holding) {
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE people SET holding_cap = :cap WHERE id = :id")
          .bind(":cap", holding)
          .bind(":id", person)
          .run();
    });
  }

  BatchWorld world;
  BatchId batch = world.create_batch();
  std::vector<ItemId> items;
};

TEST_F(Reassignment, names_soft_and_hard_obstacles_and_whom_they_concern) {
  EXPECT_EQ(met(world.bob.person, items), "3") << "the fourth is with nobody";
  cap(world.bob.person, 1);
  EXPECT_EQ(met(world.bob.person, items), "3; over_holding_cap 2") << "the first still has room";
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id")
        .bind(":id", world.item(items[0]).customer)
        .run();
  });
  EXPECT_EQ(met(world.bob.person, items), "2; do_not_contact 1; over_holding_cap 1");
  EXPECT_EQ(met(world.ann.person, items), "0") << "theirs already";
}

TEST_F(Reassignment, meets_what_was_told) {
  cap(world.bob.person, 1);
  ASSERT_EQ(met(world.bob.person, {items[0], items[1]}), "2; over_holding_cap 1");
  api::ReassignItems::Request request;
  request.batch = batch;
  request.executor = world.bob.person;
  request.rows = {world.version(items[0]), world.version(items[1])};
  request.confirmed = {Obstacle::over_holding_cap};
  const auto done = world.call<api::ReassignItems>(world.mia, request);
  for (const auto& row : done->outcomes) EXPECT_EQ(row.result, RowResult::done) << row.key;
}

TEST_F(Reassignment, is_for_who_manages_the_batch) {
  EXPECT_EQ(world.call<api::PreviewReassignment>(world.ann, {batch, world.bob.person, items}).status(), 403);
  EXPECT_EQ(world.call<api::PreviewReassignment>(world.outsider, {batch, world.bob.person, items}).status(), 404);
  EXPECT_TRUE(world.call<api::PreviewReassignment>(world.mia, {batch, PersonId{999}, items}).problem.names("executor"));
  const BatchId other = world.create_batch();
  const auto elsewhere = world.call<api::PreviewReassignment>(world.mia, {other, world.bob.person, items});
  EXPECT_EQ(elsewhere->items, 0) << "items of another batch";
}

}  // namespace
}  // namespace tw::test
