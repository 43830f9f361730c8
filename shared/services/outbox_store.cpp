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

}  // namespace tw::services
