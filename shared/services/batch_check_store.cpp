// The recount behind `tidewater check`: every kept counter of batches against the items themselves, and how the
// counters are made anew from these (--repair).
#include <map>
#include <tuple>

#include "services/counter_check.h"
#include "services/recount.h"

namespace tw::services {

namespace {

using Key = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;
using Tally = std::map<Key, std::int64_t>;

Tally recounted(Work& work) {
  Tally tally;
  auto statement = work.db.prepare(R"sql(
    /* whole table: a check, not a page */
    SELECT batch, COALESCE(executor, 0), state, progress, COUNT(*)
    FROM batch_items
    GROUP BY batch, COALESCE(executor, 0), state, progress)sql");
  statement.each([&tally](db::Row row) {
    const std::int64_t items = row.integer(4);
    tally[{row.integer(0), 0, row.integer(2), row.integer(3)}] += items;
    if (row.integer(1) != 0) tally[{row.integer(0), row.integer(1), row.integer(2), row.integer(3)}] += items;
  });
  return tally;
}

Tally kept(Work& work) {
  Tally tally;
  auto statement = work.db.prepare(R"sql(
    SELECT batch, executor, state, progress, items FROM batch_counts WHERE items <> 0)sql");  // all of them
  statement.each([&tally](db::Row row) {
    tally[{row.integer(0), row.integer(1), row.integer(2), row.integer(3)}] = row.integer(4);
  });
  return tally;
}

WrongCount wrong_items(const Key& key, std::int64_t is, std::int64_t should_be) {
  WrongCount wrong;
  wrong.of = WrongCount::Of::items;
  std::tie(wrong.batch, wrong.executor, wrong.state, wrong.progress) = key;
  wrong.kept = is;
  wrong.counted = should_be;
  return wrong;
}

// An ended item that was confirmed has that as its last entry: nothing happens to it any more.
void check_own_confirmed(Work& work, std::vector<WrongCount>& wrong) {
  auto statement = work.db.prepare(R"sql(
    /* whole table: a check, not a page */
    SELECT b.id, b.own_confirmed, COUNT(l.item)
    FROM batches b
    LEFT JOIN batch_items i ON i.batch = b.id AND i.state = 3
    LEFT JOIN item_log l ON l.item = i.id AND l.version = i.version AND l.action = 8 AND l.actor = i.executor
    GROUP BY b.id
    HAVING b.own_confirmed <> COUNT(l.item))sql");  // 3 = ended, 8 = confirm
  statement.each([&wrong](db::Row row) {
    WrongCount found;
    found.of = WrongCount::Of::own_confirmed;
    found.batch = row.integer(0);
    found.kept = row.integer(1);
    found.counted = row.integer(2);
    wrong.push_back(found);
  });
}

}  // namespace

std::vector<WrongCount> check_batches(Work& work) {
  const Tally right = recounted(work);
  Tally stored = kept(work);
  std::vector<WrongCount> wrong;
  for (const auto& [key, items] : right) {
    const auto found = stored.find(key);
    const std::int64_t is = found == stored.end() ? 0 : found->second;
    if (is != items) wrong.push_back(wrong_items(key, is, items));
    if (found != stored.end()) stored.erase(found);
  }
  for (const auto& [key, items] : stored) wrong.push_back(wrong_items(key, items, 0));
  check_own_confirmed(work, wrong);
  return wrong;
}

void recount_batches(Work& work) {
  work.db.prepare("DELETE FROM batch_counts").run();
  work.db
      .prepare(R"sql(
        /* whole table: a repair, not a page */
        INSERT INTO batch_counts (batch, executor, state, progress, items)
        SELECT batch, 0, state, progress, COUNT(*) FROM batch_items GROUP BY batch, state, progress
        UNION ALL
        SELECT batch, executor, state, progress, COUNT(*) FROM batch_items WHERE executor IS NOT NULL
        GROUP BY batch, executor, state, progress)sql")
      .run();
  work.db
      .prepare(R"sql(
        /* whole table: a repair, not a page */
        UPDATE batches SET own_confirmed = (
          SELECT COUNT(*)
          FROM batch_items i
          JOIN item_log l ON l.item = i.id AND l.version = i.version AND l.action = 8 AND l.actor = i.executor
          WHERE i.batch = batches.id AND i.state = 3))sql")  // 3 = ended, 8 = confirm, as in check_own_confirmed
      .run();
}

}  // namespace tw::services
