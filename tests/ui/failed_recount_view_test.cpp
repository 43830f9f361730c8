// A recount that failed stands among the notifications, with the way to try it again.
#include <gtest/gtest.h>

#include "client/views/notifications.h"
#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

TEST(FailedRecount, is_named_with_its_batch_and_tried_again_by_a_button_of_its_own) {
  CannedStore canned;
  api::ListNotifications::Response known;
  api::NotificationRow& row = known.rows.emplace_back();
  row.notification = {1};
  row.kind = domain::batch::NoticeKind::recount_failed;
  row.batch = {7};
  row.subject = "Autumn";
  row.items = 12;
  row.at = Instant{1'700'000'000'000};
  row.operation = {55};
  known.unread = 1;
  canned.store.notifications.answer(canned.store.notifications.ask(), known);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_bell(ui, canned.store); });
  page.click(Role::button, "Notifications: 1 unread");
  page.frames(2);
  page.click(Role::button, "Try again");
  const auto retried = canned.pushed<commands::RetryOperation>();
  ASSERT_EQ(retried.size(), 1u);
  EXPECT_EQ(retried[0].operation.value, 55);
  EXPECT_EQ(views::path_of(row), "/batches/7/details");
  // Under way: it names no operation any more.
  canned.store.notifications.value->rows[0].operation = {};
  page.frames(2);
  EXPECT_FALSE(page.find(Role::button, "Try again"));
  EXPECT_TRUE(page.find(Role::button, "The due times of 12 could not be recounted"));
}

}  // namespace
}  // namespace tw::test
