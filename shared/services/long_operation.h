// Long operations (architecture §3.11). An operation is a row; its input is frozen there when it is created; a job runs
// it step by step, each step one transaction that changes rows, writes logs, moves the kept counters and advances the
// cursor. A start after kill -9 goes on at the cursor: nothing twice, nothing to repair.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/operation.h"
#include "core/result.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

struct LongOperation {
  OperationId id;
  api::OperationKind kind = api::OperationKind::allocate;
  api::OperationState state = api::OperationState::queued;
  PersonId actor;
  std::string actor_name;
  BatchId batch;
  ImportId import;
  Instant now;         // the one time that all its rows carry
  std::string input;   // JSON of the kind's own frozen input
  std::string cursor;  // JSON or plain text of the kind's own; empty at the start
  std::int64_t done = 0;
  std::int64_t total = 0;
  std::vector<api::OutcomeCount> outcomes;
  bool cancel_requested = false;
  std::string problem;  // text key when failed
  std::optional<Instant> finished;

  void count(std::string_view outcome, std::int64_t rows = 1);
};

enum class StepResult : std::uint8_t { more, finished };

// One kind's step: works until work.budget says stop or nothing is left; leaves cursor, done and outcomes in
// `operation`, which the runner stores in the same transaction. An Error fails the operation (the step is rolled back,
// what earlier steps did stays).
using Step = Result<StepResult> (*)(Work&, LongOperation&);

// Creates the row (state queued) inside the caller's Work. One allocating, adding or ending operation per
// batch: a second is refused with conflict and the running one's id.
Result<OperationId> start_operation(Work& work, const domain::access::Actor& actor, api::OperationKind kind,
                                    BatchId batch, ImportId import, std::string input, std::int64_t total);

using StepTable = std::map<api::OperationKind, Step>;
const StepTable& all_steps();  // every kind that this build knows; long_operation_steps.cpp

// Runs steps of unfinished operations, in turns, so that a small one does not wait for a large one. Called by the
// server's job thread, the demo worker's message loop and tests, until it answers false: nothing to do.
//
// An Error of a step fails its operation. An exception passes through (busy, disk full: the caller waits and calls
// again; anything else: the caller calls fail_current(), or it would come back for ever).
class OperationRunner {
 public:
  OperationRunner(WorkRunner& runner, Env& env, const StepTable& steps = all_steps())
      : runner_(runner), env_(env), steps_(steps) {}
  bool run_one_step(StepBudget& budget);
  void fail_current(TextKey problem) { fail(current_, std::string(problem.view())); }

 private:
  std::optional<std::string> advance(Work& work, LongOperation& operation);
  void fail(OperationId operation, std::string problem);

  WorkRunner& runner_;
  Env& env_;
  const StepTable& steps_;
  OperationId current_;  // whose step ran last, or threw
};

// The entries of all_steps(); each is written by its own area.
Result<StepResult> step_check_import(Work& work, LongOperation& operation);
Result<StepResult> step_write_import(Work& work, LongOperation& operation);
Result<StepResult> step_add_to_batch(Work& work, LongOperation& operation);
Result<StepResult> step_allocate(Work& work, LongOperation& operation);
Result<StepResult> step_end_all(Work& work, LongOperation& operation);
Result<StepResult> step_change_items(Work& work, LongOperation& operation);
Result<StepResult> step_change_limit(Work& work, LongOperation& operation);
Result<StepResult> step_undo_allocation(Work& work, LongOperation& operation);
Result<StepResult> step_hand_over(Work& work, LongOperation& operation);
Result<StepResult> step_change_calendar(Work& work, LongOperation& operation);

}  // namespace tw::services
