// What an administrator should know about a data folder: each finding says what it is and what to do. Looks from a
// process of its own, beside a server that may run, and changes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/env.h"
#include "server/care/backup_folder.h"
#include "server/folder.h"
#include "server/words/message.h"

namespace tw::server {

enum class Health { well, should_act, must_act };

struct Finding {
  Health health = Health::well;
  TextKey topic;
  Message what;
  Message advice;  // of what is not well
};

struct DoctorSettings {
  std::filesystem::path backups;  // where the schedule puts them
  int backup_hours = 24;          // 0: it makes none
  Retention retention{};
};

std::vector<Finding> look_after(const Folder& folder, const DoctorSettings& settings, Clock& clock, Log& log);

// Each question by itself, for tests.
Finding disk_finding(std::int64_t database_bytes, std::int64_t free_bytes, const std::filesystem::path& folder);
Finding clock_finding(std::optional<Instant> newest_row, Instant now);
Finding log_finding(std::int64_t log_bytes);
Finding next_backup_finding(const RoomForNext& room, const std::filesystem::path& folder);
Finding backups_finding(std::optional<Instant> newest, int backup_hours, Instant now, const Folder& folder);

}  // namespace tw::server
