// The command line: the same answers through a running server's socket and with the folder's lock.
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "api/people.h"
#include "api/session.h"
#include "server/folder.h"
#include "server/options.h"
#include "support/server/running_server.h"
#include "support/server/terminal_text.h"

namespace tw::server {
namespace {

using test::english;
using test::run_command;
using test::RunningServer;
using test::TempFolder;

TEST(Commands, users_are_made_listed_and_given_passwords_while_a_server_runs) {
  RunningServer server;
  const auto added = server.command({"user", "add", "lin", "--role", "manager"}, "hunter2hunter2\n");
  EXPECT_EQ(added.code, 0) << added.err;
  const auto list = server.command({"user", "list"});
  EXPECT_EQ(list.out, "lin\tlin\tmanager\t-\tactive\n") << list.err;

  api::SignIn::Request request{"lin", "hunter2hunter2"};
  EXPECT_TRUE(test::call<api::SignIn>(server, {}, request));
  EXPECT_EQ(server.command({"user", "passwd", "LIN"}, "another password\n").code, 0);
  EXPECT_FALSE(test::call<api::SignIn>(server, {}, request));
  request.password = "another password";
  EXPECT_TRUE(test::call<api::SignIn>(server, {}, request));
}

TEST(Commands, the_same_works_without_a_server) {
  RunningServer server;
  server.stop();
  EXPECT_EQ(server.command({"user", "add", "lin", "--role", "administrator"}, "hunter2hunter2\n").code, 0);
  EXPECT_EQ(server.command({"user", "passwd", "lin"}, "another password").code, 0);
  EXPECT_EQ(server.command({"user", "list"}).out, "lin\tlin\tadministrator\t-\tactive\n");
  server.start();
  EXPECT_TRUE(server.set_up_token().empty()) << "somebody can sign in: no set-up address";
  EXPECT_TRUE(test::call<api::SignIn>(server, {}, {"lin", "another password"}));
}

TEST(Commands, a_password_set_for_somebody_leaves_no_session_behind) {
  RunningServer server;
  server.command({"user", "add", "lin"}, "hunter2hunter2\n");
  std::int64_t sessions = -1;
  server.backend().runner().read([&](services::Work& work) {
    sessions = work.db.prepare("SELECT COUNT(*) FROM sessions").one([](db::Row row) { return row.integer(0); }).value();
  });
  EXPECT_EQ(sessions, 0);
}

TEST(Commands, refusals_say_why_and_end_with_an_error) {
  RunningServer server;
  const auto weak = server.command({"user", "add", "lin"}, "short\n");
  EXPECT_EQ(weak.code, 1);
  EXPECT_NE(weak.err.find("password"), std::string::npos) << weak.err;
  EXPECT_EQ(server.command({"user", "add", "kim"}, "").code, 2) << "no password came";
  EXPECT_EQ(server.command({"user", "passwd", "nobody"}, "hunter2hunter2").code, 1);
  EXPECT_EQ(server.command({"user", "add", "lin"}, "long enough too").code, 1) << "there is one already";
}

TEST(Commands, a_second_server_on_a_folder_is_refused) {
  RunningServer server;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Program second({in, out, err, stderr, "en"}, "1.2.3");
  ASSERT_FALSE(second.parse({"serve", "--data", server.folder().string(), "--listen", "127.0.0.1:0"}));
  EXPECT_FALSE(second.start());
  EXPECT_NE(err.str().find("Another Tidewater process works on"), std::string::npos) << err.str();
}

TEST(Commands, a_taken_address_is_said_and_the_folder_is_free_again) {
  RunningServer server;
  TempFolder folder;
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  Program second({in, out, err, stderr, "en"}, "1.2.3");
  ASSERT_FALSE(second.parse(
      {"serve", "--data", folder.path().string(), "--listen", "127.0.0.1:" + std::to_string(server.port())}));
  EXPECT_FALSE(second.start());
  EXPECT_NE(err.str().find("Cannot listen on"), std::string::npos) << err.str();
  Folder again(folder.path());
  EXPECT_TRUE(again.lock());
}

TEST(Commands, a_folder_that_somebody_holds_without_answering_is_left_alone) {
  TempFolder folder;
  Folder held(folder.path());
  ASSERT_TRUE(held.lock());
  const auto result = run_command({"user", "list", "--data", folder.path().string()});
  EXPECT_EQ(result.code, 1);
  EXPECT_NE(result.err.find("does not answer"), std::string::npos) << result.err;
}

TEST(Commands, the_folder_and_its_socket_are_the_owners_only) {
  RunningServer server;
  struct stat seen {};
  ASSERT_EQ(::stat((server.folder() / "control.sock").c_str(), &seen), 0);
  EXPECT_TRUE(S_ISSOCK(seen.st_mode));
  EXPECT_EQ(seen.st_mode & 0777, 0600u);
  server.stop();
  EXPECT_NE(::stat((server.folder() / "control.sock").c_str(), &seen), 0) << "a stopped server leaves no door";
}

TEST(Commands, a_folder_with_a_very_long_name_has_a_working_socket) {
  TempFolder folder;
  const auto deep = folder.path() / std::string(100, 'a') / std::string(100, 'b');
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::FILE* quiet = std::tmpfile();
  {
    Program program({in, out, err, quiet, "en"}, "1.2.3");
    ASSERT_FALSE(program.parse({"serve", "--data", deep.string(), "--listen", "127.0.0.1:0"}));
    ASSERT_TRUE(program.start()) << err.str();
    EXPECT_EQ(run_command({"user", "list", "--data", deep.string()}).code, 0);
  }
  std::fclose(quiet);
}

TEST(Commands, check_finds_a_whole_database_whole_with_and_without_a_server) {
  RunningServer server;
  const auto running = server.command({"check"});
  EXPECT_EQ(running.code, 0) << running.out << running.err;
  server.stop();
  const auto stopped = server.command({"check"});
  EXPECT_EQ(stopped.code, 0) << stopped.out << stopped.err;
  EXPECT_NE(stopped.out.find("schema: up to date"), std::string::npos) << stopped.out;
}

TEST(Commands, check_finds_damage) {
  RunningServer server;
  server.administrator();
  server.stop();
  {
    const auto database = db::Database::open((server.folder() / "tidewater.db").string(), db::OpenMode::read_write);
    database->execute("PRAGMA foreign_keys = OFF");
    database->execute("UPDATE people SET department = 4711");
  }
  const auto found = server.command({"check"});
  EXPECT_EQ(found.code, 1);
  EXPECT_NE(found.out.find("missing row of departments"), std::string::npos) << found.out;
}

TEST(Commands, check_does_not_make_a_database) {
  TempFolder folder;
  const auto result = run_command({"check", "--data", folder.path().string()});
  EXPECT_EQ(result.code, 1);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Commands, each_command_explains_itself) {
  EXPECT_NE(run_command({"help"}).out.find("import customers"), std::string::npos);
  EXPECT_NE(run_command({"import", "customers", "-h"}).out.find("--map COLUMN=FIELD"), std::string::npos);
  EXPECT_NE(run_command({"help", "serve"}).out.find("--listen"), std::string::npos);
  EXPECT_EQ(run_command({"version"}).out, "tidewater 1.2.3\n");
}

TEST(Options, mistakes_are_named) {
  EXPECT_EQ(english(parse({"sreve"})), "There is no command sreve.");
  EXPECT_EQ(english(parse({"serve"})), "--data DIR is needed.");
  EXPECT_EQ(english(parse({"serve", "--data", "d", "--listen", "8420"})), "--listen needs ADDR:PORT.");
  EXPECT_EQ(english(parse({"serve", "--data", "d", "--lsiten", "x"})), "There is no option --lsiten.");
  EXPECT_EQ(english(parse({"user", "add", "--data", "d"})), "user add needs a name.");
  EXPECT_EQ(english(parse({"user", "add", "lin", "--role", "king", "--data", "d"})),
            "--role needs administrator, manager or member.");
  EXPECT_EQ(english(parse({"import", "customers", "f.csv", "--data", "d", "--map", "age"})),
            "--map needs COLUMN=FIELD.");
}

TEST(Options, addresses_are_read) {
  const auto of = [](const std::string& listen) { return parse({"serve", "--data", "d", "--listen", listen}).options; };
  EXPECT_EQ(of("[::1]:9000")->host, "::1");
  EXPECT_EQ(of("[::1]:9000")->port, 9000);
  EXPECT_EQ(of(":80")->host, "0.0.0.0");
  EXPECT_FALSE(of("127.0.0.1:70000"));
  EXPECT_EQ(parse({"import", "customers", "f.csv", "--data=d", "--map", "a=b=phone"}).options->map[0].first, "a=b");
}

}  // namespace
}  // namespace tw::server
