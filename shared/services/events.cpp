// What changed, for pages that poll. An event is an id and a kind; whoever hears it asks again with their own
// permissions. Still, nobody is told about rows that are none of their business.
#include "services/events.h"

#include <map>
#include <set>
#include <utility>

#include "services/batch_store.h"
#include "services/outbox_store.h"

namespace tw::services {

namespace {

// Who missed more looks at everything again: that is one screen of requests, not thousands of events.
constexpr std::int64_t most_events = 2000;

class Sight {
 public:
  Sight(Work& work, const Actor& actor) : work_(work), actor_(actor) {}

  bool sees(const OutboxRow& event) {
    switch (event.kind) {
      case EventKind::person_changed:
      case EventKind::department_changed:
      case EventKind::user_group_changed:
      case EventKind::calendar_changed:
      case EventKind::field_changed:
      case EventKind::customers_changed:
        return true;
      case EventKind::customer_changed:
        return is_theirs(event) || domain::access::reaches(actor_, event.owner, event.department) ||
               holds_item_of(work_, actor_.person, CustomerId{event.entity});
      case EventKind::notification_changed:
        return is_theirs(event);
      case EventKind::import_changed:
        return is_theirs(event) || actor_.role == domain::access::Role::administrator;
      case EventKind::operation_changed:
        return is_theirs(event) || actor_.role == domain::access::Role::administrator || sees_batch(event.batch);
      case EventKind::batch_changed:
      case EventKind::item_changed:
        // By batch, not by item: who lost an item must hear of it too.
        return is_theirs(event) || sees_batch(event.batch);
    }
    return false;
  }

 private:
  bool is_theirs(const OutboxRow& event) const { return event.person && event.person == actor_.person; }
  bool sees_batch(BatchId batch) {
    if (!batch) return false;
    const auto known = batches_.find(batch);
    if (known != batches_.end()) return known->second;
    return batches_[batch] = see_batch(work_, actor_, batch).ok();
  }

  Work& work_;
  const Actor& actor_;
  std::map<BatchId, bool> batches_;
};

}  // namespace

Result<api::EventsAfter::Response> events_after(Work& work, const Actor& actor,
                                                const api::EventsAfter::Request& request) {
  api::EventsAfter::Response answer;
  answer.newest = newest_event(work);
  if (request.after < 0 || request.after == answer.newest) return answer;
  const std::int64_t oldest = oldest_event(work);
  if (request.after > answer.newest || request.after + 1 < oldest || answer.newest - request.after > most_events) {
    answer.forgotten = true;
    return answer;
  }
  Sight sight(work, actor);
  std::set<std::pair<EventKind, std::int64_t>> told;
  for (const OutboxRow& row : events_after(work, request.after, most_events)) {
    if (told.count({row.kind, row.entity}) > 0 || !sight.sees(row)) continue;
    told.insert({row.kind, row.entity});
    api::Event event;
    event.kind = row.kind;
    event.entity = row.entity;
    answer.events.push_back(event);
  }
  return answer;
}

}  // namespace tw::services
