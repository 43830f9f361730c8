// What the local backend knows about itself: its jobs and how large its database is. It has no disk of its own, no
// queues and no backups, and says nothing about them.
#pragma once

#include <array>

#include "db/two_files.h"
#include "services/system_status.h"

namespace tw::worker {

class LocalStatus final : public services::SystemProbe {
 public:
  LocalStatus(db::File& database, Instant started) : database_(database), started_(started) {}
  void look(api::ViewSystem::Response& status) override;

  void ran(api::JobKind job, Instant at, bool failed, std::optional<Instant> next);

 private:
  db::File& database_;
  const Instant started_;
  // Backups are no job here.
  std::array<api::JobStatus, 4> jobs_ = {
      api::JobStatus{.job = api::JobKind::long_operation}, api::JobStatus{.job = api::JobKind::recall},
      api::JobStatus{.job = api::JobKind::sweep}, api::JobStatus{.job = api::JobKind::audit}};
};

}  // namespace tw::worker
