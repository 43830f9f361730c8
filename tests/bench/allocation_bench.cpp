// Even allocation of a million items through the real services, beside bare SQLite that changes the same tables with
// the same indexes in one transaction; then again while somebody writes twenty times a second.
//
// The one writer is played by one thread: the "other client" arrives by the clock, the step's budget tells that
// somebody waits, and what is measured is the time from arrival to the end of the client's own durable commit.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "services/allocation.h"
#include "services/allocation_undo.h"
#include "services/batches.h"
#include "services/item_list_store.h"
#include "services/long_operation.h"
#include "services/people_store.h"
#include "support/bench.h"
#include "support/bench_batch.h"

namespace tw::bench {
namespace {

using domain::access::Actor;
using services::Work;

constexpr double between_writes = 0.05;  // twenty a second
constexpr std::int64_t checkpoint_at = 64 << 20;

// Nobody waits.
class Patient final : public services::StepBudget {
 public:
  bool used_up() override { return false; }
};

// Somebody arrives every 50 ms; a step gives way once they have.
class Arrivals final : public services::StepBudget {
 public:
  bool used_up() override { return seconds_now() >= next; }
  double next = seconds_now() + between_writes;
};

// What the services write, and nothing else: one transaction, statements bound by position.
double bare_seconds(const std::string& file, std::int64_t items, std::int64_t people, Instant now) {
  const auto database = db::Database::open(file, db::OpenMode::read_write);
  sqlite3* handle = database->handle();
  sqlite3_stmt* update = nullptr;
  sqlite3_stmt* log = nullptr;
  return seconds_of([&] {
    sqlite3_exec(handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(handle,
                       "UPDATE batch_items SET version = 2, state = 1, executor = ?1, ever_allocated = 1, "
                       "resumed_at = ?2, due_at = ?3, changed = ?2 WHERE id = ?4 AND version = 1",
                       -1, &update, nullptr);
    sqlite3_prepare_v2(handle,
                       "INSERT INTO item_log (item, version, at, action, from_state, to_state, actor, actor_name, "
                       "executor, text, detail, operation) VALUES (?1, 2, ?2, 2, 0, 1, NULL, 'Bench', ?3, '', '', 1)",
                       -1, &log, nullptr);
    for (std::int64_t item = 1; item <= items; ++item) {
      const std::int64_t executor = 1 + item % people;
      sqlite3_bind_int64(update, 1, executor);
      sqlite3_bind_int64(update, 2, now.ms);
      sqlite3_bind_int64(update, 3, now.ms + days(3).value);
      sqlite3_bind_int64(update, 4, item);
      sqlite3_step(update);
      sqlite3_reset(update);
      sqlite3_bind_int64(log, 1, item);
      sqlite3_bind_int64(log, 2, now.ms);
      sqlite3_bind_int64(log, 3, executor);
      sqlite3_step(log);
      sqlite3_reset(log);
    }
    sqlite3_finalize(update);
    sqlite3_finalize(log);
    sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr);
  });
}

// How long a change keeps the one writer.
class TimedRunner final : public services::WorkRunner {
 public:
  TimedRunner(db::Database& database, Env& env) : inner_(database, env) {}
  void read(const std::function<void(Work&)>& body) override { inner_.read(body); }
  void change(services::Lane lane, const std::function<bool(Work&)>& body) override {
    last = seconds_of([&] { inner_.change(lane, body); });
  }
  double last = 0;

 private:
  services::DirectRunner inner_;
};

struct Run {
  double planning = 0;
  double freezing = 0;  // the plan is stored, in the writer
  double all = 0;
  double longest_step = 0;    // of the operation, in the writer, with its commit
  double longest_commit = 0;  // of the client's own: what the disk alone costs
  std::vector<double> waits;
};

class Company {
 public:
  Company(std::string file, BatchId batch) : file_(std::move(file)), batch_(batch) {
    database_ = db::Database::open(file_, db::OpenMode::read_write);
    actor_.role = domain::access::Role::administrator;
    actor_.scope = domain::access::Scope::all;
    actor_.name = "Bench";
  }

  template <class Budget>
  Run allocate(Budget& budget) {
    TimedRunner runner(*database_, ports_.env);
    Run run;
    const double start = seconds_now();
    services::Call call;
    services::Reply reply;
    services::Product product;
    const std::vector<std::string> unavailable;
    services::Phases phases{runner, ports_.env, call, product, unavailable, reply, nullptr};
    api::AllocateItems::Request request;
    request.batch = batch_;
    request.seed = 1;
    const auto accepted = services::allocate_items(phases, &actor_, request);
    if (!accepted) std::printf("refused: %s\n", std::string(accepted.error().key.view()).c_str());
    if (accepted) allocation_ = accepted->operation;
    run.freezing = runner.last;
    run.planning = seconds_now() - start - run.freezing;
    steps(budget, runner, run);
    run.all = seconds_now() - start;
    return run;
  }

  // What was allocated taken back, by the steps alone.
  template <class Budget>
  Run undo_steps(Budget& budget) {
    TimedRunner runner(*database_, ports_.env);
    Run run;
    services::Call call;
    services::Reply reply;
    services::Product product;
    const std::vector<std::string> unavailable;
    services::Phases phases{runner, ports_.env, call, product, unavailable, reply, nullptr};
    const auto accepted = services::undo_allocation(phases, &actor_, {allocation_});
    if (!accepted) std::printf("refused: %s\n", std::string(accepted.error().key.view()).c_str());
    steps(budget, runner, run);
    return run;
  }

  // Every customer that a query finds goes into a new batch with the executors of the first; the others ask for it from
  // then on.
  double add_everybody() {
    return alone([&](services::Phases& phases, services::WorkRunner& runner) -> Result<api::Accepted> {
      runner.change(services::Lane::people, [&](Work& work) {
        services::Batch batch;
        batch.subject = "By query";
        batch.limit = {3, domain::batch::LimitUnit::days};
        batch.id = services::insert_batch(work, batch);
        services::set_people(work, batch.id, services::BatchRole::executor,
                             services::people_of(work, batch_, services::BatchRole::executor));
        batch_ = batch.id;
        return true;
      });
      api::AddCustomersToBatch::Request request;
      request.batch = batch_;
      request.query = api::CustomerQuery{};
      request.query->view = api::CustomerView::all;
      return services::add_customers_to_batch(phases, &actor_, request);
    });
  }

  // The whole allocation taken back, as nobody else writes.
  double undo() {
    return alone([&](services::Phases& phases, services::WorkRunner&) {
      return services::undo_allocation(phases, &actor_, {allocation_});
    });
  }

  double end() {
    return alone([&](services::Phases&, services::WorkRunner& runner) {
      std::optional<Result<api::Accepted>> accepted;
      runner.change(services::Lane::people, [&](Work& work) {
        api::EndBatch::Request request;
        request.batch = batch_;
        request.version = services::load_batch(work, batch_)->version;
        request.subject = "By query";
        accepted = services::end_batch(work, actor_, request);
        return static_cast<bool>(*accepted);
      });
      return *accepted;
    });
  }

  // Items of the batch in that state, as the kept counters say.
  std::int64_t in_state(domain::batch::ItemState state) {
    return database_->prepare("SELECT items FROM batch_counts WHERE batch = :batch AND executor = 0 AND state = :state")
        .bind(":batch", batch_)
        .bind(":state", static_cast<int>(state))
        .integer_or(0);
  }
  std::int64_t executing() { return in_state(domain::batch::ItemState::executing); }

 private:
  // A long operation from its request to its end, as nobody else writes.
  double alone(const std::function<Result<api::Accepted>(services::Phases&, services::WorkRunner&)>& ask) {
    TimedRunner runner(*database_, ports_.env);
    Patient patient;
    return seconds_of([&] {
      services::Call call;
      services::Reply reply;
      services::Product product;
      const std::vector<std::string> unavailable;
      services::Phases phases{runner, ports_.env, call, product, unavailable, reply, nullptr};
      const auto accepted = ask(phases, runner);
      if (!accepted) std::printf("refused: %s\n", std::string(accepted.error().key.view()).c_str());
      services::OperationRunner operations(runner, ports_.env);
      while (operations.run_one_step(patient)) checkpoint(patient);
    });
  }
  template <class Budget>
  void steps(Budget& budget, TimedRunner& runner, Run& run) {
    begin(budget);
    services::OperationRunner operations(runner, ports_.env);
    while (operations.run_one_step(budget)) {
      run.longest_step = std::max(run.longest_step, runner.last);
      serve(budget, runner, run);
      checkpoint(budget);
    }
  }
  void serve(Patient&, TimedRunner&, Run&) {}
  void begin(Patient&) {}
  void begin(Arrivals& arrivals) { arrivals.next = seconds_now() + between_writes; }
  // The client that arrived: one durable write of its own.
  void serve(Arrivals& arrivals, TimedRunner& runner, Run& run) {
    while (seconds_now() >= arrivals.next) {
      runner.change(services::Lane::people, [](Work& work) {
        work.emit(EventKind::person_changed, 1);
        return true;
      });
      run.longest_commit = std::max(run.longest_commit, runner.last);
      run.waits.push_back(seconds_now() - arrivals.next);
      arrivals.next += between_writes;
    }
  }
  // In the server a thread of its own does this while others write, so whoever arrives meanwhile starts waiting after
  // it.
  void checkpoint(Arrivals& arrivals) {
    checkpoint();
    arrivals.next = std::max(arrivals.next, seconds_now());
  }
  void checkpoint(Patient&) { checkpoint(); }
  void checkpoint() {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file_ + "-wal", ignored);
    if (!ignored && static_cast<std::int64_t>(size) > checkpoint_at)
      sqlite3_wal_checkpoint_v2(database_->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  }

  std::string file_;
  BatchId batch_;
  Ports ports_;
  Actor actor_;
  OperationId allocation_;
  std::unique_ptr<db::Database> database_;
};

// A file with the batch in it, unassigned.
BatchId make_full(const ScratchFolder& folder, std::int64_t items, std::int64_t people) {
  Ports ports;
  BatchId batch;
  const auto database = db::Database::open(folder.file("full.db"), db::OpenMode::read_write);
  db::migrate(*database);
  services::DirectRunner runner(*database, ports.env);
  runner.change(services::Lane::jobs, [&](Work& work) {
    batch = fill_batch(work, items, people);
    return true;
  });
  sqlite3_wal_checkpoint_v2(database->handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  return batch;
}

void bench(std::int64_t items, std::int64_t people, Table& table) {
  ScratchFolder folder;
  const BatchId batch = make_full(folder, items, people);
  for (const char* copy : {"bare.db", "alone.db", "shared.db"})
    std::filesystem::copy_file(folder.file("full.db"), folder.file(copy));

  const double bare = bare_seconds(folder.file("bare.db"), items, people, test::FakeClock().now());
  Company company(folder.file("alone.db"), batch);
  Patient patient;
  const Run alone = company.allocate(patient);
  const std::string to = std::to_string(items) + " items to " + std::to_string(people) + " people";
  if (company.executing() != items) std::printf("only %lld were allocated\n", (long long)company.executing());
  table.ratio("allocate " + to, alone.all, bare, 2.5);
  table.plain("  of which reading and planning, on a reader", alone.planning);
  table.plain("  of which storing the plan, in the writer", alone.freezing);

  Company busy(folder.file("shared.db"), batch);
  Arrivals arrivals;
  const Run shared = busy.allocate(arrivals);
  table.plain("  the same while somebody writes 20 times a second", shared.all, bare);
  table.milliseconds("  how long they wait, p99", percentile(shared.waits, 0.99), 0, 100);
  table.milliseconds("  how long they wait, at worst", percentile(shared.waits, 1), 0, 300);
  table.plain("  the longest commit of their own (fsync)", shared.longest_commit);
}

// A step ends when somebody waits, but not before what it does once for everybody: with a thousand executors that must
// not be what others wait for.
void bench_many_executors(std::int64_t items, Table& table) {
  for (const std::int64_t people : {100, 1000}) {
    ScratchFolder folder;
    Company company(folder.file("full.db"), make_full(folder, items, people));
    const std::string of = " of " + std::to_string(items) + " items, " + std::to_string(people) + " executors: ";
    Arrivals arrivals;
    const Run given = company.allocate(arrivals);
    table.plain("allocation" + of + "longest step", given.longest_step);
    table.milliseconds("  how long others wait, at worst", percentile(given.waits, 1), 0, 300);
    const Run undone = company.undo_steps(arrivals);
    table.plain("undo" + of + "longest step", undone.longest_step);
    table.milliseconds("  how long others wait, at worst", percentile(undone.waits, 1), 0, 300);
    if (company.executing() != 0) std::printf("%lld were not taken back\n", (long long)company.executing());
  }
}

void bench_undo(std::int64_t items, std::int64_t people, Table& table) {
  ScratchFolder folder;
  Company company(folder.file("full.db"), make_full(folder, items, people));
  Patient patient;
  company.allocate(patient);
  const std::int64_t allocated = company.executing();
  const double seconds = company.undo();
  table.milliseconds("undo an allocation of " + std::to_string(allocated), seconds, 0, 5000);
  if (company.executing() != 0) std::printf("%lld were not taken back\n", (long long)company.executing());
}

// A batch's whole life in long operations, with nothing prepared: figures without a goal, so that a slow one is seen.
void bench_life(std::int64_t items, std::int64_t people, Table& table) {
  using domain::batch::ItemState;
  ScratchFolder folder;
  Company company(folder.file("full.db"), make_full(folder, items, people));
  Patient patient;
  const auto holds = [&](ItemState state, const char* when) {
    if (company.in_state(state) != items)
      std::printf("%lld of %lld %s\n", (long long)company.in_state(state), (long long)items, when);
  };
  const std::string all = std::to_string(items) + " items";
  table.plain("add " + all + " by query", company.add_everybody());
  holds(ItemState::unassigned, "were added");
  table.plain("  allocate them", company.allocate(patient).all);
  holds(ItemState::executing, "were allocated");
  table.plain("  undo that", company.undo());
  holds(ItemState::unassigned, "were taken back");
  table.plain("  allocate them again", company.allocate(patient).all);
  holds(ItemState::executing, "were allocated again");
  table.plain("  end the batch", company.end());
  holds(ItemState::ended, "were ended");
}

}  // namespace

}  // namespace tw::bench

int main(int argc, char** argv) {
  std::int64_t items = 1'000'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--rows") items = std::atoll(argv[i + 1]);
  tw::bench::Table table("Even allocation");
  tw::bench::bench(items, 7, table);
  tw::bench::bench(items, 100, table);
  tw::bench::bench_many_executors(std::min<std::int64_t>(items, 50'000), table);
  tw::bench::bench_undo(std::min<std::int64_t>(items, 100'000), 100, table);
  tw::bench::bench_life(items, 100, table);
}
