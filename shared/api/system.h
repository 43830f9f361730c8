// How the product is, for administrators: what runs where, what waits, when the last backup was made, and where the
// audit log stands. What a place does not have is absent: the demo in the browser has no backups and no disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/endpoint.h"
#include "core/time.h"

namespace tw::api {

enum class JobKind : std::uint8_t { long_operation, recall, sweep, audit, backup };
inline constexpr WireName<JobKind> job_kind_names[] = {{JobKind::long_operation, "long_operation"},
                                                       {JobKind::recall, "recall"},
                                                       {JobKind::sweep, "sweep"},
                                                       {JobKind::audit, "audit"},
                                                       {JobKind::backup, "backup"}};
constexpr std::span<const WireName<JobKind>> wire_names(JobKind) { return job_kind_names; }

// Since the start of the server or of the page.
struct JobStatus {
  JobKind job = JobKind::long_operation;
  std::int64_t runs = 0;
  std::int64_t failures = 0;
  std::optional<Instant> last = {};  // absent: it has not run yet
  bool failed = false;               // the last one
  std::optional<Instant> next = {};  // absent: as soon as there is something to do
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("job", s.job);
    v("runs", s.runs);
    v("failures", s.failures);
    v("last", s.last);
    v("failed", s.failed);
    v("next", s.next);
  }
};

struct QueueStatus {
  std::int64_t people_waiting = 0;  // changes that somebody waits for
  std::int64_t jobs_waiting = 0;    // steps of jobs
  std::int64_t readers = 0;         // reading connections in use
  std::int64_t connections = 0;
  std::int64_t event_streams = 0;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("people_waiting", s.people_waiting);
    v("jobs_waiting", s.jobs_waiting);
    v("readers", s.readers);
    v("connections", s.connections);
    v("event_streams", s.event_streams);
  }
};

struct BackupStatus {
  std::optional<Instant> last = {};  // absent: none yet
  std::int64_t every_hours = 0;      // 0: no schedule
  std::int64_t failures = 0;         // since the start
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("last", s.last);
    v("every_hours", s.every_hours);
    v("failures", s.failures);
  }
};

// The newest entry as it was noted on a day, and whether the log still has it.
struct NotedAuditHead {
  Instant at;
  std::int64_t number = 0;
  std::string hash;
  bool there = true;  // false: cut off or rewritten since
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("at", s.at);
    v("number", s.number);
    v("hash", s.hash);
    v("there", s.there);
  }
};

struct AuditStatus {
  std::int64_t number = 0;  // of the newest entry, and how many there are; 0: none yet
  std::optional<Instant> at = {};
  std::string hash;
  std::vector<NotedAuditHead> noted;  // newest first, of the last days
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("number", s.number);
    v("at", s.at);
    v("hash", s.hash);
    v("noted", s.noted);
  }
};

struct ViewSystem {
  static constexpr Endpoint endpoint{
      .name = "system.status", .path = "/api/v1/system", .permission = domain::access::Permission::manage_settings};
  struct Request {
    template <class S, class V>
    static void describe(S&, V&&) {}
  };
  struct Response {
    std::string version;
    std::string schema;    // the newest migration
    bool offline = false;  // the demo in the browser
    Instant now;
    std::optional<Instant> started = {};
    std::optional<std::int64_t> database_bytes = {};
    std::optional<std::int64_t> log_bytes = {};   // write-ahead log
    std::optional<std::int64_t> free_bytes = {};  // of the disk that holds the data folder
    std::optional<std::int64_t> spool_bytes = {};
    std::optional<BackupStatus> backups = {};
    std::optional<QueueStatus> queues = {};
    std::vector<JobStatus> jobs;
    AuditStatus audit;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("version", s.version);
      v("schema", s.schema);
      v("offline", s.offline);
      v("now", s.now);
      v("started", s.started);
      v("database_bytes", s.database_bytes);
      v("log_bytes", s.log_bytes);
      v("free_bytes", s.free_bytes);
      v("spool_bytes", s.spool_bytes);
      v("backups", s.backups);
      v("queues", s.queues);
      v("jobs", s.jobs);
      v("audit", s.audit);
    }
  };
};

using SystemOperations = Operations<ViewSystem>;

}  // namespace tw::api
