// See long_operation.h. One transaction per step: what the step wrote and where it stands are committed together.
#include "services/long_operation.h"

#include "services/audit.h"
#include "services/change_calendar.h"
#include "services/operation_store.h"

namespace tw::services {

namespace {

AuditFacts about(const LongOperation& operation) {
  AuditFacts facts;
  facts.id(api::AuditFact::operation, operation.id).named(api::AuditFact::operation_kind, operation.kind);
  return facts.id(api::AuditFact::batch, operation.batch).id(api::AuditFact::import, operation.import);
}

void audit_end(Work& work, const LongOperation& operation) {
  if (operation.state == api::OperationState::queued || operation.state == api::OperationState::running) return;
  std::string outcomes;
  for (const auto& one : operation.outcomes)
    outcomes += (outcomes.empty() ? "" : ", ") + one.outcome + " " + std::to_string(one.count);
  audit(work, operation.actor, api::AuditKind::operation_ended,
        about(operation)
            .named(api::AuditFact::state, operation.state)
            .text(api::AuditFact::problem, operation.problem)
            .number(api::AuditFact::rows, operation.done)
            .text(api::AuditFact::outcomes, outcomes));
}

}  // namespace

void LongOperation::count(std::string_view outcome, std::int64_t rows) {
  for (auto& known : outcomes) {
    if (known.outcome != outcome) continue;
    known.count += rows;
    return;
  }
  outcomes.push_back({std::string(outcome), rows});
}

Result<OperationId> start_operation(Work& work, const domain::access::Actor& actor, api::OperationKind kind,
                                    BatchId batch, ImportId import, std::string input, std::int64_t total) {
  if (batch)
    if (const OperationId running = operation_running_on(work, batch))
      return error(Code::conflict, text_key("operation.batch_is_busy"), {param("operation", running.value)});
  LongOperation operation;
  operation.kind = kind;
  operation.actor = actor.person;
  operation.actor_name = actor.name;
  operation.batch = batch;
  operation.import = import;
  operation.now = work.now;
  operation.input = std::move(input);
  operation.total = total;
  operation.id = insert_operation(work, operation);
  audit(work, actor.person, api::AuditKind::operation_started,
        about(operation).number(api::AuditFact::rows, operation.total));
  work.emit(EventKind::operation_changed, operation.id.value, operation.actor, operation.batch);
  return operation.id;
}

bool OperationRunner::run_one_step(StepBudget& budget) {
  std::optional<LongOperation> operation;
  std::optional<std::string> problem;  // text key of why the step failed
  runner_.change(Lane::jobs, [&](Work& work) {
    operation = next_unfinished(work, current_);
    if (!operation) return false;
    current_ = operation->id;
    work.budget = &budget;
    problem = advance(work, *operation);
    if (problem) return false;  // nothing of the step stays
    store_progress(work, *operation);
    audit_end(work, *operation);
    work.emit(EventKind::operation_changed, operation->id.value, operation->actor, operation->batch);
    return true;
  });
  if (!operation) return false;
  if (problem) fail(operation->id, *problem);
  return true;
}

// Moves the operation on by one step, or answers why it failed.
std::optional<std::string> OperationRunner::advance(Work& work, LongOperation& operation) {
  if (operation.cancel_requested) {
    operation.state = api::OperationState::cancelled;
    return {};
  }
  const auto step = steps_.find(operation.kind);
  if (step == steps_.end()) return std::string(text_key("operation.unknown_kind").view());
  operation.state = api::OperationState::running;
  const auto result = step->second(work, operation);
  if (!result) return std::string(result.error().key.view());
  if (*result == StepResult::finished) operation.state = api::OperationState::done;
  return {};
}

void OperationRunner::fail(OperationId id, std::string problem) {
  env_.log.write(Log::Level::error, "a long operation failed",
                 {param("operation", id.value), param("problem", problem)});
  runner_.change(Lane::jobs, [&](Work& work) {
    // As the last good step left it: the failed one was rolled back.
    auto operation = load_operation(work, id);
    if (!operation) return false;
    operation->state = api::OperationState::failed;
    operation->problem = problem;
    store_progress(work, *operation);
    tell_of_failed_recount(work, *operation);
    audit_end(work, *operation);
    work.emit(EventKind::operation_changed, id.value, operation->actor, operation->batch);
    return true;
  });
}

}  // namespace tw::services
