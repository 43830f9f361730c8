// Work: one atomic change (or one consistent read). A use case gets a Work, reads what it needs, asks the domain,
// writes rows and log, and emits events. It never begins or commits: the runner does (the server's writer groups
// several Works into one commit; tests and the demo worker run them one by one).
//
// `now` is fixed for the whole Work, so that all rows of one change carry one time. Events become visible to others
// only after the commit.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/env.h"
#include "core/events.h"
#include "core/time.h"
#include "db/sqlite.h"

namespace tw::services {

// What a long step asks between rows (architecture §3.11): somebody waits for the writer, or the log has grown enough.
class StepBudget {
 public:
  virtual ~StepBudget() = default;
  virtual bool used_up() = 0;
};

class Work {
 public:
  Work(db::Database& database, Env& environment, Instant at) : db(database), env(environment), now(at) {}

  db::Database& db;
  Env& env;
  const Instant now;

  // Appends an outbox row in this transaction. `person` and `batch` narrow who is told (0: decided by kind and entity).
  void emit(EventKind kind, std::int64_t entity, PersonId person = {}, BatchId batch = {});
  bool changed_something() const { return events_ > 0; }

  // Where the request came from, for the audit log; empty: from nowhere outside.
  std::string_view address;

  // Set by the runner of long steps, null otherwise.
  StepBudget* budget = nullptr;

 private:
  int events_ = 0;
};

// Runs Works. `change` returns after the commit is durable; when commit fails it throws, and nothing of the Work is
// there. People go before jobs.
enum class Lane : std::uint8_t { people, jobs };

class WorkRunner {
 public:
  virtual ~WorkRunner() = default;
  // A consistent snapshot; the Work must not write.
  virtual void read(const std::function<void(Work&)>& body) = 0;
  // `body` answers whether to keep what it wrote; false (or a throw) rolls back to where it began.
  virtual void change(Lane lane, const std::function<bool(Work&)>& body) = 0;
};

// One connection, one thread: tests, the demo worker, the command line without a server.
class DirectRunner final : public WorkRunner {
 public:
  DirectRunner(db::Database& database, Env& env) : database_(database), env_(env) {}
  void read(const std::function<void(Work&)>& body) override;
  void change(Lane lane, const std::function<bool(Work&)>& body) override;

 private:
  db::Database& database_;
  Env& env_;
};

}  // namespace tw::services
