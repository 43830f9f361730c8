// kill -9 in the middle of a backup and of an upgrade, at random moments: a backup is whole or not there, a database is
// at the old schema or at the new one, and the next try needs no repair. Every second kill is of the server: beside a
// backup that goes on reading, and while its own start changes the schema. 12 kills of each; 100 with TIDEWATER_LONG
// (with the 150 of kill_test.cpp 350: under load, during backup and during a migration).
#include <atomic>
#include <chrono>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "api/customer.h"
#include "api/session.h"
#include "db/sqlite.h"
#include "db/upkeep.h"
#include "server/care/backup_folder.h"
#include "support/server/command_process.h"
#include "support/server/http_door.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"
#include "support/server/server_process.h"

namespace tw::test {
namespace {

class KillCareTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!ServerProcess::available()) GTEST_SKIP() << "TIDEWATER_BINARY names no program";
    ::signal(SIGPIPE, SIG_IGN);
    const char* given = ::getenv("TIDEWATER_SEED");
    const std::uint64_t seed = given ? std::stoull(given) : std::random_device{}();
    random.seed(seed);
    std::cout << "seed " << seed << " (TIDEWATER_SEED repeats it)" << std::endl;
  }

  static int kills() { return ::getenv("TIDEWATER_LONG") ? 100 : 12; }
  std::string data() const { return (parent.path() / "data").string(); }
  std::string database() const { return data() + "/tidewater.db"; }

  // Somewhere in the time that a whole run takes, or just after.
  void pause_within(std::chrono::microseconds whole) {
    const auto longest = static_cast<std::uint64_t>(whole.count() + whole.count() / 10 + 1);
    ::usleep(static_cast<useconds_t>(random() % longest));
  }
  static std::chrono::microseconds since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  }
  // Once it is there under its name, what comes next is the change of the schema.
  static void wait_for_copy_from_before(const std::string& folder) {
    const auto begin = std::chrono::steady_clock::now();
    while (server::backups_in({folder + "/backups", {}}).empty() && since(begin) < std::chrono::minutes(1))
      ::usleep(100);
  }
  static std::chrono::microseconds time_of(const std::vector<std::string>& arguments) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(CommandProcess(arguments).wait(), 0);
    return since(begin);
  }
  // A server that begins to serve an upgraded database draws a token for its first administrator and looks after its
  // jobs.
  static std::map<std::string, std::int64_t> without_what_a_start_writes(std::map<std::string, std::int64_t> counts) {
    for (const char* table : {"one_time_tokens", "audit_heads", "audit_entries"}) counts.erase(table);
    return counts;
  }
  static void expect_whole(const std::filesystem::path& file) {
    const auto looked = run_command({"restore", file.string(), "--verify"});
    EXPECT_EQ(looked.code, 0) << file << "\n" << looked.err;
  }

  TempFolder parent;
  std::mt19937_64 random;
};

// People go on adding customers: each backup holds every one that was acknowledged before it began, and agrees with
// itself: the kept counters are sums over the rows.
TEST_F(KillCareTest, a_backup_under_load_is_whole_or_not_there) {
  make_old_folder(data(), newest_schema(), 3000);
  ASSERT_EQ(run_command({"user", "add", "root", "--role", "administrator", "--data", data()}, "correct horse\n").code,
            0);
  ServerProcess process{data()};
  process.start();
  Caller root;
  {
    HttpDoor door(process.port());
    const auto signed_in = call<api::SignIn>(door, {}, {"root", "correct horse"});
    ASSERT_TRUE(signed_in) << signed_in.reply.body;
    root = {signed_in->person, session_cookie_of(signed_in.reply), signed_in->csrf};
  }
  std::atomic<bool> stop = false;
  std::mutex mutex;
  std::set<std::int64_t> acknowledged;
  std::atomic<int> port = process.port();
  std::vector<std::thread> people;
  for (int person = 0; person < 2; ++person)
    people.emplace_back([&, person] {
      int i = 0;
      while (!stop) try {
          HttpDoor door(port, HttpDoor::Connection::kept);
          for (; !stop; ++i) {
            api::AddCustomer::Request add;
            add.name = "by-hand-" + std::to_string(person) + "-" + std::to_string(i);
            const auto added = call<api::AddCustomer>(door, root, add);
            if (!added) continue;
            const std::lock_guard lock(mutex);
            acknowledged.insert(added->row.customer.value);
          }
        } catch (const NoReply&) {
          ::usleep(5000);  // the server was killed, and starts again
        }
    });
  const auto expect_acknowledged = [](const std::string& file, const std::set<std::int64_t>& ids) {
    std::set<std::int64_t> there;
    db::open_beside(file)->prepare("SELECT id FROM customers").each([&](db::Row row) { there.insert(row.integer(0)); });
    for (const auto id : ids) EXPECT_TRUE(there.contains(id)) << "customer " << id << " is not in " << file;
  };

  const auto whole = time_of({"backup", data() + ".first", "--data", data()});
  int finished = 0;
  int of_server = 0;
  for (int number = 1; number <= kills() && !HasFailure(); ++number) {
    SCOPED_TRACE("kill " + std::to_string(number));
    const std::string file = data() + "." + std::to_string(number);
    std::set<std::int64_t> before;
    {
      const std::lock_guard lock(mutex);
      before = acknowledged;
    }
    CommandProcess backup({"backup", file, "--data", data()});
    pause_within(whole);
    if (number % 2 == 0) {
      ++of_server;
      process.kill();
      EXPECT_EQ(backup.wait(), 0) << "a backup needs no server, only a database that does not move";
      EXPECT_TRUE(std::filesystem::exists(file));
      process.start();
      port = process.port();
    } else {
      backup.kill();
    }
    if (std::filesystem::exists(file)) {
      ++finished;
      expect_whole(file);
      expect_acknowledged(file, before);
    }
    for (const char* left : {"", ".part", ".part-wal", ".part-shm", ".part-journal"})
      std::filesystem::remove(file + left);
  }
  stop = true;
  for (auto& person : people) person.join();
  EXPECT_GT(acknowledged.size(), 0u);
  const std::string last = data() + ".last";
  EXPECT_EQ(CommandProcess({"backup", last, "--data", data()}).wait(), 0);
  process.kill();
  EXPECT_EQ(CommandProcess({"check", "--data", data()}).wait(), 0) << "the server's own database";
  const std::string elsewhere = data() + "-restored";
  ASSERT_EQ(run_command({"restore", last, "--data", elsewhere}).code, 0);
  EXPECT_EQ(run_command({"check", "--data", elsewhere}).code, 0);
  expect_acknowledged(elsewhere + "/tidewater.db", acknowledged);
  std::cout << kills() << " kills, " << of_server << " of them of the server; " << finished
            << " backups were finished; " << acknowledged.size() << " customers" << std::endl;
}

TEST_F(KillCareTest, an_upgrade_happens_as_a_whole_or_not_at_all) {
  const std::size_t oldest = 4;
  std::map<std::size_t, int> left_at;
  for (int number = 1; number <= kills() && !HasFailure(); ++number) {
    SCOPED_TRACE("kill " + std::to_string(number));
    const std::size_t schema = oldest + random() % (newest_schema() - oldest);
    std::filesystem::remove_all(data());
    make_old_folder(data(), schema, 2000);
    std::filesystem::copy(data(), data() + "-timed", std::filesystem::copy_options::recursive);
    const auto begin = std::chrono::steady_clock::now();
    CommandProcess timed({"upgrade", "--data", data() + "-timed"});
    wait_for_copy_from_before(data() + "-timed");
    const auto until_change = since(begin);
    EXPECT_EQ(timed.wait(), 0);
    const auto whole = since(begin);
    const auto after = counts_of(data() + "-timed/tidewater.db");
    std::filesystem::remove_all(data() + "-timed");
    const auto before = counts_of(database());

    const bool by_server = number % 2 == 0;
    CommandProcess upgrade(by_server ? std::vector<std::string>{"serve", "--data", data(), "--listen", "127.0.0.1:0"}
                                     : std::vector<std::string>{"upgrade", "--data", data()});
    // Most kills come while the schema is changed, which is the shorter part of it.
    if (number / 2 % 3 == 0) {
      pause_within(whole);
    } else {
      wait_for_copy_from_before(data());
      pause_within(whole - until_change);
    }
    upgrade.kill();

    const auto reached = schema_of(database());
    ++left_at[reached == schema ? 0 : 1];
    EXPECT_TRUE(reached == schema || reached == newest_schema()) << "from " << schema << " to " << reached;
    EXPECT_EQ(without_what_a_start_writes(counts_of(database())),
              without_what_a_start_writes(reached == schema ? before : after));
    const auto copies = server::backups_in({data() + "/backups", {}});
    if (reached != schema) {
      EXPECT_EQ(copies.size(), 1u) << "no upgrade without a copy";
    }
    for (const auto& copy : copies) {
      expect_whole(copy.path);
      EXPECT_EQ(counts_of(copy.path), before);
    }
    if (by_server) {
      ServerProcess server{data()};
      server.start();  // throws when it does not
      server.send(SIGTERM);
      EXPECT_EQ(server.wait(), 0);
    } else {
      EXPECT_EQ(CommandProcess({"upgrade", "--data", data()}).wait(), 0) << "the next try needs no repair";
    }
    EXPECT_EQ(without_what_a_start_writes(counts_of(database())), without_what_a_start_writes(after));
    EXPECT_EQ(run_command({"check", "--data", data()}).code, 0);
  }
  std::cout << left_at[0] << " kills left the old schema, " << left_at[1] << " the new one" << std::endl;
}

}  // namespace
}  // namespace tw::test
