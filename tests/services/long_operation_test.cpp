// The runner of long operations, with steps of the test's own.
#include "services/long_operation.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "services/operation_store.h"
#include "support/test_world.h"

namespace tw::services {
namespace {

using api::OperationKind;
using api::OperationState;
using test::Role;
using test::TestWorld;

class NoHurry final : public StepBudget {
 public:
  bool used_up() override { return false; }
};

// Writes one settings row per step, named by the cursor, until `total`.
Result<StepResult> write_one(Work& work, LongOperation& operation) {
  const std::string name = std::to_string(operation.id.value) + "/" + std::to_string(++operation.done);
  work.db.prepare("INSERT INTO settings (name, value) VALUES (:name, '')").bind(":name", name).run();
  operation.cursor = name;
  operation.count("written");
  if (operation.input == "fail at 2" && operation.done == 2) return error(Code::conflict, text_key("error.conflict"));
  if (operation.input == "throw at 2" && operation.done == 2) throw std::runtime_error("broken on purpose");
  return operation.done == operation.total ? StepResult::finished : StepResult::more;
}

class LongOperationTest : public ::testing::Test {
 protected:
  OperationId start(std::string input, std::int64_t total, BatchId batch = {},
                    OperationKind kind = OperationKind::allocate) {
    return world.change([&](Work& work) {
      auto started = start_operation(work, world.actor(ann.person), kind, batch, {}, std::move(input), total);
      EXPECT_TRUE(started.ok());
      return started.ok() ? *started : OperationId{};
    });
  }
  LongOperation row(OperationId id) {
    return world.change([&](Work& work) { return load_operation(work, id); }).value();
  }
  std::int64_t written() { return world.count("SELECT count(*) FROM settings"); }

  TestWorld world;
  test::Caller ann = world.sign_in("Ann", Role::manager);
  StepTable steps{{OperationKind::allocate, &write_one}, {OperationKind::end_all, &write_one}};
  OperationRunner runner{world.runner, world.env, steps};
  NoHurry budget;
};

TEST_F(LongOperationTest, runs_step_by_step_to_its_end) {
  const auto id = start("", 3);
  EXPECT_EQ(row(id).state, OperationState::queued);
  ASSERT_TRUE(runner.run_one_step(budget));
  EXPECT_EQ(row(id).state, OperationState::running);
  EXPECT_EQ(row(id).cursor, std::to_string(id.value) + "/1");
  while (runner.run_one_step(budget)) {}
  EXPECT_EQ(row(id).state, OperationState::done);
  EXPECT_EQ(row(id).outcomes.at(0).count, 3);
  EXPECT_TRUE(row(id).finished);
  EXPECT_EQ(written(), 3);
}

TEST_F(LongOperationTest, goes_on_at_its_cursor_with_a_new_runner) {
  const auto id = start("", 3);
  runner.run_one_step(budget);
  OperationRunner after_restart(world.runner, world.env, steps);
  while (after_restart.run_one_step(budget)) {}
  EXPECT_EQ(row(id).state, OperationState::done);
  EXPECT_EQ(written(), 3);
}

TEST_F(LongOperationTest, all_its_rows_carry_the_time_of_its_start) {
  const auto id = start("", 3);
  const auto before = row(id).now;
  world.clock.advance(hours(1));
  runner.run_one_step(budget);
  EXPECT_EQ(row(id).now, before);
}

TEST_F(LongOperationTest, a_failed_step_leaves_what_earlier_steps_did) {
  const auto id = start("fail at 2", 3);
  while (runner.run_one_step(budget)) {}
  EXPECT_EQ(row(id).state, OperationState::failed);
  EXPECT_EQ(row(id).problem, "error.conflict");
  EXPECT_EQ(row(id).done, 1);
  EXPECT_EQ(written(), 1);
}

TEST_F(LongOperationTest, a_step_that_throws_can_be_given_up) {
  const auto id = start("throw at 2", 3);
  runner.run_one_step(budget);
  EXPECT_THROW(runner.run_one_step(budget), std::runtime_error);
  EXPECT_EQ(row(id).state, OperationState::running);
  runner.fail_current(text_key("error.internal"));
  EXPECT_EQ(row(id).state, OperationState::failed);
  EXPECT_EQ(written(), 1);
}

TEST_F(LongOperationTest, a_kind_without_a_step_fails_instead_of_waiting_for_ever) {
  const auto id = start("", 1, {}, OperationKind::check_import);
  while (runner.run_one_step(budget)) {}
  EXPECT_EQ(row(id).state, OperationState::failed);
}

TEST_F(LongOperationTest, several_take_turns) {
  const auto large = start("", 100);
  const auto small = start("", 2);
  for (int i = 0; i < 4; ++i) runner.run_one_step(budget);
  EXPECT_EQ(row(small).state, OperationState::done);
  EXPECT_EQ(row(large).done, 2);
}

TEST_F(LongOperationTest, a_batch_has_one_at_a_time_and_the_second_names_it) {
  const auto first = start("", 1, BatchId{7});
  const auto try_again = [&] {
    return world.change([&](Work& work) {
      return start_operation(work, world.actor(ann.person), OperationKind::end_all, BatchId{7}, {}, "", 1);
    });
  };
  const auto refused = try_again();
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::conflict);
  EXPECT_EQ(refused.error().params.at(0).value, std::to_string(first.value));
  while (runner.run_one_step(budget)) {}
  EXPECT_TRUE(try_again().ok());
}

TEST_F(LongOperationTest, cancelling_stops_after_the_running_step_and_keeps_what_is_done) {
  const auto id = start("", 100);
  runner.run_one_step(budget);
  const auto answer = world.call<api::CancelOperation>(ann, {id});
  ASSERT_TRUE(answer) << answer.reply.body;
  EXPECT_FALSE(answer->may_cancel);
  while (runner.run_one_step(budget)) {}
  EXPECT_EQ(row(id).state, OperationState::cancelled);
  EXPECT_EQ(written(), 1);
  EXPECT_EQ(world.call<api::CancelOperation>(ann, {id}).status(), 409);
}

TEST_F(LongOperationTest, ending_a_batch_cannot_be_cancelled) {
  const auto id = start("", 100, BatchId{7}, OperationKind::end_all);
  EXPECT_EQ(world.call<api::CancelOperation>(ann, {id}).status(), 409);
  EXPECT_FALSE(world.call<api::ViewOperation>(ann, {id})->may_cancel);
}

TEST_F(LongOperationTest, others_do_not_see_it_and_administrators_do) {
  const auto id = start("", 1);
  const auto bob = world.sign_in("Bob", Role::manager);
  EXPECT_EQ(world.call<api::ViewOperation>(bob, {id}).status(), 404);
  EXPECT_EQ(world.call<api::CancelOperation>(bob, {id}).status(), 404);
  EXPECT_TRUE(world.call<api::ListOperations>(bob, {})->rows.empty());
  EXPECT_EQ(world.call<api::ViewOperation>(world.administrator(), {id}).status(), 200);
}

TEST_F(LongOperationTest, the_list_keeps_ended_ones_for_a_day_newest_first) {
  const auto first = start("", 1);
  const auto second = start("", 100);
  runner.run_one_step(budget);
  const auto list = world.call<api::ListOperations>(ann, {});
  ASSERT_TRUE(list);
  ASSERT_EQ(list->rows.size(), 2u);
  EXPECT_EQ(list->rows[0].operation, second);
  EXPECT_EQ(list->rows[1].operation, first);
  world.clock.advance(days(2));
  EXPECT_EQ(world.call<api::ListOperations>(ann, {})->rows.size(), 1u);
}

}  // namespace
}  // namespace tw::services
