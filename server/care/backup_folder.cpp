#include "server/care/backup_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <set>
#include <system_error>

#include "core/text.h"
#include "server/care/files.h"
#include "server/ports/clock_and_random.h"

namespace tw::server {
namespace {

namespace chrono = std::chrono;

constexpr std::string_view prefix = "tidewater-";
constexpr std::string_view suffix = ".db";
constexpr std::string_view before_word = "-before-";
constexpr std::size_t stamp_size = std::string_view("20261122T181500Z").size();
constexpr int kept_before_upgrades = 3;
// A log at its bound (connections/checkpoints.h), an import of some size, and what the doctor calls a full disk.
constexpr std::int64_t least_kept_free = 512 * 1024 * 1024;

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

constexpr std::size_t mark_digits = 8;

bool is_mark(std::string_view text) {
  return text.size() == mark_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::filesystem::path mark_file(const Folder& data) { return data.path() / "backups.mark"; }

std::optional<std::string> read_mark(const Folder& data) {
  std::string mark;
  if (std::ifstream in(mark_file(data)); !(in >> mark) || !is_mark(mark)) return std::nullopt;
  return mark;
}

std::string draw_mark(const Folder& data) {
  SystemRandom random;
  const std::string mark = random_hex(random, mark_digits / 2);
  const std::filesystem::path part = mark_file(data).string() + ".part";
  std::ofstream(part) << mark << "\n";
  data.hand_over(part);
  replace(part, mark_file(data));
  return mark;
}

bool is_in_data_folder(const Folder& data, const std::filesystem::path& folder) {
  std::error_code none;
  return std::filesystem::absolute(folder).lexically_normal() == data.backups() ||
         std::filesystem::equivalent(folder, data.backups(), none);
}

std::int64_t day_of(Instant at) { return at.ms / days(1).value; }
std::int64_t week_of(Instant at) { return (day_of(at) + 3) / 7; }  // 1970-01-01 was a Thursday

}  // namespace

BackupPlace place_for_backups(const Folder& data, const std::filesystem::path& folder) {
  if (auto known = known_place_of_backups(data, folder)) return *known;
  return {folder, draw_mark(data)};
}

std::optional<BackupPlace> known_place_of_backups(const Folder& data, const std::filesystem::path& folder) {
  if (is_in_data_folder(data, folder)) return BackupPlace{folder, {}};
  if (auto mark = read_mark(data)) return BackupPlace{folder, std::move(*mark)};
  return std::nullopt;
}

std::filesystem::path new_backup_path(const BackupPlace& place, Instant at, std::string_view before) {
  for (;; at = at + seconds(1)) {
    std::string name = std::string(prefix) + stamp(at);
    if (!place.mark.empty()) name.append("-").append(place.mark);
    if (!before.empty()) name.append(before_word).append(before);
    const auto path = place.folder / name.append(suffix);
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
  std::string mark;
  if (rest.starts_with('-') && is_mark(rest.substr(1, mark_digits))) {
    mark = rest.substr(1, mark_digits);
    rest.remove_prefix(1 + mark_digits);
  }
  if (!at || (!rest.empty() && !rest.starts_with(before_word))) return std::nullopt;
  if (!rest.empty()) rest.remove_prefix(before_word.size());
  return BackupFile{path, *at, std::string(rest), std::move(mark)};
}

std::vector<BackupFile> backups_in(const BackupPlace& place) {
  std::vector<BackupFile> found;
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(place.folder, none))
    if (auto file = read_backup_name(entry.path()); file && file->mark == place.mark && entry.is_regular_file(none))
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

int forget_old_backups(const BackupPlace& place, std::optional<Retention> retention) {
  int removed = 0;
  for (const auto& file : to_forget(backups_in(place), retention)) removed += std::filesystem::remove(file.path);
  return removed + remove_cut_off_backups(place);
}

int remove_cut_off_backups(const BackupPlace& place) {
  std::vector<std::filesystem::path> cut_off;
  for (const auto& entry : std::filesystem::directory_iterator(place.folder)) {
    auto whole = entry.path();
    if (whole.extension() != ".part") continue;
    const auto file = read_backup_name(whole.replace_extension());
    if (file && file->mark == place.mark) cut_off.push_back(entry.path());
  }
  for (const auto& path : cut_off) remove_database_file(path);
  return static_cast<int>(cut_off.size());
}

std::int64_t kept_free_by_schedule(std::int64_t database_bytes) {
  return std::max(least_kept_free, database_bytes / 4);
}

RoomForNext room_for_next(const std::vector<BackupFile>& oldest_first, Retention retention, Instant next,
                          std::int64_t database_bytes, std::int64_t free) {
  RoomForNext room;
  room.needed = database_bytes + kept_free_by_schedule(database_bytes);
  room.free = free;
  auto with_next = oldest_first;
  with_next.push_back({{}, next, {}, {}});
  room.may_go = to_forget(with_next, retention);
  const auto newest_of_schedule = std::find_if(oldest_first.rbegin(), oldest_first.rend(),
                                               [](const BackupFile& file) { return file.before.empty(); });
  std::erase_if(room.may_go, [&](const BackupFile& file) {
    return file.path == oldest_first.back().path ||
           (newest_of_schedule != oldest_first.rend() && file.path == newest_of_schedule->path);
  });
  for (const auto& file : room.may_go) room.may_go_bytes += bytes_of(file.path);
  return room;
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
