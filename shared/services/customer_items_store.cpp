// What other areas ask about a customer's items (batch_store.h, first section). A customer is in few batches, so all of
// these start at batch_items_of_customer and stay small, however large the batches are.
#include "services/batch_store.h"

namespace tw::services {

using api::TimelineKind;
using domain::batch::Action;
using domain::batch::BatchState;
using domain::batch::ItemState;

bool holds_item_of(Work& work, PersonId person, CustomerId customer) {
  auto statement = work.db.prepare(R"sql(
    SELECT 1
    FROM batch_items i
    JOIN batches b ON b.id = i.batch
    WHERE i.customer = :customer AND i.executor = :person AND i.state IN (1, 2) AND b.state = 0)sql");
  return statement.bind(":customer", customer).bind(":person", person).step();
}

std::vector<api::CustomerBatch> batches_of(Work& work, CustomerId customer) {
  auto statement = work.db.prepare(R"sql(
    SELECT b.id, i.id, b.subject, b.state, i.state, i.executor, COALESCE(p.name, '')
    FROM batch_items i
    JOIN batches b ON b.id = i.batch
    LEFT JOIN people p ON p.id = i.executor
    WHERE i.customer = :customer
    ORDER BY b.id DESC
    LIMIT 200)sql");
  return statement.bind(":customer", customer).all([](db::Row row) {
    api::CustomerBatch batch;
    batch.batch = row.id<BatchId>(0);
    batch.item = row.id<ItemId>(1);
    batch.subject = row.string(2);
    batch.batch_state = wire_name(static_cast<BatchState>(row.integer(3)));
    batch.item_state = wire_name(static_cast<ItemState>(row.integer(4)));
    batch.executor = row.id<PersonId>(5);
    batch.executor_name = row.string(6);
    return batch;
  });
}

// --- the timeline ----------------------------------------------------------------------------------------------------

namespace {

// Positions of one customer's entries: item and version in one number, so that entries of one instant keep an order. An
// item's version stays far below 2^20 and ids below 2^43.
constexpr std::int64_t removed_action = -1;
constexpr std::int64_t added_action = -2;

TimelineKind kind_of(std::int64_t action) {
  if (action == removed_action) return TimelineKind::item_removed;
  if (action == added_action) return TimelineKind::item_added;
  switch (static_cast<Action>(action)) {
    case Action::save_progress:
      return TimelineKind::execution_note;
    case Action::complete:
      return TimelineKind::item_completed;
    case Action::abandon:
      return TimelineKind::item_abandoned;
    case Action::confirm:
    case Action::end_all:
      return TimelineKind::item_ended;
    case Action::send_back:
      return TimelineKind::item_returned;
    case Action::recall:
      return TimelineKind::item_recalled;
    case Action::reset:
      return TimelineKind::item_reset;
    case Action::undo_allocation:
    case Action::undo_own:
      return TimelineKind::item_undone;
    case Action::add:
    case Action::remove:
    case Action::allocate:
    case Action::designate:
    case Action::claim:
    case Action::transfer:
    case Action::reassign:
    case Action::terminate:
      return TimelineKind::item_allocated;
  }
  return TimelineKind::item_allocated;
}

}  // namespace

std::vector<ItemTimelineEntry> item_timeline(Work& work, CustomerId customer, TimelinePoint before,
                                             std::int64_t limit) {
  auto statement = work.db.prepare(R"sql(
    SELECT t.at, t.position, t.action, t.actor, t.actor_name, t.batch, b.subject, t.text
    FROM (
      SELECT l.at AS at, (i.id << 20) + l.version AS position, l.action AS action, l.actor AS actor,
             l.actor_name AS actor_name, i.batch AS batch, l.text AS text
      FROM batch_items i
      JOIN item_log l ON l.item = i.id
      WHERE i.customer = :customer
      UNION ALL
      SELECT i.added, i.id << 20, -2, NULL, '', i.batch, ''
      FROM batch_items i
      WHERE i.customer = :customer
      UNION ALL
      SELECT r.added, r.item << 20, -2, NULL, '', r.batch, ''
      FROM removed_items r
      WHERE r.customer = :customer
      UNION ALL
      SELECT r.removed, (r.item << 20) + 1, -1, r.actor, r.actor_name, r.batch, ''
      FROM removed_items r
      WHERE r.customer = :customer
    ) t
    JOIN batches b ON b.id = t.batch
    WHERE (t.at, t.position) < (:at, :position)
    ORDER BY t.at DESC, t.position DESC
    LIMIT :limit)sql");  // batch_items_of_customer, item_log's key, removed_items_of_customer
  return statement.bind(":customer", customer)
      .bind(":at", before.at)
      .bind(":position", before.position)
      .bind(":limit", limit)
      .all([](db::Row row) {
        ItemTimelineEntry entry;
        entry.entry.at = row.instant(0);
        entry.position = row.integer(1);
        entry.entry.kind = kind_of(row.integer(2));
        entry.entry.actor = row.id<PersonId>(3);
        entry.entry.actor_name = row.string(4);
        entry.entry.batch = row.id<BatchId>(5);
        entry.entry.subject = row.string(6);
        entry.entry.text = row.string(7);
        return entry;
      });
}

}  // namespace tw::services
