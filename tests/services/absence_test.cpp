// Who is absent for the whole handling limit: policies and claims pass them by, a manager's hand may put it aside. It
// begins on Thursday 1 January 2026, 10:00 in Shanghai; the company works from 9:00 to 12:00 and from 13:30 to 18:00,
// Monday to Friday. Ann is on leave until Sunday.
#include <gtest/gtest.h>

#include "core/date.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using domain::allocation::Obstacle;
using domain::batch::LimitUnit;

const std::vector<Obstacle> only_absent = {Obstacle::absent};

class Absence : public ::testing::Test {
 protected:
  Absence() {
    const auto company = world.call<api::ViewCalendar>(world.admin, {CalendarId{1}});
    api::CalendarContent content;
    content.name = "Ann";
    content.zone = company->row.zone;
    content.week = company->row.week;
    content.people = {world.ann.person};
    for (const char* day : {"2026-01-01", "2026-01-02"}) content.days.push_back({day, false, "", "leave"});
    const auto saved = world.call<api::AddCalendar>(world.admin, {content, {}});
    EXPECT_TRUE(saved) << saved.problem.detail;
  }
  BatchId batch_of(std::int64_t limit, LimitUnit unit = LimitUnit::days) {
    api::CreateBatch::Request request;
    request.limit = limit;
    request.limit_unit = unit;
    request.allows_transfer = true;
    return world.create_batch(request);
  }
  std::vector<std::int64_t> gets(BatchId batch, std::optional<domain::allocation::Policy> policy = {}) {
    api::PlanAllocation::Request request;
    request.batch = batch;
    request.policy = policy;  // weighted: what people are owed counts in full
    const auto plan = world.call<api::PlanAllocation>(world.mia, request);
    EXPECT_TRUE(plan) << plan.reply.body;
    std::vector<std::int64_t> list;
    for (const auto& one : plan->people) list.push_back(one.gets);
    return list;
  }
  void back_at_work() {
    world.clock.advance(days(4));  // Monday, 10:00
    world.mia = world.sign_in(world.mia.person);
    world.admin = world.sign_in(world.admin.person);
  }

  BatchWorld world;
};

TEST_F(Absence, a_policy_gives_nothing_to_who_is_absent_and_says_so) {
  const BatchId batch = batch_of(1);
  world.fill(batch, 6);
  EXPECT_EQ(gets(batch), (std::vector<std::int64_t>{0, 3, 3}));
  api::PlanAllocation::Request request;
  request.batch = batch;
  EXPECT_EQ(world.call<api::PlanAllocation>(world.mia, request)->people.at(0).obstacles, only_absent);
  request.executors = {world.ann.person};
  const auto alone = world.call<api::PlanAllocation>(world.mia, request);
  EXPECT_EQ(alone->placed, 0);
  EXPECT_EQ(alone->reasons, only_absent);
  const BatchId longer = batch_of(4), endless = batch_of(0);
  world.fill(longer, 3);
  world.fill(endless, 3);
  EXPECT_EQ(gets(longer), (std::vector<std::int64_t>{1, 1, 1})) << "she has an hour of Monday";
  EXPECT_EQ(gets(endless), (std::vector<std::int64_t>{1, 1, 1})) << "nothing is taken back from her";
  back_at_work();
  EXPECT_EQ(gets(batch), (std::vector<std::int64_t>{2, 2, 2}));
}

TEST_F(Absence, who_was_on_leave_does_not_catch_up) {
  const BatchId batch = batch_of(1);
  world.fill(batch, 20);
  world.allocate(batch);
  back_at_work();
  world.fill(batch, 6);
  EXPECT_EQ(gets(batch, domain::allocation::Policy::weighted), (std::vector<std::int64_t>{2, 2, 2}));
}

TEST_F(Absence, is_remembered_by_explanations_and_by_undo) {
  const BatchId batch = batch_of(1);
  const auto rows = world.fill(batch, 4);
  const auto accepted = world.call<api::AllocateItems>(world.mia, {.batch = batch});
  ASSERT_TRUE(accepted) << accepted.reply.body;
  world.run_operations();
  back_at_work();  // nobody is absent any more
  const auto why = world.call<api::ExplainItem>(world.mia, {rows[0].item});
  ASSERT_TRUE(why && why->plan) << why.reply.body;
  ASSERT_EQ(why->plan->excluded.size(), 1u);
  EXPECT_EQ(why->plan->excluded[0].person, world.ann.person);
  EXPECT_EQ(why->plan->excluded[0].reasons, only_absent);
  world.clock.set(world.operation(accepted->operation).created + hours(1));
  ASSERT_TRUE(world.call<api::UndoAllocation>(world.mia, {accepted->operation}));
  world.run_operations();
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM policy_ledger WHERE debt <> 0"), 0);
}

TEST_F(Absence, leave_that_begins_after_the_plan_leaves_the_items_where_they_are) {
  const BatchId batch = batch_of(1);
  world.fill(batch, 3);
  back_at_work();
  api::AllocateItems::Request request;
  request.batch = batch;
  const auto accepted = world.call<api::AllocateItems>(world.mia, request);
  ASSERT_TRUE(accepted) << accepted.reply.body;
  world.change([](services::Work& work) { work.db.prepare("UPDATE calendar_days SET day = day + 4").run(); });
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted->operation, "absent"), 1);
  EXPECT_EQ(world.outcome(accepted->operation, "assigned"), 2);
}

TEST_F(Absence, a_managers_hand_may_put_it_aside_once_it_was_named) {
  const BatchId batch = batch_of(1);
  const auto rows = world.fill(batch, 1);
  api::DesignateItems::Request request{batch, world.ann.person, world.versions(rows), {}};
  const auto refused = world.call<api::DesignateItems>(world.mia, request);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->outcomes.at(0).params.at(0).value, "absent");
  EXPECT_NE(refused->outcomes.at(0).result, api::RowResult::done);
  request.confirmed = only_absent;
  EXPECT_EQ(world.call<api::DesignateItems>(world.mia, request)->outcomes.at(0).result, api::RowResult::done);
}

TEST_F(Absence, claims_and_transfers_obey_it) {
  api::CreateBatch::Request made;
  made.limit = 1;
  made.allows_transfer = true;
  made.claim_open = true;
  const BatchId batch = world.create_batch(made);
  const auto rows = world.fill(batch, 2);
  const auto claimed = world.call<api::ClaimItems>(world.ann, {batch, {world.version(rows[0].item)}});
  ASSERT_TRUE(claimed) << claimed.reply.body;
  EXPECT_EQ(claimed->outcomes.at(0).params.at(0).value, "absent");
  EXPECT_TRUE(world.call<api::QueryClaimable>(world.ann, {batch, {}, 50})->absent);
  EXPECT_FALSE(world.call<api::QueryClaimable>(world.bob, {batch, {}, 50})->absent);
  ASSERT_EQ(world.call<api::ClaimItems>(world.bob, {batch, {world.version(rows[0].item)}})->outcomes.at(0).result,
            api::RowResult::done);
  const auto targets = world.call<api::ListTransferTargets>(world.bob, {rows[0].item});
  ASSERT_TRUE(targets);
  EXPECT_EQ(targets->targets.at(0).obstacles, only_absent);
  EXPECT_TRUE(targets->targets.at(1).obstacles.empty());
  const auto transferred = world.call<api::TransferItem>(
      world.bob, {rows[0].item, world.item(rows[0].item).version, world.ann.person, "please"});
  EXPECT_EQ(transferred.problem.key, "item.not_eligible");
}

}  // namespace
}  // namespace tw::test
