#include "services/operations.h"

#include "services/audit.h"
#include "services/batch_store.h"
#include "services/notification_store.h"
#include "services/operation_rows_store.h"
#include "services/operation_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::access::Permission;

namespace {

// Whose it is, and who manages everything.
bool may_stop(const Actor& actor, const LongOperation& operation) {
  return operation.actor == actor.person || actor.holds(Permission::manage_every_batch);
}

// Ending a batch has told everybody that it is over; a limit and a calendar hold for all or for none. They go on to
// their end.
bool goes_on(api::OperationKind kind) {
  return kind == api::OperationKind::end_all || kind == api::OperationKind::change_limit ||
         kind == api::OperationKind::change_calendar;
}

bool can_stop(const LongOperation& operation) {
  return !operation.finished && !operation.cancel_requested && !goes_on(operation.kind);
}

api::OperationView view_of(const Actor& actor, const LongOperation& operation) {
  api::OperationView view;
  view.operation = operation.id;
  view.kind = operation.kind;
  view.state = operation.state;
  view.actor = operation.actor;
  view.actor_name = operation.actor_name;
  view.batch = operation.batch;
  view.import = operation.import;
  view.done = operation.done;
  view.total = operation.total;
  view.outcomes = operation.outcomes;
  view.problem = operation.problem;
  view.may_cancel = may_stop(actor, operation) && can_stop(operation);
  view.created = operation.now;
  view.finished = operation.finished;
  return view;
}

bool may_show(const Actor& actor, const StoredOperationRow& stored) {
  if (stored.row.item) return true;
  return actor.holds(Permission::view_customers) && domain::access::reaches(actor, stored.owner, stored.department);
}

std::int64_t counted(const LongOperation& operation, bool changed) {
  std::int64_t all = 0;
  for (const api::OutcomeCount& one : operation.outcomes)
    if (!api::outcome_is_only_counted(one.outcome) && api::outcome_changes(one.outcome) == changed) all += one.count;
  return all;
}

// In the actor's sight: their own, everything for administrators, and what works on a batch that they see.
Result<LongOperation> visible(Work& work, const Actor& actor, OperationId id) {
  auto operation = load_operation(work, id);
  if (operation && (may_stop(actor, *operation) || (operation->batch && see_batch(work, actor, operation->batch))))
    return std::move(*operation);
  return error(Code::not_found, text_key("error.not_found"));
}

}  // namespace

Result<api::OperationView> view_operation(Work& work, const Actor& actor, const api::ViewOperation::Request& request) {
  const auto operation = visible(work, actor, request.operation);
  if (!operation) return operation.error();
  return view_of(actor, *operation);
}

Result<api::ListOperations::Response> list_operations(Work& work, const Actor& actor,
                                                      const api::ListOperations::Request& request) {
  api::ListOperations::Response answer;
  for (const auto& operation : operations_of(work, actor.person, work.now - days(1), request.limit))
    answer.rows.push_back(view_of(actor, operation));
  return answer;
}

Result<api::OperationView> cancel_operation(Work& work, const Actor& actor,
                                            const api::CancelOperation::Request& request) {
  auto operation = visible(work, actor, request.operation);
  if (!operation) return operation.error();
  if (!may_stop(actor, *operation)) return error(Code::forbidden, text_key("error.forbidden"));
  if (operation->finished) return error(Code::conflict, text_key("operation.has_ended"));
  if (goes_on(operation->kind)) return error(Code::conflict, text_key("operation.cannot_be_stopped"));
  if (!operation->cancel_requested) {
    request_cancel(work, operation->id);
    operation->cancel_requested = true;
    audit(work, actor.person, api::AuditKind::operation_stopped,
          AuditFacts()
              .id(api::AuditFact::operation, operation->id)
              .named(api::AuditFact::operation_kind, operation->kind)
              .id(api::AuditFact::batch, operation->batch)
              .id(api::AuditFact::import, operation->import));
    work.emit(EventKind::operation_changed, operation->id.value, operation->actor, operation->batch);
  }
  return view_of(actor, *operation);
}

Result<api::OperationView> retry_operation(Work& work, const Actor& actor,
                                           const api::RetryOperation::Request& request) {
  auto operation = visible(work, actor, request.operation);
  if (!operation) return operation.error();
  if (!may_stop(actor, *operation)) return error(Code::forbidden, text_key("error.forbidden"));
  if (operation->state != api::OperationState::failed)
    return error(Code::conflict, text_key("operation.has_not_failed"));
  if (!goes_on(operation->kind)) return error(Code::conflict, text_key("operation.cannot_be_retried"));
  if (const OperationId running = operation->batch ? operation_running_on(work, operation->batch) : OperationId{})
    return error(Code::conflict, text_key("operation.batch_is_busy"), {param("operation", running.value)});
  operation->state = api::OperationState::queued;
  operation->problem.clear();
  store_progress(work, *operation);
  operation->finished.reset();
  answer_notices_of(work, operation->id);
  work.emit(EventKind::operation_changed, operation->id.value, operation->actor, operation->batch);
  return view_of(actor, *operation);
}

Result<api::ListOperationRows::Response> list_operation_rows(Work& work, const Actor& actor,
                                                             const api::ListOperationRows::Request& request) {
  const auto operation = load_operation(work, request.operation);
  if (!operation || !operation->batch) return error(Code::not_found, text_key("error.not_found"));
  if (const auto access = see_managed_batch(work, actor, operation->batch); !access) return access.error();
  api::ListOperationRows::Response response;
  response.all = counted(*operation, request.changed);
  std::vector<StoredOperationRow> stored = operation_rows_after(work, request, operation->batch);
  if (static_cast<std::int64_t>(stored.size()) > request.limit) {
    stored.resize(static_cast<std::size_t>(request.limit));
    response.next = stored.back().row.place;
  }
  for (StoredOperationRow& one : stored) {
    if (!may_show(actor, one)) {
      ++response.hidden;
      continue;
    }
    if (one.row.executor) one.row.executor_name = name_of(work, one.row.executor);
    response.rows.push_back(std::move(one.row));
  }
  return response;
}

}  // namespace tw::services
