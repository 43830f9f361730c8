// Copies the write-ahead log into the database, on a connection and a thread of its own, outside the writer's lock.
//
// What must stay true: the log stays under 256 MB, unless somebody holds an old snapshot (a backup, a reader that
// hangs): as long as they do, no checkpoint can begin it anew. Then long operations pause above 128 MB, while people
// and what is due by the clock go on, and a backup gives up before the disk is full (care/backup.h). A passive
// checkpoint runs as soon as 4 MB are new; what could not be copied is tried again after ever longer pauses, up to a
// second; when the server is idle the log's file is emptied.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/env.h"
#include "db/sqlite.h"
#include "server/metrics.h"

namespace tw::server {

class Checkpoints {
 public:
  Checkpoints(std::unique_ptr<db::Database> database, Env& env, Metrics& metrics);
  ~Checkpoints() { stop(); }
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

  // The writer tells after each commit how long the log is.
  void log_is(std::int64_t bytes);
  // A long operation asks before each step, and waits for the bell where the log is too long.
  bool has_room();
  // Rung on this thread when a log that was too long is not any more.
  void when_there_is_room(std::function<void()> bell);
  void stop();

 private:
  struct Copied {
    std::int64_t copied_bytes = 0;
    bool emptied = false;  // the log begins anew
  };

  void run();
  std::optional<Copied> copy(bool idle, bool too_long);

  std::unique_ptr<db::Database> database_;  // of the thread
  Env& env_;
  Metrics& metrics_;
  const std::int64_t page_bytes_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::int64_t log_bytes_ = 0;     // as the writer left it; 0 when all of it was copied
  std::int64_t copied_bytes_ = 0;  // of these, by the last checkpoint
  std::int64_t commits_ = 0;
  bool file_is_empty_ = false;
  std::function<void()> bell_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tw::server
