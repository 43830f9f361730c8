#include "server/metrics.h"

#include <cstdio>

namespace tw::server {
namespace {

std::string number(double value) {
  char out[32];
  std::snprintf(out, sizeof(out), "%.9g", value);
  return out;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void line(std::string& out, std::string_view name, std::string_view labels, const std::string& value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, std::int64_t value) {
  head(out, name, type, help);
  line(out, name, "", std::to_string(value));
}

// Names come from our own tables, never from a request: they need no escape.
std::string label(std::string_view name, std::string_view value) {
  return std::string(name) + "=\"" + std::string(value) + "\"";
}

}  // namespace

template <std::size_t N>
void Histogram<N>::print(std::string& out, std::string_view name, std::string_view labels) const {
  const std::string base(name);
  const std::string before = labels.empty() ? std::string() : std::string(labels) + ",";
  for (std::size_t i = 0; i < N; ++i)
    line(out, base + "_bucket", before + label("le", number(bounds_[i])), std::to_string(counts_[i]));
  line(out, base + "_bucket", before + label("le", "+Inf"), std::to_string(count_));
  line(out, base + "_sum", labels, number(sum_));
  line(out, base + "_count", labels, std::to_string(count_));
}

void Metrics::request(std::string_view operation, int status, double seconds) {
  const std::string name = operation.empty() ? "other" : std::string(operation);
  const std::lock_guard lock(mutex_);
  ++requests_[{name, status}];
  request_seconds_.try_emplace(name, second_bounds).first->second.observe(seconds);
}

void Metrics::commit(std::size_t works, double seconds) {
  ++commits;
  const std::lock_guard lock(mutex_);
  group_works_.observe(static_cast<double>(works));
  commit_seconds_.observe(seconds);
}

void Metrics::waited_for_writer(double seconds) {
  const std::lock_guard lock(mutex_);
  wait_seconds_.observe(seconds);
}

void Metrics::job_step(std::string_view job, double seconds) {
  const std::lock_guard lock(mutex_);
  job_seconds_.try_emplace(std::string(job), second_bounds).first->second.observe(seconds);
}

void Metrics::checkpoint(double seconds) {
  const std::lock_guard lock(mutex_);
  checkpoint_seconds_.observe(seconds);
}

void Metrics::job_run(api::JobKind job, Instant at, bool failed, std::optional<Instant> next) {
  const std::lock_guard lock(mutex_);
  api::JobStatus& status = jobs_[job];
  status.job = job;
  ++status.runs;
  status.failures += failed ? 1 : 0;
  status.last = at;
  status.failed = failed;
  status.next = next;
}

std::vector<api::JobStatus> Metrics::jobs() const {
  const std::lock_guard lock(mutex_);
  std::vector<api::JobStatus> all;
  for (const auto& row : wire_names(api::JobKind{})) {
    const auto found = jobs_.find(row.value);
    all.push_back(found == jobs_.end() ? api::JobStatus{.job = row.value} : found->second);
  }
  return all;
}

std::string Metrics::text(const Sizes& sizes) const {
  std::string out;
  const std::lock_guard lock(mutex_);
  head(out, "tidewater_requests_total", "counter", "Requests by operation and status.");
  for (const auto& [key, count] : requests_)
    line(out, "tidewater_requests_total",
         label("operation", key.first) + "," + label("status", std::to_string(key.second)), std::to_string(count));
  head(out, "tidewater_request_seconds", "histogram", "From the request line to the reply's first byte.");
  for (const auto& [name, histogram] : request_seconds_)
    histogram.print(out, "tidewater_request_seconds", label("operation", name));
  single(out, "tidewater_connections", "gauge", "Open connections.", connections);
  single(out, "tidewater_writer_people_waiting", "gauge", "Changes that people wait for.", people_waiting);
  single(out, "tidewater_writer_jobs_waiting", "gauge", "Steps of jobs that wait for the writer.", jobs_waiting);
  head(out, "tidewater_writer_wait_seconds", "histogram", "From asking for a change to its acknowledgement.");
  wait_seconds_.print(out, "tidewater_writer_wait_seconds", "");
  single(out, "tidewater_commits_total", "counter", "Durable commits; each is one fsync of the log.", commits);
  single(out, "tidewater_failed_commits_total", "counter", "Groups that could not be committed.", failed_commits_);
  head(out, "tidewater_commit_works", "histogram", "Changes that shared one commit.");
  group_works_.print(out, "tidewater_commit_works", "");
  head(out, "tidewater_commit_seconds", "histogram", "Duration of COMMIT itself.");
  commit_seconds_.print(out, "tidewater_commit_seconds", "");
  head(out, "tidewater_checkpoint_seconds", "histogram", "Copying the log into the database.");
  checkpoint_seconds_.print(out, "tidewater_checkpoint_seconds", "");
  head(out, "tidewater_job_step_seconds", "histogram", "Steps of long operations and of standing jobs.");
  for (const auto& [name, histogram] : job_seconds_)
    histogram.print(out, "tidewater_job_step_seconds", label("job", name));
  head(out, "tidewater_job_runs_total", "counter", "Runs of jobs by outcome.");
  for (const auto& [job, status] : jobs_) {
    const std::string name = label("job", wire_name(job)) + ",";
    line(out, "tidewater_job_runs_total", name + label("outcome", "done"),
         std::to_string(status.runs - status.failures));
    line(out, "tidewater_job_runs_total", name + label("outcome", "failed"), std::to_string(status.failures));
  }
  single(out, "tidewater_recalled_items_total", "counter", "Items that the clock took back.", recalled_items);
  single(out, "tidewater_event_streams", "gauge", "Pages that listen for what changes.", event_streams);
  single(out, "tidewater_readers_lent", "gauge", "Reading connections in use.", readers_lent);
  single(out, "tidewater_log_bytes", "gauge", "Write-ahead log that no checkpoint has given back.", log_bytes);
  single(out, "tidewater_last_backup_seconds", "gauge", "When the last backup was finished, since 1970; 0: never.",
         last_backup_at);
  single(out, "tidewater_failed_backups_total", "counter", "Scheduled backups that could not be made.", failed_backups);
  single(out, "tidewater_database_bytes", "gauge", "Size of the database file.", sizes.database_bytes);
  single(out, "tidewater_spool_bytes", "gauge", "Uploaded and produced files.", sizes.spool_bytes);
  single(out, "tidewater_audit_entries", "gauge", "Entries of the audit log.", sizes.audit_entries);
  return out;
}

}  // namespace tw::server
