#include "server/care/restore.h"

#include <cstdint>
#include <map>
#include <stdexcept>
#include <system_error>

#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/backup_folder.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "services/audit_entry_store.h"
#include "services/audit_upkeep.h"
#include "services/session_store.h"

namespace tw::server {
namespace {

// Brings the log of the old database into its file, so that the file is all of it, and answers its last numbers. Where
// SQLite cannot read it any more, its files are kept as they are.
struct Ends {
  std::map<std::string, std::int64_t> numbers;
  services::AuditHead audit;
};
Ends close_properly(const std::string& path, ReadingEnv& env, Log& log) {
  Ends ends;
  try {
    const auto old = db::Database::open(path, db::OpenMode::read_write);
    if (!db::run_migrations(*old).empty()) ends.numbers = db::last_numbers(*old);
    if (has_audit_log(*old)) env.read(*old, [&ends](services::Work& work) { ends.audit = services::audit_head(work); });
    db::checkpoint(*old, db::CheckpointMode::truncate);
  } catch (const db::DbError& problem) {
    log.write(Log::Level::warning, "the replaced database cannot be read", {param("problem", problem.what())});
  }
  return ends;
}

std::filesystem::path name_for_replaced(const Folder& folder, Instant now) {
  std::filesystem::create_directories(folder.replaced());
  folder.hand_over(folder.replaced());
  return new_backup_path({folder.replaced(), {}}, now);
}

// A second name for the old file, so that there is no moment without a database.
void keep(const Folder& folder, const std::filesystem::path& kept) {
  std::error_code problem;
  std::filesystem::create_hard_link(folder.database(), kept, problem);
  if (problem) copy_bytes(folder.database(), kept);  // a file system without hard links
  make_folder_durable(folder.replaced());
}

// A log that could not be read, or whose database somebody has moved away, goes where its database went: beside the new
// one it would be read as a part of that, whatever it belongs to.
void move_log_aside(const Folder& folder, const std::filesystem::path& kept) {
  for (const char* suffix : {"-wal", "-journal"}) {
    if (!std::filesystem::exists(folder.database() + suffix)) continue;
    replace(folder.database() + suffix, kept.string() + suffix);
    make_folder_durable(folder.path());
  }
  std::filesystem::remove(folder.database() + "-shm");
}

}  // namespace

Restored restore_backup(const Folder& folder, const std::filesystem::path& file, Clock& clock, Log& log) {
  const std::int64_t needed = 2 * bytes_of(file);  // the copy, and one more where its schema is older
  if (const auto room = free_bytes(folder.path()); room < needed)
    throw Refused(said("restore.no_room", {param("folder", folder.path().string())})
                      .with("needed", size_message(needed))
                      .with("free", size_message(room)));
  if (std::error_code none; std::filesystem::equivalent(file, folder.database(), none))
    throw Refused(said("restore.is_the_database", {param("file", file.string())}));
  Restored restored;
  if (!std::filesystem::is_regular_file(file) || has_log_beside(file)) {
    restored.verified = verify_backup(file, {}, clock, log);  // says what is wrong with it
    return restored;
  }
  // What is looked at is the copy: whatever happened to the file on its way here is found.
  const ScratchDatabase copy(folder.path() / "restore.part");
  copy_bytes(file, copy.path());
  restored.verified = verify_backup(copy.path(), folder.path() / "restore-check.part", clock, log, file);
  if (!restored.verified.whole) return restored;

  ReadingEnv env(clock, log);
  Ends ends;
  const bool there_was_one = folder.has_database();
  if (there_was_one) ends = close_properly(folder.database(), env, log);
  {
    const auto database = db::open_whole_file(copy.path());
    const bool has_log = has_audit_log(*database);
    env.change(*database, [&ends, has_log](services::Work& work) {
      services::end_all_sessions(work);
      // Pages that are open remember the last event that they have seen.
      db::number_from(work.db, ends.numbers);
      if (has_log) services::audit_restore(work, ends.audit);
      return true;
    });
  }
  folder.hand_over(copy.path());
  const std::filesystem::path kept = name_for_replaced(folder, clock.now());
  if (there_was_one) keep(folder, restored.replaced = kept);
  move_log_aside(folder, kept);
  replace(copy.path(), folder.database());
  return restored;
}

}  // namespace tw::server
