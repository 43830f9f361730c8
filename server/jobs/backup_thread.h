// Makes backups by the schedule, and forgets old ones. A thread of its own: a copy takes seconds to minutes, and
// neither jobs nor people wait for it.
//
// What must stay true: an old backup goes only after a newer one is whole, or where the newer one has no room otherwise
// and the newest ones stay (room_for_next); a backup that fails is tried again within the hour and is an error in the
// log; the server's end does not wait for one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/env.h"
#include "server/care/backup.h"
#include "server/care/backup_folder.h"
#include "server/folder.h"
#include "server/metrics.h"

namespace tw::server {

struct BackupPlan {
  std::filesystem::path folder;  // empty: in the data folder
  int hours = 0;                 // 0: none
  Retention retention{};
  std::function<std::int64_t(const std::filesystem::path&)> room = free_bytes;  // tests say something else
};

// When the next one is due. The first one is made soon after the first start, but not while people try the product out.
Instant next_backup(std::optional<Instant> newest, Instant started, Instant now, int every_hours);

class BackupThread {
 public:
  BackupThread(const Folder& folder, BackupPlan plan, Clock& clock, Log& log, Metrics& metrics);
  ~BackupThread() { stop(); }
  BackupThread(const BackupThread&) = delete;
  BackupThread& operator=(const BackupThread&) = delete;

  // Called after each whole backup, before start().
  void when_made(std::function<void(const Backup&)> tell) { tell_ = std::move(tell); }

  void start();
  void stop();  // breaks off a copy that is running

  // What the thread does whenever it wakes: makes one if it is due, and answers when to wake next.
  Instant make_if_due();

 private:
  void run();
  bool make(Instant now);
  void make_room(const BackupPlace& place, Instant now);
  std::optional<Instant> newest(Instant now) const;
  void note(Instant now);
  void tell(const Backup& backup);

  const Folder& folder_;
  const BackupPlan plan_;
  const std::filesystem::path backups_;
  Clock& clock_;
  Log& log_;
  Metrics& metrics_;
  const Instant started_;
  std::function<void(const Backup&)> tell_;
  std::optional<Instant> not_before_;  // after a failure

  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::thread thread_;
};

}  // namespace tw::server
