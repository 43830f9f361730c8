#include "server/care/backup.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <thread>
#include <vector>

#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "db/snapshot_bytes.h"
#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

using Time = std::chrono::steady_clock;

constexpr std::int64_t spare_bytes = 64 * 1024 * 1024;  // that a disk keeps beside any backup
constexpr int most_problems = 5;
constexpr auto longest_pause = std::chrono::milliseconds(200);  // between two pieces, however slow the disk is
double seconds_since(Time::time_point begin) { return std::chrono::duration<double>(Time::now() - begin).count(); }

// This thread lets others go first where the disk's scheduler listens.
void step_aside() {
  constexpr int of_this_thread = 1;              // IOPRIO_WHO_PROCESS with 0
  constexpr int last_of_equals = (2 << 13) | 7;  // IOPRIO_CLASS_BE, its lowest level
  ::syscall(SYS_ioprio_set, of_this_thread, 0, last_of_equals);
}

// From now on this thread has the processor only while nobody else wants it. It must hold nothing that others wait for,
// no snapshot either. Only "nice", it would still keep a writer waiting that wakes up beside it.
void take_only_idle_time() {
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_IDLE, &none);
}

// Runs `body` on a thread that steps aside, and waits for it: the caller's own priority stays what it is.
template <class F>
void aside(F&& body) {
  std::exception_ptr problem;
  std::thread([&] {
    step_aside();
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

void stop_if(const std::function<bool()>& stopped) {
  if (stopped && stopped()) throw BackupStopped();
}

struct Copied {
  std::vector<std::string> migrations;
  std::map<std::string, std::int64_t> last_numbers;  // of the snapshot; the copy may be a little newer
};

// The disk begins to write this piece, and is left to others for as long as it was still busy with the one before: a
// commit of the writer waits for whatever the disk was given first. Where it is quick, there is nothing to wait for.
void write_out_and_pause(const OpenFile& file, std::int64_t at, std::int64_t length) {
  const auto begin = Time::now();
  file.write_out(at, length);
  const auto busy = Time::now() - begin;
  std::this_thread::sleep_for(std::min<Time::duration>(busy, longest_pause));
}

// One of the two files that a database lies in. Each piece of the file goes to the disk while the next one is read, so
// that the disk never has much to write at once. The log goes into the file next, and never needs to be on a disk.
void copy_part(const db::SnapshotBytes& from, db::SnapshotBytes::Part part, const OpenFile& to, int piece_bytes,
               const std::function<void()>& between) {
  std::vector<char> piece(static_cast<std::size_t>(piece_bytes));
  const std::int64_t bytes = from.bytes(part);
  for (std::int64_t at = 0; at < bytes; at += piece_bytes) {
    const auto length = static_cast<int>(std::min<std::int64_t>(piece_bytes, bytes - at));
    from.read(part, at, piece.data(), length);
    to.write_at(at, piece.data(), static_cast<std::size_t>(length));
    if (part == db::SnapshotBytes::Part::file) write_out_and_pause(to, at, length);
    between();
  }
}

// The snapshot ends with this: no longer than reading takes.
Copied copy_snapshot(db::Database& source, const OpenFile& file, const std::filesystem::path& log_file, int piece_bytes,
                     const std::function<void()>& between) {
  using Part = db::SnapshotBytes::Part;
  const db::SnapshotBytes from(source);
  const Copied copied{db::run_migrations(source), db::last_numbers(source)};
  file.reserve(from.bytes(Part::file));
  copy_part(from, Part::file, file, piece_bytes, between);
  if (from.bytes(Part::log) > 0) copy_part(from, Part::log, OpenFile::new_file(log_file), piece_bytes, between);
  if (from.log_began_anew()) std::filesystem::remove(log_file);
  return copied;
}

Copied copy(const std::string& database, const std::filesystem::path& part, const BackupPace& pace,
            const std::function<bool()>& stopped) {
  const auto source = db::open_beside(database);
  refuse_without_room(*source, part, pace);
  remove_database_file(part);
  const OpenFile file = OpenFile::new_file(part);
  const Copied copied = copy_snapshot(*source, file, part.string() + "-wal", pace.piece_bytes, [&] {
    stop_if(stopped);
    give_up_before_disks_are_full(database, part, pace);
  });
  // Puts what the log has into the file, and takes the mark out of its header which says that there is a log. Without
  // asking the disk: nothing is promised before the whole is durable.
  db::Database::open(part.string(), db::OpenMode::read_write)
      ->execute("PRAGMA synchronous = OFF; PRAGMA journal_mode = DELETE");
  // What the log brought lies anywhere in the file; all of it at once would keep the disk for seconds.
  const std::int64_t bytes = bytes_of(part);
  for (std::int64_t at = 0; at < bytes; at += pace.piece_bytes) {
    stop_if(stopped);
    write_out_and_pause(file, at, pace.piece_bytes);
  }
  file.make_durable();
  return copied;
}

// Is each number that was given out before the copy began in it? There is one in every commit (`outbox`).
bool reaches(const std::map<std::string, std::int64_t>& numbers, const std::map<std::string, std::int64_t>& least) {
  return std::all_of(least.begin(), least.end(), [&](const auto& each) {
    const auto found = numbers.find(each.first);
    return found != numbers.end() && found->second >= each.second;
  });
}

std::map<std::string, std::int64_t> look_at(const std::filesystem::path& part, const Copied& copied,
                                            const std::function<bool()>& stopped) {
  take_only_idle_time();
  OpenFile::to_read(part).read_into_memory([&] { stop_if(stopped); });
  const auto database = db::Database::open(part.string(), db::OpenMode::read_only);
  if (stopped) db::interrupt_when(*database, stopped);
  const auto wrong = db::integrity_problems(*database, most_problems);
  if (!wrong.empty()) {
    std::vector<Message> lines;
    for (const auto& problem : wrong) lines.push_back(integrity_message(problem));
    throw Damaged(said("backup.damaged").over(std::move(lines)));
  }
  if (db::run_migrations(*database) != copied.migrations || !reaches(db::last_numbers(*database), copied.last_numbers))
    throw Damaged(said("backup.copy_differs"));
  return db::table_counts(*database);
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
      backup.counts = look_at(part, copied, stopped);
      backup.check_seconds = seconds_since(begin);
      backup.schema = copied.migrations.empty() ? "none" : copied.migrations.back();
      for (const auto& [table, rows] : backup.counts) backup.rows += rows;
      backup.bytes = bytes_of(part);
      OpenFile::to_read(part).let_memory_go();
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
