// Claiming: when it is open, who may, what they see before, one by one and at random. The race of many is
// tests/server/claim_race_test.cpp.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "services/claim_store.h"
#include "support/batch_world.h"

namespace tw::test {
namespace {

using api::RowResult;
using domain::batch::ClaimMode;
using domain::batch::ItemState;

class Claiming : public ::testing::Test {
 protected:
  BatchId open_batch(ClaimMode mode = ClaimMode::pick, std::int64_t count = 3, api::ClaimWindow window = {}) {
    api::CreateBatch::Request request;
    request.claim_open = true;
    request.claim_mode = mode;
    request.claim_count = count;
    request.claim_from = window.from;
    request.claim_to = window.to;
    return world.create_batch(std::move(request));
  }
  Answer<api::QueryClaimable::Response> look(const Caller& who, BatchId batch, std::string after = {}) {
    return world.call<api::QueryClaimable>(who, {batch, std::move(after), 2});
  }
  // The first outcome of claiming one item.
  api::RowOutcome claim(const Caller& who, ItemId item, BatchId batch) {
    const auto answer = world.call<api::ClaimItems>(who, {batch, {world.version(item)}});
    EXPECT_TRUE(answer) << answer.problem.key;
    return answer ? answer->outcomes.at(0) : api::RowOutcome{};
  }
  Answer<api::BatchDetail> update(BatchId batch, void (*change)(api::UpdateBatch::Request&)) {
    api::UpdateBatch::Request request;
    request.batch = batch;
    request.version = world.call<api::ViewBatch>(world.mia, {batch})->summary.version;
    change(request);
    return world.call<api::UpdateBatch>(world.mia, request);
  }
  void set_cap(const Caller& who, std::int64_t cap) {
    world.change([&](services::Work& work) {
      work.db.prepare("UPDATE people SET holding_cap = :cap WHERE id = :person")
          .bind(":cap", cap)
          .bind(":person", who.person)
          .run();
    });
  }

  BatchWorld world;
};

TEST_F(Claiming, is_off_in_a_new_batch_and_only_the_switch_opens_it) {
  const BatchId batch = world.create_batch();
  const ItemId item = world.fill(batch, 1)[0].item;
  EXPECT_FALSE(world.call<api::ViewBatch>(world.mia, {batch})->summary.claiming_open);
  const auto closed = look(world.ann, batch);
  ASSERT_TRUE(closed);
  EXPECT_FALSE(closed->open);
  EXPECT_EQ(closed->key, "item.claiming_is_off");
  EXPECT_TRUE(closed->rows.empty());
  EXPECT_EQ(world.call<api::ClaimItems>(world.ann, {batch, {world.version(item)}}).problem.key, "item.claiming_is_off");

  ASSERT_TRUE(update(batch, [](auto& request) { request.claim_open = true; }));
  EXPECT_TRUE(world.call<api::ViewBatch>(world.ann, {batch})->summary.claiming_open);
  EXPECT_EQ(claim(world.ann, item, batch).result, RowResult::done);
  EXPECT_EQ(world.item(item).executor, world.ann.person);
  EXPECT_EQ(world.item(item).state, ItemState::executing);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Claiming, opens_and_closes_by_its_window_and_says_when) {
  const Instant now = world.clock.now();
  const BatchId batch = open_batch(ClaimMode::pick, 3, {now + hours(1), now + hours(2)});
  const auto items = world.fill(batch, 2);
  const auto key_of_try = [&] {
    return world.call<api::ClaimItems>(world.ann, {batch, {world.version(items[0].item)}}).problem.key;
  };
  EXPECT_EQ(key_of_try(), "item.claiming_opens_at");
  world.clock.advance(hours(1));
  EXPECT_TRUE(look(world.ann, batch)->open);
  EXPECT_EQ(claim(world.ann, items[1].item, batch).result, RowResult::done);
  world.clock.advance(hours(1));  // at `to` it is closed
  EXPECT_EQ(key_of_try(), "item.claiming_closed_at");
  const auto closed = look(world.ann, batch);
  EXPECT_EQ(closed->key, "item.claiming_closed_at");
  ASSERT_FALSE(closed->params.empty());
  EXPECT_EQ(closed->params.at(0).value, std::to_string((now + hours(2)).ms));
}

TEST_F(Claiming, refuses_a_window_that_ends_before_it_begins) {
  const BatchId batch = world.create_batch();
  const auto answer = update(batch, [](auto& request) {
    request.claim_window = api::ClaimWindow{Instant{20}, Instant{20}};
  });
  EXPECT_TRUE(answer.problem.names("claim_to"));
}

TEST_F(Claiming, is_logged_when_it_is_opened_or_closed_and_when_its_window_moves) {
  const BatchId batch = world.create_batch();
  ASSERT_TRUE(update(batch, [](auto& request) { request.claim_open = true; }));
  ASSERT_TRUE(update(batch, [](auto& request) { request.claim_window = api::ClaimWindow{{}, Instant{1LL << 50}}; }));
  ASSERT_TRUE(update(batch, [](auto& request) { request.claim_open = false; }));
  const auto log = world.call<api::ViewBatchLog>(world.mia, {batch, 0, 50});
  std::vector<std::string> events;
  for (const auto& entry : log->entries)
    events.push_back(std::string(wire_name(entry.event)) + (entry.text.empty() ? "" : " " + entry.text));
  EXPECT_EQ(events, (std::vector<std::string>{"claim_closed", "edited claim_window", "claim_opened", "created"}));
}

TEST_F(Claiming, is_for_the_executors_of_the_batch_alone) {
  const BatchId batch = open_batch();
  const auto items = world.fill(batch, 2);
  const std::vector<api::ItemVersion> rows{world.version(items[0].item)};
  EXPECT_EQ(look(world.outsider, batch).status(), 404);
  EXPECT_EQ(world.call<api::ClaimItems>(world.outsider, {batch, rows}).status(), 404);
  EXPECT_EQ(look(world.mia, batch).status(), 403);  // she manages it
  EXPECT_EQ(world.call<api::ClaimItems>(world.mia, {batch, rows}).status(), 403);
  EXPECT_EQ(world.call<api::ClaimItems>(world.admin, {batch, rows}).status(), 403);
  EXPECT_EQ(world.item(items[0].item).state, ItemState::unassigned);
}

TEST_F(Claiming, answers_row_by_row_and_whoever_commits_first_has_it) {
  const BatchId batch = open_batch();
  const auto items = world.fill(batch, 3);
  const auto rows = world.versions(items);
  ASSERT_EQ(claim(world.ann, items[0].item, batch).result, RowResult::done);
  const auto answer = world.call<api::ClaimItems>(world.bob, {batch, {rows[0], rows[1], {{999'999}, {1}}}});
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcomes.at(0).result, RowResult::conflict);
  EXPECT_EQ(answer->outcomes.at(0).key, "claim.taken");
  EXPECT_TRUE(answer->outcomes.at(0).params.empty()) << "who was faster is not Bob's business";
  EXPECT_EQ(answer->outcomes.at(1).result, RowResult::done);
  EXPECT_EQ(answer->outcomes.at(2).result, RowResult::gone);
  EXPECT_EQ(world.item(items[0].item).executor, world.ann.person);
  EXPECT_EQ(world.item(items[1].item).executor, world.bob.person);
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Claiming, starts_the_clock_anew) {
  api::CreateBatch::Request request;
  request.claim_open = true;
  request.limit = 5;
  request.limit_unit = domain::batch::LimitUnit::hours;
  const BatchId batch = world.create_batch(std::move(request));
  const ItemId item = world.fill(batch, 1)[0].item;
  world.clock.advance(hours(7));
  ASSERT_EQ(claim(world.ann, item, batch).result, RowResult::done);
  EXPECT_EQ(world.item(item).due_at, world.clock.now() + hours(5));
}

TEST_F(Claiming, bars_who_abandoned_it_until_somebody_else_has_held_it) {
  const BatchId batch = open_batch();
  const ItemId item = world.fill(batch, 1)[0].item;
  ASSERT_EQ(claim(world.ann, item, batch).result, RowResult::done);
  ASSERT_TRUE(world.call<api::AbandonItem>(world.ann, {item, world.item(item).version, "no"}));
  EXPECT_TRUE(look(world.ann, batch)->rows.empty());
  const auto again = claim(world.ann, item, batch);
  EXPECT_EQ(again.result, RowResult::conflict);
  EXPECT_EQ(again.key, "claim.not_for_you");
  EXPECT_EQ(look(world.bob, batch)->rows.size(), 1u);
  ASSERT_EQ(claim(world.bob, item, batch).result, RowResult::done);
  ASSERT_TRUE(world.call<api::ResetItems>(world.mia, {batch, {world.version(item)}, ""}));
  EXPECT_EQ(claim(world.ann, item, batch).result, RowResult::done);
}

TEST_F(Claiming, leaves_out_customers_that_must_not_be_called) {
  const BatchId batch = open_batch(ClaimMode::random, 10);
  const auto items = world.fill(batch, 3);
  world.change([&](services::Work& work) {
    work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", items[0].customer).run();
    work.db.prepare("UPDATE customers SET number_error = 1 WHERE id = :id").bind(":id", items[1].customer).run();
  });
  ASSERT_EQ(look(world.ann, batch)->rows.size(), 1u);
  EXPECT_EQ(look(world.ann, batch)->rows[0].item, items[2].item);
  const auto drawn = world.call<api::ClaimAtRandom>(world.ann, {batch});
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->items.size(), 1u);
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.bob, {batch}).problem.key, "claim.nothing_left");
}

TEST_F(Claiming, shows_name_city_and_score_and_masks_the_phone_page_by_page) {
  const BatchId batch = open_batch();
  world.fill(batch, 7);
  std::set<std::int64_t> seen;
  std::string after;
  for (int pages = 0; pages == 0 || !after.empty(); ++pages) {
    ASSERT_LT(pages, 5);
    const auto page = look(world.ann, batch, after);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->free, 7);
    for (const auto& row : page->rows) {
      EXPECT_TRUE(seen.insert(row.item.value).second) << "twice";
      EXPECT_EQ(row.city, "Hangzhou");
      EXPECT_EQ(row.score, 50);
      EXPECT_EQ(row.phone, "138****1234");
      EXPECT_FALSE(row.customer_name.empty());
    }
    after = page->next;
  }
  EXPECT_EQ(seen.size(), 7u);
}

TEST_F(Claiming, stops_exactly_at_the_cap) {
  const BatchId picked = open_batch();
  const auto items = world.fill(picked, 5);
  set_cap(world.ann, 3);
  const auto answer = world.call<api::ClaimItems>(world.ann, {picked, world.versions(items)});
  ASSERT_TRUE(answer);
  int done = 0;
  for (const auto& outcome : answer->outcomes) done += outcome.result == RowResult::done;
  EXPECT_EQ(done, 3);
  EXPECT_EQ(answer->outcomes.back().key, "claim.not_for_you");
  EXPECT_EQ(look(world.ann, picked)->room, 0);

  const BatchId drawn = open_batch(ClaimMode::random, 100);
  world.fill(drawn, 20);
  set_cap(world.bob, 4);
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.bob, {drawn})->items.size(), 4u);
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.ann, {drawn}).problem.key, "claim.not_for_you");
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Claiming, gives_so_many_at_random_and_no_more_until_each_is_touched) {
  const BatchId batch = open_batch(ClaimMode::random, 2);
  world.fill(batch, 9);
  const auto first = world.call<api::ClaimAtRandom>(world.ann, {batch});
  ASSERT_TRUE(first);
  ASSERT_EQ(first->items.size(), 2u);
  EXPECT_EQ(look(world.ann, batch)->untouched, 2);
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.ann, {batch}).problem.key, "claim.work_first");
  const auto touch = [&](ItemId item) {
    return world.call<api::SaveProgress>(world.ann, {item, world.item(item).version, "called", std::nullopt});
  };
  ASSERT_TRUE(touch(first->items[0].item));
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.ann, {batch}).problem.key, "claim.work_first");
  ASSERT_TRUE(touch(first->items[1].item));
  EXPECT_TRUE(world.call<api::ClaimAtRandom>(world.ann, {batch}));
  // What was given by hand is no draw of hers.
  world.designate(batch, world.cid.person, look(world.cid, batch)->rows.at(0).item);
  EXPECT_TRUE(world.call<api::ClaimAtRandom>(world.cid, {batch}));
  EXPECT_EQ(world.wrong_counters(), "");
}

TEST_F(Claiming, is_picked_or_drawn_as_the_batch_says) {
  const BatchId drawn = open_batch(ClaimMode::random);
  const ItemId one = world.fill(drawn, 1)[0].item;
  EXPECT_EQ(world.call<api::ClaimItems>(world.ann, {drawn, {world.version(one)}}).problem.key, "claim.only_at_random");
  const BatchId picked = open_batch(ClaimMode::pick);
  world.fill(picked, 1);
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.ann, {picked}).problem.key, "claim.only_picked");
}

// How often each of `items` is drawn, alone, in so many draws from the same batch: chi squared against equal chances.
double unevenness(BatchWorld& world, BatchId batch, PersonId person, int items, int draws) {
  std::map<std::int64_t, int> times;
  world.runner.read([&](services::Work& work) {
    for (int i = 0; i < draws; ++i)
      for (const auto& found : services::draw_free(work, batch, person, 1, items)) ++times[found.item.id.value];
  });
  const double expected = static_cast<double>(draws) / items;
  double sum = 0;
  for (const auto& [item, count] : times) sum += (count - expected) * (count - expected) / expected;
  return sum + expected * static_cast<double>(items - static_cast<int>(times.size()));
}

TEST_F(Claiming, gives_every_free_item_the_same_chance) {
  // Chi squared of n equal chances is n - 1 in the mean with a variance of 2 (n - 1): six sigma above is no accident.
  const BatchId few = open_batch(ClaimMode::random);
  world.fill(few, 20);
  EXPECT_LT(unevenness(world, few, world.ann.person, 20, 4000), 19 + 6 * 6.2);
  // More than are dealt from one pack; always of the same draw keys, so gaps between them must not matter.
  const BatchId many = open_batch(ClaimMode::random);
  world.fill(many, 300);
  EXPECT_LT(unevenness(world, many, world.ann.person, 300, 15'000), 299 + 6 * 24.5);
}

TEST_F(Claiming, finds_the_few_that_one_may_have_among_many_that_one_may_not) {
  const BatchId batch = open_batch(ClaimMode::random, 2);
  const auto items = world.fill(batch, 120);
  world.change([&](services::Work& work) {
    for (std::size_t i = 3; i < items.size(); ++i)
      work.db.prepare("UPDATE customers SET do_not_contact = 1 WHERE id = :id").bind(":id", items[i].customer).run();
  });
  world.runner.read(
      [&](services::Work& work) { EXPECT_EQ(services::draw_free(work, batch, world.ann.person, 5, 120).size(), 3u); });
  EXPECT_EQ(world.call<api::ClaimAtRandom>(world.ann, {batch})->items.size(), 2u);
}

}  // namespace
}  // namespace tw::test
