// backup | restore | upgrade | doctor: the data folder in the hands of whoever runs the server. What they do is in
// server/care; here are the locks they need, their words and their exit codes.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

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
#include "server/words/layout.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

constexpr int well = 0;
constexpr int not_done = 1;
constexpr int look_at_it = 3;
constexpr int must_recount = 4;  // done, and nothing is lost; see recount_advice()

std::unique_ptr<HeldLock> alone_with_backups(const Folder& folder) {
  auto held = folder.lock_backups(Folder::IfTaken::answer_null);
  if (!held) throw Refused(said("folder.backup_runs", {param("folder", folder.path().string())}));
  return held;
}

void alone_with_database(Folder& folder) {
  if (folder.lock()) return;
  throw Refused(said("folder.is_worked_on", {param("folder", folder.path().string())}));
}

std::string tenths(double seconds) {
  char text[40];
  std::snprintf(text, sizeof text, "%.1f", seconds);
  return text;
}

constexpr std::size_t table_column = 32;  // where rows stand behind a table's name
constexpr std::size_t health_column = 8;

Message message_of_change(const TableChange& change) {
  const std::int64_t before = change.before.value_or(0);
  const std::int64_t after = change.after.value_or(0);
  const std::vector<Param> rows = {param("before", before), param("after", after)};
  if (!change.after) return said("upgrade.table_goes", rows);
  if (!change.before) return said("upgrade.table_is_new", rows);
  if (change.lost_rows()) return said("upgrade.fewer_rows", rows);
  return before == after ? verbatim(std::to_string(after)) : said("upgrade.more_rows", rows);
}

std::filesystem::path backups_of(const Options& options, const Folder& folder) {
  return options.backups.empty() ? folder.backups() : std::filesystem::path(options.backups);
}

// Where nobody else can put anything in the way; gone at the end.
class PrivateFolder {
 public:
  PrivateFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "tidewater-XXXXXX").string();
    if (!::mkdtemp(name.data()))
      throw Refused(said("files.cannot_make", {param("path", name)}).with("reason", reason_of(errno)));
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
  const auto& words = streams.words;
  const auto restored = restore_backup(folder, file, clock, log);
  if (!restored.verified.whole) {
    streams.err << lines_of(restored.verified.lines, words) << words(said("restore.nothing_changed")) << "\n";
    return look_at_it;
  }
  auto done = restored.verified.lines;
  done.push_back(said("restore.done", {param("file", file.string()), param("folder", folder.path().string())}));
  if (!restored.replaced.empty()) done.push_back(said("restore.kept", {param("file", restored.replaced.string())}));
  streams.out << lines_of(done, words);
  if (restored.verified.counts_agree) return well;
  streams.err << words(recount_advice(folder.path())) << "\n";
  return must_recount;
}

// For programs.
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

Message word_of(Health health) {
  switch (health) {
    case Health::well:
      return said("doctor.well");
    case Health::should_act:
      return said("doctor.should");
    case Health::must_act:
      return said("doctor.must");
  }
  return {};
}

// Programs read the same in every language.
void print_json(const std::vector<Finding>& findings, std::ostream& out) {
  const Words words("en");
  json::Writer writer;
  writer.begin_array();
  for (const auto& finding : findings) {
    writer.begin_object();
    for (const auto& [key, value] :
         {std::pair<std::string_view, std::string>{"health", std::string(name_of(finding.health))},
          {"topic", words(finding.topic)},
          {"what", words(finding.what)},
          {"advice", words(finding.advice)}}) {
      writer.key(key);
      writer.string(value);
    }
    writer.end_object();
  }
  writer.end_array();
  out << writer.take() << "\n";
}

// Whoever copies the database takes everything out: the audit log says so, by the server that runs or by this process.
void enter_backup(Folder& folder, const Backup& backup, Streams& streams, Clock& clock, Log& log) {
  const BackupNote note = note_of(backup);
  try {
    if (!folder.lock()) {
      const auto door = open_socket_door(folder, std::string(streams.words.language()));
      if (door && door->backup_made(json::encode(note))) return;
      throw Refused(said("door.server_does_not_answer"));
    }
    const auto database = db::Database::open(folder.database(), db::OpenMode::read_write);
    if (!has_audit_log(*database)) return;  // of an older schema
    ReadingEnv(clock, log).change(*database, [&note](services::Work& work) {
      work.address = "local";
      audit_backup(work, note);
      return true;
    });
  } catch (const std::exception& problem) {
    streams.err << streams.words(said("backup.not_in_audit_log").with("problem", told(problem))) << "\n";
  }
}

}  // namespace

Folder folder_with_database(const std::string& data) {
  if (!std::filesystem::exists(std::filesystem::path(data) / "tidewater.db"))
    throw Refused(said("folder.no_database", {param("folder", data)}));
  return Folder(data);
}

int backup_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  Folder folder = folder_with_database(options.data);
  const auto held = alone_with_backups(folder);
  try {
    const auto backup = make_backup(folder.database(), options.file);
    note_backup(folder, clock.now());
    enter_backup(folder, backup, streams, clock, log);
    streams.out << streams.words(
                       said("backup.done",
                            {param("file", options.file), param("rows", backup.rows), param("schema", backup.schema),
                             param("copy", tenths(backup.copy_seconds)), param("check", tenths(backup.check_seconds))})
                           .with("size", size_message(backup.bytes)))
                << "\n";
    return well;
  } catch (const Damaged& problem) {
    streams.err << lines_of({problem.message(), said("backup.see_doctor", {param("data", options.data)})},
                            streams.words);
    return look_at_it;
  }
}

int restore_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  const std::filesystem::path file = options.file;
  if (options.verify) {
    const PrivateFolder scratch;
    const auto verified = verify_backup(file, scratch.path() / "copy.db", clock, log);
    (verified.whole ? streams.out : streams.err) << lines_of(verified.lines, streams.words);
    if (!verified.whole) return look_at_it;
    if (verified.counts_agree) return well;
    streams.err << streams.words(said("restore.can_be_put_back", {param("file", file.string())})) << "\n";
    return must_recount;
  }
  Folder folder(options.data);
  alone_with_database(folder);
  const auto held = alone_with_backups(folder);
  return put_back(folder, file, streams, clock, log);
}

int upgrade_database(const Options& options, Streams& streams, Clock& clock, Log& log) {
  const auto& words = streams.words;
  Folder folder = folder_with_database(options.data);
  const auto backups = backups_of(options, folder);
  if (options.dry_run) {
    const auto held = alone_with_backups(folder);
    const auto tried = try_upgrade(folder, clock, log);
    streams.out << words(said("upgrade.tried", {param("changes", std::int64_t{tried.migrations})})) << "\n";
    for (const auto& change : tried.tables)
      streams.out << padded("  " + change.table, table_column) << words(message_of_change(change)) << "\n";
    streams.out << lines_of(tried.lines, words)
                << words(tried.good ? said("upgrade.would_go_well") : said("upgrade.do_not")) << "\n";
    if (!tried.good) return look_at_it;
    if (tried.counts_agree) return well;
    streams.err << words(recount_advice(folder.path())) << "\n";
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
      streams.err << words(said("upgrade.no_copy", {param("folder", backups.string())})) << "\n";
      return not_done;
    }
    const auto held = alone_with_backups(folder);
    const int code = put_back(folder, found.back().path, streams, clock, log);
    if (code == well || code == must_recount)
      streams.out << words(said("upgrade.undone", {param("before", found.back().before)})) << "\n";
    return code;
  }
  const auto upgraded = open_up_to_date(folder, backups, clock, log);
  std::vector<Message> done;
  if (upgraded.migrations == 0) {
    done.push_back(said("check.up_to_date"));
  } else {
    done.push_back(said("upgrade.done", {param("changes", std::int64_t{upgraded.migrations})}));
  }
  if (!upgraded.snapshot.empty()) {
    done.push_back(said("upgrade.as_before", {param("file", upgraded.snapshot.string())}));
    done.push_back(said("upgrade.way_back", {param("data", options.data)}));
  }
  streams.out << lines_of(done, words);
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
      const auto& words = streams.words;
      streams.out << padded(words(word_of(finding.health)), health_column)
                  << words(said("doctor.finding").with("topic", message_of(finding.topic)).with("what", finding.what))
                  << "\n";
      if (!finding.advice.empty())
        streams.out << std::string(health_column, ' ') << "-> " << words(finding.advice) << "\n";
    }
  }
  const auto worst = std::max_element(findings.begin(), findings.end(),
                                      [](const Finding& a, const Finding& b) { return a.health < b.health; });
  if (worst->health == Health::must_act) return not_done;
  return worst->health == Health::should_act ? look_at_it : well;
}

}  // namespace tw::server
