// backup | restore | upgrade | doctor: the data folder in the hands of whoever runs the server. What they do is in
// server/care; here are the locks they need, their words and their exit codes.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <system_error>

#include <stdlib.h>

#include "core/json.h"
#include "db/upkeep.h"
#include "server/care/audit_notes.h"
#include "server/care/backup.h"
#include "server/care/backup_folder.h"
#include "server/care/doctor.h"
#include "server/care/files.h"
#include "server/care/reading_env.h"
#include "server/care/restore.h"
#include "server/care/upgrade.h"
#include "server/commands/commands.h"
#include "server/database_check.h"

namespace tw::server {
namespace {

constexpr int well = 0;
constexpr int not_done = 1;
constexpr int look_at_it = 3;
constexpr int must_recount = 4;  // done, and nothing is lost; see recount_advice()

Folder folder_with_database(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "tidewater.db"))
    throw std::runtime_error("There is no database in " + data + ".");
  return Folder(data);
}

std::unique_ptr<HeldLock> alone_with_backups(const Folder& folder) {
  auto held = folder.lock_backups(Folder::IfTaken::answer_null);
  if (!held)
    throw std::runtime_error("A backup or a restore runs on " + folder.path().string() +
                             ". Try again when it has ended.");
  return held;
}

void alone_with_database(Folder& folder) {
  if (folder.lock()) return;
  throw std::runtime_error("A Tidewater process works on " + folder.path().string() + ". Stop it first.");
}

std::filesystem::path backups_of(const Options& options, const Folder& folder) {
  return options.backups.empty() ? folder.backups() : std::filesystem::path(options.backups);
}

// Where nobody else can put anything in the way; gone at the end.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tidewater-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), "make a folder for a copy");
    path_ = name;
  }
  ~PrivateFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// None: the database cannot be read, which is a reason to put a copy back and not a hindrance.
std::optional<std::vector<std::string>> migrations_of(const Folder& folder) {
  try {
    return db::run_migrations(*db::open_beside(folder.database()));
  } catch (const db::DbError&) {
    return std::nullopt;
  }
}

int put_back(const Folder& folder, const std::filesystem::path& file, Streams& streams, Clock& clock, Log& log) {
  const auto restored = restore_backup(folder, file, clock, log);
  if (!restored.verified.whole) {
    streams.err << restored.verified.text << "Nothing was changed.\n";
    return look_at_it;
  }
  streams.out << restored.verified.text << file.string() << " is the database of " << folder.path().string()
              << " now. Everybody signs in again.\n";
  if (!restored.replaced.empty()) streams.out << "What was there is kept: " << restored.replaced.string() << "\n";
  if (restored.verified.counts_agree) return well;
  streams.err << recount_advice(folder.path()) << "\n";
  return must_recount;
}

std::string_view name_of(Health health) {
  switch (health) {
    case Health::well:
      return "ok";
    case Health::should_act:
      return "should";
    case Health::must_act:
      return "MUST";
  }
  return {};
}

void print_json(const std::vector<Finding>& findings, std::ostream& out) {
  json::Writer writer;
  writer.begin_array();
  for (const auto& finding : findings) {
    writer.begin_object();
    for (const auto& [key, value] : {std::pair<std::string_view, std::string_view>{"health", name_of(finding.health)},
                                     {"topic", finding.topic},
                                     {"what", finding.what},
                                     {"advice", finding.advice}}) {
      writer.key(key);
      writer.string(value);
    }
    writer.end_object();
  }
  writer.end_array();
  out << writer.take() << "\n";
}

}  // namespace

namespace {

// Whoever copies the database takes everything out: the audit log says so, by the server that runs or by this process.
void enter_backup(Folder& folder, const Backup& backup, Streams& streams, Clock& clock, Log& log) {
  const BackupNote note = note_of(backup);
  try {
    if (!folder.lock()) {
      const auto door = open_socket_door(folder, streams.language);
      if (door && door->backup_made(json::encode(note))) return;
      throw std::runtime_error("the server that runs does not answer");
    }
    const auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
    if (!has_audit_log(*database)) return;  // of an older schema
    ReadingEnv(clock, log).change(*database, [&note](services::Work& work) {
      work.address = "local";
      audit_backup(work, note);
      return true;
    });
  } catch (const std::exception& problem) {
    streams.err << "The backup could not be entered in the audit log: " << problem.what() << "\n";
  }
}

}  // namespace

int backup_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  Folder folder = folder_with_database(options.data);
  const auto held = alone_with_backups(folder);
  try {
    const auto backup = make_backup(folder.database(), options.file);
    note_backup(folder, clock.now());
    enter_backup(folder, backup, streams, clock, log);
    char seconds[80];
    std::snprintf(seconds, sizeof seconds, "copied in %.1f s, checked in %.1f s", backup.copy_seconds,
                  backup.check_seconds);
    streams.out << options.file << ": " << size_text(backup.bytes) << ", " << backup.rows << " rows, schema "
                << backup.schema << "; " << seconds << "\n";
    return well;
  } catch (const Damaged& problem) {
    streams.err << problem.what() << "\nSee tidewater doctor --data " << options.data << "\n";
    return look_at_it;
  }
}

int restore_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  const std::filesystem::path file = options.file;
  if (options.verify) {
    const PrivateFolder scratch;
    const auto verified = verify_backup(file, scratch.path() / "copy.db", clock, log);
    (verified.whole ? streams.out : streams.err) << verified.text;
    if (!verified.whole) return look_at_it;
    if (verified.counts_agree) return well;
    streams.err << file.string()
                << " is whole and can be put back. Its kept counters do not agree with its rows: after that, have them "
                   "counted anew (tidewater check --repair).\n";
    return must_recount;
  }
  Folder folder(options.data);
  alone_with_database(folder);
  const auto held = alone_with_backups(folder);
  return put_back(folder, file, streams, clock, log);
}

int upgrade_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  Folder folder = folder_with_database(options.data);
  const auto backups = backups_of(options, folder);
  if (options.dry_run) {
    const auto held = alone_with_backups(folder);
    const auto tried = try_upgrade(folder, clock, log);
    streams.out << "schema: " << tried.migrations << " changes, tried on a copy; rows before and after\n"
                << tried.text << (tried.good ? "The upgrade would go well.\n" : "Do not upgrade: see above.\n");
    if (!tried.good) return look_at_it;
    if (tried.counts_agree) return well;
    streams.err << recount_advice(folder.path()) << "\n";
    return must_recount;
  }
  alone_with_database(folder);
  if (options.undo) {
    const auto run = migrations_of(folder);
    const auto place = known_place_of_backups(folder, backups);
    auto found = place ? backups_in(*place) : std::vector<BackupFile>();
    std::erase_if(found, [&run](const BackupFile& file) {
      return file.before.empty() || (run && std::find(run->begin(), run->end(), file.before) == run->end());
    });
    if (found.empty()) {
      streams.err << "There is no copy from before an upgrade of this database in " << backups.string() << ".\n";
      return not_done;
    }
    const auto held = alone_with_backups(folder);
    const int code = put_back(folder, found.back().path, streams, clock, log);
    if (code == well || code == must_recount)
      streams.out << "It is from before " << found.back().before
                  << ". Start the version that wrote it: this one would upgrade it again.\n";
    return code;
  }
  const auto upgraded = open_up_to_date(folder, backups, clock, log);
  if (upgraded.migrations == 0) {
    streams.out << "schema: up to date\n";
  } else {
    streams.out << "schema: " << upgraded.migrations << " changes made\n";
  }
  if (!upgraded.snapshot.empty())
    streams.out << "The database as it was before: " << upgraded.snapshot.string()
                << "\nThe way back: tidewater upgrade --undo --data " << options.data << "\n";
  return well;
}

int see_doctor(const Options& options, Streams& streams, Clock& clock, Log& log) {
  const Folder folder = folder_with_database(options.data);
  const DoctorSettings settings{
      backups_of(options, folder), options.backup_hours, {options.keep_daily, options.keep_weekly}};
  const auto findings = look_after(folder, settings, clock, log);
  if (options.json) {
    print_json(findings, streams.out);
  } else {
    for (const auto& finding : findings) {
      const std::string name(name_of(finding.health));
      streams.out << name << std::string(8 - name.size(), ' ') << finding.topic << ": " << finding.what << "\n";
      if (!finding.advice.empty()) streams.out << "        -> " << finding.advice << "\n";
    }
  }
  const auto worst = std::max_element(findings.begin(), findings.end(),
                                      [](const Finding& a, const Finding& b) { return a.health < b.health; });
  if (worst->health == Health::must_act) return not_done;
  return worst->health == Health::should_act ? look_at_it : well;
}

}  // namespace tw::server
