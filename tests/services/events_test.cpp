// Events after commit, who is told what, and the sweep.
#include "api/events.h"

#include <gtest/gtest.h>

#include "api/people.h"
#include "api/session.h"
#include "services/jobs.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using test::Caller;
using test::Role;
using test::TestWorld;

class NoHurry final : public StepBudget {
 public:
  bool used_up() override { return false; }
};

class EventsTest : public ::testing::Test {
 protected:
  void emit(EventKind kind, std::int64_t entity, PersonId person = {}, BatchId batch = {}) {
    world.change([&](Work& work) { work.emit(kind, entity, person, batch); });
  }
  std::int64_t newest() { return world.call<api::EventsAfter>(ann, {})->newest; }
  api::EventsAfter::Response after(const Caller& who, std::int64_t seq) {
    return *world.call<api::EventsAfter>(who, {seq});
  }

  TestWorld world;
  Caller ann = world.sign_in("Ann", Role::member);
  Caller bob = world.sign_in("Bob", Role::member);
  Caller root = world.sign_in("Root", Role::administrator);
  NoHurry budget;
};

TEST_F(EventsTest, minus_one_asks_for_the_newest_number_alone) {
  emit(EventKind::person_changed, 7);
  const auto answer = after(ann, -1);
  EXPECT_EQ(answer.newest, 1);
  EXPECT_TRUE(answer.events.empty());
  EXPECT_FALSE(answer.forgotten);
}

TEST_F(EventsTest, equal_events_are_told_once) {
  for (int i = 0; i < 3; ++i) emit(EventKind::person_changed, 7);
  emit(EventKind::person_changed, 8);
  const auto answer = after(ann, 0);
  EXPECT_EQ(answer.events.size(), 2u);
  EXPECT_TRUE(after(ann, answer.newest).events.empty());
}

TEST_F(EventsTest, a_change_that_is_rolled_back_tells_nobody) {
  world.runner.change(Lane::people, [](Work& work) {
    work.emit(EventKind::person_changed, 7);
    return false;
  });
  EXPECT_EQ(newest(), 0);
}

TEST_F(EventsTest, imports_and_operations_are_told_to_their_own_and_to_administrators) {
  emit(EventKind::import_changed, 1, ann.person);
  emit(EventKind::operation_changed, 2, ann.person);
  EXPECT_EQ(after(ann, 0).events.size(), 2u);
  EXPECT_EQ(after(bob, 0).events.size(), 0u);
  EXPECT_EQ(after(root, 0).events.size(), 2u);
}

TEST_F(EventsTest, a_customer_out_of_reach_is_not_told_of) {
  emit(EventKind::customer_changed, 12345);
  EXPECT_TRUE(after(ann, 0).events.empty());
  EXPECT_EQ(after(root, 0).events.size(), 1u);
}

TEST_F(EventsTest, a_batch_that_somebody_does_not_see_is_not_told_of) {
  emit(EventKind::batch_changed, 9, {}, BatchId{9});
  emit(EventKind::item_changed, 3, {}, BatchId{9});
  emit(EventKind::operation_changed, 4, {}, BatchId{9});
  EXPECT_TRUE(after(ann, 0).events.empty());
}

TEST_F(EventsTest, who_missed_too_much_is_told_to_look_at_everything) {
  world.change([](Work& work) {
    for (int i = 0; i < 2001; ++i) work.emit(EventKind::person_changed, i + 1);
  });
  EXPECT_TRUE(after(ann, 0).forgotten);
  EXPECT_FALSE(after(ann, 1).forgotten);
  EXPECT_TRUE(after(ann, 5000).forgotten);  // a number of another database
}

TEST_F(EventsTest, the_sweep_forgets_old_events_and_never_a_number) {
  for (int i = 0; i < 5; ++i) emit(EventKind::person_changed, i + 1);
  world.clock.advance(days(2));
  const auto next = sweep(world.runner, world.env, budget);
  EXPECT_FALSE(next.at_once);
  EXPECT_TRUE(next.at);
  EXPECT_EQ(world.count("SELECT count(*) FROM outbox"), 1);
  EXPECT_EQ(newest(), 5);
  EXPECT_TRUE(after(ann, 2).forgotten);
  EXPECT_FALSE(after(ann, 4).forgotten);
  EXPECT_EQ(after(ann, 4).events.size(), 1u);
}

TEST_F(EventsTest, the_sweep_takes_a_bounded_number_and_says_that_more_is_waiting) {
  world.change([](Work& work) {
    for (int i = 0; i < 1500; ++i) work.emit(EventKind::person_changed, i + 1);
  });
  world.clock.advance(days(2));
  EXPECT_TRUE(sweep(world.runner, world.env, budget).at_once);
  EXPECT_FALSE(sweep(world.runner, world.env, budget).at_once);
  EXPECT_EQ(world.count("SELECT count(*) FROM outbox"), 1);
}

TEST_F(EventsTest, the_sweep_ends_what_has_expired_and_nothing_else) {
  const auto person = world.add_person("Cid");
  ASSERT_TRUE(world.call<api::ResetPassword>(root, {person}));
  world.call<api::SignIn>({}, {"nobody", "wrong"});
  auto keyed = test::call_of<api::AddDepartment>(root, {"North", {}});
  keyed.idempotency_key = "k";
  world.send(keyed);
  const auto rows = [&] {
    return std::vector<std::int64_t>{
        world.count("SELECT count(*) FROM sessions"), world.count("SELECT count(*) FROM one_time_tokens"),
        world.count("SELECT count(*) FROM sign_in_attempts"), world.count("SELECT count(*) FROM idempotency")};
  };
  sweep(world.runner, world.env, budget);
  EXPECT_EQ(rows(), (std::vector<std::int64_t>{3, 1, 2, 1}));
  world.clock.advance(days(7));
  sweep(world.runner, world.env, budget);
  EXPECT_EQ(rows(), (std::vector<std::int64_t>{0, 0, 0, 0}));
}

}  // namespace
}  // namespace tw::services
