// The folder of backups that a server makes by itself: names, what may go, whose it is, the schedule, and full disks.
#include "server/care/backup_folder.h"

#include <fstream>

#include <gtest/gtest.h>

#include "db/upkeep.h"
#include "server/care/files.h"
#include "server/jobs/backup_thread.h"
#include "support/fakes.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

constexpr Instant new_year{1'767'225'600'000};  // 2026-01-01 00:00 UTC, a Thursday

std::string names_of(const std::vector<BackupFile>& files) {
  std::string names;
  for (const auto& file : files) names += file.path.filename().string() + " ";
  return names;
}

std::size_t files_in(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// --- names and what may go -------------------------------------------------------------------------------------------

TEST(BackupFolder, names_tell_when_and_why_and_sort_by_time) {
  EXPECT_EQ(new_backup_path({"/b", {}}, new_year + hours(13) + minutes(5) + seconds(9)),
            "/b/tidewater-20260101T130509Z.db");
  const auto path = new_backup_path({"/b", {}}, new_year, "0013_policies");
  EXPECT_EQ(path, "/b/tidewater-20260101T000000Z-before-0013_policies.db");
  const auto read = read_backup_name(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at, new_year);
  EXPECT_EQ(read->before, "0013_policies");
  for (const char* other : {"tidewater.db", "tidewater-20260101T000000Z.db.part", "tidewater-20261301T000000Z.db",
                            "tidewater-20260101T000000Z-mine.db", "tidewater-2026010aT000000Z.db", "notes.txt", ""})
    EXPECT_FALSE(read_backup_name(other)) << other;
}

TEST(BackupFolder, names_elsewhere_than_in_the_data_folder_tell_whose_they_are) {
  const BackupPlace place{"/b", "1f5c09ab"};
  EXPECT_EQ(new_backup_path(place, new_year), "/b/tidewater-20260101T000000Z-1f5c09ab.db");
  const auto path = new_backup_path(place, new_year, "0013_policies");
  EXPECT_EQ(path, "/b/tidewater-20260101T000000Z-1f5c09ab-before-0013_policies.db");
  const auto read = read_backup_name(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at, new_year);
  EXPECT_EQ(read->mark, "1f5c09ab");
  EXPECT_EQ(read->before, "0013_policies");
  EXPECT_EQ(read_backup_name("tidewater-20260101T000000Z.db")->mark, "");
  for (const char* other : {"tidewater-20260101T000000Z-1F5C09AB.db", "tidewater-20260101T000000Z-1f5c09a.db",
                            "tidewater-20260101T000000Z-1f5c09ab-.db", "tidewater-20260101T000000Z-1f5c09abc.db"})
    EXPECT_FALSE(read_backup_name(other)) << other;
}

TEST(BackupFolder, of_several_servers_keeps_what_is_another_ones) {
  const test::TempFolder one_path;
  const test::TempFolder other_path;
  const test::TempFolder shared;
  const Folder one(one_path.path());
  const Folder other(other_path.path());
  EXPECT_FALSE(known_place_of_backups(one, shared.path())) << "nothing is made by looking";
  EXPECT_EQ(place_for_backups(one, one.backups()).mark, "");
  const auto mine = place_for_backups(one, shared.path());
  const auto theirs = place_for_backups(other, shared.path());
  EXPECT_EQ(place_for_backups(one, shared.path()).mark, mine.mark) << "drawn once";
  EXPECT_NE(mine.mark, theirs.mark);
  EXPECT_NE(new_backup_path(mine, new_year), new_backup_path(theirs, new_year));
  for (const auto& place : {mine, theirs, BackupPlace{shared.path(), {}}})
    for (int day = 0; day < 3; ++day) std::ofstream(new_backup_path(place, new_year + days(day))) << "x";
  std::ofstream(new_backup_path(theirs, new_year + days(4)).string() + ".part") << "being made";
  EXPECT_EQ(forget_old_backups(mine, Retention{1, 0}), 2);
  EXPECT_EQ(backups_in(mine).size(), 1u);
  EXPECT_EQ(backups_in(theirs).size(), 3u);
  EXPECT_EQ(files_in(shared.path()), 1u + 3u + 3u + 1u);
}

TEST(BackupFolder, two_backups_of_one_second_have_two_names) {
  const test::TempFolder folder;
  const auto first = new_backup_path({folder.path(), {}}, new_year);
  std::ofstream(first) << "x";
  const auto second = new_backup_path({folder.path(), {}}, new_year);
  EXPECT_LT(first, second);
}

BackupFile scheduled(Instant at) { return *read_backup_name(new_backup_path({"/b", {}}, at)); }
BackupFile before_upgrade(Instant at) { return *read_backup_name(new_backup_path({"/b", {}}, at, "0001_x")); }

TEST(BackupFolder, the_newest_of_each_day_and_of_each_week_stays) {
  std::vector<BackupFile> files;
  for (int hour = 0; hour < 60 * 24; hour += 6) files.push_back(scheduled(new_year + hours(hour)));  // 60 days
  const auto gone = to_forget(files, Retention{7, 4});
  std::vector<std::string> kept;
  for (const auto& file : files)
    if (names_of(gone).find(file.path.filename().string()) == std::string::npos)
      kept.push_back(file.path.filename().string().substr(10, 11));
  // The last day is Sunday, March 1st; weeks end on Sundays, and the last of them is among the days.
  const std::vector<std::string> expected{"20260208T18", "20260215T18", "20260222T18", "20260223T18", "20260224T18",
                                          "20260225T18", "20260226T18", "20260227T18", "20260228T18", "20260301T18"};
  EXPECT_EQ(kept, expected);
}

TEST(BackupFolder, the_newest_one_stays_whatever_is_asked_for) {
  const std::vector<BackupFile> files{scheduled(new_year), scheduled(new_year + hours(1))};
  EXPECT_EQ(names_of(to_forget(files, Retention{0, 0})), "tidewater-20260101T000000Z.db ");
  EXPECT_EQ(to_forget({scheduled(new_year)}, Retention{0, 0}).size(), 0u);
  EXPECT_EQ(to_forget({}, Retention{7, 4}).size(), 0u);
}

TEST(BackupFolder, of_those_from_before_upgrades_three_stay) {
  std::vector<BackupFile> files;
  for (int day = 0; day < 5; ++day) files.push_back(before_upgrade(new_year + days(day)));
  files.push_back(scheduled(new_year + days(9)));
  EXPECT_EQ(to_forget(files, Retention{7, 4}).size(), 2u);
  EXPECT_EQ(to_forget(files, std::nullopt).size(), 2u);
  for (int day = 10; day < 90; ++day) files.push_back(scheduled(new_year + days(day)));
  EXPECT_EQ(to_forget(files, std::nullopt).size(), 2u) << "without a schedule nothing of it goes";
}

TEST(BackupFolder, what_the_next_one_would_push_out_may_go_before_it_but_never_the_newest) {
  std::vector<BackupFile> files;
  for (int day = 0; day < 3; ++day) files.push_back(scheduled(new_year + days(day)));
  constexpr std::int64_t gigabyte = 1'000'000'000;
  const auto look = [&](Retention retention, std::int64_t free) {
    return room_for_next(files, retention, new_year + days(3), 4 * gigabyte, free);
  };
  EXPECT_EQ(look({3, 0}, gigabyte).needed, 5 * gigabyte) << "the copy, and a quarter for the database";
  EXPECT_EQ(names_of(look({3, 0}, gigabyte).may_go), "tidewater-20260101T000000Z.db ");
  EXPECT_EQ(names_of(look({1, 0}, gigabyte).may_go), "tidewater-20260101T000000Z.db tidewater-20260102T000000Z.db ")
      << "and not the newest, which is all there is until the next one is whole";
  EXPECT_EQ(look({9, 9}, gigabyte).may_go.size(), 0u) << "what retention keeps, stays";
  EXPECT_TRUE(look({3, 0}, 5 * gigabyte).fits());
  EXPECT_FALSE(look({3, 0}, 5 * gigabyte - 1).fits());
  // The newest of all is from before an upgrade: the newest of the schedule stays as well.
  files.push_back(before_upgrade(new_year + days(2) + hours(1)));
  EXPECT_EQ(names_of(look({1, 0}, gigabyte).may_go), "tidewater-20260101T000000Z.db tidewater-20260102T000000Z.db ");
  EXPECT_EQ(room_for_next({}, {7, 4}, new_year, 1000, 0).may_go.size(), 0u);
  EXPECT_GE(room_for_next({}, {7, 4}, new_year, 1000, 0).needed, 512 * 1024 * 1024) << "for the log and imports";
}

TEST(BackupFolder, what_somebody_put_there_is_left_alone) {
  const test::TempFolder folder;
  for (const char* name :
       {"mine.db", "tidewater-copy.db", "mine.db.part", "tidewater-20260101T000000Z.db.part",
        "tidewater-20260101T000000Z.db.part-journal", "tidewater-20260101T000000Z.db", "tidewater-20260102T000000Z.db"})
    std::ofstream(folder.path() / name) << "x";
  EXPECT_EQ(forget_old_backups({folder.path(), {}}, Retention{1, 1}), 2);
  EXPECT_EQ(files_in(folder.path()), 4u);
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "tidewater-20260102T000000Z.db"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "mine.db.part"));
}

// --- the schedule ----------------------------------------------------------------------------------------------------

TEST(BackupSchedule, goes_by_the_newest_backup_whenever_the_server_starts) {
  const Instant start = new_year;
  EXPECT_EQ(next_backup(std::nullopt, start, start, 24), start + minutes(10));
  EXPECT_EQ(next_backup(start - hours(5), start, start, 24), start + hours(19));
  EXPECT_EQ(next_backup(start - days(5), start, start, 24), start - days(4)) << "long due";
  EXPECT_EQ(next_backup(start + days(700), start, start, 24), start + minutes(10)) << "made by a clock that was wrong";
  EXPECT_EQ(next_backup(std::nullopt, start + days(700), start, 24), start + minutes(10))
      << "it was wrong at the start";
}

class BackupThreadTest : public ::testing::Test {
 protected:
  BackupThreadTest() { test::make_old_folder(folder.path(), test::newest_schema(), 20); }
  std::size_t made() const { return backups_in({folder_.backups(), {}}).size(); }

  test::TempFolder folder;
  Folder folder_{folder.path()};
  test::FakeClock clock;
  test::MemoryLog log;
  Metrics metrics;
  BackupThread thread{folder_, {{}, 24, {2, 0}}, clock, log, metrics};
};

TEST_F(BackupThreadTest, goes_on_beside_a_backup_that_a_wrong_clock_dated_into_the_future) {
  const Instant now = clock.now();
  clock.set(now + days(700));
  clock.advance(minutes(10));
  thread.make_if_due();
  ASSERT_EQ(made(), 1u);
  clock.set(now + minutes(20));
  thread.make_if_due();
  EXPECT_EQ(made(), 2u);
  EXPECT_EQ(thread.make_if_due(), now + minutes(20) + hours(24)) << "and not again and again";
  clock.advance(hours(25));
  EXPECT_EQ(thread.make_if_due(), clock.now() + hours(24));
}

TEST_F(BackupThreadTest, makes_one_when_it_is_due_and_forgets_old_ones) {
  EXPECT_EQ(thread.make_if_due(), clock.now() + minutes(10));
  EXPECT_EQ(made(), 0u) << "not while somebody tries the product out";
  clock.advance(minutes(10));
  EXPECT_EQ(thread.make_if_due(), clock.now() + hours(24));
  ASSERT_EQ(made(), 1u);
  EXPECT_EQ(test::counts_of(backups_in({folder_.backups(), {}})[0].path), test::counts_of(folder_.database()));
  EXPECT_EQ(last_backup(folder_), clock.now());
  EXPECT_EQ(metrics.last_backup_at, clock.now().ms / 1000);
  clock.advance(hours(23));
  thread.make_if_due();
  EXPECT_EQ(made(), 1u);
  for (int day = 0; day < 4; ++day) {
    clock.advance(hours(24));
    thread.make_if_due();
  }
  EXPECT_EQ(made(), 2u) << "the newest of each of two days";
}

TEST_F(BackupThreadTest, says_that_one_failed_keeps_what_there_is_and_tries_again) {
  clock.advance(minutes(10));
  thread.make_if_due();
  clock.advance(days(30));
  db::Database::open(folder_.database(), db::OpenMode::read_write)
      ->execute("PRAGMA foreign_keys = OFF; UPDATE batches SET policy = 4711");
  EXPECT_EQ(thread.make_if_due(), clock.now() + minutes(30));
  EXPECT_EQ(made(), 1u) << "the last good one";
  EXPECT_EQ(metrics.failed_backups, 1);
  EXPECT_TRUE(log.mentions("no backup could be made"));
  db::Database::open(folder_.database(), db::OpenMode::read_write)->execute("UPDATE batches SET policy = 1");
  thread.make_if_due();
  EXPECT_EQ(made(), 1u) << "not at once";
  clock.advance(minutes(30));
  thread.make_if_due();
  EXPECT_EQ(made(), 2u);
}

// As two servers on one backup disk do, day after day.
TEST_F(BackupThreadTest, shares_a_folder_with_another_server_and_each_keeps_its_own) {
  const test::TempFolder shared;
  const test::TempFolder other_path;
  test::make_old_folder(other_path.path(), test::newest_schema(), 7);
  const Folder other(other_path.path());
  BackupThread mine{folder_, {shared.path(), 24, {2, 0}}, clock, log, metrics};
  BackupThread theirs{other, {shared.path(), 24, {1, 0}}, clock, log, metrics};
  clock.advance(minutes(10));
  for (int day = 0; day < 4; ++day) {
    mine.make_if_due();
    theirs.make_if_due();
    clock.advance(hours(24));
  }
  EXPECT_EQ(metrics.failed_backups, 0);
  const auto of_mine = backups_in(place_for_backups(folder_, shared.path()));
  const auto of_theirs = backups_in(place_for_backups(other, shared.path()));
  ASSERT_EQ(of_mine.size(), 2u);
  ASSERT_EQ(of_theirs.size(), 1u);
  EXPECT_EQ(files_in(shared.path()), 3u);
  EXPECT_EQ(test::counts_of(of_mine[1].path)["customers"], 20);
  EXPECT_EQ(test::counts_of(of_theirs[0].path)["customers"], 7);
}

// The disk is as large as the test says: what lies in the folder of backups is taken off it.
class FullDiskTest : public BackupThreadTest {
 protected:
  void make_after(Millis time) {
    clock.advance(time);
    thread.make_if_due();
  }
  std::int64_t used() const {
    std::int64_t bytes = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.backups())) bytes += bytes_of(entry.path());
    return bytes;
  }
  std::vector<Instant> kept() const {
    std::vector<Instant> times;
    for (const auto& file : backups_in({folder_.backups(), {}})) times.push_back(file.at);
    return times;
  }

  std::int64_t disk = 1'000'000'000'000;
  const std::int64_t one = bytes_of(folder_.database());
  const std::int64_t stays_free = kept_free_by_schedule(one);
  BackupThread thread{
      folder_, {{}, 24, {2, 0}, [this](const std::filesystem::path&) { return disk - used(); }}, clock, log, metrics};
};

TEST_F(FullDiskTest, lets_the_oldest_go_before_the_next_one_is_refused) {
  make_after(minutes(10));
  const Instant first = kept().at(0);
  make_after(hours(24));
  ASSERT_EQ(made(), 2u);
  disk = 2 * one + one / 2 + stays_free;  // room for two, not for a third beside them
  std::ofstream(folder_.backups() / "tidewater-20260101T000000Z.db.part") << std::string(1000, 'x');
  make_after(hours(24));
  EXPECT_EQ(kept(), (std::vector{first + hours(24), first + hours(48)}));
  EXPECT_EQ(metrics.failed_backups, 0);
  EXPECT_TRUE(log.mentions("old backups made room"));
  EXPECT_FALSE(std::filesystem::exists(folder_.backups() / "tidewater-20260101T000000Z.db.part"));
}

TEST_F(FullDiskTest, lets_nothing_go_where_that_would_not_be_enough) {
  make_after(minutes(10));
  make_after(hours(24));
  const auto before = kept();
  ASSERT_EQ(before.size(), 2u);
  disk = 2 * one + stays_free - 1;  // a byte short, with the oldest gone
  make_after(hours(24));
  EXPECT_EQ(kept(), before);
  EXPECT_EQ(metrics.failed_backups, 1);
  EXPECT_TRUE(log.mentions("no backup could be made"));
  disk += 1;
  make_after(minutes(30));
  EXPECT_EQ(kept().size(), 2u);
  EXPECT_EQ(kept()[0], before[1]);
}

TEST_F(FullDiskTest, keeps_the_last_one_whatever_retention_says) {
  make_after(minutes(10));
  ASSERT_EQ(made(), 1u);
  disk = one + one / 2 + stays_free;
  for (int day = 0; day < 3; ++day) make_after(hours(24));
  EXPECT_EQ(made(), 1u);
  EXPECT_GT(metrics.failed_backups, 0);
}

TEST_F(FullDiskTest, gives_up_before_it_fills_a_disk_that_others_fill_meanwhile) {
  int asked = 0;
  BackupThread meanwhile{
      folder_,
      {{},
       24,
       {2, 0},
       [&asked](const std::filesystem::path&) { return std::int64_t{1'000'000'000} / (++asked > 3 ? 1'000'000 : 1); }},
      clock,
      log,
      metrics};
  {
    const auto database = db::Database::open(folder_.database(), db::OpenMode::read_write);
    database->execute("CREATE TABLE heap (filling BLOB) STRICT; INSERT INTO heap (filling) VALUES (zeroblob(8000000))");
  }
  clock.advance(minutes(10));
  meanwhile.make_if_due();
  EXPECT_TRUE(log.mentions("became full meanwhile"));
  EXPECT_EQ(files_in(folder_.backups()), 0u);
}

TEST_F(BackupThreadTest, is_stopped_in_the_middle_and_leaves_nothing) {
  clock.advance(minutes(10));
  thread.stop();
  thread.make_if_due();
  EXPECT_EQ(files_in(folder_.backups()), 0u);
}

}  // namespace
}  // namespace tw::server
