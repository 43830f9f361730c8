// Rung after every commit: whoever waits looks whether there is something new. Carries nothing, so a ring that nobody
// hears is lost and harmless. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace tw::server {

class EventBell {
 public:
  using Time = std::chrono::steady_clock;

  void ring() {
    {
      const std::lock_guard lock(mutex_);
      ++rings_;
    }
    heard_.notify_all();
  }
  // From here on nobody waits any more.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    heard_.notify_all();
  }

  struct Heard {
    std::uint64_t rings = 0;
    bool closed = false;
  };
  // Returns when it has rung more often than `rings`, is closed, or at `until`.
  Heard wait(std::uint64_t rings, Time::time_point until) {
    std::unique_lock lock(mutex_);
    heard_.wait_until(lock, until, [&] { return closed_ || rings_ > rings; });
    return {rings_, closed_};
  }
  // Returns when it is closed, or at `until`.
  Heard sleep(Time::time_point until) {
    std::unique_lock lock(mutex_);
    heard_.wait_until(lock, until, [&] { return closed_; });
    return {rings_, closed_};
  }
  Heard now() const {
    const std::lock_guard lock(mutex_);
    return {rings_, closed_};
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable heard_;
  std::uint64_t rings_ = 0;
  bool closed_ = false;
};

}  // namespace tw::server
