// The one connection that writes, and its thread (ARCHITECTURE.md, "Server notes"): a queue with two lanes and group
// commit.
//
// What must stay true
// - `change` returns only after the commit is durable; when the commit fails, everybody in the group hears it and
//   nothing of the group is there.
// - Each Work is all or nothing: one that fails is rolled back alone, the rest of its group goes on.
// - People go before jobs, and a job waits at most a second: a step gives way as soon as somebody queues.
// - All Works of a database see a `now` that never goes back.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/env.h"
#include "db/sqlite.h"
#include "server/metrics.h"
#include "services/work.h"

namespace tw::server {

class Writer {
 public:
  using Body = std::function<bool(services::Work&)>;

  Writer(std::unique_ptr<db::Database> database, Env& env, Metrics& metrics);
  ~Writer();  // finishes the queue
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Any thread but the writer's own. Throws what the body threw, or DbError when the commit failed or after stop().
  void change(services::Lane lane, const Body& body);

  // Called on the writer's thread after each durable commit, with the length of the log. Set before the first change.
  void after_commit(std::function<void(std::int64_t log_bytes)> bell) { bell_ = std::move(bell); }

  // What a long step asks; asked on the writer's thread only.
  services::StepBudget& budget() { return budget_; }
  // Steps end at once from now on: the server is going down.
  void hurry() { hurried_ = true; }

  // Finishes what is queued, refuses what comes after, and ends the thread.
  void stop();
  // Gives cached pages back, in turn with the queue.
  void release_memory();

 private:
  using Time = std::chrono::steady_clock;

  struct Request {
    const Body* body = nullptr;
    services::Lane lane = services::Lane::people;
    Time::time_point queued;
    bool kept = false;
    std::exception_ptr problem;
    // Its own, not the queue's: a whole group is woken at once, and would otherwise queue up again for one lock.
    std::mutex mutex;
    std::condition_variable wake;
    bool done = false;
  };

  class Budget final : public services::StepBudget {
   public:
    explicit Budget(Writer& writer) : writer_(writer) {}
    bool used_up() override;
    void begin(bool somebody_shares_the_group);

   private:
    Writer& writer_;
    Time::time_point begun_;
    std::int64_t spilled_ = 0;
    bool shared_ = false;
  };

  void queue(Request& request);
  void run();
  std::vector<Request*> next_group();
  void join_people(std::vector<Request*>& group);
  void run_group(std::vector<Request*>& group);
  void run_alone(Request& request, bool shares);
  void run_in_savepoint(Request& request, bool shares);
  void execute(Request& request, bool shares);
  void release(const std::vector<Request*>& group);
  Instant now();

  std::unique_ptr<db::Database> database_;
  Env& env_;
  Metrics& metrics_;
  const std::int64_t page_bytes_;
  std::int64_t log_pages_ = 0;
  bool people_are_around_ = false;  // when the group that runs was made; the writer's thread only
  Instant last_now_;
  std::function<void(std::int64_t)> bell_;
  Budget budget_{*this};

  std::mutex mutex_;
  std::condition_variable queued_;
  std::deque<Request*> people_;
  std::optional<Time::time_point> last_of_people_;
  std::deque<Request*> jobs_;
  bool stopping_ = false;
  std::atomic<int> people_waiting_ = 0;
  std::atomic<bool> hurried_ = false;
  std::atomic<bool> release_memory_ = false;
  std::thread thread_;
};

}  // namespace tw::server
