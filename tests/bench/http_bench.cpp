// The whole server from outside, over a million customers: start, memory, list pages over HTTP, and how long people's
// writes wait while a long operation runs. The bare figure beside a wait is the longest fsync of the same minute on the
// same disk: no server acknowledges a durable write faster than that.
#include <atomic>
#include <cstdio>
#include <string>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "api/allocation.h"
#include "api/batch.h"
#include "api/customer.h"
#include "api/import.h"
#include "api/operation.h"
#include "api/people.h"
#include "api/session.h"
#include "services/customer_counts_store.h"
#include "services/customer_list_store.h"
#include "services/customer_search_store.h"
#include "services/customer_store.h"
#include "support/bench.h"
#include "support/customer_data.h"
#include "support/fakes.h"
#include "support/server/bare_list_server.h"
#include "support/server/http_door.h"
#include "support/server/load_client.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::bench {
namespace {

using services::Work;
using test::Caller;
using test::HttpDoor;

constexpr std::int64_t members = 100;

// Waits between two moments of a client that does something so many times a second.
void pause_until(double at) {
  const double left = at - seconds_now();
  if (left > 0) ::usleep(static_cast<useconds_t>(left * 1e6));
}

// A line of the table for a size; a goal of 0: none.
void megabytes(const std::string& name, std::int64_t bytes, double most) {
  const double figure = static_cast<double>(bytes) / 1048576;
  std::printf("%-64s %9.1f MB %20s", name.c_str(), figure, "");
  if (most > 0) std::printf(" %s%.0f MB%s", "<= ", most, figure <= most ? "" : "  MISSED");
  std::printf("\n");
  std::fflush(stdout);
}

class Bench {
 public:
  explicit Bench(std::int64_t rows) : rows_(rows), process_(folder_.file("data")) {}

  void run() {
    process_.start();
    make_people();
    process_.send(SIGTERM);
    process_.wait();
    fill();
    start_and_memory();
    lists();
    crowd();
    allocation();
    import();
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

  Caller join(const std::string& login, domain::access::Role role, DepartmentId department) {
    api::AddPerson::Request request;
    request.login = request.name = login;
    request.role = role;
    request.department = department;
    const auto added = call<api::AddPerson>(administrator_, request);
    return accept(added.invitation);
  }
  Caller accept(const std::string& invitation) {
    HttpDoor door(process_.port());
    const auto accepted = test::call<api::AcceptInvitation>(door, {}, {invitation, "correct horse"});
    if (!accepted) std::exit(1);
    return {accepted->person, test::session_cookie_of(accepted.reply), accepted->csrf};
  }

  void make_people() {
    HttpDoor door(process_.port());
    api::SetUp::Request first;
    first.token = process_.set_up_token();
    first.login = first.name = "root";
    first.password = "correct horse";
    const auto made = test::call<api::SetUp>(door, {}, first);
    if (!made) std::exit(1);
    administrator_ = {made->person, test::session_cookie_of(made.reply), made->csrf};
    department_ = call<api::AddDepartment>(administrator_, {"Sales", {}}).department;
    manager_ = join("manager", domain::access::Role::manager, department_);
    member_ = join("member0", domain::access::Role::member, department_);
    people_.push_back(member_.person);
    for (std::int64_t i = 1; i < members; ++i) {
      api::AddPerson::Request request;
      request.login = request.name = "member" + std::to_string(i);
      request.department = department_;
      people_.push_back(call<api::AddPerson>(administrator_, request).person);
    }
  }

  // Straight into the database: how fast an import is, is another bench's question.
  void fill() {
    std::printf("%lld customers: filling\n", static_cast<long long>(rows_));
    std::fflush(stdout);
    const auto database = db::Database::open(database_file(), db::OpenMode::read_write);
    services::DirectRunner runner(*database, env_);
    support::CustomerMaker maker;
    runner.change(services::Lane::jobs, [&](Work& work) {
      services::CustomerCountMoves counts;
      for (std::int64_t number = 1; number <= rows_; ++number) {
        const auto made = maker.make(number);
        services::Customer customer;
        customer.name = made.name;
        customer.phone = made.phone;
        customer.email = made.email;
        customer.city = made.city;
        customer.external_key = made.external_key;
        customer.score = made.score;
        customer.owner = people_[static_cast<std::size_t>(number % members)];
        customer.department = department_;
        const CustomerId id = services::insert_customer_row(work, customer);
        services::add_search_entry(work, id,
                                   {customer.name, customer.contact, customer.phone, customer.external_key,
                                    customer.owner, customer.department});
        counts.add(customer.owner, customer.department, 1);
      }
      counts.write(work);
      return true;
    });
  }

  void start_and_memory() {
    Table table("The server itself");
    const double start = seconds_of([&] {
      process_.start();
      HttpDoor(process_.port()).send(test::call_as({}, "GET", "/readyz"));
    });
    table.milliseconds("cold start to ready", start, 0, 1000);
    call<api::QueryCustomers>(administrator_, {});
    ::sleep(7);  // idle: the log was emptied, caches were given back
    megabytes("resident memory, idle", process_.resident_bytes(), 60);
    megabytes("the program, with the web files inside",
              static_cast<std::int64_t>(std::filesystem::file_size(::getenv("TIDEWATER_BINARY"))), 0);
  }

  void lists() {
    Table table("A page of 50 with its total over HTTP, p95 of 100, one client");
    const double bare = bare_page();
    for (const auto& [what, who, view] : {std::tuple{"own", member_, api::CustomerView::own},
                                          {"department", manager_, api::CustomerView::department},
                                          {"all", administrator_, api::CustomerView::all}}) {
      for (const char* sort : {"name", "changed", "score"}) {
        api::QueryCustomers::Request request;
        request.query.view = view;
        request.sort = {sort, false};
        request.page.limit = 50;
        std::vector<double> samples;
        for (int i = 0; i < 100; ++i) samples.push_back(seconds_of([&] { call<api::QueryCustomers>(who, request); }));
        table.milliseconds(std::string(what) + ", by " + sort, percentile(samples, 0.95), bare, 5);
      }
    }
  }

  // Whole pages a second for 32 people at once, beside a handler of the same HTTP library that runs the same statements
  // and prints the rows; and beside one that reads seven columns of one table, as one would write it for a page that
  // shows no owner, no department and no open tasks.
  void crowd() {
    Table table("A page of 50 with its total over HTTP, 32 clients");
    api::QueryCustomers::Request request;
    request.query.view = api::CustomerView::all;
    request.sort = {"name", false};
    request.page.limit = 50;
    const auto ours = test::call_of<api::QueryCustomers>(administrator_, request);
    test::BareListServer same(database_file(), statements_of(request));
    test::BareListServer lean(database_file(), lean_statements());
    std::vector<double> pages, beside_same, beside_lean;
    for (int turn = 0; turn < 5; ++turn) {  // by turns: this machine's speed changes from minute to minute
      const double same_each = each_of_all(same.port(), test::call_as({}, "GET", "/"));
      const double each = each_of_all(process_.port(), ours);
      const double lean_each = each_of_all(lean.port(), test::call_as({}, "GET", "/"));
      std::printf("%-64s %9.0f /s %9.0f /s %9.0f /s\n", "pages; the bare handler, and one with seven columns", 1 / each,
                  1 / same_each, 1 / lean_each);
      pages.push_back(each);
      beside_same.push_back(each / same_each);
      beside_lean.push_back(each / lean_each);
    }
    const double each = percentile(pages, 0.5);
    table.ratio("one page of all together, beside a bare handler (median of 5)", each,
                each / percentile(beside_same, 0.5), 3);
    table.ratio("beside one that reads seven columns of one table", each, each / percentile(beside_lean, 0.5), 3);
  }

  // The very texts that a page asks: what a connection has kept after one.
  test::BareList statements_of(const api::QueryCustomers::Request& request) {
    const auto database = db::Database::open(database_file(), db::OpenMode::read_only);
    Work work(*database, env_, env_.clock.now());
    const services::CustomerScope all{services::CustomerScope::Kind::all, {}, false, {}};
    const auto page = services::customer_page(work, all, request.query, request.sort, request.page);
    if (!page) std::exit(1);
    services::customer_rows(work, page->customers);
    test::BareList list;
    for (const std::string& text : database->statements())
      (text.find(":limit") != std::string::npos       ? list.page
       : text.find(":customers") != std::string::npos ? list.rows
                                                      : list.total) = text;
    if (database->statements().size() != 3 || list.page.empty() || list.rows.empty() || list.total.empty()) {
      std::printf("a page is no longer read by three statements: the bare handler has to follow\n");
      std::exit(1);
    }
    return list;
  }
  static test::BareList lean_statements() {
    return {"SELECT id, name, contact, phone, email, city, score FROM customers ORDER BY name_key, id LIMIT 50", "",
            "SELECT SUM(customers) FROM customer_counts"};
  }

  double each_of_all(int port, const services::Call& call) {
    constexpr int people = 32;
    constexpr double lasting = 2;
    std::atomic<std::int64_t> done = 0;
    const double start = seconds_now();
    std::vector<std::thread> threads;
    for (int i = 0; i < people; ++i)
      threads.emplace_back([&] {
        test::LoadClient connection(port);
        while (seconds_now() < start + lasting) done += connection.send(call).status == 200;
      });
    for (auto& thread : threads) thread.join();
    return (seconds_now() - start) / static_cast<double>(std::max<std::int64_t>(done, 1));
  }

  double bare_page() {
    const auto database = db::Database::open(database_file(), db::OpenMode::read_only);
    std::vector<double> samples;
    for (int i = 0; i < 100; ++i)
      samples.push_back(seconds_of([&] {
        database
            ->prepare(
                "SELECT id, name, contact, phone, email, city, score FROM customers ORDER BY name_key, id LIMIT 50")
            .each([](db::Row) {});
      }));
    return percentile(samples, 0.95);
  }

  // Everything into one batch and onto a hundred people, while somebody saves twenty times a second.
  void allocation() {
    Table table("Writes of one person, 20 a second, while a long operation runs");
    api::CreateBatch::Request create;
    create.subject = "Everybody";
    create.executors = people_;
    const auto batch = call<api::CreateBatch>(administrator_, create).summary.batch;
    under_writes(table, "adding every customer", 20, [&] {
      api::AddCustomersToBatch::Request add;
      add.batch = batch;
      add.query.emplace();
      wait_for(call<api::AddCustomersToBatch>(administrator_, add).operation);
    });
    under_writes(table, "even allocation of all", 20, [&] {
      api::PlanAllocation::Request plan;
      plan.batch = batch;
      const auto planned = call<api::PlanAllocation>(administrator_, plan);
      api::AllocateItems::Request allocate;
      allocate.batch = batch;
      allocate.seed = planned.seed;
      allocate.snapshot = planned.snapshot;
      wait_for(call<api::AllocateItems>(administrator_, allocate).operation);
    });
  }

  // As many rows once more, from a file, the duplicate check by phone on, while somebody saves twice a second.
  void import() {
    Table table("Writes of one person, 2 a second, while a file is imported");
    auto upload = test::call_of<api::UploadImport>(administrator_, {"customers.csv"});
    upload.body = "客户名称,电话,城市,评分\n";
    support::CustomerMaker maker;
    for (std::int64_t number = 1; number <= rows_; ++number) {
      const auto made = maker.make(number);
      upload.body += made.name + "," + std::to_string(20'000'000'000 + number * 7) + "," + made.city + "," +
                     std::to_string(made.score) + "\n";
    }
    const auto uploaded = test::decoded<api::ImportView>(HttpDoor(process_.port()).send(upload));
    if (!uploaded) std::exit(1);
    under_writes(
        table, "import of as many rows", 2,
        [&] {
          api::CheckImport::Request check;
          check.import = uploaded->import;
          check.version = uploaded->version;
          for (const auto& column : uploaded->columns) check.mapping.push_back(column.suggestion);
          wait_for(call<api::CheckImport>(administrator_, check).operation);
          const auto checked = call<api::ViewImport>(administrator_, {uploaded->import});
          wait_for(call<api::WriteImport>(administrator_, {checked.import, checked.version, true}).operation);
        },
        250);
  }

  template <class F>
  void under_writes(Table& table, const std::string& what, int a_second, F&& work, double most_p99_ms = 100) {
    std::atomic<bool> done = false;
    std::vector<double> waits;
    std::vector<double> syncs;
    std::atomic<std::int64_t> longest_log = 0;
    std::thread writer([&] {
      for (double next = seconds_now(); !done; next += 1.0 / a_second) {
        pause_until(next);
        api::AddCustomer::Request add;
        add.name = "while something runs";
        waits.push_back(seconds_of([&] { call<api::AddCustomer>(administrator_, add); }));
      }
    });
    std::thread disk([&] {
      const int file = ::open(folder_.file("fsync").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      for (double next = seconds_now(); !done; next += 1.0 / a_second) {
        pause_until(next);
        const char page[4096] = {};
        syncs.push_back(seconds_of([&] {
          if (::pwrite(file, page, sizeof(page), 0) > 0) ::fsync(file);
        }));
        std::error_code none;
        const auto log = std::filesystem::file_size(database_file() + "-wal", none);
        if (!none) longest_log = std::max(longest_log.load(), static_cast<std::int64_t>(log));
      }
      ::close(file);
    });
    const double took = seconds_of(work);
    done = true;
    writer.join();
    disk.join();
    table.plain(what + ": it took", took);
    table.milliseconds(what + ": a write waited, p99", percentile(waits, 0.99), percentile(syncs, 1), most_p99_ms);
    table.milliseconds(what + ": a write waited, at worst", percentile(waits, 1), percentile(syncs, 1), 300);
    megabytes(what + ": the write-ahead log, at most", longest_log, 256);
  }

  void wait_for(OperationId operation) {
    for (;;) {
      const auto seen = call<api::ViewOperation>(administrator_, {operation});
      if (seen.state == api::OperationState::done) return;
      if (seen.state != api::OperationState::queued && seen.state != api::OperationState::running) {
        std::printf("the operation was %s: %s\n", std::string(wire_name(seen.state)).c_str(), seen.problem.c_str());
        std::exit(1);
      }
      ::usleep(50'000);
    }
  }

  std::string database_file() const { return folder_.file("data/tidewater.db"); }

  const std::int64_t rows_;
  ScratchFolder folder_;
  test::ServerProcess process_;
  test::FakeClock clock_;
  test::SeededRandom random_;
  test::FastHasher passwords_;
  test::FakeDigest digest_;
  test::MemorySpool spool_;
  test::MemoryLog log_;
  Env env_{clock_, random_, passwords_, digest_, spool_, log_};
  Caller administrator_;
  Caller manager_;
  Caller member_;
  DepartmentId department_;
  std::vector<PersonId> people_;
};

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  if (!tw::test::ServerProcess::available()) {
    std::printf("TIDEWATER_BINARY names no program: tools/dev bench sets it\n");
    return 1;
  }
  std::int64_t rows = 1'000'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--rows") rows = std::atoll(argv[i + 1]);
  tw::bench::Bench(rows).run();
}
