// Backups and their way back: whole or not there, beside a running server or without one, and nothing is ever lost by
// putting one back.
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "api/customer.h"
#include "api/session.h"
#include "db/migrations.h"
#include "db/upkeep.h"
#include "server/folder.h"
#include "support/server/http_door.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using test::call;
using test::run_command;

class BackupTest : public ::testing::Test {
 protected:
  BackupTest() {
    root = server.administrator();
    add("before");
  }

  std::string file(const std::string& name = "b.db") const { return (elsewhere.path() / name).string(); }
  std::string data() const { return server.folder().string(); }
  std::string database() const { return data() + "/tidewater.db"; }

  void add(const std::string& name) {
    api::AddCustomer::Request request;
    request.name = name;
    ASSERT_TRUE(call<api::AddCustomer>(server, root, request));
  }
  void back_up(const std::string& name = "b.db") {
    const auto result = server.command({"backup", file(name)});
    ASSERT_EQ(result.code, 0) << result.err;
  }
  static std::string names_in(const std::string& path) {
    std::string names;
    db::open_beside(path)->prepare("SELECT name FROM customers ORDER BY id").each([&](db::Row row) {
      names += row.string(0) + " ";
    });
    return names;
  }
  static std::int64_t integer_in(const std::string& path, const char* sql) {
    return db::open_beside(path)->prepare(sql).integer_or(-1);
  }
  static std::string bytes_in(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void spoil(const std::string& path, const char* sql) const {
    const auto opened = db::open_whole_file(path);
    opened->execute("PRAGMA foreign_keys = OFF");
    opened->execute(sql);
  }
  std::size_t files_elsewhere() const {
    const std::filesystem::directory_iterator all(elsewhere.path());
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  test::TempFolder elsewhere;
  test::RunningServer server;
  test::Caller root;
};

TEST_F(BackupTest, of_a_running_server_is_one_complete_file_of_its_maker_only) {
  const auto result = server.command({"backup", file()});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("rows, schema " + std::string(db::migrations().back().name)), std::string::npos)
      << result.out;
  EXPECT_EQ(names_in(file()), "before ");
  struct stat seen {};
  ASSERT_EQ(::stat(file().c_str(), &seen), 0);
  EXPECT_EQ(seen.st_mode & 0777, 0600u);
  EXPECT_EQ(files_elsewhere(), 1u) << "no log, no part";
  EXPECT_EQ(bytes_in(file()).substr(18, 2), std::string("\1\1", 2)) << "the header speaks of no log";
  EXPECT_EQ(run_command({"restore", file(), "--verify"}).code, 0);
}

TEST_F(BackupTest, of_a_stopped_server_holds_the_same) {
  server.stop();
  back_up();
  EXPECT_EQ(names_in(file()), "before ");
}

TEST_F(BackupTest, overwrites_nothing) {
  std::ofstream(file()) << "precious";
  const auto result = server.command({"backup", file()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("is there already"), std::string::npos) << result.err;
  EXPECT_EQ(bytes_in(file()), "precious");
  EXPECT_EQ(files_elsewhere(), 1u);
}

TEST_F(BackupTest, is_not_hindered_by_what_a_killed_one_left) {
  std::ofstream(file("b.db.part")) << "half";
  std::ofstream(file("b.db.part-journal")) << "half";
  back_up();
  EXPECT_EQ(files_elsewhere(), 1u);
}

TEST_F(BackupTest, of_a_damaged_database_is_refused_and_leaves_nothing) {
  server.stop();
  {
    const auto opened = db::Database::open(database(), db::OpenMode::read_write);
    opened->execute("PRAGMA foreign_keys = OFF; UPDATE people SET department = 4711");
  }
  const auto result = server.command({"backup", file()});
  EXPECT_EQ(result.code, 3);
  EXPECT_NE(result.err.find("missing row of departments"), std::string::npos) << result.err;
  EXPECT_EQ(files_elsewhere(), 0u);
}

TEST_F(BackupTest, says_why_it_cannot_be_made) {
  EXPECT_EQ(server.command({"backup", file("no/such/folder/b.db")}).code, 1);
  const auto nothing = run_command({"backup", file(), "--data", file("nowhere")});
  EXPECT_EQ(nothing.code, 1);
  EXPECT_NE(nothing.err.find("There is no database"), std::string::npos) << nothing.err;
  EXPECT_EQ(files_elsewhere(), 0u) << "and no data folder was made";
  EXPECT_EQ(run_command({"backup", "--data", data()}).code, 2);
}

TEST_F(BackupTest, is_made_one_at_a_time) {
  const Folder folder(data());
  const auto held = folder.lock_backups(Folder::IfTaken::wait);
  const auto result = server.command({"backup", file()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("A backup or a restore runs"), std::string::npos) << result.err;
}

TEST_F(BackupTest, is_refused_as_a_database_while_a_server_runs) {
  back_up();
  add("after");
  const auto result = server.command({"restore", file()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("Stop it first"), std::string::npos) << result.err;
  EXPECT_EQ(names_in(database()), "before after ");
}

TEST_F(BackupTest, comes_back_with_what_it_held_and_what_was_there_is_kept) {
  back_up();
  add("after");
  const auto last_event = integer_in(database(), "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'");
  server.stop();
  const auto result = server.command({"restore", file()});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(names_in(database()), "before ");
  const auto kept = result.out.find("is kept: ");
  ASSERT_NE(kept, std::string::npos) << result.out;
  const std::string replaced = result.out.substr(kept + 9, result.out.find('\n', kept) - kept - 9);
  EXPECT_EQ(names_in(replaced), "before after ");
  EXPECT_TRUE(std::filesystem::exists(file())) << "the backup is still there";
  EXPECT_EQ(integer_in(database(), "SELECT COUNT(*) FROM sessions"), 0) << "sessions that ended since would be alive";

  server.start();
  EXPECT_FALSE(call<api::ViewSession>(server, root, {}));
  const auto again = call<api::SignIn>(server, {}, {"root", "correct horse"});
  ASSERT_TRUE(again) << again.reply.body;
  root = {again->person, test::session_cookie_of(again.reply), again->csrf};
  add("later");
  EXPECT_GT(integer_in(database(), "SELECT MAX(seq) FROM outbox"), last_event)
      << "a page that saw the last event would take the new one for known";
  EXPECT_EQ(server.command({"check"}).code, 0);

  // And the other way round.
  server.stop();
  EXPECT_EQ(server.command({"restore", replaced}).code, 0);
  EXPECT_EQ(names_in(database()), "before after ");
}

TEST_F(BackupTest, comes_to_a_machine_that_has_nothing) {
  back_up();
  const auto result = run_command({"restore", file(), "--data", file("new")});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(names_in(file("new/tidewater.db")), "before ");
  EXPECT_EQ(run_command({"check", "--data", file("new")}).code, 0);
}

TEST_F(BackupTest, that_is_damaged_changes_nothing) {
  back_up("good.db");
  server.stop();
  const std::string good = bytes_in(file("good.db"));
  const auto expect_refused = [&](const std::string& what, const std::string& why) {
    SCOPED_TRACE(what);
    EXPECT_EQ(run_command({"restore", file(what), "--verify"}).code, 3);
    const auto result = server.command({"restore", file(what)});
    EXPECT_EQ(result.code, 3);
    EXPECT_NE(result.err.find(why), std::string::npos) << result.err;
    EXPECT_EQ(names_in(database()), "before ");
  };
  std::ofstream(file("short.db"), std::ios::binary) << good.substr(0, good.size() / 2);
  expect_refused("short.db", "");
  std::string holes = good;
  for (std::size_t at = 8192; at < holes.size(); at += 3 * 4096) holes.replace(at, 64, std::string(64, 'x'));
  std::ofstream(file("holes.db"), std::ios::binary) << holes;
  expect_refused("holes.db", "");
  std::ofstream(file("letter.db")) << "Dear Sir or Madam, this is not a database.";
  expect_refused("letter.db", "cannot be read as a database");
  expect_refused("missing.db", "There is no file");
  std::ofstream(file("foreign.db")).close();
  expect_refused("foreign.db", "is no database of Tidewater");
  std::filesystem::copy_file(file("good.db"), file("orphans.db"));
  spoil(file("orphans.db"), "UPDATE people SET department = 4711");
  spoil(file("orphans.db"), "UPDATE customer_counts SET customers = customers + 1");
  expect_refused("orphans.db", "missing row of departments");
  std::filesystem::copy_file(file("good.db"), file("future.db"));
  spoil(file("future.db"), "INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  expect_refused("future.db", "written by a newer Tidewater");
  std::filesystem::copy_file(file("good.db"), file("live.db"));
  std::ofstream(file("live.db-wal")) << "a log";
  expect_refused("live.db", "a running server's database");
  EXPECT_FALSE(std::filesystem::exists(server.folder() / "replaced"));
}

// It may be the only copy that there is, and it has lost nothing: counters are sums over its rows.
TEST_F(BackupTest, whose_counters_do_not_agree_comes_back_and_can_be_counted_anew) {
  back_up();
  spoil(file(), "UPDATE customer_counts SET customers = customers + 1");
  add("after");
  const auto looked = run_command({"restore", file(), "--verify"});
  EXPECT_EQ(looked.code, 4);
  EXPECT_NE(looked.out.find("structure, indexes and references are whole"), std::string::npos) << looked.out;
  EXPECT_NE(looked.out.find("kept 2, counted 1"), std::string::npos) << looked.out;
  EXPECT_NE(looked.err.find("can be put back"), std::string::npos) << looked.err;
  EXPECT_NE(looked.err.find("tidewater check --repair"), std::string::npos) << looked.err;

  server.stop();
  const auto restored = server.command({"restore", file()});
  EXPECT_EQ(restored.code, 4) << restored.err;
  EXPECT_EQ(names_in(database()), "before ");
  EXPECT_NE(restored.out.find("is kept: "), std::string::npos) << restored.out;
  EXPECT_NE(restored.err.find("tidewater check --repair --data " + data()), std::string::npos) << restored.err;

  EXPECT_EQ(server.command({"check"}).code, 1);
  EXPECT_EQ(server.command({"check", "--repair"}).code, 0);
  EXPECT_EQ(server.command({"check"}).code, 0);
  EXPECT_EQ(integer_in(database(), "SELECT SUM(customers) FROM customer_counts"), 1);
  back_up("good.db");
  EXPECT_EQ(run_command({"restore", file("good.db"), "--verify"}).code, 0);
}

TEST_F(BackupTest, of_an_earlier_release_is_looked_at_on_a_copy_and_comes_up_to_date_with_the_next_start) {
  test::make_old_folder(file("old"), 12, 50);
  const auto made = run_command({"backup", file(), "--data", file("old")});
  ASSERT_EQ(made.code, 0) << made.err;
  const auto looked = run_command({"restore", file(), "--verify"});
  EXPECT_EQ(looked.code, 0) << looked.err;
  EXPECT_NE(looked.out.find("tried on a copy"), std::string::npos) << looked.out;
  EXPECT_EQ(test::schema_of(file()), 12u);
  server.stop();
  ASSERT_EQ(server.command({"restore", file()}).code, 0);
  server.start();
  EXPECT_EQ(integer_in(database(), "SELECT COUNT(*) FROM customers"), 50);
  EXPECT_EQ(test::schema_of(database()), test::newest_schema());
}

// And the log that belongs to what was there never gets into the database that replaces it.
TEST_F(BackupTest, is_not_undone_by_the_log_of_a_database_that_somebody_moved_away) {
  back_up();
  add("after");
  const std::string log = bytes_in(database() + "-wal");
  ASSERT_GT(log.size(), 4096u);
  server.stop();
  std::filesystem::remove(database());
  std::ofstream(database() + "-wal", std::ios::binary) << log;
  const auto result = server.command({"restore", file()});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_FALSE(std::filesystem::exists(database() + "-wal"));
  EXPECT_EQ(names_in(database()), "before ");
  EXPECT_EQ(server.command({"check"}).code, 0);
}

TEST_F(BackupTest, replaces_a_database_that_is_rubbish) {
  back_up();
  add("after");
  const std::string log = bytes_in(database() + "-wal");
  ASSERT_GT(log.size(), 4096u);
  server.stop();
  std::ofstream(database(), std::ios::binary) << std::string(100'000, 'x');
  std::ofstream(database() + "-wal", std::ios::binary) << log;
  const auto result = server.command({"restore", file()});
  ASSERT_EQ(result.code, 0) << result.err;
  EXPECT_NE(result.out.find("is kept: "), std::string::npos) << result.out;
  EXPECT_FALSE(std::filesystem::exists(database() + "-wal"));
  EXPECT_EQ(names_in(database()), "before ");
  EXPECT_EQ(server.command({"check"}).code, 0);
}

}  // namespace
}  // namespace tw::server
