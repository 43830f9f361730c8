// The writer: group commit, lanes, steps that give way. Threads are real, order is made by holding the writer with a
// Work that waits until the test has queued the others.
#include "server/connections/writer.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "db/upkeep.h"
#include "server/connections/readers.h"
#include "support/fakes.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using services::Lane;
using services::Work;

// Opens once; whoever waits goes on.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

class WriterTest : public ::testing::Test {
 protected:
  WriterTest() {
    auto database = db::Database::open(path(), db::OpenMode::read_write);
    database->execute(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
        "CREATE TABLE links (note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED) STRICT;");
    writer.emplace(std::move(database), env, metrics);
  }

  std::string path() const { return (folder.path() / "test.db").string(); }

  static bool insert(Work& work, std::string_view text) {
    work.db.prepare("INSERT INTO notes (text) VALUES (:text)").bind(":text", text).run();
    return true;
  }
  void add(std::string_view text, Lane lane = Lane::people) {
    writer->change(lane, [text](Work& work) { return insert(work, text); });
  }
  // As another connection sees it: what is not committed is not there.
  std::int64_t count(const char* where = "1") {
    const auto database = db::Database::open(path(), db::OpenMode::read_only);
    const std::string sql = std::string("SELECT COUNT(*) FROM notes WHERE ") + where;
    return database->prepare(sql).one([](db::Row row) { return row.integer(0); }).value_or(-1);
  }
  void wait_until_waiting(std::int64_t people, std::int64_t jobs = 0) {
    while (metrics.people_waiting != people || metrics.jobs_waiting != jobs) std::this_thread::yield();
  }

  // Keeps the writer busy until released, so that what is queued meanwhile becomes one group.
  class Hold {
   public:
    explicit Hold(Writer& writer) {
      thread_ = std::thread([this, &writer] {
        writer.change(Lane::people, [this](Work&) {
          reached_.open();
          released_.wait();
          return false;
        });
      });
      reached_.wait();
    }
    ~Hold() { release(); }
    void release() {
      released_.open();
      if (thread_.joinable()) thread_.join();
    }

   private:
    Gate reached_;
    Gate released_;
    std::thread thread_;
  };

  test::TempFolder folder;
  test::FakeClock clock;
  test::SeededRandom random;
  test::FastHasher passwords;
  test::FakeDigest digest;
  test::MemorySpool spool;
  test::MemoryLog log;
  Env env{clock, random, passwords, digest, spool, log};
  Metrics metrics;
  std::optional<Writer> writer;
};

TEST_F(WriterTest, what_is_acknowledged_is_committed) {
  add("one");
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(metrics.commits, 1);
}

TEST_F(WriterTest, writers_that_wait_together_share_one_commit) {
  std::vector<std::thread> threads;
  {
    Hold hold(*writer);
    for (int i = 0; i < 20; ++i) threads.emplace_back([this, i] { add("note " + std::to_string(i)); });
    wait_until_waiting(20);
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count(), 20);
  EXPECT_EQ(metrics.commits, 1);
}

TEST_F(WriterTest, one_that_fails_rolls_back_alone) {
  add("taken");
  std::vector<std::thread> threads;
  std::atomic<int> refused = 0;
  {
    Hold hold(*writer);
    for (int i = 0; i < 10; ++i) threads.emplace_back([this, i] { add("good " + std::to_string(i)); });
    threads.emplace_back([this, &refused] {
      try {
        writer->change(Lane::people, [](Work& work) { return insert(work, "half") && insert(work, "taken"); });
      } catch (const db::DbError& problem) {
        refused += problem.is_unique_violation();
      }
    });
    threads.emplace_back([this] {
      writer->change(Lane::people, [](Work& work) {
        insert(work, "changed my mind");
        return false;
      });
    });
    threads.emplace_back([this, &refused] {
      try {
        writer->change(Lane::people, [](Work& work) -> bool {
          insert(work, "thrown");
          throw std::runtime_error("broken");
        });
      } catch (const std::runtime_error&) {
        ++refused;
      }
    });
    wait_until_waiting(13);
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refused, 2);
  EXPECT_EQ(count("text LIKE 'good %'"), 10);
  EXPECT_EQ(count(), 11);
}

TEST_F(WriterTest, the_first_of_a_group_may_fail_too) {
  add("taken");
  std::atomic<bool> refused = false;
  std::thread first;
  std::thread second;
  {
    Hold hold(*writer);
    first = std::thread([&] {
      try {
        writer->change(Lane::people, [](Work& work) { return insert(work, "half") && insert(work, "taken"); });
      } catch (const db::DbError&) {
        refused = true;
      }
    });
    wait_until_waiting(1);
    second = std::thread([&] { add("good"); });
    wait_until_waiting(2);
  }
  first.join();
  second.join();
  EXPECT_TRUE(refused);
  EXPECT_EQ(count(), 2);
}

TEST_F(WriterTest, a_failed_commit_makes_the_whole_group_unavailable) {
  std::vector<std::thread> threads;
  std::atomic<int> busy = 0;
  const auto expect_busy = [&](const Writer::Body& body) {
    threads.emplace_back([this, &busy, body] {
      try {
        writer->change(Lane::people, body);
      } catch (const db::DbError& problem) {
        busy += problem.is_busy();
      }
    });
  };
  {
    Hold hold(*writer);
    for (int i = 0; i < 3; ++i) expect_busy([i](Work& work) { return insert(work, "good " + std::to_string(i)); });
    // Its reference is looked at by COMMIT.
    expect_busy([](Work& work) {
      work.db.prepare("INSERT INTO links (note) VALUES (999)").run();
      return true;
    });
    wait_until_waiting(4);
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(busy, 4);
  EXPECT_EQ(count(), 0);
  add("afterwards all is well");
  EXPECT_EQ(count(), 1);
}

TEST_F(WriterTest, people_go_before_jobs) {
  std::vector<std::string> order;
  std::vector<std::thread> threads;
  {
    Hold hold(*writer);
    threads.emplace_back([&] {
      writer->change(Lane::jobs, [&](Work&) {
        order.emplace_back("job");
        return false;
      });
    });
    wait_until_waiting(0, 1);
    threads.emplace_back([&] {
      writer->change(Lane::people, [&](Work&) {
        order.emplace_back("person");
        return false;
      });
    });
    wait_until_waiting(1, 1);
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector<std::string>{"person", "job"}));
}

TEST_F(WriterTest, a_job_is_not_starved_by_people_who_never_stop) {
  std::atomic<bool> done = false;
  std::vector<std::thread> people;
  for (int i = 0; i < 4; ++i)
    people.emplace_back([this, &done] {
      while (!done) writer->change(Lane::people, [](Work&) { return false; });
    });
  const auto begin = std::chrono::steady_clock::now();
  writer->change(Lane::jobs, [](Work&) { return false; });
  const auto waited = std::chrono::steady_clock::now() - begin;
  done = true;
  for (auto& thread : people) thread.join();
  EXPECT_LT(waited, std::chrono::seconds(3));
}

TEST_F(WriterTest, a_step_gives_way_as_soon_as_somebody_queues_and_shares_its_commit) {
  Gate running;
  std::thread job([&] {
    writer->change(Lane::jobs, [&](Work& work) {
      insert(work, "step");
      EXPECT_FALSE(writer->budget().used_up());
      running.open();
      while (!writer->budget().used_up()) std::this_thread::yield();  // hangs unless it gives way
      return true;
    });
  });
  running.wait();
  add("person");
  job.join();
  EXPECT_EQ(count(), 2);
  EXPECT_EQ(metrics.commits, 1);
}

TEST_F(WriterTest, a_step_ends_when_the_server_goes_down) {
  Gate running;
  std::thread job([&] {
    writer->change(Lane::jobs, [&](Work&) {
      running.open();
      while (!writer->budget().used_up()) std::this_thread::yield();
      return false;
    });
  });
  running.wait();
  writer->hurry();
  job.join();
}

TEST_F(WriterTest, a_step_ends_when_its_changes_fill_the_cache) {
  std::int64_t rows = 0;
  writer->change(Lane::jobs, [&](Work& work) {
    work.db.execute("PRAGMA cache_size = 100");
    const std::string filling(3000, 'x');
    while (!writer->budget().used_up() && rows < 100'000) insert(work, std::to_string(++rows) + filling);
    return true;
  });
  EXPECT_LT(rows, 100'000);
  EXPECT_EQ(count(), rows);
}

TEST_F(WriterTest, now_never_goes_back) {
  std::vector<Instant> seen;
  const auto look = [&] {
    writer->change(Lane::people, [&](Work& work) {
      seen.push_back(work.now);
      return false;
    });
  };
  look();
  clock.advance(seconds(5));
  look();
  clock.set(seen[0] - hours(1));
  look();
  clock.set(seen[0] + hours(1));
  look();
  EXPECT_EQ(seen[1], seen[0] + seconds(5));
  EXPECT_EQ(seen[2], seen[1]);
  EXPECT_EQ(seen[3], seen[0] + hours(1));
}

TEST_F(WriterTest, after_stop_changes_are_refused) {
  add("before");
  writer->stop();
  try {
    add("after");
    FAIL() << "the change was taken";
  } catch (const db::DbError& problem) {
    EXPECT_TRUE(problem.is_busy());
  }
  EXPECT_EQ(count(), 1);
}

TEST_F(WriterTest, thousands_of_changes_from_many_threads_are_all_there) {
  constexpr int threads_count = 16;
  constexpr int each = 100;
  std::vector<std::thread> threads;
  for (int t = 0; t < threads_count; ++t)
    threads.emplace_back([this, t] {
      for (int i = 0; i < each; ++i) add(std::to_string(t) + "/" + std::to_string(i));
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(count(), threads_count * each);
  EXPECT_LE(metrics.commits, threads_count * each);
}

TEST_F(WriterTest, readers_see_one_snapshot_and_cannot_write) {
  add("one");
  Readers readers(path(), env, metrics);
  readers.read([&](Work& work) {
    const auto rows = [&work] {
      return work.db.prepare("SELECT COUNT(*) FROM notes").one([](db::Row row) { return row.integer(0); });
    };
    EXPECT_EQ(rows(), 1);
    add("two");
    EXPECT_EQ(rows(), 1);
  });
  EXPECT_THROW(readers.read([](Work& work) { insert(work, "three"); }), db::DbError);
  EXPECT_EQ(count(), 2);
}

TEST_F(WriterTest, more_readers_than_connections_take_turns) {
  Readers readers(path(), env, metrics);
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i)
    threads.emplace_back([&] {
      readers.read([&](Work& work) {
        int now = ++at_once;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {}
        work.db.prepare("SELECT COUNT(*) FROM notes").run();
        std::this_thread::yield();
        --at_once;
      });
    });
  for (auto& thread : threads) thread.join();
  EXPECT_LE(most, 4);
  EXPECT_EQ(metrics.readers_lent, 0);
}

}  // namespace
}  // namespace tw::server
