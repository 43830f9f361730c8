// See batch_views.h.
#include "services/batch_views.h"

#include "services/initials.h"
#include "services/item_store.h"
#include "services/leaving_store.h"
#include "services/people_store.h"
#include "services/policies.h"
#include "services/settings.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::BatchState;

api::BatchSummary summary_of(Work& work, const Actor& actor, const BatchAccess& access) {
  const Batch& batch = access.batch;
  api::BatchSummary summary;
  summary.batch = batch.id;
  summary.version = batch.version;
  summary.subject = batch.subject;
  summary.state = batch.state;
  summary.creator = batch.creator;
  summary.creator_name = batch.creator_name;
  // Who only executes sees their own items and nobody else's.
  summary.counts = access.manages ? counts_of(work, batch.id).states : counts_of(work, batch.id, actor.person).states;
  if (batch.state == BatchState::active)
    summary.next_due = access.manages ? next_due(work, batch.id) : next_due(work, batch.id, actor.person);
  summary.claiming_open = !domain::batch::claiming_refused(batch.facts(), work.now);
  summary.manages = access.manages;
  summary.executes = access.executes;
  if (access.manages) summary.running = running_operation(work, batch.id);
  summary.created = batch.created;
  summary.changed = batch.changed;
  return summary;
}

api::BatchPerson batch_person(Work& work, BatchId batch, PersonId person) {
  api::BatchPerson row;
  row.person = person;
  if (const auto found = load_person(work, person)) {
    row.name = found->name;
    row.initials = initials_of(found->name);
    row.department = found->department;
    row.department_name = department_name_of(work, found->department);
    row.active = found->active;
    row.holding_cap = found->holding_cap;
  }
  row.counts = batch ? counts_of(work, batch, person).states : counts_of_executor(work, person).states;
  row.held = held_by(work, person);
  return row;
}

api::BatchDetail detail_of(Work& work, const Actor& actor, const BatchAccess& access) {
  const Batch& batch = access.batch;
  api::BatchDetail detail;
  detail.summary = summary_of(work, actor, access);
  detail.description = batch.description;
  if (access.manages)
    for (const PersonId person : people_of(work, batch.id, BatchRole::executor))
      detail.executors.push_back(batch_person(work, batch.id, person));
  for (const PersonId person : people_of(work, batch.id, BatchRole::co_manager)) {
    api::BatchPerson row;
    row.person = person;
    row.name = name_of(work, person);
    detail.co_managers.push_back(std::move(row));
  }
  if (access.manages && batch.state == BatchState::active)
    for (const PersonId person : gone_from(work, batch.id)) detail.gone.push_back(batch_person(work, batch.id, person));
  detail.limit = batch.limit.value;
  detail.limit_unit = batch.limit.unit;
  detail.limit_counts = batch.limit_counts;
  detail.due_soon_ms = batch.due_soon.value;
  detail.own_confirmed = batch.own_confirmed;
  detail.allocation_undo_hours = allocation_undo_window(work).value / hours(1).value;
  detail.end_date = batch.ends_at;
  detail.needs_confirmation = batch.needs_confirmation;
  detail.allows_transfer = batch.allows_transfer;
  detail.termination_reason = batch.termination_reason;
  detail.claim_open = batch.claim_open;
  detail.claim_mode = batch.claim_mode;
  detail.claim_count = batch.claim_count;
  detail.claim_from = batch.claim_from;
  detail.claim_to = batch.claim_to;
  if (access.manages)
    if (const auto policy = load_policy(work, batch.policy)) detail.policy = policy_view(work, actor, *policy, true);
  return detail;
}

Refusal stale(Work& work, const Batch& batch, Version seen) {
  if (batch.version == seen) return std::nullopt;
  if (const auto last = last_edit(work, batch.id))
    return error(Code::conflict, text_key("batch.changed_by"),
                 {param("who", last->actor_name), param("at", last->at.ms)});
  return error(Code::conflict, text_key("error.conflict"));
}

Refusal busy(Work& work, BatchId batch) {
  const OperationId running = running_operation(work, batch);
  if (!running) return std::nullopt;
  return error(Code::conflict, text_key("operation.batch_is_busy"), {param("operation", running.value)});
}

}  // namespace tw::services
