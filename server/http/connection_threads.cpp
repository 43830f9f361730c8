#include "server/http/connection_threads.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

#include <httplib.h>

namespace tw::server {
namespace {

constexpr std::size_t most_waiting = 1024;
constexpr auto idle_thread_ends_after = std::chrono::seconds(10);

class ConnectionThreads final : public httplib::TaskQueue {
 public:
  ConnectionThreads(std::size_t least, std::size_t most, Metrics& metrics);
  ~ConnectionThreads() override { shutdown(); }
  ConnectionThreads(const ConnectionThreads&) = delete;
  ConnectionThreads& operator=(const ConnectionThreads&) = delete;

  bool enqueue(std::function<void()> connection) override;  // false: too many wait already; the connection is closed
  void shutdown() override;                                 // serves what is waiting, then returns

 private:
  void spawn();
  void run(std::list<std::thread>::iterator self);
  void join_ended();

  const std::size_t least_;
  const std::size_t most_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::function<void()>> waiting_;
  std::list<std::thread> running_;
  std::list<std::thread> ended_;
  std::size_t idle_ = 0;
  bool closing_ = false;
};

ConnectionThreads::ConnectionThreads(std::size_t least, std::size_t most, Metrics& metrics)
    : least_(least), most_(most), metrics_(metrics) {
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < least_; ++i) spawn();
}

bool ConnectionThreads::enqueue(std::function<void()> connection) {
  {
    const std::lock_guard lock(mutex_);
    if (closing_ || waiting_.size() >= most_waiting) return false;
    waiting_.push_back(std::move(connection));
    join_ended();
    if (waiting_.size() > idle_ && running_.size() < most_) spawn();
  }
  work_.notify_one();
  return true;
}

void ConnectionThreads::shutdown() {
  std::unique_lock lock(mutex_);
  closing_ = true;
  work_.notify_all();
  work_.wait(lock, [this] { return running_.empty(); });
  join_ended();
}

// Under the lock: the new thread looks at its own entry only after that.
void ConnectionThreads::spawn() {
  running_.emplace_back();
  const auto self = std::prev(running_.end());
  *self = std::thread([this, self] { run(self); });
}

void ConnectionThreads::run(std::list<std::thread>::iterator self) {
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_.wait_for(lock, idle_thread_ends_after, [this] { return closing_ || !waiting_.empty(); });
    --idle_;
    if (waiting_.empty()) {
      if (closing_ || running_.size() > least_) break;
      continue;
    }
    auto connection = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    ++metrics_.connections;
    connection();
    --metrics_.connections;
    lock.lock();
  }
  ended_.splice(ended_.end(), running_, self);
  work_.notify_all();
}

// Under the lock; an ended thread needs it no more, so joining waits for a few instructions only.
void ConnectionThreads::join_ended() {
  for (auto& thread : ended_) thread.join();
  ended_.clear();
}

}  // namespace

std::unique_ptr<httplib::TaskQueue> connection_threads(std::size_t least, std::size_t most, Metrics& metrics) {
  return std::make_unique<ConnectionThreads>(least, most, metrics);
}

}  // namespace tw::server
