// What a backup does to those who write meanwhile: eight people change customers as fast as they can in a database of a
// gigabyte, without a backup, beside `tidewater backup`, and (to know why it copies pages) beside one VACUUM INTO. Each
// is compared with the quiet seconds before and after it, several times over: a disk changes from minute to minute.
#include <atomic>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>

#include <signal.h>
#include <unistd.h>

#include "api/customer.h"
#include "api/session.h"
#include "db/sqlite.h"
#include "db/upkeep.h"
#include "support/bench.h"
#include "support/server/command_process.h"
#include "support/server/http_door.h"
#include "support/server/load_client.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::bench {
namespace {

using test::Caller;
using test::HttpDoor;
using test::LoadClient;

constexpr int writers = 8;
constexpr double quiet_seconds = 8;
constexpr std::int64_t rows_at_a_time = 50'000;

class Bench {
 public:
  explicit Bench(std::int64_t megabytes) : megabytes_(megabytes), process_(data()) {}

  void run() {
    fill();
    process_.start();
    HttpDoor door(process_.port());
    const auto signed_in = test::call<api::SignIn>(door, {}, {"root", "correct horse"});
    if (!signed_in) std::exit(1);
    root_ = {signed_in->person, test::session_cookie_of(signed_in.reply), signed_in->csrf};
    std::vector<std::thread> people;
    for (int i = 0; i < writers; ++i) people.emplace_back([this, i] { write(i); });
    const std::string title =
        "A backup of " + std::to_string(std::filesystem::file_size(database()) >> 20) + " MB beside eight who write";
    Table table(title.c_str());
    seconds_for(3);  // caches fill
    beside(table, "tidewater backup", 1.25, 3, [this] {
      std::filesystem::remove(folder_.file("backup.db"));
      if (test::CommandProcess({"backup", folder_.file("backup.db"), "--data", data()}).wait() != 0) std::exit(1);
    });
    beside(table, "VACUUM INTO in the server's place", 0, 1, [this] {
      db::copy_to(*db::Database::open(database(), db::OpenMode::read_write), folder_.file("vacuum.db"));
    });
    stop_ = true;
    for (auto& one : people) one.join();
  }

 private:
  std::string data() const { return folder_.file("data"); }
  std::string database() const { return data() + "/tidewater.db"; }

  void fill() {
    const auto made =
        test::run_command({"user", "add", "root", "--role", "administrator", "--data", data()}, "correct horse\n");
    if (made.code != 0) std::exit(1);
    const auto opened = db::Database::open(database(), db::OpenMode::read_write);
    opened->execute("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 20000");
    while (static_cast<std::int64_t>(std::filesystem::file_size(database()) >> 20) < megabytes_) {
      opened
          ->prepare(R"sql(
            WITH RECURSIVE n (i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last)
            INSERT INTO customers (id, kind, score, do_not_contact, number_error, last_follow_up, created, changed, name,
                                   name_key, contact, phone, phone_key, email, city, source, external_key, address, note)
            SELECT i, 0, i % 101, 0, 0, 0, 1, i, 'Customer ' || i, 'customer ' || i, '', '', '', '', 'Hangzhou', '', '',
                   '', hex(randomblob(400))
            FROM n)sql")
          .bind(":first", rows_ + 1)
          .bind(":last", rows_ + rows_at_a_time)
          .run();
      rows_ += rows_at_a_time;
      db::checkpoint(*opened, db::CheckpointMode::truncate);
    }
    opened->prepare("INSERT INTO customer_counts (owner, department, customers) VALUES (0, 0, :rows)")
        .bind(":rows", rows_)
        .run();
    opened->prepare("INSERT INTO customer_search (rowid, terms) SELECT id, 'cu' FROM customers").run();
    db::checkpoint(*opened, db::CheckpointMode::truncate);
  }

  // One row after the other, and round again: its version is known without asking.
  void write(int writer) {
    LoadClient connection(process_.port());
    for (std::int64_t i = writer; !stop_; i += writers) {
      api::UpdateCustomer::Request change;
      change.customer = {(i % rows_ * 7919) % rows_ + 1};  // anywhere in the file; a prime, so that no row comes twice
      change.version = {1 + i / rows_};
      change.name = "Changed " + std::to_string(i);
      const auto reply = connection.send(test::call_of<api::UpdateCustomer>(root_, change));
      if (reply.status == 200) {
        ++done_;
      } else if (++refused_ == 1) {
        std::printf("refused: %.*s\n", static_cast<int>(reply.body.size()), reply.body.data());
      }
    }
  }

  // How long one write of all together took, while `body` ran.
  double each_while(const std::function<void()>& body) {
    const auto before = done_.load();
    const double begin = seconds_now();
    body();
    return (seconds_now() - begin) / static_cast<double>(std::max<std::int64_t>(done_ - before, 1));
  }
  static void seconds_for(double seconds) { ::usleep(static_cast<useconds_t>(seconds * 1e6)); }

  void beside(Table& table, const std::string& name, double most, int times, const std::function<void()>& body) {
    double took = 0, quiet = 0, during = 0;
    std::string each;
    for (int i = 0; i < times; ++i) {
      const double before = each_while([] { seconds_for(quiet_seconds); });
      const double beside = each_while([&] { took += seconds_of(body); });
      seconds_for(5);  // the log is copied back
      const double after = each_while([] { seconds_for(quiet_seconds); });
      quiet += (before + after) / 2 / times;
      during += beside / times;
      char ratio[16];
      std::snprintf(ratio, sizeof ratio, " %.2f", beside / ((before + after) / 2));
      each += ratio;
    }
    std::printf("%-64s %9.0f /s %9.0f /s   (%.1f s; each time:%s)\n",
                ("writes beside " + name + ", and without").c_str(), 1 / during, 1 / quiet, took / times, each.c_str());
    if (most > 0) {
      table.ratio("a write beside " + name, during, quiet, most);
    } else {
      table.plain("a write beside " + name, during, quiet);
    }
  }

  const std::int64_t megabytes_;
  ScratchFolder folder_;
  test::ServerProcess process_;
  Caller root_;
  std::int64_t rows_ = 0;
  std::atomic<bool> stop_ = false;
  std::atomic<std::int64_t> done_ = 0;
  std::atomic<int> refused_ = 0;
};

}  // namespace
}  // namespace tw::bench

int main(int argc, char** argv) {
  ::signal(SIGPIPE, SIG_IGN);
  if (!tw::test::ServerProcess::available()) {
    std::printf("TIDEWATER_BINARY names no program: tools/dev bench sets it\n");
    return 1;
  }
  std::int64_t megabytes = 1000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--megabytes") megabytes = std::max<std::int64_t>(10, std::atoll(argv[i + 1]));
  tw::bench::Bench(megabytes).run();
}
