// Replies that are sent piece by piece. httplib breaks them off when it stops, so a stopping server waits here for
// those that have begun and lets no new request begin. Any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tw::server {

class RunningReplies {
 public:
  void begin() {
    const std::lock_guard lock(mutex_);
    ++running_;
  }
  void end() {
    {
      const std::lock_guard lock(mutex_);
      --running_;
    }
    ended_.notify_all();
  }

  // From here on is_closing() is true; returns when nothing is streamed any more, or it took too long.
  void close(std::chrono::seconds longest) {
    std::unique_lock lock(mutex_);
    closing_ = true;
    ended_.wait_for(lock, longest, [this] { return running_ == 0; });
  }
  bool is_closing() const {
    const std::lock_guard lock(mutex_);
    return closing_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  int running_ = 0;
  bool closing_ = false;
};

}  // namespace tw::server
