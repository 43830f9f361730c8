// After any sequence of actions every kept counter equals a recount, and what a list says equals what its items say.
#include <gtest/gtest.h>

#include "support/batch_world.h"
#include "support/random.h"

namespace tw::test {
namespace {

// One random action of somebody; most are allowed, many are not, some are stale.
void act(BatchWorld& world, BatchId batch, support::Seeded& random) {
  const auto items = world.items_of(batch);
  if (items.empty() || random.one_in(8)) {
    world.fill(batch, static_cast<int>(random.between(1, 5)));
    return;
  }
  const auto& row = random.pick(items);
  const Version version{row.version.value - (random.one_in(10) ? 1 : 0)};
  const std::vector<api::ItemVersion> rows{{row.item, version}};
  const std::vector<Caller> people{world.ann, world.bob, world.cid};
  const Caller& who = random.pick(people);
  const Caller* executor = &who;
  for (const Caller& person : people)
    if (person.person == row.executor) executor = &person;
  switch (random.between(0, 10)) {
    case 0:
      world.call<api::RemoveItems>(world.mia, {batch, rows});
      break;
    case 1:
    case 2:
      world.call<api::DesignateItems>(world.mia,
                                      {batch, who.person, rows, {domain::allocation::Obstacle::barred_abandoner}});
      break;
    case 3:
      world.call<api::SaveProgress>(*executor, {row.item, version, "note", std::nullopt});
      break;
    case 4:
    case 5:
      world.call<api::CompleteItem>(*executor, {row.item, version, "done"});
      break;
    case 6:
      world.call<api::AbandonItem>(*executor, {row.item, version, "no"});
      break;
    case 7:
      world.call<api::ConfirmItems>(world.mia, {batch, rows});
      break;
    case 8:
      world.call<api::ReturnItems>(world.mia, {batch, rows, "why"});
      break;
    case 9:
      world.call<api::ResetItems>(world.mia, {batch, rows, ""});
      break;
    default:
      world.clock.advance(minutes(random.between(1, 40)));
      if (random.one_in(2)) world.recall();
      if (random.one_in(3)) world.allocate(batch);
  }
}

TEST(BatchCounts, equal_a_recount_after_any_sequence_of_actions) {
  support::for_seeds(12, [](support::Seeded random) {
    BatchWorld world;
    const BatchId batch = world.create_batch(1);
    for (int i = 0; i < 60; ++i) {
      act(world, batch, random);
      ASSERT_EQ(world.wrong_counters(), "") << "after " << i + 1 << " actions";
    }
    std::int64_t executing = 0;
    for (const auto& row : world.items_of(batch)) {
      EXPECT_EQ(row.state == domain::batch::ItemState::executing || row.state == domain::batch::ItemState::completed,
                row.executor && row.state != domain::batch::ItemState::ended);
      executing += row.state == domain::batch::ItemState::executing ? 1 : 0;
    }
    EXPECT_EQ(world.call<api::ViewBatch>(world.mia, {batch})->summary.counts.executing, executing);
    std::int64_t shown = 0;
    for (const Caller& who : {world.ann, world.bob, world.cid}) {
      for (const auto tab : {api::MyItemsTab::to_do, api::MyItemsTab::following, api::MyItemsTab::returned}) {
        api::QueryMyItems::Request query;
        query.tab = tab;
        const auto mine = *world.call<api::QueryMyItems>(who, query);
        shown += static_cast<std::int64_t>(mine.rows.size());
        const auto& counts = mine.counts;
        EXPECT_EQ(static_cast<std::int64_t>(mine.rows.size()), tab == api::MyItemsTab::to_do       ? counts.to_do
                                                               : tab == api::MyItemsTab::following ? counts.following
                                                                                                   : counts.returned);
      }
    }
    EXPECT_EQ(shown, executing);
  });
}

TEST(BatchCounts, check_names_a_counter_that_is_wrong) {
  BatchWorld world;
  const BatchId batch = world.create_batch();
  world.fill(batch, 3);
  EXPECT_EQ(world.wrong_counters(), "");
  world.change([](services::Work& work) { work.db.execute("UPDATE batch_counts SET items = items + 1"); });
  EXPECT_NE(world.wrong_counters().find("kept 4, counted 3"), std::string::npos);
}

}  // namespace
}  // namespace tw::test
