#include "worker/local_status.h"

namespace tw::worker {

void LocalStatus::look(api::ViewSystem::Response& status) {
  status.started = started_;
  status.database_bytes = database_.size();
  status.jobs.assign(jobs_.begin(), jobs_.end());
}

void LocalStatus::ran(api::JobKind job, Instant at, bool failed, std::optional<Instant> next) {
  for (api::JobStatus& status : jobs_) {
    if (status.job != job) continue;
    ++status.runs;
    status.failures += failed ? 1 : 0;
    status.last = at;
    status.failed = failed;
    status.next = next;
  }
}

}  // namespace tw::worker
