// The product without a server: one database, one dispatcher and the ports, on one thread. What the server does with a
// writer, readers and a job thread happens here one after another: a request is answered whole, and between requests
// jobs take steps that are short enough that nobody notices.
//
// What must stay true: the same bytes go to the same dispatcher with the same mapping of errors as over HTTP, and no
// reply is made up here. An acknowledged change is in the files. Construction order is the order of the members.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/catalogs.h"
#include "db/two_files.h"
#include "demo/cast.h"
#include "demo/demo_world.h"
#include "services/dispatcher.h"
#include "services/jobs.h"
#include "worker/exchange.h"
#include "worker/local_call.h"
#include "worker/local_runner.h"
#include "worker/local_status.h"
#include "worker/ports.h"

namespace tw::worker {

class LocalBackend {
 public:
  // Opens the database, which may be empty, and brings its schema up to date. Throws db::DbError. The files outlive it
  // and are nobody else's.
  LocalBackend(db::File& database, db::File& journal, Catalogs catalogs, std::string version);

  LocalReply handle(const LocalRequest& request);

  // One round of what nobody asked for: a step of a long operation, of the recall of overdue items, of the sweep, each
  // as long as this at most. Answers how long nothing more will be due; zero: more is waiting. A failed job is logged
  // and tried again.
  Millis run_jobs(Millis step);

  // The demo's world (demo/demo_world.h), where nobody exists yet, in one transaction: all of it or nothing. `tell` is
  // called after every scene. Throws db::DbError, and std::runtime_error when the product refuses the story.
  void make_demo_world(demo::WorldOptions options, const std::function<void(demo::Progress)>& tell);
  // Whom a visitor can be: the cast of that world, or the people of a company whose database was opened here.
  std::vector<demo::Player> players();
  bool has_demo_world();
  // A session without a password (demo/cast.h); the token is what the session's cookie holds.
  Result<services::NewSession> act_as(PersonId person) { return demo::act_as(runner_, person); }

  // The whole database as a file (exchange.h); empty: it cannot be read.
  std::optional<std::string> export_database() { return all_of(file_); }
  // Another one in its place; what is wrong with that one, otherwise.
  std::optional<Error> take_database(std::string bytes) {
    return worker::take_database(*database_, std::move(bytes), env_);
  }

  // A token for the set-up of the first administrator; empty once somebody exists.
  std::optional<std::string> new_set_up_token();
  void move_clock(Millis forward) { clock_.move(forward); }
  // How often something has changed since this was made.
  std::int64_t commits() const { return runner_.commits(); }

 private:
  LocalReply refuse(const services::Call& call, int status, const Error& error) const;
  class TimeBudget;
  services::NextRun run_round(TimeBudget& budget);
  bool step_long_operation(TimeBudget& budget);
  template <class F>
  services::NextRun counted(api::JobKind job, TimeBudget& budget, F&& step);

  db::File& file_;
  LocalClock clock_;
  LocalRandom random_;
  LocalHasher passwords_{random_};
  LocalDigest digest_;
  LocalSpool spool_{clock_, random_};
  ConsoleLog log_;
  const Catalogs catalogs_;
  Env env_{clock_, random_, passwords_, digest_, spool_, log_, &catalogs_};
  db::TwoFiles files_;
  std::unique_ptr<db::Database> database_;
  LocalRunner runner_;
  LocalStatus status_;
  services::Dispatcher dispatcher_;
  services::OperationRunner operations_{runner_, env_};
  std::optional<Instant> next_sweep_;
  std::optional<Instant> next_audit_;
  bool late_file_comes_ = true;  // or it may: looked at once
  Instant late_file_from_;       // not before
};

}  // namespace tw::worker
