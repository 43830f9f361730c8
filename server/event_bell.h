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
  // Returns when it has rung more often than `rings`, or at `until`; how often it has.
  std::uint64_t wait(std::uint64_t rings, Time::time_point until) {
    std::unique_lock lock(mutex_);
    heard_.wait_until(lock, until, [&] { return rings_ > rings; });
    return rings_;
  }
  std::uint64_t rings() const {
    const std::lock_guard lock(mutex_);
    return rings_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable heard_;
  std::uint64_t rings_ = 0;
};

}  // namespace tw::server
