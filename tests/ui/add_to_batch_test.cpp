// The dialog that adds customers to a batch says first what it is going to meet.
#include <gtest/gtest.h>

#include "support/ui/canned.h"

namespace tw::test {
namespace {

using a11y::Role;

TEST(AddToBatch, says_before_who_is_left_out_and_who_would_be_contacted_from_two_batches) {
  CannedStore canned;
  commands::AddToBatch what{{7}, {{1}, {2}, {3}}, {}, 3};
  views::AddToBatchDraft draft;
  const auto asked = views::preview_of(what, draft);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->customers.size(), 3u);
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_add_to_batch_dialog(ui, canned.store, 9, what, draft); });
  const auto answered = [&](api::PreviewAddition::Response found) {
    canned.store.addition_preview.put(store::Store::key_of(*asked), found);
    page.frames(2);
  };
  answered({3, false, 0, 0, 0, 0});
  EXPECT_TRUE(page.shows("None of them is in another active batch task."));
  EXPECT_FALSE(page.shows("Left out: 0 not to be contacted, 0 with a wrong number."));
  answered({10'000, true, 12, 3, 1, 840});
  EXPECT_TRUE(page.shows("Of the first 10,000 customers:"));
  EXPECT_TRUE(page.shows("840 are in other active batch tasks."));
  EXPECT_TRUE(page.shows("1 is in this one already: skipped."));
  EXPECT_TRUE(page.shows("Left out: 12 not to be contacted, 3 with a wrong number."));
  answered({0, true, 0, 0, 0, 0});
  EXPECT_TRUE(page.shows("Who of them is left out, and why, shows when they are added."));
  EXPECT_FALSE(page.shows("Of the first 0 customers:"));
  canned.store.happened(EventKind::batch_changed, 7);
  EXPECT_TRUE(canned.store.addition_preview.at(store::Store::key_of(*asked)).wanted());
  what.batch = {};
  EXPECT_FALSE(views::preview_of(what, draft)) << "no batch, no question";
}

TEST(AddToBatch, asks_when_the_query_rests_and_never_shows_or_adds_what_another_one_found) {
  CannedStore canned;
  const commands::AddToBatch what{{7}, {}, {}, 0};
  views::AddToBatchDraft draft;
  ViewPage page(canned, [&](ui::Ui& ui) { views::draw_add_to_batch_dialog(ui, canned.store, 9, what, draft); });
  const auto found = [&](std::int64_t count, std::int64_t elsewhere) {
    const std::int64_t key = views::key_of(views::query_of(what, draft));
    canned.store.query_totals.put(key, {count, true});
    canned.store.addition_preview.put(store::Store::key_of(*views::preview_of(what, draft)),
                                      {count, false, 0, 0, 0, elsewhere});
    page.frames(2);
  };
  found(45, 12);
  EXPECT_TRUE(page.shows("12 are in other active batch tasks."));
  page.focus(Role::search_box, "Search name, phone or key");
  const auto before = views::key_of(views::query_of(what, draft));
  for (const char* key : {"h", "a", "n"}) {
    page.type(key);
    page.info().now.ms += 100;
    page.frames(1);
    EXPECT_EQ(views::key_of(views::query_of(what, draft)), before) << "nothing is asked while they type";
  }
  EXPECT_FALSE(page.shows("12 are in other active batch tasks.")) << "that was about everybody";
  page.click(Role::button, "Add 45");
  EXPECT_TRUE(canned.pushed<commands::AddCustomersToBatch>().empty()) << "nor is it added";
  page.info().now.ms += 300;
  page.frames(2);
  EXPECT_EQ(views::query_of(what, draft).search, "han");
  found(3, 1);
  page.click(Role::button, "Add 3");
  const auto sent = canned.pushed<commands::AddCustomersToBatch>();
  ASSERT_EQ(sent.size(), 1u);
  EXPECT_EQ(sent[0].request.query->search, "han");
}

}  // namespace
}  // namespace tw::test
