// Everything of the server but its doors: the database with its writer, readers and checkpoints, the ports, the
// dispatcher and the job thread, built over one locked data folder. `serve` puts HTTP in front of it; a command that
// runs without a server calls the dispatcher directly.
//
// What must stay true: construction order is the order of the members, destruction the reverse; who asks for work
// (jobs) stops before what does it (writer).
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "core/catalogs.h"
#include "core/env.h"
#include "server/care/upgrade.h"
#include "server/connections/checkpoints.h"
#include "server/connections/runner.h"
#include "server/event_bell.h"
#include "server/folder.h"
#include "server/http/http_server.h"
#include "server/jobs/backup_thread.h"
#include "server/jobs/job_thread.h"
#include "server/metrics.h"
#include "server/ports/clock_and_random.h"
#include "server/ports/digest.h"
#include "server/ports/file_spool.h"
#include "server/ports/passwords.h"
#include "server/status.h"
#include "services/dispatcher.h"

namespace tw::server {

// The texts that are embedded in this binary, Chinese first.
Catalogs embedded_catalogs();

class Backend {
 public:
  // `folder` is locked. Opens the database and brings its schema up to date (server/care/upgrade.h). Throws DbError,
  // std::system_error or Refused. `clock` and `log` outlive it.
  Backend(Folder folder, Clock& clock, Log& log, std::string version, BackupPlan plan = {});
  ~Backend();  // stops
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  void start_jobs() {
    jobs_.start();
    backups_.start();
  }
  // Jobs end at a step's boundary, the queue is finished, the log goes into the database.
  void stop();

  services::Dispatcher& dispatcher() { return dispatcher_; }
  services::WorkRunner& runner() { return runner_; }
  Env& env() { return env_; }
  const Catalogs& catalogs() const { return catalogs_; }
  Metrics& metrics() { return metrics_; }
  EventBell& bell() { return bell_; }
  const Folder& folder() const { return folder_; }
  bool is_ready();
  Sizes sizes();
  // A backup that a command made beside this server, as its note came through the socket; false: it is no note.
  bool backup_made(std::string_view note);

  // A token for the one-time address where the first administrator is made; empty once somebody exists. An earlier
  // token stops working.
  std::optional<std::string> new_set_up_token();

  CheckReply check(std::string_view language);

 private:
  Folder folder_;
  Clock& clock_;
  Log& log_;
  SystemRandom random_;
  Argon2Hasher passwords_{random_};
  Sha256Digest digest_;
  FileSpool spool_;
  Env env_;
  const Catalogs catalogs_;
  const std::string version_;
  Metrics metrics_;
  EventBell bell_;
  Upgraded opened_;
  Readers readers_;
  Checkpoints checkpoints_;
  Writer writer_;
  ServerRunner runner_;
  ServerStatus status_;
  services::Dispatcher dispatcher_;
  JobThread jobs_;
  BackupThread backups_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace tw::server
