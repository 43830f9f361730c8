// The write-ahead log stays bounded while a job writes without a pause, and nothing is lost on the way.
#include "server/connections/checkpoints.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "db/upkeep.h"
#include "server/connections/readers.h"
#include "server/connections/writer.h"
#include "support/fakes.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

constexpr std::int64_t megabyte = 1024 * 1024;

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
    checkpoints->wait_for_room();
    writer->change(services::Lane::jobs, [megabytes](services::Work& work) {
      for (int i = 0; i < megabytes; ++i) work.db.execute("INSERT INTO heap (filling) VALUES (zeroblob(1048576))");
      return true;
    });
  }
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

TEST_F(CheckpointsTest, a_job_that_waits_for_room_waits_no_longer_when_the_server_stops) {
  checkpoints->log_is(1000 * megabyte);
  std::thread job([this] { checkpoints->wait_for_room(); });
  checkpoints->stop();
  job.join();
}

}  // namespace
}  // namespace tw::server
