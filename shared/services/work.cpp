#include "services/work.h"

namespace tw::services {

void Work::emit(EventKind kind, std::int64_t entity, PersonId person, BatchId batch) {
  const std::string_view name = wire_name(kind);
  db.prepare(
        "INSERT INTO outbox (kind, entity, person, batch, at) "
        "VALUES (:kind, :entity, :person, :batch, :at)")
      .bind(":kind", name)
      .bind(":entity", entity)
      .bind_or_null(":person", person)
      .bind_or_null(":batch", batch)
      .bind(":at", now)
      .run();
  ++events_;
}

void DirectRunner::read(const std::function<void(Work&)>& body) {
  Work work(database_, env_, env_.clock.now());
  body(work);
}

void DirectRunner::change(Lane, const std::function<bool(Work&)>& body) {
  db::Transaction transaction(database_);
  Work work(database_, env_, env_.clock.now());
  if (body(work)) transaction.commit();
}

}  // namespace tw::services
