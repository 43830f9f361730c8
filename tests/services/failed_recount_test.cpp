// When recounting due times fails: whoever caused it hears of it, and it can be tried again.
#include <gtest/gtest.h>

#include "core/date.h"
#include "services/long_operation.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::batch::LimitCounts;
using domain::batch::LimitUnit;
using domain::batch::NoticeKind;

// In January 2026, by the clocks of Shanghai; the world begins on the 1st, at 10:00.
Instant at(int day, int hour) { return Instant{day_number({2026, 1, day}) * days(1).value} + hours(hour - 8); }

Result<services::StepResult> fails(services::Work&, services::LongOperation&) {
  return error(Code::conflict, text_key("operation.broke"));
}

class FailedRecount : public ::testing::Test {
 protected:
  FailedRecount() {
    api::CalendarContent mornings;
    mornings.name = "Berlin";
    mornings.zone = "Europe/Berlin";
    mornings.week = {"10:00-12:00", "10:00-12:00", "10:00-12:00", "10:00-12:00", "10:00-12:00", "", ""};
    mornings.departments = {berlin};
    EXPECT_TRUE(world.call<api::AddCalendar>(world.admin, {mornings, {}}));
    api::CreateBatch::Request request;
    request.limit = 1;
    request.limit_unit = LimitUnit::hours;
    request.limit_counts = LimitCounts::working;
    batch = world.create_batch(request);
    item = world.designated(batch, world.ann.person);
  }
  void move_ann(DepartmentId department) {
    api::UpdatePerson::Request move;
    move.person = world.ann.person;
    move.version = world.call<api::ViewPerson>(world.admin, {world.ann.person})->version;
    move.department = department;
    ASSERT_TRUE(world.call<api::UpdatePerson>(world.admin, move));
  }
  void run_and_fail() {
    const services::StepTable broken = {{api::OperationKind::change_calendar, &fails},
                                        {api::OperationKind::change_limit, &fails}};
    services::OperationRunner runner(world.runner, world.env, broken);
    PatientBudget patient;
    while (runner.run_one_step(patient)) {}
  }
  std::vector<api::NotificationRow> told(const Caller& who) {
    std::vector<api::NotificationRow> rows;
    const auto list = world.call<api::ListNotifications>(who, {});
    for (const auto& row : list->rows)
      if (row.kind == NoticeKind::recount_failed) rows.push_back(row);
    return rows;
  }

  BatchWorld world;
  DepartmentId berlin = world.add_department("Berlin");
  BatchId batch;
  ItemId item;
};

TEST_F(FailedRecount, is_told_who_moved_the_person_and_can_be_tried_again) {
  EXPECT_EQ(world.item(item).due_at, at(1, 11));
  move_ann(berlin);
  run_and_fail();
  EXPECT_EQ(world.item(item).due_at, at(1, 11)) << "by the old calendar";
  const auto rows = told(world.admin);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].batch, batch);
  EXPECT_EQ(rows[0].items, 1);
  EXPECT_FALSE(rows[0].read);
  ASSERT_TRUE(rows[0].operation);
  EXPECT_TRUE(told(world.mia).empty()) << "she did nothing";
  EXPECT_TRUE(told(world.ann).empty());
  const auto again = world.call<api::RetryOperation>(world.admin, {rows[0].operation});
  ASSERT_TRUE(again) << again.reply.body;
  EXPECT_EQ(again->state, api::OperationState::queued);
  EXPECT_FALSE(again->finished);
  EXPECT_FALSE(told(world.admin).at(0).operation) << "it is under way";
  EXPECT_EQ(world.call<api::ListNotifications>(world.admin, {})->unread, 0);
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(1, 18));
  EXPECT_EQ(world.operation(rows[0].operation).state, api::OperationState::done);
  EXPECT_EQ(world.call<api::RetryOperation>(world.admin, {rows[0].operation}).problem.key, "operation.has_not_failed");
}

TEST_F(FailedRecount, is_told_anew_when_it_fails_again) {
  move_ann(berlin);
  run_and_fail();
  const OperationId operation = told(world.admin).at(0).operation;
  ASSERT_TRUE(world.call<api::RetryOperation>(world.admin, {operation}));
  run_and_fail();
  const auto rows = told(world.admin);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].operation, operation);
  EXPECT_FALSE(rows[0].read);
  EXPECT_FALSE(rows[1].operation);
  EXPECT_TRUE(rows[1].read);
}

TEST_F(FailedRecount, of_a_changed_limit_is_told_its_manager_and_nobody_else_may_try_it_again) {
  const auto version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  const auto changed =
      world.call<api::ChangeLimit>(world.mia, {batch, version, 2, LimitUnit::hours, {}, LimitCounts::working});
  ASSERT_TRUE(changed) << changed.reply.body;
  run_and_fail();
  ASSERT_EQ(told(world.mia).size(), 1u);
  const OperationId operation = told(world.mia)[0].operation;
  EXPECT_EQ(world.call<api::RetryOperation>(world.ann, {operation}).status(), 403) << "she sees the batch";
  EXPECT_EQ(world.call<api::RetryOperation>(world.outsider, {operation}).status(), 404);
  // While another one is at work on the batch it would be a second.
  ASSERT_TRUE(
      world.call<api::AddCustomersToBatch>(world.mia, {batch, {world.add_customer("One more")}, {}, {}, false}));
  EXPECT_EQ(world.call<api::RetryOperation>(world.mia, {operation}).problem.key, "operation.batch_is_busy");
  world.run_operations();
  ASSERT_TRUE(world.call<api::RetryOperation>(world.mia, {operation}));
  world.run_operations();
  EXPECT_EQ(world.item(item).due_at, at(1, 12));
}

TEST_F(FailedRecount, is_all_that_can_be_tried_again_for_the_rest_is_asked_for_anew) {
  world.fill(batch, 2);
  const auto accepted = world.call<api::AllocateItems>(world.mia, {batch});
  ASSERT_TRUE(accepted) << accepted.reply.body;
  const services::StepTable broken = {{api::OperationKind::allocate, &fails}};
  services::OperationRunner runner(world.runner, world.env, broken);
  PatientBudget patient;
  while (runner.run_one_step(patient)) {}
  ASSERT_EQ(world.operation(accepted->operation).state, api::OperationState::failed);
  EXPECT_EQ(world.call<api::RetryOperation>(world.mia, {accepted->operation}).problem.key,
            "operation.cannot_be_retried");
}

}  // namespace
}  // namespace tw::test
