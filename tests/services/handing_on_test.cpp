// What executors do besides writing: transfers to colleagues, results in one press, the tabs that show them; and the
// manager's reassignment.
#include <set>

#include <gtest/gtest.h>

#include "api/customer.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::MyItemsTab;
using api::RowResult;
using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::QuickResult;

class HandingOn : public ::testing::Test {
 protected:
  HandingOn() {
    api::CreateBatch::Request request;
    request.allows_transfer = true;
    request.limit = 5;
    request.limit_unit = domain::batch::LimitUnit::hours;
    batch = world.create_batch(std::move(request));
    item = world.designated(batch, world.ann.person);
  }

  Answer<Done> transfer(const Caller& from, const Caller& to, ItemId what) {
    return world.call<api::TransferItem>(from, {what, world.item(what).version, to.person, "yours now"});
  }
  Answer<api::ItemDetail> quick(QuickResult result, ItemId what) {
    return world.call<api::SaveQuickResult>(world.ann, {what, world.item(what).version, result});
  }
  Answer<api::QueryMyItems::Response> tab(const Caller& who, MyItemsTab of, std::string after = {}) {
    api::QueryMyItems::Request request;
    request.tab = of;
    request.page.limit = 2;
    request.page.after = std::move(after);
    return world.call<api::QueryMyItems>(who, request);
  }
  std::vector<std::int64_t> everything(const Caller& who, MyItemsTab of) {
    std::vector<std::int64_t> ids;
    std::string after;
    do {
      const auto page = tab(who, of, after);
      EXPECT_TRUE(page) << page.problem.key;
      if (!page) break;
      for (const auto& row : page->rows) ids.push_back(row.item.value);
      after = page->next;
    } while (!after.empty() && ids.size() < 100);
    return ids;
  }

  BatchWorld world;
  BatchId batch;
  ItemId item;
};

// --- transfer --------------------------------------------------------------------------------------------------------

TEST_F(HandingOn, a_transfer_changes_the_executor_and_leaves_the_clock_running) {
  const auto before = world.item(item);
  world.clock.advance(hours(1));
  ASSERT_TRUE(transfer(world.ann, world.bob, item));
  const auto after = world.item(item);
  EXPECT_EQ(after.executor, world.bob.person);
  EXPECT_EQ(after.state, ItemState::executing);
  EXPECT_EQ(after.due_at, before.due_at);
  EXPECT_EQ(world.call<api::ViewItem>(world.ann, {item}).status(), 404);
  const auto log = world.call<api::ViewItem>(world.bob, {item})->log;
  EXPECT_EQ(log.at(0).action, Action::transfer);
  EXPECT_EQ(log.at(0).text, "yours now");
  EXPECT_EQ(log.at(0).actor, world.ann.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(HandingOn, each_of_the_two_sees_a_transfer_and_who_gave_nothing_of_what_came_after) {
  ASSERT_TRUE(transfer(world.ann, world.bob, item));
  const Instant then = world.clock.now();
  world.clock.advance(hours(1));
  ASSERT_TRUE(world.call<api::SaveProgress>(world.bob, {item, world.item(item).version, "secret", std::nullopt}));
  const auto out = tab(world.ann, MyItemsTab::transferred_out);
  ASSERT_EQ(out->rows.size(), 1u);
  EXPECT_EQ(out->counts.transferred_out, 1);
  EXPECT_EQ(out->rows[0].customer_name, "Somebody");
  EXPECT_EQ(out->rows[0].executor_name, "Bob");
  EXPECT_EQ(out->rows[0].changed, then);
  EXPECT_EQ(out->rows[0].last_text, "");
  EXPECT_EQ(out->rows[0].phone, "");
  ASSERT_EQ(tab(world.bob, MyItemsTab::transferred_in)->rows.size(), 1u);
  EXPECT_EQ(tab(world.bob, MyItemsTab::transferred_in)->counts.transferred_in, 1);
  // Given to him anew, it is no transfer any more.
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(item)}, ""}));
  EXPECT_TRUE(tab(world.bob, MyItemsTab::transferred_in)->rows.empty());
  world.designate(batch, world.bob.person, item);
  EXPECT_TRUE(tab(world.bob, MyItemsTab::transferred_in)->rows.empty());
}

TEST_F(HandingOn, a_transfer_needs_the_batch_to_allow_it_and_a_colleague_who_may_have_it) {
  EXPECT_EQ(transfer(world.ann, world.outsider, item).problem.key, "item.not_eligible");
  EXPECT_EQ(transfer(world.ann, world.ann, item).status(), 409);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE people SET holding_cap = 0 WHERE id = :id").bind(":id", world.bob.person).run();
  });
  EXPECT_EQ(transfer(world.ann, world.bob, item).problem.key, "item.not_eligible");
  const auto targets = world.call<api::ListTransferTargets>(world.ann, {item});
  ASSERT_EQ(targets->targets.size(), 2u);  // Bob and Cid
  EXPECT_EQ(targets->targets[0].obstacles.size(), 1u);
  EXPECT_TRUE(targets->targets[1].obstacles.empty());

  api::UpdateBatch::Request off;
  off.batch = batch;
  off.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
  off.allows_transfer = false;
  ASSERT_TRUE(world.call<api::UpdateBatch>(world.mia, off));
  EXPECT_EQ(transfer(world.ann, world.cid, item).problem.key, "item.transfer_is_off");
  const auto allowed = world.call<api::ViewItem>(world.ann, {item})->allowed;
  EXPECT_EQ(std::count(allowed.begin(), allowed.end(), Action::transfer), 0);
  EXPECT_EQ(world.item(item).executor, world.ann.person);
}

TEST_F(HandingOn, a_manager_does_not_transfer_what_somebody_else_executes) {
  EXPECT_EQ(transfer(world.mia, world.bob, item).status(), 403);
  EXPECT_EQ(transfer(world.bob, world.bob, item).status(), 404);
  EXPECT_EQ(world.item(item).executor, world.ann.person);
}

// --- in one press ----------------------------------------------------------------------------------------------------

TEST_F(HandingOn, no_answer_is_kept_as_a_note_and_plans_the_next_day) {
  for (const QuickResult result : {QuickResult::no_answer, QuickResult::powered_off, QuickResult::suspended,
                                   QuickResult::refused, QuickResult::in_meeting}) {
    const auto answer = quick(result, item);
    ASSERT_TRUE(answer) << answer.problem.key;
    EXPECT_EQ(answer->row.state, ItemState::executing);
    EXPECT_EQ(answer->row.next_follow_up, world.clock.now() + days(1));
    EXPECT_FALSE(answer->row.last_text.empty());
    EXPECT_EQ(answer->log.at(0).action, Action::save_progress);
    EXPECT_FALSE(answer->customer->row.number_error);
  }
  EXPECT_EQ(tab(world.ann, MyItemsTab::following)->counts.following, 1);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(HandingOn, no_such_number_settles_the_item_and_keeps_the_customer_out_of_later_batches) {
  const CustomerId customer = world.item(item).customer;
  const auto answer = quick(QuickResult::no_such_number, item);
  ASSERT_TRUE(answer) << answer.problem.key;
  EXPECT_EQ(answer->row.state, ItemState::completed);
  EXPECT_TRUE(answer->row.number_error);
  const BatchId later = world.create_batch();
  world.add(later, {customer});
  EXPECT_TRUE(world.items_of(later).empty());
  // Until somebody corrects the phone.
  const auto found = world.call<api::ViewCustomer>(world.mia, {customer});
  api::UpdateCustomer::Request correct;
  correct.customer = customer;
  correct.version = found->row.version;
  correct.phone = "13900001111";
  ASSERT_TRUE(world.call<api::UpdateCustomer>(world.mia, correct));
  world.add(later, {customer});
  EXPECT_EQ(world.items_of(later).size(), 1u);
}

TEST_F(HandingOn, taking_back_no_such_number_takes_back_the_mark_too) {
  ASSERT_TRUE(quick(QuickResult::no_such_number, item));
  const auto undone = world.call<api::UndoItems>(world.ann, {batch, {world.version(item)}});
  ASSERT_EQ(undone->outcomes.at(0).result, RowResult::done) << undone->outcomes.at(0).key;
  EXPECT_EQ(world.item(item).state, ItemState::executing);
  EXPECT_FALSE(world.item(item).number_error);
}

// --- tabs ------------------------------------------------------------------------------------------------------------

TEST_F(HandingOn, within_the_hour_stands_what_one_wanted_to_go_on_with_by_now) {
  std::vector<ItemId> items{item};
  for (int i = 0; i < 4; ++i) items.push_back(world.designated(batch, world.ann.person));
  const Millis in[] = {minutes(90), minutes(30), minutes(59), minutes(10), minutes(45)};
  for (std::size_t i = 0; i < items.size(); ++i)
    ASSERT_TRUE(world.call<api::SaveProgress>(
        world.ann, {items[i], world.item(items[i]).version, "later", world.clock.now() + in[i]}));
  const auto first = [&](std::size_t i) { return items[i].value; };
  EXPECT_EQ(everything(world.ann, MyItemsTab::within_hour),
            (std::vector<std::int64_t>{first(3), first(1), first(4), first(2)}));
  EXPECT_EQ(tab(world.ann, MyItemsTab::to_do)->counts.within_hour, 4);
  world.clock.advance(hours(2));  // past ones stay
  EXPECT_EQ(everything(world.ann, MyItemsTab::within_hour).size(), 5u);
}

TEST_F(HandingOn, pages_of_transfers_have_each_once_latest_first) {
  std::vector<std::int64_t> given;
  for (int i = 0; i < 5; ++i) {
    const ItemId one = world.designated(batch, world.ann.person);
    world.clock.advance(minutes(1));
    ASSERT_TRUE(transfer(world.ann, world.bob, one));
    given.insert(given.begin(), one.value);
  }
  EXPECT_EQ(everything(world.ann, MyItemsTab::transferred_out), given);
  const auto in = everything(world.bob, MyItemsTab::transferred_in);
  EXPECT_EQ(std::set<std::int64_t>(in.begin(), in.end()).size(), 5u);
}

TEST_F(HandingOn, what_is_completed_after_the_end_date_is_late) {
  api::CreateBatch::Request request;
  request.end_date = world.clock.now() + hours(1);
  const BatchId short_batch = world.create_batch(std::move(request));
  const ItemId early = world.designated(short_batch, world.ann.person);
  const ItemId late = world.designated(short_batch, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {early, world.item(early).version, "done"}));
  world.clock.advance(hours(2));
  EXPECT_EQ(world.item(late).state, ItemState::executing) << "an end date recalls nothing";
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {late, world.item(late).version, "done"}));
  EXPECT_FALSE(world.item(early).completed_late);
  EXPECT_TRUE(world.item(late).completed_late);
  EXPECT_EQ(everything(world.ann, MyItemsTab::completed_late), std::vector<std::int64_t>{late.value});
  EXPECT_EQ(tab(world.ann, MyItemsTab::to_do)->counts.completed_late, 1);
}

TEST_F(HandingOn, an_end_date_is_moved_or_taken_away_but_not_into_the_past) {
  const auto update = [&](std::optional<Instant> at, bool clear) {
    api::UpdateBatch::Request request;
    request.batch = batch;
    request.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    request.end_date = at;
    request.clear_end_date = clear;
    return world.call<api::UpdateBatch>(world.mia, request);
  };
  EXPECT_TRUE(update(world.clock.now(), false).problem.names("end_date"));
  ASSERT_TRUE(update(world.clock.now() + hours(1), false));
  world.clock.advance(hours(2));
  ASSERT_TRUE(update(world.clock.now() + hours(1), false)) << "moved when it has passed";
  EXPECT_EQ(update({}, true)->end_date, std::nullopt);
}

// --- reassigning -----------------------------------------------------------------------------------------------------

TEST_F(HandingOn, reassigning_is_a_reset_and_a_designation_in_one_with_a_row_in_the_log_for_each) {
  world.clock.advance(hours(3));
  const Version before = world.item(item).version;
  const auto answer =
      world.call<api::ReassignItems>(world.mia, {batch, world.bob.person, {{item, before}}, {}, "she is away"});
  ASSERT_EQ(answer->outcomes.at(0).result, RowResult::done) << answer->outcomes.at(0).key;
  const auto after = world.item(item);
  EXPECT_EQ(after.executor, world.bob.person);
  EXPECT_EQ(after.due_at, world.clock.now() + hours(5)) << "the clock starts anew";
  EXPECT_EQ(after.version.value, before.value + 2);
  EXPECT_EQ(answer->outcomes.at(0).version, after.version);
  const auto log = world.call<api::ViewItem>(world.mia, {item})->log;
  EXPECT_EQ(log.at(0).action, Action::reassign);
  EXPECT_EQ(log.at(0).executor, world.bob.person);
  EXPECT_EQ(log.at(1).action, Action::reset);
  EXPECT_EQ(log.at(1).executor, world.ann.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(HandingOn, reassigning_names_what_a_managers_hand_would_put_aside) {
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE people SET holding_cap = 0 WHERE id = :id").bind(":id", world.bob.person).run();
  });
  using domain::allocation::Obstacle;
  const auto reassign = [&](std::vector<Obstacle> confirmed) {
    return world
        .call<api::ReassignItems>(world.mia, {batch, world.bob.person, {world.version(item)}, std::move(confirmed), {}})
        ->outcomes.at(0);
  };
  EXPECT_EQ(reassign({}).key, "item.needs_confirming");
  EXPECT_EQ(world.item(item).executor, world.ann.person);
  EXPECT_EQ(reassign({Obstacle::over_holding_cap}).result, RowResult::done);
  EXPECT_EQ(reassign({}).result, RowResult::unchanged) << "he has it already";
  const auto stranger =
      world.call<api::ReassignItems>(world.mia, {batch, world.outsider.person, {world.version(item)}, {}, {}});
  EXPECT_EQ(stranger->outcomes.at(0).key, "item.not_eligible");
}

TEST_F(HandingOn, everything_of_one_person_is_reassigned_as_one_operation) {
  for (int i = 0; i < 6; ++i) world.designated(batch, world.ann.person);
  world.designated(batch, world.cid.person);
  api::ChangeSelectedItems::Request request;
  request.batch = batch;
  request.action = Action::reassign;
  request.executor = world.bob.person;
  request.selection.executors = {world.ann.person};
  const auto accepted = world.call<api::ChangeSelectedItems>(world.mia, request);
  ASSERT_TRUE(accepted) << accepted.problem.key;
  world.run_operations();
  EXPECT_EQ(world.outcome(accepted->operation, "done"), 7);
  int with_bob = 0;
  for (const auto& row : world.items_of(batch)) with_bob += row.executor == world.bob.person;
  EXPECT_EQ(with_bob, 7);
  EXPECT_EQ(world.wrong_counters(), "");
}

}  // namespace
}  // namespace tw::test
