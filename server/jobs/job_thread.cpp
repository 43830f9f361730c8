#include "server/jobs/job_thread.h"

#include <algorithm>
#include <chrono>

#include "services/audit_upkeep.h"

namespace tw::server {
namespace {

using namespace std::chrono_literals;

constexpr Millis sweep_again_after = minutes(10);
constexpr auto after_a_failure = 5s;

void earliest(std::optional<Instant>& due, std::optional<Instant> at) {
  if (at && (!due || *at < *due)) due = at;
}

}  // namespace

JobThread::JobThread(services::WorkRunner& runner, Env& env, Writer& writer, Checkpoints& checkpoints, Metrics& metrics)
    : runner_(runner),
      env_(env),
      writer_(writer),
      checkpoints_(checkpoints),
      metrics_(metrics),
      operations_(runner, env) {}

void JobThread::start() {
  thread_ = std::thread([this] { run(); });
}

void JobThread::ring() {
  {
    const std::lock_guard lock(mutex_);
    bell_ = true;
  }
  rung_.notify_one();
}

void JobThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  rung_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void JobThread::run() {
  bool worked = false;
  for (;;) {
    std::optional<Instant> due;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      bell_ = false;
    }
    try {
      if (run_round(due)) {
        worked = true;
        continue;
      }
    } catch (const std::exception& problem) {
      env_.log.write(Log::Level::error, "a job failed and will be tried again", {param("problem", problem.what())});
      std::unique_lock lock(mutex_);
      rung_.wait_for(lock, after_a_failure, [this] { return stopping_; });
      continue;
    }
    // A long operation leaves caches full: an idle server gives them back.
    if (worked) writer_.release_memory();
    worked = false;
    if (!sleep(due)) return;
  }
}

// One run of a job: its time, its outcome, and when it wants to run again.
template <class F>
auto JobThread::counted(api::JobKind job, F&& step) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    const services::NextRun next = step();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    metrics_.job_step(wire_name(job), seconds);
    metrics_.job_run(job, env_.clock.now(), false, next.at);
    return next;
  } catch (...) {
    metrics_.job_run(job, env_.clock.now(), true, std::nullopt);
    throw;
  }
}

// One step of each kind of work; true when more is waiting right now. A long operation can wait for room in the log,
// which rings; what the clock asks for cannot, and writes little beside one.
bool JobThread::run_round(std::optional<Instant>& due) {
  auto& budget = writer_.budget();
  bool more_to_step = false;
  if (checkpoints_.has_room())
    more_to_step = counted(api::JobKind::long_operation, [&] {
                     return services::NextRun{step_long_operation(budget), std::nullopt, 0};
                   }).at_once;
  const auto recall = counted(api::JobKind::recall, [&] { return services::recall_overdue(runner_, env_, budget); });
  metrics_.recalled_items += recall.items;
  earliest(due, recall.at);
  const Instant now = env_.clock.now();
  bool more_to_sweep = false;
  if (!next_sweep_ || *next_sweep_ <= now) {
    const auto sweep = counted(api::JobKind::sweep, [&] { return services::sweep(runner_, env_, budget); });
    more_to_sweep = sweep.at_once;
    next_sweep_ = more_to_sweep ? std::nullopt : std::optional(sweep.at.value_or(now + sweep_again_after));
  }
  earliest(due, next_sweep_);
  if (!next_audit_ || *next_audit_ <= now)
    next_audit_ = counted(api::JobKind::audit, [&] {
                    return services::keep_audit_log(runner_, env_);
                  }).at.value_or(now + sweep_again_after);
  earliest(due, next_audit_);
  return more_to_step || recall.at_once || more_to_sweep;
}

bool JobThread::step_long_operation(services::StepBudget& budget) {
  try {
    return operations_.run_one_step(budget);
  } catch (const db::DbError& problem) {
    if (problem.is_busy() || problem.is_full()) throw;  // passes: the step is tried again
    env_.log.write(Log::Level::error, "a step failed", {param("problem", problem.what())});
  } catch (const std::exception& problem) {
    env_.log.write(Log::Level::error, "a step failed", {param("problem", problem.what())});
  }
  metrics_.job_run(api::JobKind::long_operation, env_.clock.now(), true, std::nullopt);
  operations_.fail_current(text_key("operation.broke"));  // or it would come back for ever
  return true;
}

// False: the thread must end.
bool JobThread::sleep(std::optional<Instant> due) {
  const auto now = env_.clock.now();
  const auto longest = due ? std::clamp<std::int64_t>((*due - now).value, 0, minutes(10).value) : minutes(10).value;
  std::unique_lock lock(mutex_);
  rung_.wait_for(lock, std::chrono::milliseconds(longest), [this] { return bell_ || stopping_; });
  return !stopping_;
}

}  // namespace tw::server
