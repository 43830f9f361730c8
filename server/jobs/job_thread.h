// The thread of work that nobody waits for: steps of long operations, recalls, sweeping. It sleeps until a commit rings
// or something is due.
//
// What must stay true: it ends at a step's boundary, and nothing is lost by that or by a kill: what a step did is
// committed with its cursor, the rest is done after the next start.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "core/env.h"
#include "server/connections/checkpoints.h"
#include "server/connections/writer.h"
#include "server/metrics.h"
#include "services/jobs.h"
#include "services/long_operation.h"

namespace tw::server {

class JobThread {
 public:
  JobThread(services::WorkRunner& runner, Env& env, Writer& writer, Checkpoints& checkpoints, Metrics& metrics);
  ~JobThread() { stop(); }
  JobThread(const JobThread&) = delete;
  JobThread& operator=(const JobThread&) = delete;

  void start();
  void ring();  // something changed: there may be work
  void stop();  // after the step that is running

 private:
  void run();
  bool run_round(std::optional<Instant>& due);
  bool step_long_operation(services::StepBudget& budget);
  template <class F>
  auto counted(api::JobKind job, F&& step);
  bool sleep(std::optional<Instant> due);

  services::WorkRunner& runner_;
  Env& env_;
  Writer& writer_;
  Checkpoints& checkpoints_;
  Metrics& metrics_;
  services::OperationRunner operations_;
  std::optional<Instant> next_sweep_;
  std::optional<Instant> next_audit_;

  std::mutex mutex_;
  std::condition_variable rung_;
  bool bell_ = true;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tw::server
