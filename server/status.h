// What the server knows about itself beyond the database: its disk, what waits, its jobs and backups. For the status
// screen (shared/services/system_status.h) and /metrics.
#pragma once

#include "server/folder.h"
#include "server/metrics.h"
#include "services/system_status.h"

namespace tw::server {

std::int64_t spool_bytes(const Folder& folder);

class ServerStatus final : public services::SystemProbe {
 public:
  // All of them outlive it.
  ServerStatus(const Folder& folder, const Metrics& metrics, Instant started, int backup_hours)
      : folder_(folder), metrics_(metrics), started_(started), backup_hours_(backup_hours) {}
  void look(api::ViewSystem::Response& status) override;

 private:
  const Folder& folder_;
  const Metrics& metrics_;
  const Instant started_;
  const int backup_hours_;
};

}  // namespace tw::server
