#include "server/jobs/backup_thread.h"

#include <algorithm>
#include <chrono>

#include "server/care/backup.h"
#include "server/care/files.h"

namespace tw::server {
namespace {

constexpr Millis first_after = minutes(10);
constexpr Millis again_after = minutes(30);
constexpr std::int64_t longest_sleep = minutes(10).value;  // the clock may be set meanwhile
constexpr Millis clocks_differ = minutes(1);               // a file that is dated later was made by a wrong clock

}  // namespace

Instant next_backup(std::optional<Instant> newest, Instant started, Instant now, int every_hours) {
  if (!newest || *newest > now + clocks_differ) return std::min(started, now) + first_after;
  return *newest + hours(every_hours);
}

BackupThread::BackupThread(const Folder& folder, BackupPlan plan, Clock& clock, Log& log, Metrics& metrics)
    : folder_(folder),
      plan_(std::move(plan)),
      backups_(plan_.folder.empty() ? folder.backups() : plan_.folder),
      clock_(clock),
      log_(log),
      metrics_(metrics),
      started_(clock.now()) {
  if (const auto last = last_backup(folder_)) metrics_.last_backup_at = last->ms / 1000;
}

void BackupThread::start() {
  if (plan_.hours > 0) thread_ = std::thread([this] { run(); });
}

void BackupThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void BackupThread::run() {
  for (;;) {
    Instant due = clock_.now() + again_after;
    try {
      due = make_if_due();
    } catch (const std::exception& problem) {
      log_.write(Log::Level::error, "backups cannot be looked at", {param("problem", problem.what())});
    }
    const auto sleep = std::clamp<std::int64_t>((due - clock_.now()).value, 0, longest_sleep);
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, std::chrono::milliseconds(sleep), [this] { return stopping_.load(); })) return;
  }
}

Instant BackupThread::make_if_due() {
  Instant now = clock_.now();
  const auto due = [&] {
    const Instant planned = next_backup(newest(now), started_, now, plan_.hours);
    return not_before_ ? std::max(planned, std::min(*not_before_, now + again_after)) : planned;
  };
  if (due() > now) return due();
  not_before_.reset();
  const bool made = make(now);
  if (!made) not_before_ = now + again_after;
  now = clock_.now();
  metrics_.job_run(api::JobKind::backup, now, !made, due());
  return due();
}

bool BackupThread::make(Instant now) {
  try {
    std::filesystem::create_directories(backups_);
    const auto held = folder_.lock_backups(Folder::IfTaken::answer_null);
    if (!held) return false;  // somebody makes one by hand
    const auto place = place_for_backups(folder_, backups_);
    make_room(place, now);
    BackupPace pace;
    pace.room = plan_.room;
    const auto backup =
        make_backup(folder_.database(), new_backup_path(place, now), pace, [this] { return stopping_.load(); });
    note(now);
    tell(backup);
    metrics_.last_backup_at = now.ms / 1000;
    log_.write(Log::Level::info, "a backup was made",
               {param("file", backup.file.string()), param("bytes", backup.bytes), param("rows", backup.rows),
                param("copy_milliseconds", static_cast<std::int64_t>(backup.copy_seconds * 1e3)),
                param("check_milliseconds", static_cast<std::int64_t>(backup.check_seconds * 1e3))});
    if (const int gone = forget_old_backups(place, plan_.retention); gone > 0)
      log_.write(Log::Level::info, "old backups were removed", {param("files", std::int64_t{gone})});
    return true;
  } catch (const BackupStopped&) {
    return false;
  } catch (const std::exception& problem) {
    ++metrics_.failed_backups;
    log_.write(Log::Level::error, "no backup could be made; it will be tried again",
               {param("problem", problem.what())});
    return false;
  }
}

// What this one would push out goes before it where it has no room otherwise; where that is not enough, nothing goes.
void BackupThread::make_room(const BackupPlace& place, Instant now) {
  remove_cut_off_backups(place);
  const auto room = room_for_next(backups_in(place), plan_.retention, now, backup_bytes(folder_.database()),
                                  plan_.room(place.folder));
  if (room.fits()) return;
  if (!room.can_be_made())
    throw Refused(said("backup.no_room_by_schedule", {param("folder", place.folder.string())})
                      .with("needed", size_message(room.needed))
                      .with("free", size_message(room.free)));
  std::int64_t files = 0;
  for (const auto& file : room.may_go) {
    if (plan_.room(place.folder) >= room.needed) break;
    files += std::filesystem::remove(file.path);
  }
  log_.write(Log::Level::info, "old backups made room for the next one", {param("files", files)});
}

// The file is there, whatever becomes of the note about it.
void BackupThread::note(Instant now) {
  try {
    note_backup(folder_, now);
  } catch (const std::exception& problem) {
    log_.write(Log::Level::warning, "the time of the backup could not be noted", {param("problem", problem.what())});
  }
}

void BackupThread::tell(const Backup& backup) {
  try {
    if (tell_) tell_(backup);
  } catch (const std::exception& problem) {
    log_.write(Log::Level::error, "the backup is not in the audit log", {param("problem", problem.what())});
  }
}

std::optional<Instant> BackupThread::newest(Instant now) const {
  const auto place = known_place_of_backups(folder_, backups_);
  if (!place) return std::nullopt;
  const auto files = backups_in(*place);
  const auto found = std::find_if(files.rbegin(), files.rend(), [now](const BackupFile& file) {
    return file.before.empty() && file.at <= now + clocks_differ;
  });
  return found == files.rend() ? std::nullopt : std::optional(found->at);
}

}  // namespace tw::server
