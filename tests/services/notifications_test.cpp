// Notifications: who hears of what, once an operation, and what is read stays read.
#include <gtest/gtest.h>

#include "api/batch_items.h"
#include "api/events.h"
#include "api/item.h"
#include "api/notification.h"
#include "services/jobs.h"
#include "support/batch_world.h"

namespace tw::services {
namespace {

using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::Moved;
using domain::batch::NoticeKind;
using test::Caller;

// --- the table ------------------------------------------------------------------------------------------------------

constexpr PersonId ann{5}, bob{6}, nobody{};

std::string told(const Moved& moved) {
  std::string words;
  for (const auto& notice : domain::batch::notices_of(moved))
    words += std::string(wire_name(notice.kind)) + ":" + std::to_string(notice.person.value) + " ";
  return words;
}

TEST(NoticesOf, each_transition_is_told_to_whom_it_was_done) {
  EXPECT_EQ(told({Action::allocate, ItemState::unassigned, ItemState::executing, nobody, ann}), "received:5 ");
  EXPECT_EQ(told({Action::designate, ItemState::reset, ItemState::executing, nobody, ann}), "received:5 ");
  EXPECT_EQ(told({Action::transfer, ItemState::executing, ItemState::executing, ann, bob}), "transferred_in:6 ");
  EXPECT_EQ(told({Action::reassign, ItemState::executing, ItemState::executing, ann, bob}), "taken_back:5 received:6 ");
  EXPECT_EQ(told({Action::send_back, ItemState::completed, ItemState::executing, ann, ann}), "returned:5 ");
  EXPECT_EQ(told({Action::reset, ItemState::executing, ItemState::reset, ann, nobody}), "taken_back:5 ");
  EXPECT_EQ(told({Action::recall, ItemState::executing, ItemState::reset, ann, nobody}), "recalled:5 recalled_from:0 ");
  EXPECT_EQ(told({Action::complete, ItemState::executing, ItemState::completed, ann, ann}), "completed:0 ");
  EXPECT_EQ(told({Action::complete, ItemState::executing, ItemState::ended, ann, ann}), "") << "nothing waits";
  EXPECT_EQ(told({Action::abandon, ItemState::executing, ItemState::abandoned, ann, nobody}), "abandoned:0 ");
  EXPECT_EQ(told({Action::end_all, ItemState::executing, ItemState::ended, ann, ann}), "ended:5 ");
  EXPECT_EQ(told({Action::end_all, ItemState::completed, ItemState::ended, ann, ann}), "");
  EXPECT_EQ(told({Action::save_progress, ItemState::executing, ItemState::executing, ann, ann}), "");
  EXPECT_EQ(told({Action::confirm, ItemState::completed, ItemState::ended, ann, ann}), "");
  EXPECT_EQ(told({Action::undo_own, ItemState::reset, ItemState::executing, nobody, ann}), "received:5 ");
}

// --- through the door -----------------------------------------------------------------------------------------------

class Notifications : public ::testing::Test {
 protected:
  api::ListNotifications::Response list(const Caller& who) { return *world.call<api::ListNotifications>(who, {}); }
  std::string lines(const Caller& who) {
    const auto all = list(who);
    std::string words;
    for (const auto& row : all.rows)
      words += std::string(wire_name(row.kind)) + " " + std::to_string(row.items) + (row.read ? " read" : "") + "; ";
    return words;
  }

  test::BatchWorld world;
};

TEST_F(Notifications, an_allocation_tells_each_executor_once_however_many_steps_it_takes) {
  const BatchId batch = world.create_batch(24);
  world.fill(batch, 9);
  world.allocate(batch);
  for (const Caller* who : {&world.ann, &world.bob, &world.cid}) EXPECT_EQ(lines(*who), "received 3; ");
  const auto row = list(world.ann).rows.at(0);
  EXPECT_EQ(row.batch, batch);
  EXPECT_FALSE(row.item) << "about several";
  EXPECT_FALSE(row.read);
  EXPECT_EQ(list(world.ann).unread, 1);
  EXPECT_EQ(lines(world.mia), "") << "who did it knows";
  EXPECT_EQ(lines(world.outsider), "");
}

TEST_F(Notifications, one_item_is_named_and_what_goes_on_while_nobody_reads_is_one_line) {
  const BatchId batch = world.create_batch(24);
  const ItemId first = world.designated(batch, world.ann.person);
  EXPECT_EQ(list(world.ann).rows.at(0).item, first);
  EXPECT_FALSE(list(world.ann).rows.at(0).actor_name.empty());
  world.clock.advance(minutes(30));
  world.designated(batch, world.ann.person);
  EXPECT_EQ(lines(world.ann), "received 2; ");
  EXPECT_EQ(list(world.ann).unread, 1);
  world.clock.advance(hours(2));
  world.designated(batch, world.ann.person);
  EXPECT_EQ(lines(world.ann), "received 1; received 2; ") << "hours later it is another story";
}

TEST_F(Notifications, what_was_read_stays_read_and_does_not_go_on) {
  const BatchId batch = world.create_batch(24);
  world.designated(batch, world.ann.person);
  const auto row = list(world.ann).rows.at(0);
  EXPECT_EQ(world.call<api::ReadNotifications>(world.bob, {{row.notification}})->unread, 0);
  EXPECT_EQ(list(world.ann).unread, 1) << "another's are not one's own";
  EXPECT_EQ(world.call<api::ReadNotifications>(world.ann, {{row.notification, row.notification}})->unread, 0);
  world.designated(batch, world.ann.person);
  EXPECT_EQ(lines(world.ann), "received 1; received 1 read; ");
  world.designated(world.create_batch(24), world.ann.person);
  EXPECT_EQ(list(world.ann).unread, 2);
  EXPECT_EQ(world.call<api::ReadNotifications>(world.ann, {})->unread, 0);
  EXPECT_EQ(list(world.ann).unread, 0);
}

TEST_F(Notifications, the_creator_hears_of_what_waits_and_the_executor_of_what_comes_back) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  ASSERT_TRUE(world.call<api::CompleteItem>(world.ann, {item, world.item(item).version, "sold"}));
  EXPECT_EQ(lines(world.mia), "completed 1; ");
  ASSERT_TRUE(world.call<api::ReturnItems>(world.mia, {batch, {world.version(item)}, "ask again"}));
  EXPECT_EQ(lines(world.ann), "returned 1; received 1; ");
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {item, world.item(item).version, "no"}));
  EXPECT_EQ(lines(world.mia), "abandoned 1; completed 1; ");
}

TEST_F(Notifications, a_recall_tells_both_people) {
  const BatchId batch = world.create_batch(1);
  world.designated(batch, world.ann.person);
  world.designated(batch, world.ann.person);
  world.clock.advance(hours(2));
  world.recall();
  EXPECT_EQ(lines(world.ann), "recalled 2; received 2; ");
  EXPECT_EQ(lines(world.mia), "recalled_from 2; ");
  EXPECT_EQ(list(world.mia).rows.at(0).actor_name, "");
}

TEST_F(Notifications, what_the_clock_takes_back_is_one_line_a_person_whichever_batches_it_is_of) {
  const BatchId first = world.create_batch(1), second = world.create_batch(1);
  world.designated(first, world.ann.person);
  world.designated(second, world.ann.person);
  world.designated(second, world.ann.person);
  world.clock.advance(hours(2));
  world.recall();
  EXPECT_EQ(lines(world.ann), "recalled 3; received 2; received 1; ");
  EXPECT_TRUE(list(world.ann).rows.at(0).several_batches);
  EXPECT_FALSE(list(world.ann).rows.at(1).several_batches);
  EXPECT_EQ(lines(world.mia), "recalled_from 3; ");
  EXPECT_EQ(list(world.mia).unread, 1);
  // Read, it is an old story; what is recalled next is another.
  ASSERT_TRUE(world.call<api::ReadNotifications>(world.ann, {}));
  world.designated(first, world.ann.person);
  world.clock.advance(hours(2));
  world.recall();
  EXPECT_EQ(list(world.ann).rows.at(0).items, 1);
  EXPECT_FALSE(list(world.ann).rows.at(0).several_batches);
}

TEST_F(Notifications, ending_and_terminating_tell_who_has_items_in_hand) {
  for (const bool ends : {true, false}) {
    const BatchId batch = world.create_batch(24);
    world.designated(batch, world.ann.person);
    const auto now = world.call<api::ViewBatch>(world.mia, {batch});
    if (ends) {
      ASSERT_TRUE(world.call<api::EndBatch>(world.mia, {batch, now->summary.version, now->summary.subject}));
      world.run_operations();
    } else {
      ASSERT_TRUE(world.call<api::TerminateBatch>(world.mia, {batch, now->summary.version, now->summary.subject, "x"}));
    }
    EXPECT_EQ(list(world.ann).rows.at(0).kind, ends ? NoticeKind::ended : NoticeKind::terminated);
    EXPECT_EQ(lines(world.bob), "");
  }
}

TEST_F(Notifications, the_disabled_are_told_nothing) {
  const BatchId batch = world.create_batch(24);
  const ItemId item = world.designated(batch, world.ann.person);
  const auto row = world.call<api::ViewPerson>(world.admin, {world.ann.person});
  ASSERT_TRUE(world.call<api::SetPersonActive>(world.admin, {world.ann.person, row->version, false}));
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(item)}, ""}));
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM notifications"), 1);
}

TEST_F(Notifications, lists_go_on_where_a_page_ended) {
  for (int i = 0; i < 5; ++i) {
    world.designated(world.create_batch(24), world.ann.person);
    world.clock.advance(minutes(1));
  }
  std::vector<NotificationId> seen;
  std::string after;
  do {
    const auto page = world.call<api::ListNotifications>(world.ann, {after, 2});
    for (const auto& row : page->rows) seen.push_back(row.notification);
    after = page->next;
  } while (!after.empty());
  ASSERT_EQ(seen.size(), 5u);
  for (std::size_t i = 1; i < seen.size(); ++i) EXPECT_LT(seen[i], seen[i - 1]);
  EXPECT_EQ(world.call<api::ListNotifications>(world.ann, {"nonsense", 2}).status(), 400);
}

TEST_F(Notifications, the_sweep_forgets_them_after_ninety_days_and_their_count_with_them) {
  world.designated(world.create_batch(24), world.ann.person);
  world.clock.advance(days(89));
  world.mia = world.sign_in(world.mia.person);
  world.admin = world.sign_in(world.admin.person);
  world.designated(world.create_batch(24), world.ann.person);
  world.clock.advance(days(2));
  test::PatientBudget patient;
  sweep(world.runner, world.env, patient);
  EXPECT_EQ(world.count("SELECT COUNT(*) FROM notifications WHERE person = " + std::to_string(world.ann.person.value)),
            1);
  EXPECT_EQ(
      world.count("SELECT unread FROM notification_counts WHERE person = " + std::to_string(world.ann.person.value)),
      1);
}

TEST_F(Notifications, an_event_tells_the_person_alone) {
  const auto newest = world.call<api::EventsAfter>(world.ann, {-1})->newest;
  world.designated(world.create_batch(24), world.ann.person);
  const auto heard = [&](const Caller& who) {
    const auto answer = world.call<api::EventsAfter>(who, {newest});
    for (const auto& event : answer->events)
      if (event.kind == EventKind::notification_changed) return true;
    return false;
  };
  EXPECT_TRUE(heard(world.ann));
  EXPECT_FALSE(heard(world.bob));
  EXPECT_FALSE(heard(world.mia));
}

}  // namespace
}  // namespace tw::services
