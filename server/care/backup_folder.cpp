#include "server/care/backup_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <set>
#include <system_error>

#include "core/text.h"
#include "server/care/files.h"

namespace tw::server {
namespace {

namespace chrono = std::chrono;

constexpr std::string_view prefix = "tidewater-";
constexpr std::string_view suffix = ".db";
constexpr std::string_view before_word = "-before-";
constexpr std::size_t stamp_size = std::string_view("20261122T181500Z").size();
constexpr int kept_before_upgrades = 3;

std::string stamp(Instant at) {
  const chrono::sys_seconds time{chrono::seconds(at.ms / 1000)};
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(time - day);
  char out[48];
  std::snprintf(out, sizeof out, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return out;
}

std::optional<Instant> read_stamp(std::string_view text) {
  if (text.size() != stamp_size || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  const auto number = [text](std::size_t at, std::size_t count) -> std::int64_t {
    std::int64_t value = 0;
    for (const char c : text.substr(at, count)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const std::int64_t values[] = {number(0, 4), number(4, 2), number(6, 2), number(9, 2), number(11, 2), number(13, 2)};
  if (std::any_of(std::begin(values), std::end(values), [](std::int64_t value) { return value < 0; }))
    return std::nullopt;
  const chrono::year_month_day date{chrono::year(static_cast<int>(values[0])),
                                    chrono::month(static_cast<unsigned>(values[1])),
                                    chrono::day(static_cast<unsigned>(values[2]))};
  if (!date.ok() || values[3] > 23 || values[4] > 59 || values[5] > 59) return std::nullopt;
  const std::int64_t days_since = chrono::sys_days(date).time_since_epoch().count();
  return Instant{} + days(days_since) + hours(values[3]) + minutes(values[4]) + seconds(values[5]);
}

std::int64_t day_of(Instant at) { return at.ms / days(1).value; }
std::int64_t week_of(Instant at) { return (day_of(at) + 3) / 7; }  // 1970-01-01 was a Thursday

}  // namespace

std::filesystem::path new_backup_path(const std::filesystem::path& folder, Instant at, std::string_view before) {
  for (;; at = at + seconds(1)) {
    std::string name = std::string(prefix) + stamp(at);
    if (!before.empty()) name.append(before_word).append(before);
    const auto path = folder / name.append(suffix);
    if (!std::filesystem::exists(path)) return path;
  }
}

std::optional<BackupFile> read_backup_name(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  std::string_view rest = name;
  if (rest.size() < prefix.size() + stamp_size + suffix.size() || !rest.starts_with(prefix) || !rest.ends_with(suffix))
    return std::nullopt;
  rest.remove_prefix(prefix.size());
  rest.remove_suffix(suffix.size());
  const auto at = read_stamp(rest.substr(0, stamp_size));
  rest.remove_prefix(stamp_size);
  if (!at || (!rest.empty() && !rest.starts_with(before_word))) return std::nullopt;
  if (!rest.empty()) rest.remove_prefix(before_word.size());
  return BackupFile{path, *at, std::string(rest)};
}

std::vector<BackupFile> backups_in(const std::filesystem::path& folder) {
  std::vector<BackupFile> found;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder, none))
    if (auto file = read_backup_name(entry.path()); file && entry.is_regular_file(none))
      found.push_back(std::move(*file));
  std::sort(found.begin(), found.end(),
            [](const BackupFile& a, const BackupFile& b) { return a.path.filename() < b.path.filename(); });
  return found;
}

std::vector<BackupFile> to_forget(const std::vector<BackupFile>& oldest_first, std::optional<Retention> retention) {
  std::vector<BackupFile> gone;
  std::set<std::int64_t> seen_days;
  std::set<std::int64_t> seen_weeks;
  int seen_upgrades = 0;
  for (auto file = oldest_first.rbegin(); file != oldest_first.rend(); ++file) {
    const bool newest = file == oldest_first.rbegin();
    bool stays = newest;
    if (!file->before.empty()) {
      stays = ++seen_upgrades <= kept_before_upgrades || stays;
    } else {
      // The first that is met of a day or a week is the newest of it.
      const bool first_of_day = seen_days.insert(day_of(file->at)).second;
      const bool first_of_week = seen_weeks.insert(week_of(file->at)).second;
      stays = stays || !retention;
      stays = stays || (first_of_day && static_cast<int>(seen_days.size()) <= retention->daily);
      stays = stays || (first_of_week && static_cast<int>(seen_weeks.size()) <= retention->weekly);
    }
    if (!stays) gone.push_back(*file);
  }
  std::reverse(gone.begin(), gone.end());
  return gone;
}

int forget_old_backups(const std::filesystem::path& folder, std::optional<Retention> retention) {
  int removed = 0;
  for (const auto& file : to_forget(backups_in(folder), retention)) removed += std::filesystem::remove(file.path);
  std::vector<std::filesystem::path> cut_off;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    auto whole = entry.path();
    if (whole.extension() == ".part" && read_backup_name(whole.replace_extension())) cut_off.push_back(entry.path());
  }
  for (const auto& path : cut_off) {
    remove_database_file(path);
    ++removed;
  }
  return removed;
}

void note_backup(const Folder& folder, Instant at) {
  const auto path = folder.path() / "last-backup";
  const std::filesystem::path part = path.string() + ".part";
  std::ofstream(part) << at.ms << "\n";
  folder.hand_over(part);
  replace(part, path);
}

std::optional<Instant> last_backup(const Folder& folder) {
  std::ifstream in(folder.path() / "last-backup");
  std::int64_t at = 0;
  if (!(in >> at)) return std::nullopt;
  return Instant{at};
}

}  // namespace tw::server
