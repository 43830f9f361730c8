#include "server/status.h"

#include <system_error>

#include "server/care/backup_folder.h"
#include "server/care/files.h"

namespace tw::server {

std::int64_t spool_bytes(const Folder& folder) {
  std::int64_t bytes = 0;
  std::error_code none;
  for (auto at = std::filesystem::directory_iterator(folder.spool(), none); at != std::filesystem::directory_iterator();
       at.increment(none)) {
    std::error_code gone;  // since it was listed
    const auto size = at->file_size(gone);
    if (!gone) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

void ServerStatus::look(api::ViewSystem::Response& status) {
  status.started = started_;
  status.database_bytes = bytes_of(folder_.database());
  status.log_bytes = bytes_of(folder_.database() + "-wal");
  status.free_bytes = free_bytes(folder_.path());
  status.spool_bytes = spool_bytes(folder_);
  api::BackupStatus backups;
  backups.last = last_backup(folder_);
  backups.every_hours = backup_hours_;
  backups.failures = metrics_.failed_backups;
  status.backups = backups;
  api::QueueStatus queues;
  queues.people_waiting = metrics_.people_waiting;
  queues.jobs_waiting = metrics_.jobs_waiting;
  queues.readers = metrics_.readers_lent;
  queues.connections = metrics_.connections;
  queues.event_streams = metrics_.event_streams;
  status.queues = queues;
  status.jobs = metrics_.jobs();
}

}  // namespace tw::server
