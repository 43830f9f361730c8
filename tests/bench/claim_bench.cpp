// Claims over HTTP: fifty people who each claim twice a second, and one, 32 and fifty who claim as fast as they can,
// beside bare SQLite that runs the same statements in one durable transaction each. Everybody keeps their connection,
// as browsers do, and spends little on it: the processors are the server's.
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include "api/batch.h"
#include "api/claim.h"
#include "api/people.h"
#include "api/session.h"
#include "db/sqlite.h"
#include "support/bench.h"
#include "support/server/http_door.h"
#include "support/server/load_client.h"
#include "support/server/server_process.h"

namespace tw::bench {
namespace {

using test::Caller;
using test::HttpDoor;
using test::LoadClient;

constexpr int clients = 50;
constexpr double calm_seconds = 10;
// A disk is twice as quick in one second as in the next: what is compared takes turns.
constexpr int turns = 4;
constexpr double busy_seconds = 2, bare_seconds = 1;

void pause_until(double at) {
  const double left = at - seconds_now();
  if (left > 0) ::usleep(static_cast<useconds_t>(left * 1e6));
}

// What one claim reads and writes, and nothing else: statements prepared once, bound by position.
class BareClaims {
 public:
  explicit BareClaims(const std::string& file) : database_(db::Database::open(file, db::OpenMode::read_write)) {
    for (const char* sql : {
             "SELECT * FROM sessions LIMIT 1",
             "SELECT * FROM batches WHERE id = ?2",
             "SELECT 1 FROM batch_people WHERE batch = ?2 AND role = 0 AND person = ?3",
             "SELECT * FROM people WHERE id = ?3",
             "SELECT COALESCE(SUM(c.items), 0) FROM batch_counts c JOIN batches b ON b.id = c.batch WHERE c.executor = "
             "?3 AND c.state = 1 AND b.state = 0",
             "SELECT received FROM person_days WHERE person = ?3 AND day = 20000",
             "SELECT i.*, c.do_not_contact, c.number_error FROM batch_items i JOIN customers c ON c.id = i.customer "
             "WHERE i.id = ?1",
             "UPDATE batch_items SET version = 2, state = 1, progress = 0, executor = ?3, ever_allocated = 1, "
             "resumed_at = ?4, changed = ?4 WHERE id = ?1 AND version = 1",
             "INSERT INTO item_log (item, version, at, action, from_state, to_state, actor, actor_name, executor, "
             "text, detail, operation) VALUES (?1, 2, ?4, 4, 0, 1, ?3, 'Bench', ?3, '', '', NULL)",
             "UPDATE batch_counts SET items = items - 1 WHERE batch = ?2 AND executor = 0 AND state = 0 AND progress = "
             "0",
             "INSERT INTO batch_counts (batch, executor, state, progress, items) VALUES (?2, 0, 1, 0, 1) ON CONFLICT "
             "(batch, executor, state, progress) DO UPDATE SET items = items + 1",
             "INSERT INTO batch_counts (batch, executor, state, progress, items) VALUES (?2, ?3, 1, 0, 1) ON CONFLICT "
             "(batch, executor, state, progress) DO UPDATE SET items = items + 1",
             "INSERT INTO person_days (person, day, received, completed) VALUES (?3, 20000, 1, 0) ON CONFLICT (person, "
             "day) DO UPDATE SET received = received + 1",
             "INSERT INTO policy_ledger (policy, person, debt, last_item_at) VALUES (?2, ?3, 0, ?4) ON CONFLICT "
             "(policy, "
             "person) DO UPDATE SET last_item_at = ?4",
             "INSERT INTO outbox (at, kind, entity, batch) VALUES (?4, 1, ?1, ?2)",
             "INSERT INTO outbox (at, kind, entity, batch) VALUES (?4, 2, ?2, ?2)",
         }) {
      sqlite3_stmt* statement = nullptr;
      if (sqlite3_prepare_v2(database_->handle(), sql, -1, &statement, nullptr) != SQLITE_OK) {
        std::printf("%s: %s\n", sql, sqlite3_errmsg(database_->handle()));
        std::exit(1);
      }
      statements_.push_back(statement);
    }
  }
  ~BareClaims() {
    for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  }
  BareClaims(const BareClaims&) = delete;
  BareClaims& operator=(const BareClaims&) = delete;

  void claim(std::int64_t item, std::int64_t batch, std::int64_t person) {
    sqlite3* handle = database_->handle();
    sqlite3_exec(handle, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    for (sqlite3_stmt* statement : statements_) {
      const std::int64_t values[] = {item, batch, person, 1'700'000'000'000 + item};
      for (int at = 1; at <= sqlite3_bind_parameter_count(statement); ++at)
        sqlite3_bind_int64(statement, at, values[at - 1]);
      while (sqlite3_step(statement) == SQLITE_ROW) {}
      sqlite3_reset(statement);
    }
    sqlite3_exec(handle, "COMMIT", nullptr, nullptr, nullptr);
  }

 private:
  std::unique_ptr<db::Database> database_;
  std::vector<sqlite3_stmt*> statements_;
};

class Bench {
 public:
  explicit Bench(std::int64_t items) : items_(items), process_(folder_.file("data")) {}

  void run() {
    process_.start();
    make_people();
    process_.send(SIGTERM);
    process_.wait();
    fill();
    std::filesystem::copy_file(database_file(), folder_.file("bare.db"));
    process_.start();
    Table table("Claims by fifty people");
    calm(table);
    BareClaims bare(folder_.file("bare.db"));
    flat_out(table, bare, 50, 0.5);
    flat_out(table, bare, 32, 0.4, 0.25);
    flat_out(table, bare, 1, 2);
  }

 private:
  template <class O>
  typename O::Response call(const Caller& who, const typename O::Request& request) {
    HttpDoor door(process_.port());
    auto answer = test::call<O>(door, who, request);
    if (!answer) {
      std::printf("%s was refused: %s\n", std::string(O::endpoint.name).c_str(), answer.reply.body.c_str());
      std::exit(1);
    }
    return std::move(*answer.body);
  }

  void make_people() {
    HttpDoor door(process_.port());
    api::SetUp::Request first;
    first.token = process_.set_up_token();
    first.login = first.name = "root";
    first.password = "correct horse";
    const auto made = test::call<api::SetUp>(door, {}, first);
    if (!made) std::exit(1);
    root_ = {made->person, test::session_cookie_of(made.reply), made->csrf};
    api::CreateBatch::Request create;
    create.subject = "Pool";
    create.claim_open = true;
    for (int i = 0; i < clients; ++i) {
      api::AddPerson::Request person;
      person.login = person.name = "claimer" + std::to_string(i);
      const auto added = call<api::AddPerson>(root_, person);
      const auto accepted = test::call<api::AcceptInvitation>(door, {}, {added.invitation, "correct horse"});
      if (!accepted) std::exit(1);
      people_.push_back({accepted->person, test::session_cookie_of(accepted.reply), accepted->csrf});
      create.executors.push_back(accepted->person);
    }
    batch_ = call<api::CreateBatch>(root_, create).summary.batch;
  }

  // Straight into the database: how fast customers are added is another bench's question.
  void fill() {
    const auto database = db::Database::open(database_file(), db::OpenMode::read_write);
    const auto run = [&](const char* sql) {
      auto statement = database->prepare(sql);
      statement.bind(":items", items_);
      if (std::string_view(sql).find(":batch") != std::string_view::npos) statement.bind(":batch", batch_);
      statement.run();
    };
    run(R"sql(
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :items)
      INSERT INTO customers (id, kind, score, do_not_contact, number_error, last_follow_up, created, changed, name,
                             name_key, contact, phone, phone_key, email, city, source, external_key, address, note)
      SELECT i, 0, i % 101, 0, 0, 0, 1, 1, 'Customer ' || i, 'customer ' || i, '', '', '', '', 'Hangzhou', '', '', '', ''
      FROM n)sql");
    run(R"sql(
      INSERT INTO batch_items (batch, customer, version, state, progress, ever_allocated, used, rounds, last_text,
                               draw, added, changed)
      SELECT :batch, id, 1, 0, 0, 0, 0, 0, '', (id * 2654435761) % 4294967296, 1, 1
      FROM customers WHERE id <= :items ORDER BY id)sql");
    run("INSERT INTO batch_counts (batch, executor, state, progress, items) VALUES (:batch, 0, 0, 0, :items)");
    first_item_ = database->prepare("SELECT MIN(id) FROM batch_items").integer_or(0);
  }

  bool claim(LoadClient& connection, int client) {
    const std::int64_t number = next_++;
    if (number >= items_) {
      std::printf("all %lld items are taken: ask for more with --rows\n", static_cast<long long>(items_));
      std::exit(1);
    }
    const auto reply = connection.send(test::call_of<api::ClaimItems>(people_[static_cast<std::size_t>(client)],
                                                                      {batch_, {{{first_item_ + number}, {1}}}}));
    return reply.status == 200 && reply.body.find(R"("result":"done")") != std::string_view::npos;
  }

  template <class F>
  void everybody(int people, F&& body) {
    std::vector<std::thread> threads;
    for (int client = 0; client < people; ++client)
      threads.emplace_back([&, client] {
        LoadClient connection(process_.port());
        body(connection, client);
      });
    for (auto& thread : threads) thread.join();
  }

  void calm(Table& table) {
    std::vector<std::vector<double>> waits(clients);
    const double start = seconds_now();
    std::atomic<int> refused = 0;
    everybody(clients, [&](LoadClient& connection, int client) {
      for (double next = start + 0.5 * client / clients; next < start + calm_seconds; next += 0.5) {
        pause_until(next);
        waits[static_cast<std::size_t>(client)].push_back(seconds_of([&] { refused += !claim(connection, client); }));
      }
    });
    std::vector<double> all;
    for (const auto& one : waits) all.insert(all.end(), one.begin(), one.end());
    if (refused > 0) std::printf("%d claims were refused\n", refused.load());
    table.milliseconds("each twice a second: a claim took, p50", percentile(all, 0.5), 0, 15);
    table.milliseconds("each twice a second: a claim took, p95", percentile(all, 0.95), 0, 15);
  }

  // How long one claim takes bare SQLite, one after another.
  double bare_turn(BareClaims& bare) {
    const double start = seconds_now();
    std::int64_t done = 0;
    for (; seconds_now() < start + bare_seconds && bare_next_ < items_; ++bare_next_, ++done)
      bare.claim(first_item_ + bare_next_, batch_.value,
                 people_[static_cast<std::size_t>(bare_next_ % clients)].person.value);
    return (seconds_now() - start) / static_cast<double>(std::max<std::int64_t>(done, 1));
  }
  // The same over HTTP, all `people` together.
  double turn(int people, std::int64_t& claims) {
    std::atomic<std::int64_t> done = 0;
    const double start = seconds_now();
    everybody(people, [&](LoadClient& connection, int client) {
      while (seconds_now() < start + busy_seconds) done += claim(connection, client);
    });
    claims += done;
    return (seconds_now() - start) / static_cast<double>(std::max<std::int64_t>(done, 1));
  }

  // `most_syncs`: of the log, for each claim; 0: no goal.
  void flat_out(Table& table, BareClaims& bare, int people, double most, double most_syncs = 0) {
    double each = 0, bare_each = 0;
    std::int64_t claims = 0;
    const double syncs_before = commits();
    for (int i = 0; i < turns; ++i) {
      bare_each += bare_turn(bare) / turns;
      each += turn(people, claims) / turns;
    }
    const double syncs = (commits() - syncs_before) / static_cast<double>(std::max<std::int64_t>(claims, 1));
    const std::string who = "flat out: " + std::to_string(people) + (people == 1 ? " client" : " clients");
    std::printf("%-64s %9.0f /s %9.0f /s\n", (who + ", claims").c_str(), 1 / each, 1 / bare_each);
    table.ratio(who + ", one claim of all together", each, bare_each, most);
    std::printf("%-64s %12.2f%s\n", (who + ", fsyncs of the log for each").c_str(), syncs,
                most_syncs == 0       ? ""
                : syncs <= most_syncs ? "      <= 0.25"
                                      : "      <= 0.25  MISSED");
  }

  // Durable commits so far, as the server's metrics count them.
  double commits() {
    const std::string name = "\ntidewater_commits_total ";
    const std::string metrics = HttpDoor(process_.port()).send(test::call_as({}, "GET", "/metrics")).body;
    const std::size_t at = metrics.find(name);
    if (at == std::string::npos) {
      std::printf("the metrics do not count commits\n");
      std::exit(1);
    }
    return std::strtod(metrics.c_str() + at + name.size(), nullptr);
  }

  std::string database_file() const { return folder_.file("data/tidewater.db"); }

  const std::int64_t items_;
  ScratchFolder folder_;
  test::ServerProcess process_;
  Caller root_;
  std::vector<Caller> people_;
  BatchId batch_;
  std::int64_t first_item_ = 0;
  std::atomic<std::int64_t> next_ = 0;
  std::int64_t bare_next_ = 0;
};

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  if (!tw::test::ServerProcess::available()) {
    std::printf("TIDEWATER_BINARY names no program: tools/dev bench sets it\n");
    return 1;
  }
  std::int64_t items = 200'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--rows") items = std::max<std::int64_t>(items, std::atoll(argv[i + 1]));
  tw::bench::Bench(items).run();
}
