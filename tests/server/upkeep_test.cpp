// What keeps a data folder well over the years: upgrades with their way back, and the doctor. (The folder of backups
// and its schedule: backup_folder_test.cpp.)
#include "db/upkeep.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "db/migrations.h"
#include "server/care/backup_folder.h"
#include "server/care/doctor.h"
#include "server/care/files.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"
#include "support/server/terminal_text.h"

namespace tw::server {
namespace {

using test::english;
using test::run_command;

constexpr Instant new_year{1'767'225'600'000};  // 2026-01-01 00:00 UTC, a Thursday

std::size_t files_in(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
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
  {
    const auto opened = db::open_whole_file(database().string());
    opened->execute("PRAGMA foreign_keys = OFF; UPDATE batch_items SET executor = 4711 WHERE id = 1");
  }
  const auto tried = upgrade("--dry-run");
  EXPECT_EQ(tried.code, 3);
  EXPECT_NE(tried.out.find("a row refers to a missing row of people"), std::string::npos) << tried.out;
  EXPECT_NE(tried.out.find("Do not upgrade"), std::string::npos) << tried.out;
}

TEST_F(UpgradeTest, that_finds_counters_which_do_not_agree_says_how_they_are_counted_anew) {
  db::open_whole_file(database().string())->execute("UPDATE batch_counts SET items = 41");
  const auto tried = upgrade("--dry-run");
  EXPECT_EQ(tried.code, 4);
  EXPECT_NE(tried.out.find("kept 41, counted 40"), std::string::npos) << tried.out;
  EXPECT_NE(tried.out.find("The upgrade would go well"), std::string::npos) << tried.out;
  EXPECT_NE(tried.err.find("tidewater check --repair --data " + data().string()), std::string::npos) << tried.err;
}

// The way back is open although a counter had drifted before the upgrade: there is no other copy of that schema.
TEST_F(UpgradeTest, can_be_taken_back_to_a_database_whose_counters_do_not_agree) {
  db::open_whole_file(database().string())->execute("UPDATE batch_counts SET items = 41");
  ASSERT_EQ(upgrade().code, 0);
  const auto undone = upgrade("--undo");
  EXPECT_EQ(undone.code, 4) << undone.err;
  EXPECT_NE(undone.out.find("Start the version that wrote it"), std::string::npos) << undone.out;
  EXPECT_NE(undone.err.find("tidewater check --repair"), std::string::npos) << undone.err;
  EXPECT_EQ(test::schema_of(database()), 12u);
}

// Another server's copy is not this one's way back.
TEST_F(UpgradeTest, is_taken_back_to_ones_own_copy_where_several_servers_share_the_folder_of_copies) {
  const auto shared = (folder.path() / "shared").string();
  const auto other = (folder.path() / "other").string();
  test::make_old_folder(other, 12, 7);
  ASSERT_EQ(run_command({"upgrade", "--data", data().string(), "--backups", shared}).code, 0);
  ASSERT_EQ(run_command({"upgrade", "--data", other, "--backups", shared}).code, 0);
  ASSERT_EQ(files_in(shared), 2u);
  ASSERT_EQ(run_command({"upgrade", "--undo", "--data", data().string(), "--backups", shared}).code, 0);
  EXPECT_EQ(test::counts_of(database())["customers"], 40);
  const auto stranger = (folder.path() / "stranger").string();
  test::make_old_folder(stranger, test::newest_schema(), 3);
  const auto none = run_command({"upgrade", "--undo", "--data", stranger, "--backups", shared});
  EXPECT_EQ(none.code, 1) << none.out;
  EXPECT_EQ(test::counts_of(stranger + "/tidewater.db")["customers"], 3);
}

TEST_F(UpgradeTest, puts_a_copy_aside_first_and_can_be_taken_back) {
  const auto before = test::counts_of(database());
  const auto done = upgrade();
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(test::schema_of(database()), test::newest_schema());
  const auto copies = backups_in({data() / "backups", {}});
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
  EXPECT_EQ(backups_in({data() / "backups", {}}).size(), 1u);
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
  EXPECT_EQ(backups_in({data() / "backups", {}}).size(), 3u);
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
  EXPECT_NE(english(behind.what).find("3 hours behind"), std::string::npos) << english(behind.what);
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
    EXPECT_FALSE(finding.advice.empty()) << finding.topic.view();
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
  server.administrator();
  back_up();
  server.stop();
  db::open_whole_file(data() + "/tidewater.db")
      ->execute("PRAGMA foreign_keys = OFF; UPDATE people SET department = 4711");
  const auto found = doctor();
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("missing row of departments"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("tidewater restore FILE --data"), std::string::npos) << found.out;
}

TEST_F(DoctorTest, finds_counters_that_do_not_agree_and_says_how_they_are_counted_anew) {
  back_up();
  server.stop();
  db::open_whole_file(data() + "/tidewater.db")
      ->execute("INSERT INTO customer_counts (owner, department, customers) VALUES (1, 1, 7)");
  const auto found = doctor();
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("kept 7, counted 0"), std::string::npos) << found.out;
  EXPECT_NE(found.out.find("tidewater check --repair --data " + data()), std::string::npos) << found.out;
  EXPECT_EQ(found.out.find("tidewater restore"), std::string::npos) << "nothing is lost: " << found.out;
}

TEST_F(DoctorTest, looks_whether_the_next_backup_fits) {
  back_up();
  EXPECT_NE(doctor().out.find("next backup: fits"), std::string::npos) << doctor().out;
  const auto never = server.command({"doctor", "--backup-every", "0"});
  EXPECT_EQ(never.out.find("next backup"), std::string::npos) << never.out;
  const auto elsewhere_made_later = server.command({"doctor", "--backups", (elsewhere.path() / "a/b").string()});
  EXPECT_EQ(elsewhere_made_later.code, 0) << elsewhere_made_later.out << elsewhere_made_later.err;
  EXPECT_FALSE(std::filesystem::exists(elsewhere.path() / "a")) << "and makes nothing";
}

TEST(Doctor, says_when_the_next_backup_will_not_fit) {
  constexpr std::int64_t gigabyte = 1'000'000'000;
  const auto judged = [](std::int64_t free, std::int64_t may_go) {
    RoomForNext room;
    room.needed = 5 * gigabyte;
    room.free = free;
    room.may_go_bytes = may_go;
    if (may_go > 0) room.may_go = {BackupFile{"/b/old.db", new_year, {}, {}}};
    return next_backup_finding(room, "/b");
  };
  EXPECT_EQ(judged(5 * gigabyte, 0).health, Health::well);
  EXPECT_EQ(judged(4 * gigabyte, gigabyte).health, Health::well);
  const auto tight = judged(3 * gigabyte, gigabyte);
  EXPECT_EQ(tight.health, Health::should_act);
  EXPECT_EQ(english(tight.what),
            "will not fit: in /b it needs 5.0 GB with what stays free for the database, 3.0 GB are free, and 1.0 GB "
            "when older ones have gone");
  EXPECT_NE(english(tight.advice).find("--keep-daily"), std::string::npos);
  EXPECT_EQ(judged(0, 0).health, Health::should_act);
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
