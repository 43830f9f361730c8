// What the server counts about itself, printed at /metrics in Prometheus' text format. Every function may be called
// from any thread; counting never waits for anything but another count.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/system.h"

namespace tw::server {

// Counts of observations up to each bound, as Prometheus wants them.
template <std::size_t N>
class Histogram {
 public:
  explicit constexpr Histogram(const std::array<double, N>& bounds) : bounds_(bounds) {}
  void observe(double value) {
    for (std::size_t i = 0; i < N; ++i)
      if (value <= bounds_[i]) ++counts_[i];
    ++count_;
    sum_ += value;
  }
  void print(std::string& out, std::string_view name, std::string_view labels) const;

 private:
  std::array<double, N> bounds_;
  std::array<std::uint64_t, N> counts_{};
  std::uint64_t count_ = 0;
  double sum_ = 0;
};

inline constexpr std::array<double, 12> second_bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                         0.1,   0.25,   0.5,   1,    2.5,   10};
inline constexpr std::array<double, 7> group_bounds = {1, 2, 4, 8, 16, 64, 256};

// What is measured when somebody asks.
struct Sizes {
  std::int64_t database_bytes = 0;
  std::int64_t spool_bytes = 0;
  std::int64_t audit_entries = 0;
};

class Metrics {
 public:
  // `operation` is an endpoint's name; empty for files and unknown paths.
  void request(std::string_view operation, int status, double seconds);
  void commit(std::size_t works, double seconds);
  void failed_commit() { ++failed_commits_; }
  void waited_for_writer(double seconds);
  void job_step(std::string_view job, double seconds);
  void checkpoint(double seconds);
  // A job's run has ended; `next`: when it wants to run again, none for "when there is something to do".
  void job_run(api::JobKind job, Instant at, bool failed, std::optional<Instant> next);
  std::vector<api::JobStatus> jobs() const;  // in the order of JobKind, also those that have not run

  // Gauges, set by their owners.
  std::atomic<std::int64_t> people_waiting = 0;
  std::atomic<std::int64_t> jobs_waiting = 0;
  std::atomic<std::int64_t> log_bytes = 0;
  std::atomic<std::int64_t> readers_lent = 0;
  std::atomic<std::int64_t> connections = 0;
  std::atomic<std::int64_t> event_streams = 0;
  std::atomic<std::int64_t> recalled_items = 0;
  std::atomic<std::int64_t> commits = 0;
  std::atomic<std::int64_t> last_backup_at = 0;  // seconds since 1970; 0: none yet
  std::atomic<std::int64_t> failed_backups = 0;

  std::string text(const Sizes& sizes) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  std::map<std::string, Histogram<second_bounds.size()>> request_seconds_;
  std::map<std::string, Histogram<second_bounds.size()>> job_seconds_;
  std::map<api::JobKind, api::JobStatus> jobs_;
  Histogram<group_bounds.size()> group_works_{group_bounds};
  Histogram<second_bounds.size()> commit_seconds_{second_bounds};
  Histogram<second_bounds.size()> wait_seconds_{second_bounds};
  Histogram<second_bounds.size()> checkpoint_seconds_{second_bounds};
  std::atomic<std::int64_t> failed_commits_ = 0;
};

}  // namespace tw::server
