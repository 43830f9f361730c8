#include "services/outbox_store.h"

namespace tw::services {

void append_event(Work& work, EventKind kind, std::int64_t entity, PersonId person, BatchId batch) {
  work.db
      .prepare(
          "INSERT INTO outbox (kind, entity, person, batch, at) "
          "VALUES (:kind, :entity, :person, :batch, :at)")
      .bind(":kind", wire_name(kind))
      .bind(":entity", entity)
      .bind_or_null(":person", person)
      .bind_or_null(":batch", batch)
      .bind(":at", work.now)
      .run();
}

std::int64_t newest_event(Work& work) {
  return work.db.prepare("/* whole table: stops at its end */ SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1")
      .integer_or(0);
}

std::int64_t oldest_event(Work& work) {
  return work.db.prepare("/* whole table: stops at its beginning */ SELECT seq FROM outbox ORDER BY seq LIMIT 1")
      .integer_or(0);
}

std::vector<OutboxRow> events_after(Work& work, std::int64_t seq, std::int64_t limit) {
  // Along the primary key; customers by theirs.
  return work.db
      .prepare(
          "SELECT o.seq, o.kind, o.entity, o.person, o.batch, c.owner, c.department FROM outbox AS o "
          "LEFT JOIN customers AS c ON o.kind = 'customer_changed' AND c.id = o.entity "
          "WHERE o.seq > :after ORDER BY o.seq LIMIT :limit")
      .bind(":after", seq)
      .bind(":limit", limit)
      .all([](db::Row row) {
        OutboxRow event;
        event.seq = row.integer(0);
        from_wire_name(row.text(1), event.kind);
        event.entity = row.integer(2);
        event.person = row.id<PersonId>(3);
        event.batch = row.id<BatchId>(4);
        event.owner = row.id<PersonId>(5);
        event.department = row.id<DepartmentId>(6);
        return event;
      });
}

std::int64_t forget_events(Work& work, Instant before, std::int64_t limit) {
  return work.db
      .prepare(
          "/* whole table: stops after the oldest rows, the beginning of the primary key */ "
          "DELETE FROM outbox WHERE seq IN (SELECT seq FROM (SELECT seq, at FROM outbox ORDER BY seq LIMIT :limit) "
          "AS oldest WHERE at < :before) AND seq < (SELECT MAX(seq) FROM outbox)")
      .bind(":limit", limit)
      .bind(":before", before)
      .run_changes();
}

}  // namespace tw::services
