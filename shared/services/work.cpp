#include "services/work.h"

#include "services/outbox_store.h"

namespace tw::services {

void Work::emit(EventKind kind, std::int64_t entity, PersonId person, BatchId batch) {
  append_event(*this, kind, entity, person, batch);
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
