// The write-ahead log stays bounded while a job writes without a pause, and nothing is lost on the way; and what goes
// on, and what waits, while somebody holds an old snapshot and it cannot.
#include "server/connections/checkpoints.h"

#include <atomic>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "api/allocation.h"
#include "api/batch.h"
#include "api/batch_items.h"
#include "api/customer.h"
#include "db/upkeep.h"
#include "server/connections/readers.h"
#include "server/connections/writer.h"
#include "support/fakes.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

constexpr std::int64_t megabyte = 1024 * 1024;

template <class F>
bool within_seconds(int seconds, F&& holds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

class CheckpointsTest : public ::testing::Test {
 protected:
  CheckpointsTest() {
    auto database = db::Database::open(path(), db::OpenMode::read_write);
    database->execute("CREATE TABLE heap (id INTEGER PRIMARY KEY, filling BLOB NOT NULL) STRICT");
    checkpoints.emplace(db::Database::open(path(), db::OpenMode::read_write), env, metrics);
    writer.emplace(std::move(database), env, metrics);
    writer->after_commit([this](std::int64_t bytes) { checkpoints->log_is(bytes); });
  }
  ~CheckpointsTest() override {
    checkpoints->stop();
    writer->stop();
  }

  std::string path() const { return (folder.path() / "test.db").string(); }
  std::int64_t log_file_bytes() const {
    std::error_code none;
    const auto bytes = std::filesystem::file_size(path() + "-wal", none);
    return none ? 0 : static_cast<std::int64_t>(bytes);
  }
  // One step of a job that writes as much as it may.
  void write_step(int megabytes) {
    while (!checkpoints->has_room()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    writer->change(services::Lane::jobs, [megabytes](services::Work& work) {
      for (int i = 0; i < megabytes; ++i) work.db.execute("INSERT INTO heap (filling) VALUES (zeroblob(1048576))");
      return true;
    });
  }
  std::unique_ptr<db::Database> hold_snapshot() const {
    auto reader = db::open_beside(path());
    reader->execute("BEGIN");
    reader->prepare("SELECT COUNT(*) FROM heap").run();
    return reader;
  }
  std::int64_t made() const {
    const std::string text = metrics.text({});
    const std::string name = "tidewater_checkpoint_seconds_count ";
    return std::stoll(text.substr(text.find(name) + name.size()));
  }
  std::int64_t database_bytes() const { return static_cast<std::int64_t>(std::filesystem::file_size(path())); }
  std::int64_t rows() {
    const auto database = db::Database::open(path(), db::OpenMode::read_only);
    return database->prepare("SELECT COUNT(*) FROM heap").one([](db::Row row) { return row.integer(0); }).value_or(-1);
  }

  test::TempFolder folder;
  test::FakeClock clock;
  test::SeededRandom random;
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  Env env{clock, random, passwords, digest, spool, log};
  Metrics metrics;
  std::optional<Checkpoints> checkpoints;
  std::optional<Writer> writer;
};

TEST_F(CheckpointsTest, the_log_stays_bounded_under_a_job_that_never_rests_and_people_who_read) {
  Readers readers(path(), env, metrics);
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i)
    threads.emplace_back([&] {
      while (!done)
        readers.read([](services::Work& work) {
          for (int repeat = 0; repeat < 20; ++repeat) work.db.prepare("SELECT COUNT(*) FROM heap").run();
        });
    });
  std::int64_t longest = 0;
  for (int step = 0; step < 8; ++step) {
    write_step(40);
    longest = std::max(longest, log_file_bytes());
  }
  done = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(rows(), 320);
  EXPECT_LT(longest, 256 * megabyte);
}

TEST_F(CheckpointsTest, what_waits_for_room_waits_no_longer_when_the_server_stops) {
  checkpoints->log_is(1000 * megabyte);
  EXPECT_FALSE(checkpoints->has_room());
  checkpoints->stop();
  EXPECT_TRUE(checkpoints->has_room());
}

// As a backup does. Nothing of what is written after it can be copied, and each look for it goes through the whole log.
TEST_F(CheckpointsTest, are_not_tried_without_a_pause_while_somebody_holds_an_old_snapshot) {
  write_step(1);
  std::int64_t tried = 0;
  {
    const auto snapshot = hold_snapshot();
    write_step(12);
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    const auto before = made();
    std::this_thread::sleep_for(std::chrono::milliseconds(1000));
    tried = made() - before;
  }
  EXPECT_LE(tried, 6) << "each twice as late as the one before, up to a second";
  EXPECT_TRUE(within_seconds(5, [this] { return database_bytes() > 13 * megabyte; })) << "and goes on afterwards";
}

TEST_F(CheckpointsTest, ring_when_a_log_that_was_too_long_is_not_any_more) {
  std::atomic<int> rung = 0;
  checkpoints->when_there_is_room([&rung] { ++rung; });
  {
    const auto snapshot = hold_snapshot();
    write_step(140);
    EXPECT_FALSE(checkpoints->has_room());
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_EQ(rung, 0);
    EXPECT_FALSE(checkpoints->has_room());
  }
  EXPECT_TRUE(within_seconds(10, [&rung] { return rung > 0; }));
  EXPECT_TRUE(checkpoints->has_room());
}

// A backup to a slow disk takes as long as it takes. What the clock asks for does not wait for it; what nobody misses
// for an hour does, and goes on by itself.
TEST(LongLog, lets_recalls_go_on_while_long_operations_wait_for_room) {
  test::RunningServer server;
  const auto root = server.administrator();
  const auto ann = server.person(root, "ann", domain::access::Role::member);
  const std::string path = (server.folder() / "tidewater.db").string();
  const auto number = [&path](const std::string& sql) {
    return db::Database::open(path, db::OpenMode::read_only)->prepare_once(sql).integer_or(-1);
  };
  const auto change = [&server](const std::string& sql) {
    server.backend().runner().change(services::Lane::people, [&sql](services::Work& work) {
      work.db.execute(sql.c_str());
      return true;
    });
  };
  api::CreateBatch::Request create;
  create.subject = "Calls";
  create.limit = 1;
  create.executors = {ann.person};
  const auto batch = test::call<api::CreateBatch>(server, root, create);
  ASSERT_TRUE(batch) << batch.reply.body;
  const auto add_one = [&](const std::string& name) {
    api::AddCustomer::Request add;
    add.name = name;
    const auto added = test::call<api::AddCustomer>(server, root, add);
    EXPECT_TRUE(added) << added.reply.body;
    api::AddCustomersToBatch::Request into;
    into.batch = batch->summary.batch;
    into.customers = {added->row.customer};
    const auto adding = test::call<api::AddCustomersToBatch>(server, root, into);
    EXPECT_TRUE(adding) << adding.reply.body;
  };
  add_one("first");
  ASSERT_TRUE(within_seconds(10, [&] { return number("SELECT COUNT(*) FROM batch_items") == 1; }));
  api::AllocateItems::Request allocate;
  allocate.batch = batch->summary.batch;
  ASSERT_TRUE(test::call<api::AllocateItems>(server, root, allocate));
  const auto executing = [&] { return number("SELECT COUNT(*) FROM batch_items WHERE executor IS NOT NULL"); };
  ASSERT_TRUE(within_seconds(10, [&] { return executing() == 1; }));
  change("CREATE TABLE heap (id INTEGER PRIMARY KEY, filling BLOB NOT NULL) STRICT");
  {
    const auto snapshot = db::open_beside(path);
    snapshot->execute("BEGIN");
    snapshot->prepare("SELECT COUNT(*) FROM customers").run();
    for (int i = 0; i < 7; ++i)
      change(
          "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20) "
          "INSERT INTO heap (filling) SELECT zeroblob(1048576) FROM n");
    add_one("second");
    change("UPDATE batch_items SET due_at = due_at - 86400000");
    EXPECT_TRUE(within_seconds(10, [&] { return executing() == 0; })) << "taken back";
    EXPECT_EQ(number("SELECT COUNT(*) FROM batch_items"), 1) << "waits for room in the log";
  }
  EXPECT_TRUE(within_seconds(10, [&] { return number("SELECT COUNT(*) FROM batch_items") == 2; })) << "goes on";
}

}  // namespace
}  // namespace tw::server
