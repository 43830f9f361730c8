// What a visitor of the demo finds: asked of one world, made once, through the door and by SQL.
#include <set>

#include <gtest/gtest.h>

#include "api/allocation.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/claim.h"
#include "api/customer.h"
#include "api/import.h"
#include "api/item.h"
#include "api/notification.h"
#include "api/people.h"
#include "api/session.h"
#include "api/workbench.h"
#include "made_world.h"
#include "services/batch_store.h"
#include "services/customer_store.h"
#include "services/jobs.h"
#include "support/wrong_count.h"

namespace tw::demo {
namespace {

using api::Waiting;
using domain::batch::BatchState;
using domain::batch::ItemState;

class DemoWorldTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(the_world().problem, ""); }
  MadeWorld& world() { return the_world().made; }
  std::int64_t count(const std::string& sql) { return world().count(sql); }
  std::int64_t items(Subject subject, const std::string& where) {
    return count("SELECT count(*) FROM batch_items WHERE batch = " + std::to_string(batch_of(subject).value) + " AND " +
                 where);
  }
  api::BatchDetail batch(Subject subject, PersonId as = who::administrator) {
    const auto detail = world().call<api::ViewBatch>(world().act(as), {batch_of(subject)});
    EXPECT_TRUE(detail) << detail.problem.detail;
    return detail ? *detail : api::BatchDetail{};
  }
  api::Block block(PersonId as, Waiting what) {
    const auto workbench = world().call<api::ViewWorkbench>(world().act(as), {});
    EXPECT_TRUE(workbench) << workbench.problem.detail;
    if (workbench)
      for (const api::Block& block : workbench->blocks)
        if (block.what == what) return block;
    return {};
  }
  api::TabCounts tabs(PersonId as) {
    const auto mine = world().call<api::QueryMyItems>(world().act(as), {});
    EXPECT_TRUE(mine) << mine.problem.detail;
    return mine ? mine->counts : api::TabCounts{};
  }
};

TEST_F(DemoWorldTest, KeptCountersAgreeWithARecount) {
  world().runner.read([](services::Work& work) {
    for (const auto& wrong : services::check_customers(work)) ADD_FAILURE() << test::line_of(wrong);
    for (const auto& wrong : services::check_batches(work)) ADD_FAILURE() << test::line_of(wrong);
  });
  EXPECT_EQ(count("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST_F(DemoWorldTest, HasACompany) {
  EXPECT_EQ(count("SELECT count(*) FROM people"), people_count);
  EXPECT_EQ(count("SELECT count(*) FROM people WHERE active = 0"), 1);
  EXPECT_EQ(count("SELECT count(DISTINCT name) FROM people"), people_count);
  EXPECT_EQ(count("SELECT count(*) FROM departments"), 11);
  EXPECT_EQ(count("SELECT count(*) FROM customers"), 5000);
  EXPECT_EQ(count("SELECT count(*) FROM user_groups"), 4);
  EXPECT_EQ(count("SELECT count(*) FROM calendars"), 2);
  EXPECT_GT(count("SELECT count(*) FROM calendar_days"), 20);
  EXPECT_EQ(count("SELECT count(*) FROM policies WHERE batch IS NULL"), 3);
  EXPECT_GT(count("SELECT count(*) FROM policy_ledger"), 0);
  const auto imports = world().call<api::ListImports>(world().act(who::administrator), {});
  ASSERT_TRUE(imports);
  EXPECT_EQ(imports->rows.size(), 4u);
  for (const auto& import : imports->rows) EXPECT_EQ(import.state, api::ImportState::done);
  EXPECT_EQ(world().spool.count(), 0u);
  EXPECT_EQ(count("SELECT count(*) FROM operations WHERE state <> 'done'"), 0);
  EXPECT_TRUE(world().log.lines().empty()) << world().log.lines().front();
}

TEST_F(DemoWorldTest, HasNamesInBothLanguages) {
  const std::int64_t latin = count("SELECT count(*) FROM customers WHERE name GLOB '[A-Z]*'");
  EXPECT_GT(latin, 700);
  EXPECT_LT(latin, 1500);
  EXPECT_GT(count("SELECT count(DISTINCT name) FROM customers"), 3000);
  EXPECT_GT(count("SELECT count(*) FROM customers WHERE kind = 1"), 1500);
}

TEST_F(DemoWorldTest, FillsCustomFields) {
  for (int field = 1; field <= 5; ++field) {
    const std::string column = "field_" + std::to_string(field);
    EXPECT_GT(count("SELECT count(*) FROM customer_field_values WHERE " + column + " IS NOT NULL"), 2000) << column;
  }
}

TEST_F(DemoWorldTest, ShowsBatchesInEveryState) {
  EXPECT_EQ(count("SELECT count(*) FROM batches"), batch_count);
  for (const Subject subject : {Subject::ended, Subject::ended_claimed})
    EXPECT_EQ(batch(subject).summary.state, BatchState::ended);
  for (const Subject subject : {Subject::terminated, Subject::terminated_late}) {
    EXPECT_EQ(batch(subject).summary.state, BatchState::terminated);
    EXPECT_NE(batch(subject).termination_reason, "");
  }
  for (const Subject subject :
       {Subject::overdue, Subject::under_way, Subject::held_by_leaver, Subject::claiming_open, Subject::claiming_random,
        Subject::working_time, Subject::waiting, Subject::opens_tomorrow})
    EXPECT_EQ(batch(subject).summary.state, BatchState::active) << static_cast<int>(subject);
}

TEST_F(DemoWorldTest, ShowsItemsInEveryState) {
  const api::StateCounts counts = batch(Subject::under_way).summary.counts;
  EXPECT_GT(counts.executing, 20);
  EXPECT_GT(counts.completed, 3);
  EXPECT_GT(counts.ended, 20);
  EXPECT_GT(counts.reset, 0);
  EXPECT_GT(counts.abandoned, 0);
  EXPECT_GT(batch(Subject::waiting).summary.counts.unassigned, 100);
  EXPECT_GT(items(Subject::under_way, "state = 1 AND progress = 2"), 0) << "returned";
  // Whatever the product writes into an item's history stands in one.
  for (int action = 0; action < domain::batch::action_count; ++action) {
    const auto which = static_cast<domain::batch::Action>(action);
    using domain::batch::Action;
    if (which == Action::add || which == Action::remove || which == Action::terminate || which == Action::undo_own)
      continue;
    EXPECT_GT(count("SELECT count(*) FROM item_log WHERE action = " + std::to_string(action)), 0) << wire_name(which);
  }
}

TEST_F(DemoWorldTest, HasOverdueItems) {
  const auto detail = batch(Subject::overdue);
  ASSERT_TRUE(detail.end_date);
  EXPECT_LT(*detail.end_date, usual_now);
  EXPECT_GT(detail.summary.counts.executing, 5);
  EXPECT_GT(tabs(who::executor).overdue, 0);
  std::int64_t late = 0;
  for (std::int64_t person = who::executor.value; person < who::executor.value + 5; ++person)
    late += tabs({person}).completed_late;
  EXPECT_GT(late, 0);
  // Past the limit there is nothing: the product has taken it back.
  EXPECT_EQ(count("SELECT count(*) FROM batch_items JOIN batches ON batches.id = batch WHERE batches.state = 0 AND "
                  "due_at <= " +
                  std::to_string(usual_now.ms)),
            0);
  EXPECT_GT(block(who::east, Waiting::due_soon).items, 0);
}

TEST_F(DemoWorldTest, HasClaimingOpenForItsExecutors) {
  EXPECT_TRUE(batch(Subject::claiming_open).summary.claiming_open);
  EXPECT_TRUE(batch(Subject::claiming_random).summary.claiming_open);
  EXPECT_FALSE(batch(Subject::opens_tomorrow).summary.claiming_open);
  const auto rows =
      world().call<api::QueryClaimable>(world().act(who::claimer), {batch_of(Subject::claiming_open), {}, 50});
  ASSERT_TRUE(rows);
  EXPECT_TRUE(rows->open);
  EXPECT_GT(rows->free, 30);
  ASSERT_FALSE(rows->rows.empty());
  const auto closed =
      world().call<api::QueryClaimable>(world().act(who::claimer), {batch_of(Subject::opens_tomorrow), {}, 50});
  ASSERT_TRUE(closed);
  EXPECT_FALSE(closed->open);
  EXPECT_GT(block(who::claimer, Waiting::claimable).items, 30);
}

TEST_F(DemoWorldTest, HasCustomersToAllocate) {
  const auto detail = batch(Subject::waiting, who::key_accounts);
  EXPECT_EQ(detail.summary.counts.executing, 0);
  ASSERT_TRUE(detail.policy);
  EXPECT_EQ(detail.policy->terms.kind, domain::allocation::Policy::by_owner);
  api::PlanAllocation::Request wish;
  wish.batch = batch_of(Subject::waiting);
  const auto plan = world().call<api::PlanAllocation>(world().act(who::key_accounts), wish);
  ASSERT_TRUE(plan) << plan.problem.detail;
  EXPECT_GT(plan->placed, 100);
  EXPECT_GT(block(who::key_accounts, Waiting::needs_executor).items, 100);
}

TEST_F(DemoWorldTest, WaitsForItsManagers) {
  EXPECT_GT(block(who::east, Waiting::to_confirm).items, 0);
  EXPECT_GT(block(who::north, Waiting::held_by_disabled).items, 0);
  const api::TabCounts mine = tabs(who::executor);
  EXPECT_GT(mine.following, 0);
  EXPECT_GT(mine.within_hour, 0);
  EXPECT_GT(tabs(who::caller).to_do, 0);
  // A limit in working time has due times, and none has passed.
  EXPECT_GT(items(Subject::working_time, "due_at > " + std::to_string(usual_now.ms)), 20);
}

TEST_F(DemoWorldTest, SpreadsItsHistoryOverNinetyDays) {
  const std::string now = std::to_string(usual_now.ms);
  const struct {
    const char* table;
    const char* column;
    int weeks;  // in which something happened
  } spread[] = {{"item_log", "at", 9},        {"batch_log", "at", 9},     {"customer_log", "at", 12},
                {"customers", "created", 12}, {"notifications", "at", 9}, {"operations", "now", 9}};
  for (const auto& each : spread) {
    const std::string column = each.column, table = each.table;
    EXPECT_EQ(count("SELECT count(*) FROM " + table + " WHERE " + column + " > " + now), 0) << table;
    EXPECT_EQ(
        count("SELECT count(*) FROM " + table + " WHERE " + column + " < " + std::to_string((usual_now - days(90)).ms)),
        0)
        << table;
    EXPECT_GE(count("SELECT count(DISTINCT (" + now + " - " + column + ") / 604800000) FROM " + table), each.weeks)
        << table;
  }
  for (const char* column : {"people.changed", "people.last_seen", "batches.changed", "batches.created",
                             "batch_items.changed", "batch_items.added", "outbox.at", "customers.changed",
                             "customers.last_follow_up", "imports.created", "calendars.changed", "policies.changed"}) {
    const std::string name = column;
    EXPECT_EQ(count("SELECT count(*) FROM " + name.substr(0, name.find('.')) + " WHERE " + name + " > " + now), 0)
        << name;
  }
}

TEST_F(DemoWorldTest, MasksPhonesAndMailsInLists) {
  for (const PersonId person : {who::administrator, who::executor}) {
    api::QueryCustomers::Request query;
    query.page.limit = 200;
    const auto page = world().call<api::QueryCustomers>(world().act(person), query);
    ASSERT_TRUE(page);
    ASSERT_GT(page->rows.size(), 30u);
    for (const auto& row : page->rows) {
      EXPECT_TRUE(row.phone.empty() || row.phone.find('*') != std::string::npos) << row.phone;
      EXPECT_TRUE(row.email.empty() || row.email.find("***@") != std::string::npos) << row.email;
    }
  }
}

TEST_F(DemoWorldTest, LetsEverybodyOfTheCastAct) {
  const auto all = players(world().runner);
  ASSERT_EQ(all.size(), cast().size());
  std::set<std::string> logins;
  std::set<domain::access::Role> roles;
  for (const Player& player : all) {
    const auto session = world().call<api::ViewSession>(world().act(player.person), {});
    ASSERT_TRUE(session) << player.login;
    EXPECT_EQ(session->login, player.login);
    EXPECT_EQ(session->name, player.name);
    logins.insert(player.login);
    roles.insert(player.role);
    for (const char* language : {"zh-CN", "en"})
      EXPECT_TRUE(world().catalogs.for_language(language).has(player.about.view())) << player.about.view();
  }
  EXPECT_EQ(logins.size(), all.size());
  EXPECT_EQ(roles.size(), 3u);
  EXPECT_FALSE(all.front().department.empty());
}

TEST(DemoWorldAlone, LetsWhoeverIsAddedActToo) {
  MadeWorld made;
  while (made.world->step()) {}
  api::AddPerson::Request request;
  request.login = "added";
  request.name = "Added Later";
  const auto added = made.call<api::AddPerson>(made.act(who::administrator), request);
  ASSERT_TRUE(added);
  const auto all = players(made.runner);
  ASSERT_EQ(all.size(), cast().size() + 1);
  EXPECT_EQ(all.back().person, added->person);
  EXPECT_EQ(all.back().about.view(), "role.member");
  EXPECT_EQ(made.call<api::ViewSession>(made.act(added->person), {})->name, "Added Later");
}

TEST_F(DemoWorldTest, TellsPeopleWhatHappened) {
  for (const PersonId person : {who::east, who::executor, who::claimer, who::caller, who::co_manager}) {
    const auto told = world().call<api::ListNotifications>(world().act(person), {});
    ASSERT_TRUE(told);
    EXPECT_FALSE(told->rows.empty()) << person.value;
  }
  const auto told = world().call<api::ListNotifications>(world().act(who::executor), {});
  EXPECT_GT(told->unread, 0);
  EXPECT_LT(told->unread, static_cast<std::int64_t>(count("SELECT count(*) FROM notifications WHERE person = 9")));
}

TEST_F(DemoWorldTest, LetsNobodyInWithAPassword) {
  EXPECT_EQ(count("SELECT count(*) FROM one_time_tokens"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM people WHERE password_hash IS NULL"), 1) << "who was invited only";
  EXPECT_EQ(count("SELECT count(DISTINCT password_hash) FROM people"), 1);
  for (const char* password : {"demo", "password", "demo: nobody knows it", "tidewater"}) {
    const auto session = world().call<api::SignIn>({}, {players(world().runner)[0].login, password});
    EXPECT_EQ(session.status(), 401) << password;
  }
  EXPECT_FALSE(act_as(world().runner, who::leaver)) << "disabled";
  EXPECT_FALSE(act_as(world().runner, {4711}));
}

TEST_F(DemoWorldTest, IsMadeInAnEmptyDatabaseOnly) {
  DemoWorld again(*world().database, world().env, world().catalogs);
  while (again.step()) {}
  EXPECT_FALSE(again.done());
  EXPECT_NE(again.problem(), "");
}

TEST(HalfAWorld, IsNoneWhereOneTransactionHoldsAllSteps) {
  MadeWorld made;
  {
    db::Transaction all(*made.database);
    EXPECT_TRUE(made.world->step());
    EXPECT_EQ(made.count("SELECT count(*) FROM people"), people_count - 1);
  }
  EXPECT_EQ(made.count("SELECT count(*) FROM people"), 0);
}

TEST_F(DemoWorldTest, SaysHowFarItIs) {
  Progress last{0, 1};
  for (const Progress& step : the_world().progress) {
    EXPECT_GE(step.done, last.done);
    EXPECT_LE(step.done, step.total);
    EXPECT_LT((step.done - last.done) * 4, step.total) << "a step of a quarter of all";
    last = step;
  }
  EXPECT_GT(the_world().progress.size(), 50u);
  EXPECT_EQ(last.done, last.total);
}

TEST_F(DemoWorldTest, GoesOnWorking) {
  // The jobs of the local backend go on where the story ends: nothing is late, nothing is left over.
  class NoHurry final : public services::StepBudget {
   public:
    bool used_up() override { return false; }
  } budget;
  const auto recall = services::recall_overdue(world().runner, world().env, budget);
  EXPECT_FALSE(recall.at_once);
  ASSERT_TRUE(recall.at);
  EXPECT_GT(*recall.at, usual_now);
  EXPECT_FALSE(services::sweep(world().runner, world().env, budget).at_once);
}

}  // namespace
}  // namespace tw::demo
