// What keeps a data folder well over the years: the folder of backups and its schedule, upgrades with their way back,
// and the doctor.
#include "db/upkeep.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "db/migrations.h"
#include "server/care/backup_folder.h"
#include "server/care/doctor.h"
#include "server/jobs/backup_thread.h"
#include "support/fakes.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using test::run_command;

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
  EXPECT_EQ(new_backup_path("/b", new_year + hours(13) + minutes(5) + seconds(9)), "/b/tidewater-20260101T130509Z.db");
  const auto path = new_backup_path("/b", new_year, "0013_policies");
  EXPECT_EQ(path, "/b/tidewater-20260101T000000Z-before-0013_policies.db");
  const auto read = read_backup_name(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->at, new_year);
  EXPECT_EQ(read->before, "0013_policies");
  for (const char* other : {"tidewater.db", "tidewater-20260101T000000Z.db.part", "tidewater-20261301T000000Z.db",
                            "tidewater-20260101T000000Z-mine.db", "tidewater-2026010aT000000Z.db", "notes.txt", ""})
    EXPECT_FALSE(read_backup_name(other)) << other;
}

TEST(BackupFolder, two_backups_of_one_second_have_two_names) {
  const test::TempFolder folder;
  const auto first = new_backup_path(folder.path(), new_year);
  std::ofstream(first) << "x";
  const auto second = new_backup_path(folder.path(), new_year);
  EXPECT_LT(first, second);
}

BackupFile scheduled(Instant at) { return *read_backup_name(new_backup_path("/b", at)); }
BackupFile before_upgrade(Instant at) { return *read_backup_name(new_backup_path("/b", at, "0001_x")); }

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

TEST(BackupFolder, what_somebody_put_there_is_left_alone) {
  const test::TempFolder folder;
  for (const char* name :
       {"mine.db", "tidewater-copy.db", "mine.db.part", "tidewater-20260101T000000Z.db.part",
        "tidewater-20260101T000000Z.db.part-journal", "tidewater-20260101T000000Z.db", "tidewater-20260102T000000Z.db"})
    std::ofstream(folder.path() / name) << "x";
  EXPECT_EQ(forget_old_backups(folder.path(), Retention{1, 1}), 2);
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
  std::size_t made() const { return backups_in(folder_.backups()).size(); }

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
  EXPECT_EQ(test::counts_of(backups_in(folder_.backups())[0].path), test::counts_of(folder_.database()));
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

TEST_F(BackupThreadTest, is_stopped_in_the_middle_and_leaves_nothing) {
  clock.advance(minutes(10));
  thread.stop();
  thread.make_if_due();
  EXPECT_EQ(files_in(folder_.backups()), 0u);
}

// --- upgrades --------------------------------------------------------------------------------------------------------

class UpgradeTest : public ::testing::Test {
 protected:
  UpgradeTest() { test::make_old_folder(data(), 12, 40); }

  std::filesystem::path data() const { return folder.path() / "data"; }
  std::filesystem::path database() const { return data() / "tidewater.db"; }
  test::CommandResult upgrade(const std::string& option = {}) const {
    std::vector<std::string> arguments{"upgrade", "--data", data().string()};
    if (!option.empty()) arguments.push_back(option);
    return run_command(arguments);
  }

  test::TempFolder folder;
};

TEST_F(UpgradeTest, is_tried_on_a_copy_that_is_thrown_away) {
  const auto before = test::counts_of(database());
  const auto tried = upgrade("--dry-run");
  EXPECT_EQ(tried.code, 0) << tried.out << tried.err;
  EXPECT_NE(tried.out.find("batch_items                   40\n"), std::string::npos) << tried.out;
  EXPECT_NE(tried.out.find("batch_ledger                  1 rows, the table goes"), std::string::npos) << tried.out;
  EXPECT_NE(tried.out.find("policies                      41, new"), std::string::npos) << tried.out;
  EXPECT_EQ(test::schema_of(database()), 12u);
  EXPECT_EQ(test::counts_of(database()), before);
  for (const auto& entry : std::filesystem::directory_iterator(data()))
    EXPECT_EQ(entry.path().string().find(".part"), std::string::npos) << entry.path();
}

TEST_F(UpgradeTest, that_finds_damage_on_the_copy_says_so) {
  db::open_whole_file(database().string())->execute("UPDATE batch_counts SET items = 41");
  const auto tried = upgrade("--dry-run");
  EXPECT_EQ(tried.code, 3);
  EXPECT_NE(tried.out.find("kept 41, counted 40"), std::string::npos) << tried.out;
  EXPECT_NE(tried.out.find("Do not upgrade"), std::string::npos) << tried.out;
}

TEST_F(UpgradeTest, puts_a_copy_aside_first_and_can_be_taken_back) {
  const auto before = test::counts_of(database());
  const auto done = upgrade();
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(test::schema_of(database()), test::newest_schema());
  const auto copies = backups_in(data() / "backups");
  ASSERT_EQ(copies.size(), 1u);
  EXPECT_EQ(copies[0].before, db::migrations()[12].name);
  EXPECT_EQ(test::counts_of(copies[0].path), before);
  EXPECT_EQ(upgrade().out, "schema: up to date\n");

  const auto undone = upgrade("--undo");
  ASSERT_EQ(undone.code, 0) << undone.err;
  EXPECT_EQ(test::schema_of(database()), 12u);
  EXPECT_EQ(test::counts_of(database()), before);
  EXPECT_NE(undone.out.find("Start the version that wrote it"), std::string::npos) << undone.out;
  EXPECT_EQ(files_in(data() / "replaced"), 1u) << "what was upgraded is kept";
  // A second time there is nothing to take back: what was written since the first must not go.
  const auto again = upgrade("--undo");
  EXPECT_EQ(again.code, 1);
  EXPECT_NE(again.err.find("no copy from before an upgrade of this database"), std::string::npos) << again.err;
}

TEST_F(UpgradeTest, by_the_start_of_a_server_puts_a_copy_aside_too) {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::FILE* quiet = std::tmpfile();
  {
    Program program({in, out, err, quiet, "en"}, "1.2.3");
    ASSERT_FALSE(program.parse({"serve", "--data", data().string(), "--listen", "127.0.0.1:0"}));
    ASSERT_TRUE(program.start()) << err.str();
    EXPECT_EQ(upgrade().code, 1) << "the server works on it";
    EXPECT_EQ(upgrade("--dry-run").code, 0) << "but a copy can be tried";
    EXPECT_EQ(upgrade("--undo").code, 1);
  }
  std::fclose(quiet);
  EXPECT_EQ(backups_in(data() / "backups").size(), 1u);
  EXPECT_EQ(test::schema_of(database()), test::newest_schema());
}

TEST_F(UpgradeTest, does_not_happen_when_no_copy_can_be_made) {
  std::ofstream(data() / "backups") << "a file where the folder should be";
  const auto refused = upgrade();
  EXPECT_EQ(refused.code, 1) << refused.out;
  EXPECT_EQ(test::schema_of(database()), 12u);
}

TEST_F(UpgradeTest, keeps_three_copies_however_often_it_fails) {
  db::open_whole_file(database().string())->execute("CREATE TABLE policies (id INTEGER PRIMARY KEY) STRICT");
  for (int time = 0; time < 5; ++time) EXPECT_EQ(upgrade().code, 1);
  EXPECT_EQ(backups_in(data() / "backups").size(), 3u);
  EXPECT_EQ(test::schema_of(database()), 12u);
}

TEST(Upgrade, of_a_new_folder_needs_no_copy) {
  const test::RunningServer server;
  EXPECT_FALSE(std::filesystem::exists(server.folder() / "backups"));
}

// --- the doctor ------------------------------------------------------------------------------------------------------

TEST(Doctor, judges_disk_clock_log_and_backups) {
  constexpr std::int64_t gigabyte = 1'000'000'000;
  EXPECT_EQ(disk_finding(gigabyte, 5 * gigabyte, "/d").health, Health::well);
  EXPECT_EQ(disk_finding(gigabyte, gigabyte, "/d").health, Health::should_act) << "no room for a copy";
  EXPECT_EQ(disk_finding(1000, gigabyte / 10, "/d").health, Health::must_act);
  EXPECT_EQ(clock_finding(new_year, new_year + days(1)).health, Health::well);
  EXPECT_EQ(clock_finding(std::nullopt, new_year).health, Health::well);
  const auto behind = clock_finding(new_year + hours(3), new_year);
  EXPECT_EQ(behind.health, Health::must_act);
  EXPECT_NE(behind.what.find("3 hours behind"), std::string::npos) << behind.what;
  EXPECT_EQ(log_finding(100 * 1024 * 1024).health, Health::well);
  EXPECT_EQ(log_finding(gigabyte).health, Health::should_act);
  const test::TempFolder path;
  const Folder folder(path.path());
  EXPECT_EQ(backups_finding(new_year, 24, new_year + hours(40), folder).health, Health::well);
  EXPECT_EQ(backups_finding(new_year, 24, new_year + hours(49), folder).health, Health::should_act);
  EXPECT_EQ(backups_finding(new_year, 168, new_year + days(13), folder).health, Health::well);
  EXPECT_EQ(backups_finding(std::nullopt, 24, new_year, folder).health, Health::should_act);
  for (const auto& finding :
       {disk_finding(1, 1, "/d"), behind, log_finding(gigabyte), backups_finding(std::nullopt, 0, new_year, folder)})
    EXPECT_FALSE(finding.advice.empty()) << finding.topic;
}

class DoctorTest : public ::testing::Test {
 protected:
  std::string data() const { return server.folder().string(); }
  test::CommandResult doctor() const { return server.command({"doctor"}); }
  void back_up() const { ASSERT_EQ(server.command({"backup", (elsewhere.path() / "b.db").string()}).code, 0); }

  test::TempFolder elsewhere;
  test::RunningServer server;
};

TEST_F(DoctorTest, finds_a_served_folder_well_once_there_is_a_backup) {
  const auto without = doctor();
  EXPECT_EQ(without.code, 3) << without.out;
  EXPECT_NE(without.out.find("should  backups: there is none yet\n        -> "), std::string::npos) << without.out;
  back_up();
  const auto with = doctor();
  EXPECT_EQ(with.code, 0) << with.out << with.err;
  EXPECT_EQ(with.out.find("->"), std::string::npos) << with.out;
  server.stop();
  EXPECT_EQ(doctor().code, 0);
}

TEST_F(DoctorTest, finds_files_that_others_can_read) {
  back_up();
  std::filesystem::permissions(data() + "/tidewater.db", std::filesystem::perms(0644));
  EXPECT_EQ(doctor().code, 0) << "nobody else enters the folder";
  std::filesystem::permissions(data(), std::filesystem::perms(0755));
  const auto found = doctor();
  EXPECT_EQ(found.code, 3);
  EXPECT_NE(found.out.find("/tidewater.db\n"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("        -> chmod -R go= "), std::string::npos) << found.out;
  std::filesystem::permissions(data(), std::filesystem::perms(0700));
}

TEST_F(DoctorTest, finds_damage_and_says_the_way_back) {
  back_up();
  server.stop();
  db::open_whole_file(data() + "/tidewater.db")
      ->execute("INSERT INTO customer_counts (owner, department, customers) VALUES (1, 1, 7)");
  const auto found = doctor();
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("kept 7, counted 0"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("tidewater restore FILE --data"), std::string::npos) << found.out;
}

TEST_F(DoctorTest, finds_a_file_that_is_no_database) {
  back_up();
  server.stop();
  std::ofstream(data() + "/tidewater.db") << std::string(5000, 'x');
  EXPECT_EQ(doctor().code, 1);
}

TEST_F(DoctorTest, finds_a_clock_that_was_set_back) {
  server.administrator();
  back_up();
  server.stop();
  db::open_whole_file(data() + "/tidewater.db")->execute("UPDATE outbox SET at = at + 86400000");
  const auto found = doctor();
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("behind the newest row"), std::string::npos) << found.out;
}

TEST_F(DoctorTest, speaks_to_programs) {
  const auto found = server.command({"doctor", "--json"});
  EXPECT_EQ(found.out.find("[{\"health\":\"ok\",\"topic\":\"schema\""), 0u) << found.out;
}

TEST_F(DoctorTest, finds_changes_of_the_schema_that_wait) {
  server.stop();
  const auto old = elsewhere.path() / "old";
  test::make_old_folder(old, 12, 5);
  const auto found = run_command({"doctor", "--data", old.string()});
  EXPECT_EQ(found.code, 3) << found.out;
  EXPECT_NE(found.out.find("pending"), std::string::npos) << found.out;
}

}  // namespace
}  // namespace tw::server
