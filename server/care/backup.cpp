#include "server/care/backup.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

using Time = std::chrono::steady_clock;

constexpr std::int64_t spare_bytes = 64 * 1024 * 1024;  // that a disk keeps beside any backup
constexpr int most_problems = 5;
// The copy is done soon, because the log cannot begin anew before it has ended. The look at what came out has time.
constexpr int while_copying = 0, while_looking = 19;

double seconds_since(Time::time_point begin) { return std::chrono::duration<double>(Time::now() - begin).count(); }

// This thread lets others go first, on the processors and (where the disk's scheduler listens) on the disk.
void step_aside(int nicer) {
  constexpr int of_this_thread = 1;              // IOPRIO_WHO_PROCESS with 0
  constexpr int last_of_equals = (2 << 13) | 7;  // IOPRIO_CLASS_BE, its lowest level
  ::setpriority(PRIO_PROCESS, 0, nicer);
  ::syscall(SYS_ioprio_set, of_this_thread, 0, last_of_equals);
}

// Runs `body` on a thread that steps aside, and waits for it: the caller's own priority stays what it is.
template <class F>
void aside(F&& body) {
  std::exception_ptr problem;
  std::thread([&] {
    step_aside(while_copying);
    try {
      body();
    } catch (...) {
      problem = std::current_exception();
    }
  }).join();
  if (problem) std::rethrow_exception(problem);
}

std::int64_t bytes_in(db::Database& source) {
  return source.prepare("PRAGMA page_count").integer_or(0) * db::page_bytes(source);
}

void refuse_without_room(db::Database& source, const std::filesystem::path& to, const BackupPace& pace) {
  const std::int64_t needed = bytes_in(source) + spare_bytes;
  const std::int64_t room = pace.room(folder_of(to));
  if (room >= needed) return;
  throw Refused(said("backup.no_room", {param("folder", folder_of(to).string())})
                    .with("needed", size_message(needed))
                    .with("free", size_message(room)));
}

// Others write meanwhile, and the log of the database grows as long as this copy reads.
void give_up_before_disks_are_full(const std::string& database, const std::filesystem::path& to,
                                   const BackupPace& pace) {
  for (const auto& folder : {folder_of(to), folder_of(database)})
    if (const std::int64_t room = pace.room(folder); room < spare_bytes)
      throw Refused(said("backup.given_up", {param("folder", folder.string())}).with("free", size_message(room)));
}

struct Copied {
  std::map<std::string, std::int64_t> counts;
  std::vector<std::string> migrations;
};

Copied copy(const std::string& database, const std::filesystem::path& part, const BackupPace& pace,
            const std::function<bool()>& stopped) {
  const auto source = db::open_beside(database);
  refuse_without_room(*source, part, pace);
  remove_database_file(part);
  // Kept open to the end: each piece is written out through it, so that the disk never has much to write at
  // once, and a commit of the writer never waits for it.
  const OpenFile file = OpenFile::new_file(part);
  Copied copied;
  {
    const auto target = db::open_whole_file(part.string());
    target->execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1024");
    db::PageCopy pages(*source, *target);
    copied.migrations = db::run_migrations(*source);
    copied.counts = db::table_counts(*source);
    for (;;) {
      if (stopped && stopped()) throw BackupStopped();
      const bool more = pages.step(pace.pages_at_a_time);
      file.write_out();
      if (!more) break;
      give_up_before_disks_are_full(database, part, pace);
    }
  }
  // The header came with the pages and says that there is a log: opening it so takes that mark away.
  db::open_whole_file(part.string());
  file.make_durable();
  return copied;
}

void look_at(const std::filesystem::path& part, const Copied& copied, const std::function<bool()>& stopped) {
  const auto database = db::Database::open(part.string(), db::OpenMode::read_only);
  if (stopped) db::interrupt_when(*database, stopped);
  const auto wrong = db::integrity_problems(*database, most_problems);
  if (!wrong.empty()) {
    std::vector<Message> lines;
    for (const auto& problem : wrong) lines.push_back(integrity_message(problem));
    throw Damaged(said("backup.damaged").over(std::move(lines)));
  }
  if (db::run_migrations(*database) != copied.migrations || db::table_counts(*database) != copied.counts)
    throw Damaged(said("backup.copy_differs"));
}

}  // namespace

std::int64_t backup_bytes(const std::string& database) { return bytes_in(*db::open_beside(database)); }

Backup make_backup(const std::string& database, const std::filesystem::path& to, const BackupPace& pace,
                   const std::function<bool()>& stopped) {
  const auto taken = [&to] { return Refused(said("backup.is_there", {param("file", to.string())})); };
  if (std::filesystem::exists(std::filesystem::symlink_status(to))) throw taken();
  const std::filesystem::path part = to.string() + ".part";
  Backup backup;
  try {
    aside([&] {
      auto begin = Time::now();
      const Copied copied = copy(database, part, pace, stopped);
      backup.copy_seconds = seconds_since(begin);
      begin = Time::now();
      step_aside(while_looking);
      look_at(part, copied, stopped);
      backup.check_seconds = seconds_since(begin);
      backup.counts = copied.counts;
      backup.schema = copied.migrations.empty() ? "none" : copied.migrations.back();
      for (const auto& [table, rows] : copied.counts) backup.rows += rows;
      backup.bytes = bytes_of(part);
      if (!move_into_place(part, to)) throw taken();
    });
  } catch (const db::DbError&) {
    remove_database_file(part);
    if (stopped && stopped()) throw BackupStopped();
    throw;
  } catch (...) {
    remove_database_file(part);
    throw;
  }
  backup.file = to;
  return backup;
}

void copy_database(const std::string& database, const std::filesystem::path& to, const BackupPace& pace) {
  aside([&] { copy(database, to, pace, {}); });
}

}  // namespace tw::server
