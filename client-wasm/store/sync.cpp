// Staying current: EventsAfter is asked when the doorbell rings, and every three seconds while there is none and the
// page is visible; what it names is marked stale, and what is stale and on the screen is asked for again. Lost or
// repeated events are harmless.
#include <algorithm>

#include "api/events.h"
#include "client/store/store.h"

namespace tw::store {

namespace {

constexpr std::int64_t poll_every_ms = 3000, poll_beside_bell_ms = 30'000;
constexpr std::int64_t watch_every_ms = 1000;
constexpr std::int64_t slowest_poll_ms = 12000;  // of a server that does not answer; the browser's word comes sooner

// Bounded: a page may stay open for days. What is forgotten stays ticked until its list is here whole.
void note(std::set<std::int64_t>& changed, std::int64_t entity) {
  constexpr std::size_t most_noted = 10'000;
  if (changed.size() >= most_noted) changed.clear();
  changed.insert(entity);
}

}  // namespace

bool Store::poll(Instant now) {
  // Nobody has answered yet: the first question is asked again until somebody does.
  const bool unanswered = !session && capabilities.failed() && capabilities.problem.unreached;
  if ((!session && !unanswered) || session_ended) {
    next_poll_.reset();
    return false;
  }
  if (!next_poll_) next_poll_ = unanswered ? now + Millis{poll_every_ms} : now;
  if (polling_ || *next_poll_ > now) return false;
  if (unanswered) {
    next_poll_.reset();
    capabilities.retry();
    touch();
    return true;
  }
  polling_ = true;
  const std::int64_t every = !watched.empty() ? watch_every_ms : bell_ ? poll_beside_bell_ms : poll_every_ms;
  next_poll_ =
      now +
      Millis{bell_ && poll_failures_ == 0 ? every : std::min(slowest_poll_ms, every << std::min(poll_failures_, 4))};
  bool asked = false;
  for (const std::int64_t id : watched) {
    Remote<api::OperationView>* known = operation.find(id);
    if (known && !known->loading()) load_operation(OperationId{id}), asked = true;
  }
  transport::call<api::EventsAfter>(transport_, {newest_event_}, [this, epoch = epoch_](auto answer) {
    polling_ = false;
    poll_failures_ = answer ? 0 : poll_failures_ + 1;
    const bool was_changed = changed_, was_lost = connection == Connection::lost;
    heard(answer ? nullptr : &answer.problem);
    if (!answer || epoch != epoch_) return;
    const bool first = newest_event_ < 0;
    newest_event_ = answer->newest;
    if (!first && answer->forgotten) mark_all_stale();
    for (const api::Event& event : answer->events) happened(event.kind, event.entity);
    // Nothing new is no reason for a frame.
    if (answer->events.empty() && !answer->forgotten && !was_lost) changed_ = was_changed;
  });
  return asked;
}

void Store::poll_soon() {
  next_poll_ = Instant{0};
  touch();
}

void Store::rang(std::int64_t newest) {
  const bool was = std::exchange(bell_, newest >= 0);
  if (newest > newest_event_ || (was && !bell_)) poll_soon();
}

// An item shows its customer, flags and all: whoever has it open sees at once that nobody may be contacted any more.
void Store::mark_items_of_customers_stale() {
  item.mark_stale();
  items.mark_stale();
  my_items.mark_stale();
  claimable.mark_stale();
  plan.mark_stale();
  reassignment_preview.mark_stale();
}

void Store::happened(EventKind kind, std::int64_t entity) {
  touch();
  switch (kind) {
    case EventKind::person_changed:
      people.stale = user_groups.stale = true;
      for (auto& found : found_people) found.second.stale = true;
      if (session && session->person.value == entity) capabilities.stale = true;
      break;
    case EventKind::department_changed:
      departments.stale = people.stale = true;
      break;
    case EventKind::user_group_changed:
      user_groups.stale = true;
      break;
    case EventKind::calendar_changed:
      calendars.stale = true;
      calendar.mark_stale();
      calendar_preview.clear();
      limit_preview.mark_stale();
      break;
    case EventKind::customer_changed:
      note(changed_customers, entity);
      customer.mark_stale(entity);
      timeline.mark_stale(entity);
      customers.mark_stale();
      addition_preview.mark_stale();
      mark_items_of_customers_stale();
      break;
    case EventKind::customers_changed:
      customer.mark_stale();
      timeline.mark_stale();
      customers.mark_stale();
      mark_items_of_customers_stale();
      for (auto& total : customer_totals) total.stale = true;
      query_totals.mark_stale();
      addition_preview.mark_stale();
      break;
    case EventKind::field_changed:
      fields.stale = true;
      break;
    case EventKind::import_changed:
      imports.stale = true;
      import.mark_stale(entity);
      break;
    case EventKind::batch_changed:
      for (auto& list : batch_lists) list.second.stale = true;
      batch.mark_stale(entity);
      claimable.mark_stale(entity);
      limit_preview.mark_stale();
      addition_preview.mark_stale();
      batch_log.mark_stale(entity);
      held.mark_stale();
      allocation_undo.mark_stale();
      plan.mark_stale();
      reassignment_preview.mark_stale();
      items.mark_stale();
      my_items.mark_stale();
      workbench.stale = true;
      break;
    case EventKind::item_changed:
      note(changed_items, entity);
      item.mark_stale(entity);
      item.mark_stale_where([entity](const api::ItemDetail& detail) {
        return std::any_of(detail.others.begin(), detail.others.end(),
                           [entity](const api::OtherBatch& other) { return other.item.value == entity; });
      });
      why.mark_stale(entity);
      transfer_targets.mark_stale(entity);
      items.mark_stale();
      my_items.mark_stale();
      claimable.mark_stale();
      plan.mark_stale();
      reassignment_preview.mark_stale();
      workbench.stale = true;
      break;
    case EventKind::notification_changed:
      notifications.stale = true;
      break;
    case EventKind::operation_changed:
      operation.mark_stale(entity);
      for (const bool changed : {false, true}) operation_rows.mark_stale(key_of({entity}, changed));
      break;
  }
}

void Store::mark_all_stale() {
  people.stale = departments.stale = user_groups.stale = calendars.stale = fields.stale = imports.stale =
      workbench.stale = notifications.stale = policies.stale = archived_policies.stale = true;
  for (auto& found : found_people) found.second.stale = true;
  names_asked_.clear();
  for (auto& total : customer_totals) total.stale = true;
  customers.mark_stale();
  addition_preview.mark_stale();
  customer.mark_stale();
  timeline.mark_stale();
  import.mark_stale();
  for (auto& list : batch_lists) list.second.stale = true;
  batch.mark_stale();
  claimable.mark_stale();
  batch_log.mark_stale();
  held.mark_stale();
  calendar.mark_stale();
  calendar_preview.clear();
  limit_preview.mark_stale();
  settings.stale = system.stale = audit.stale = true;
  allocation_undo.mark_stale();
  items.mark_stale();
  plan.mark_stale();
  reassignment_preview.mark_stale();
  my_items.mark_stale();
  item.mark_stale();
  why.mark_stale();
  operation.mark_stale();
  operation_rows.mark_stale();
  touch();
}

void Store::heard_of_network(bool online) {
  if (online) return poll_soon();  // an answer will say that the connection is back
  connection = Connection::lost;
  touch();
}

void Store::heard(const Problem* problem) {
  const Connection now = problem && problem->unreached ? Connection::lost : Connection::fine;
  if (now == Connection::fine && connection == Connection::lost) mark_all_stale();
  connection = now;
  if (problem && transport::says_session_ended(*problem) && session) session_ended = true;
  touch();
}

bool Store::take_changed() {
  const bool was = changed_;
  changed_ = false;
  return was;
}

}  // namespace tw::store
