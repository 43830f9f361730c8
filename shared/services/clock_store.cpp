// See clock_store.h.
#include "services/clock_store.h"

namespace tw::services {

std::int64_t overdue_under(Work& work, BatchId batch, Millis limit) {
  if (limit.value == 0) return 0;
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*) FROM batch_items
    WHERE batch = :batch AND state = 1 AND resumed_at + :limit - used <= :now)sql");  // batch_items_by_state
  return statement.bind(":batch", batch).bind(":limit", limit).bind(":now", work.now).integer_or(0);
}

std::vector<RunningItem> running_after(Work& work, BatchId batch, Instant changed, ItemId item, std::int64_t limit) {
  auto statement = work.db.prepare(R"sql(
    SELECT id, version, changed, executor, used, resumed_at, due_at, day_length
    FROM batch_items
    WHERE batch = :batch AND state = 1 AND changed = :changed AND id > :item
    UNION ALL
    SELECT id, version, changed, executor, used, resumed_at, due_at, day_length
    FROM batch_items
    WHERE batch = :batch AND state = 1 AND changed > :changed
    ORDER BY 3, 1
    LIMIT :limit)sql");  // batch_items_by_state, two ranges of it: an allocation changes a whole batch at one time
  statement.bind(":batch", batch).bind(":changed", changed).bind(":item", item).bind(":limit", limit);
  return statement.all([](db::Row row) {
    return RunningItem{row.id<ItemId>(0),
                       row.version(1),
                       row.instant(2),
                       row.id<PersonId>(3),
                       {{row.integer(4)}, row.optional_instant(5), row.optional_instant(6), {row.integer(7)}}};
  });
}

ClockWriter::ClockWriter(Work& work)
    : statement_(work.db.prepare(R"sql(
          UPDATE batch_items SET used = :used, resumed_at = :resumed_at, due_at = :due_at, day_length = :day_length
          WHERE id = :item AND version = :version)sql")) {}  // by primary key

void ClockWriter::write(const RunningItem& item, const domain::batch::ItemClock& clock) {
  statement_.again();
  statement_.bind(":used", clock.used)
      .bind(":resumed_at", clock.resumed_at)
      .bind(":due_at", clock.due_at)
      .bind(":day_length", clock.day)
      .bind(":item", item.item)
      .bind(":version", item.version)
      .run();
}

}  // namespace tw::services
