// Settings from flags, environment and a file: who goes before whom, what is refused and where it stands, and what
// `config check` says.
#include "server/configuration/configuration.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/options.h"
#include "support/server/running_server.h"
#include "support/server/terminal_text.h"
#include "support/server/tls.h"

namespace tw::server {
namespace {

using test::english;

class ConfigurationTest : public ::testing::Test {
 protected:
  std::string file(const std::string& text) const {
    std::ofstream(path) << text;
    return path;
  }
  Parsed serve(std::vector<std::string> flags, const Environment& environment = {}) const {
    flags.insert(flags.begin(), "serve");
    return parse(flags, environment);
  }
  struct Result {
    int code = 0;
    std::string out;
  };
  Result check(std::vector<std::string> flags, const Environment& environment = {}) const {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    flags.insert(flags.begin(), {"config", "check"});
    Program program({in, out, err, stderr, "en"}, "1.2.3");
    const auto refused = program.parse(flags, environment);
    return {refused ? *refused : program.run(), out.str() + err.str()};
  }
  test::TempFolder folder;
  const std::string path = (folder.path() / "tidewater.conf").string();
};

TEST_F(ConfigurationTest, a_flag_goes_before_a_variable_before_the_file_before_the_default) {
  const auto conf =
      file("# what the house runs on\n\ndata = /from/file\nkeep-daily = 1\nkeep-weekly=1\n  log = json\n");
  const Environment environment = {{"TIDEWATER_KEEP_DAILY", "2"}, {"TIDEWATER_DATA", "/from/variable"}};
  const auto read = serve({"--config", conf, "--data", "/from/flag"}, environment);
  ASSERT_TRUE(read.options) << english(read);
  EXPECT_EQ(read.options->data, "/from/flag");
  EXPECT_EQ(read.options->keep_daily, 2);
  EXPECT_EQ(read.options->keep_weekly, 1);
  EXPECT_EQ(read.options->log, LogFormat::json);
  EXPECT_EQ(read.options->backup_hours, 24);
  EXPECT_EQ(read.options->host, "127.0.0.1");
  EXPECT_EQ(read.options->port, 8420);
}

TEST_F(ConfigurationTest, the_file_may_be_named_by_a_variable_and_serves_every_command) {
  const auto conf = file("data = /from/file");
  EXPECT_EQ(parse({"user", "list"}, {{"TIDEWATER_CONFIG", conf}}).options->data, "/from/file");
  EXPECT_EQ(parse({"check", "--config", conf}, {{"TIDEWATER_CONFIG", "/nowhere"}}).options->data, "/from/file");
  EXPECT_TRUE(parse({"version"}, {{"TIDEWATER_CONFIG", "/nowhere"}}).options) << "it has nothing to configure";
}

TEST_F(ConfigurationTest, every_setting_can_be_said_in_all_three_ways) {
  for (const auto& setting : all_settings()) {
    std::string value = setting.fallback.empty() ? "x" : std::string(setting.fallback);
    if (setting.name == "proxy") value = "10.0.0.0/8, ::1";
    if (setting.name == "language") value = "zh-CN";
    const std::string name(setting.name);
    // certificate and key come together
    const std::string beside = name == "certificate" ? "key" : "certificate";
    const bool pair = name == "certificate" || name == "key";
    const auto conf =
        file(name + " = " + value + (pair ? "\n" + beside + " = y" : "") + (name == "data" ? "" : "\ndata = d"));
    EXPECT_TRUE(serve({"--config", conf}).options) << english(serve({"--config", conf}));
    std::vector<std::string> flags = {setting.flag() + "=" + value};
    Environment environment = {{setting.variable(), value}};
    if (name != "data") flags.emplace_back("--data=d"), environment.emplace("TIDEWATER_DATA", "d");
    if (pair) flags.emplace_back("--" + beside + "=y"), environment.emplace(find_setting(beside)->variable(), "y");
    EXPECT_TRUE(serve(flags).options) << english(serve(flags));
    EXPECT_TRUE(serve({}, environment).options) << english(serve({}, environment));
    EXPECT_NE(help_text("serve", "en")
                  .find("  " + setting.flag() + (setting.value.empty() ? " " : " " + std::string(setting.value))),
              std::string::npos)
        << name;
  }
}

TEST_F(ConfigurationTest, the_file_of_the_package_names_every_setting_and_is_in_order) {
  std::ifstream in("tools/packaging/tidewater.conf");
  const std::string packed((std::istreambuf_iterator<char>(in)), {});
  ASSERT_FALSE(packed.empty());
  EXPECT_EQ(serve({"--config", file(packed)}).options->data, "/var/lib/tidewater");
  std::string all;  // its remarks show the defaults
  std::istringstream lines(packed);
  for (std::string line; std::getline(lines, line);)
    all += (line.rfind("# ", 0) == 0 && line.find(" = ") < line.find_first_of(",:.") ? line.substr(2) : line) + "\n";
  const auto read = serve({"--config", file(all)});
  ASSERT_TRUE(read.options) << english(read);
  for (const auto& each : read.options->effective) {
    EXPECT_EQ(each.from.rfind(path, 0), 0u) << each.name << " is not in it";
    const auto fallback = find_setting(each.name)->fallback;
    if (!fallback.empty()) EXPECT_EQ(each.value, fallback) << each.name;
  }
}

TEST_F(ConfigurationTest, mistakes_in_the_file_are_named_with_their_lines_all_at_once) {
  const auto conf =
      file("data = d\nlisen = 127.0.0.1:1\nlisten = 8420\nnonsense\ndata = e\nkeep-daily = many\nproxy =\n");
  EXPECT_EQ(english(serve({"--config", conf})),
            path + ":2: there is no setting lisen.\n" + path + ":4: this is not \"name = value\".\n" + path +
                ":5: data is there already, in line 1.\n" + path + ":3: listen needs ADDR:PORT.\n" + path +
                ":7: proxy needs addresses or ranges such as 10.0.0.0/8, separated by commas.\n" + path +
                ":6: keep-daily needs a number, 0 to 366.");
  EXPECT_EQ(english(serve({"--config", "/nowhere/at.all"})),
            "Cannot read /nowhere/at.all: No such file or directory.\n--data DIR is needed.");
  EXPECT_EQ(english(serve({"--config", folder.path().string(), "--data", "d"})),
            "Cannot read " + folder.path().string() + ": Is a directory.");
}

TEST_F(ConfigurationTest, mistakes_in_variables_and_flags_are_named) {
  const auto problem = [this](std::vector<std::string> flags, const Environment& environment = {}) {
    flags.insert(flags.end(), {"--data", "d"});
    return english(serve(flags, environment));
  };
  EXPECT_EQ(problem({}, {{"TIDEWATER_LISTEN", "everywhere"}}), "TIDEWATER_LISTEN needs ADDR:PORT.");
  EXPECT_EQ(problem({"--listen", ":1"}, {{"TIDEWATER_LISTEN", "everywhere"}}), "TIDEWATER_LISTEN needs ADDR:PORT.")
      << "also when it is not in force";
  EXPECT_EQ(problem({}, {{"TIDEWATER_VERBOSE", "perhaps"}}), "TIDEWATER_VERBOSE needs yes or no.");
  EXPECT_EQ(problem({}, {{"TIDEWATER_LISTEN", ""}}), "") << "an empty variable is none";
  EXPECT_EQ(problem({"--listen", ":1", "--listen", ":2"}), "--listen is there twice.");
  EXPECT_EQ(problem({"--proxy", "proxy.example"}),
            "--proxy needs addresses or ranges such as 10.0.0.0/8, separated by commas.");
  EXPECT_EQ(problem({"--proxy-header", "x"}), "--proxy-header needs x-forwarded or forwarded.");
  EXPECT_EQ(problem({"--key", "k"}), "certificate and key belong together: one of them is missing.");
  EXPECT_EQ(problem({"--config", ""}), "--config needs a file.");
  EXPECT_EQ(english(serve({"--data"})), "--data needs a folder.");
}

TEST_F(ConfigurationTest, proxies_may_be_repeated_as_flags) {
  const auto read = serve({"--data", "d", "--proxy", "10.0.0.0/8", "--proxy=::1,192.0.2.1"});
  ASSERT_TRUE(read.options) << english(read);
  EXPECT_EQ(read.options->proxies.trusted.size(), 3u);
}

TEST_F(ConfigurationTest, the_environment_is_what_begins_with_the_products_name) {
  const char* variables[] = {"PATH=/bin", "TIDEWATER_DATA=a=b", "TIDEWATERISH=1", "TIDEWATER_X", nullptr};
  EXPECT_EQ(environment_of(variables), (Environment{{"TIDEWATER_DATA", "a=b"}}));
}

TEST_F(ConfigurationTest, check_says_every_setting_and_where_it_comes_from) {
  const auto data = (folder.path() / "data").string();
  const auto conf = file("# house\ndata = " + data + "\nlisten = 127.0.0.1:0\n");
  const auto result = check({"--config", conf, "--keep-weekly", "9"}, {{"TIDEWATER_LOG", "json"}});
  EXPECT_EQ(result.code, 0) << result.out;
  const auto says = [&](const std::string& name, const std::string& value, const std::string& from) {
    std::istringstream lines(result.out);
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::string first, second, third;
      words >> first >> second >> third;
      if (first == name) return second == value && third == from;
    }
    return false;
  };
  EXPECT_TRUE(says("data", data, path + ":2")) << result.out;
  EXPECT_TRUE(says("listen", "127.0.0.1:0", path + ":3")) << result.out;
  EXPECT_TRUE(says("keep-weekly", "9", "--keep-weekly")) << result.out;
  EXPECT_TRUE(says("log", "json", "TIDEWATER_LOG")) << result.out;
  EXPECT_TRUE(says("keep-daily", "7", "default")) << result.out;
  EXPECT_TRUE(says("certificate", "-", "")) << result.out;
  EXPECT_NE(result.out.find("ok      data: " + data + " can be made"), std::string::npos) << result.out;
  EXPECT_FALSE(std::filesystem::exists(data)) << "it changes nothing";
}

TEST_F(ConfigurationTest, check_finds_what_would_not_work) {
  const auto wrong = [&](std::vector<std::string> flags, const std::string& words,
                         const Environment& environment = {}) {
    flags.insert(flags.end(), {"--listen", "127.0.0.1:0"});
    const auto result = check(flags, environment);
    EXPECT_NE(result.out.find("WRONG   " + words), std::string::npos) << result.out;
    EXPECT_EQ(result.code, 1);
  };
  const auto data = folder.path().string();
  wrong({}, "--data DIR is needed.");
  wrong({"--data", data, "--keep-daily", "many"}, "--keep-daily needs");
  wrong({"--data", data}, "TIDEWATER_LISTN: there is no such setting.", {{"TIDEWATER_LISTN", ":1"}});
  wrong({"--data", file("")}, "data: " + path + " is no folder.");
  wrong({"--data", data, "--config", file("listne = :1\n")}, path + ":1: there is no setting listne.");
  const auto files = test::make_certificate(folder.path());
  wrong({"--data", data, "--certificate", files.certificate, "--key", "/nowhere"}, "certificate: Cannot read /nowhere");
  wrong({"--data", data, "--certificate", files.certificate}, "certificate and key belong together");
  test::make_certificate(folder.path(), {"old.example", -9, -1, false});
  wrong({"--data", data, "--certificate", files.certificate, "--key", files.key},
        "certificate: for old.example, 127.0.0.1, expired");
  EXPECT_EQ(check({"--data", data, "--listen", "192.0.2.77:80"}).code, 1) << "an address of somebody else";
  if (::geteuid() != 0) {
    ::chmod(data.c_str(), 0500);
    wrong({"--data", data}, "data: nothing can be written in");
    ::chmod(data.c_str(), 0700);
  }
}

TEST_F(ConfigurationTest, check_is_content_beside_the_server_that_runs) {
  test::RunningServer server;
  const auto result =
      check({"--data", server.folder().string(), "--listen", "127.0.0.1:" + std::to_string(server.port())});
  EXPECT_EQ(result.code, 0) << result.out;
  EXPECT_NE(result.out.find("is in use"), std::string::npos) << result.out;
}

TEST_F(ConfigurationTest, check_says_when_a_certificate_ends_soon) {
  const auto files = test::make_certificate(folder.path(), {"crm.example", -9, 7, false});
  ::chmod(files.key.c_str(), 0644);
  const auto result = check({"--data", folder.path().string(), "--listen", "127.0.0.1:0", "--certificate",
                             files.certificate, "--key", files.key});
  EXPECT_EQ(result.code, 0) << result.out;
  EXPECT_NE(result.out.find("which is soon"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("everybody on this machine can read"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace tw::server
