// Every command once on a Chinese terminal: nothing of what a person reads is left in English, and what programs read
// is the same in every language.
#include <fstream>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "core/text.h"
#include "db/sqlite.h"
#include "db/upkeep.h"
#include "server/commands/command_texts.h"
#include "support/server/old_folder.h"
#include "support/server/running_server.h"

namespace tw::server {
namespace {

using test::CommandResult;
using test::run_command;

bool has_han(std::string_view text) {
  for (std::size_t at = 0; at < text.size();)
    if (text::is_han(text::next_code_point(text, at))) return true;
  return false;
}

// What is the same in every language: commands, flags and placeholders, addresses and paths, names of settings, tables,
// variables and files.
std::string without_names(std::string text) {
  static const std::regex names(
      R"re("[^"]*"|`[^`]*`|(chmod|chown) .*|^(certificate|listen|key)：|tidewater( [a-z]+){0,2}|--?[A-Za-z][A-Za-z-]*( DIR| FILE)?)re"
      R"re(|https?:\S+|(\.|[A-Z]+)?/\S+|[A-Za-z]+[0-9]*_\w+|\b[a-zA-Z-]+\.[a-z]+\b|[A-Z][A-Z_]+|\{[^{}]*\})re"
      R"re(|\b[0-9a-f]{64}\b)re");
  return std::regex_replace(text, names, "");
}

// A line of three English words in a row, or of any where no Chinese stands.
bool is_english(const std::string& line) {
  const std::string left = without_names(line);
  static const std::regex sentence(R"([A-Za-z][a-z]+ [a-z]+ [a-z]+)");
  static const std::regex word("[A-Za-z]{2,}");
  return std::regex_search(left, has_han(line) ? sentence : word);
}

void expect_chinese(const std::string& printed, const std::string& what) {
  static const std::regex quoted("\"[^\"]*\"");  // words of the log, also over the end of a line
  std::istringstream lines(std::regex_replace(printed, quoted, ""));
  static const std::regex table("^  [a-z_]+ +[0-9].*");  // rows of a table
  for (std::string line; std::getline(lines, line);) {
    const std::string first = line.substr(0, line.find(' '));
    if (find_setting(first) || std::regex_match(line, table)) continue;
    EXPECT_FALSE(is_english(line)) << what << ": " << line;
  }
}

TEST(TerminalTexts, what_the_tests_here_take_for_english) {
  EXPECT_TRUE(is_english("There is nothing to repair."));
  EXPECT_TRUE(is_english("ok      数据库： structure is whole"));
  EXPECT_TRUE(is_english("schema: up to date"));
  EXPECT_TRUE(is_english("ok"));
  EXPECT_FALSE(is_english("请停止服务器后重新统计：tidewater check --repair --data /tmp/a b"));
}

TEST(TerminalTexts, are_there_in_both_languages) {
  const auto keys = terminal_catalog("zh-CN").keys();
  EXPECT_EQ(keys, terminal_catalog("en").keys());
  EXPECT_GT(keys.size(), 300u);
  for (const auto& key : keys) {
    const std::string chinese(terminal_catalog("zh-CN").raw(key));
    EXPECT_FALSE(is_english(chinese)) << key << ": " << chinese;
    EXPECT_FALSE(has_han(terminal_catalog("en").raw(key))) << key;
  }
}

class ChineseTest : public ::testing::Test {
 protected:
  // Runs it and looks at all that it prints.
  CommandResult run(std::vector<std::string> arguments, int code = 0, const std::string& input = {}) const {
    std::string what;
    for (const auto& word : arguments) what += (what.empty() ? "" : " ") + word;
    arguments.insert(arguments.end(), {"--language", "zh-CN"});
    const auto result = run_command(arguments, input);
    EXPECT_EQ(result.code, code) << what << "\n" << result.out << result.err;
    expect_chinese(result.out, what);
    expect_chinese(result.err, what);
    EXPECT_TRUE(has_han(result.out + result.err)) << what;
    return result;
  }
  CommandResult on_data(std::vector<std::string> arguments, int code = 0, const std::string& input = {}) const {
    arguments.insert(arguments.end(), {"--data", data()});
    return run(std::move(arguments), code, input);
  }
  std::string data() const { return server.folder().string(); }
  std::string file(const std::string& name) const { return (elsewhere.path() / name).string(); }
  void spoil(const char* sql) const {
    const auto database = db::open_whole_file(data() + "/tidewater.db");
    database->execute("PRAGMA foreign_keys = OFF");
    database->execute(sql);
  }

  test::TempFolder elsewhere;
  test::RunningServer server{{"--language", "zh-CN"}};
};

TEST_F(ChineseTest, help) {
  run({"help"});
  for (const auto& command : all_commands()) run({"help", std::string(command.words)});
  for (const auto& command : all_commands()) {
    const auto help = help_text(command.words, "zh-CN");
    EXPECT_NE(help.find("用法："), std::string::npos) << command.words;
    expect_chinese(help, std::string(command.words));
  }
}

TEST_F(ChineseTest, serve) {
  expect_chinese(server.printed(), "serve");
  EXPECT_NE(server.printed().find("第一名管理员"), std::string::npos) << server.printed();
  EXPECT_FALSE(server.set_up_token().empty());
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  std::FILE* quiet = std::tmpfile();
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--data", data()},
        {"--data", file("new"), "--listen", "192.0.2.77:1"},
        {"--data", "/dev/null/x"},
        {"--data", file("new"), "--certificate", "/nowhere", "--key", "/nowhere"}}) {
    Program program({in, out, err, quiet, "en"}, "1.2.3");
    std::vector<std::string> arguments = {"serve", "--language", "zh-CN"};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    ASSERT_FALSE(program.parse(arguments)) << err.str();
    EXPECT_FALSE(program.start());
  }
  std::fclose(quiet);
  expect_chinese(err.str(), "serve");
  EXPECT_NE(err.str().find("无法启动"), std::string::npos) << err.str();
}

TEST_F(ChineseTest, config_check) {
  run({"config", "check", "--data", file("new"), "--listen", "127.0.0.1:0"});
  const auto wrong = run({"config", "check", "--data", "/dev/null", "--listen", "192.0.2.77:1", "--keep-daily", "many",
                          "--certificate", "/nowhere", "--key", "/nowhere"},
                         1);
  EXPECT_NE(wrong.out.find("错误    --keep-daily 需要：0 到 366 之间的数字。\n"), std::string::npos) << wrong.out;
  std::ofstream(file("conf")) << "nonsense\nlisen = 1\ndata = a\ndata = b\nlog = xml\n";
  run({"config", "check", "--config", file("conf")}, 1);
}

TEST_F(ChineseTest, users) {
  on_data({"user", "add", "lin", "--role", "manager"}, 0, "a long password\n");
  on_data({"user", "add", "mei"}, 1, "short\n");
  on_data({"user", "add", "lin"}, 1, "a long password\n");
  on_data({"user", "add", "wu"}, 2);
  on_data({"user", "passwd", "lin"}, 0, "another password\n");
  on_data({"user", "passwd", "nobody"}, 1, "another password\n");
  const auto list = on_data({"user", "list"});
  EXPECT_NE(list.out.find("lin\tlin\t经理\t-\t在用\n"), std::string::npos) << list.out;
  EXPECT_NE(list.out.find("mei\tmei\t成员\t-\t待激活\n"), std::string::npos) << list.out;
}

TEST_F(ChineseTest, import_customers) {
  std::ofstream(file("good.csv")) << "name,phone\n王芳,13800000001\n李强,13800000002\n";
  const auto good = on_data({"import", "customers", file("good.csv")});
  EXPECT_NE(good.out.find("\n写入      2\n"), std::string::npos) << good.out;
  const auto bad = on_data(
      {"import", "customers", file("good.csv"), "--on-duplicate", "refuse", "--refused", file("refused.csv")}, 3);
  EXPECT_NE(bad.out.find("第 2 行"), std::string::npos) << bad.out;
  on_data({"import", "customers", file("nowhere.csv")}, 1);
  on_data({"import", "customers", file("good.csv"), "--map", "nothing=name"}, 1);
  on_data({"import", "customers", file("good.csv"), "--owner", "nobody"}, 1);
  on_data({"import", "customers", file("good.csv"), "--department", "none"}, 1);
}

TEST_F(ChineseTest, check_and_repair) {
  const auto by_server = on_data({"check"});
  EXPECT_NE(by_server.out.find("结构、索引和引用完好"), std::string::npos) << by_server.out;
  on_data({"check", "--repair"}, 1);
  server.stop();
  on_data({"check"});
  on_data({"check", "--repair"});
  spoil(
      "INSERT INTO customer_counts (owner, department, customers) VALUES (1, 1, 7);"
      "INSERT INTO customer_search (rowid, terms) VALUES (9, 'ab')");
  on_data({"check"}, 1);
  on_data({"check", "--repair"});
  spoil(
      "INSERT INTO people (id, name, name_key, login, login_key, role, language, zone, created, changed, department) "
      "VALUES (9, 'Ann', 'ann', 'ann', 'ann', 'member', 'en', 'Asia/Shanghai', 1, 1, 4711)");
  const auto damaged = on_data({"check"}, 1);
  EXPECT_NE(damaged.out.find("表 people 中有一行引用了 departments 中不存在的行"), std::string::npos) << damaged.out;
  on_data({"check", "--repair"}, 1);
  spoil("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  on_data({"check"}, 1);
  run({"check", "--data", file("nowhere")}, 1);
}

TEST_F(ChineseTest, check_of_batches) {
  const auto old = file("old");
  test::make_old_folder(old, test::newest_schema(), 30);
  db::open_whole_file(old + "/tidewater.db")
      ->execute("UPDATE batch_counts SET items = items + 1; UPDATE batches SET own_confirmed = 3");
  const auto found = run({"check", "--data", old}, 1);
  EXPECT_NE(found.out.find("批量任务 1、执行人 0、状态 0、进展 0 的客户数：记录为 31，实际为 30"), std::string::npos)
      << found.out;
  EXPECT_NE(found.out.find("由执行人自己确认的客户数：记录为 3，实际为 0"), std::string::npos) << found.out;
  run({"check", "--repair", "--data", old});
}

TEST_F(ChineseTest, doctor) {
  const auto first = on_data({"doctor"}, 3);
  EXPECT_NE(first.out.find("建议    备份：还没有备份\n        -> "), std::string::npos) << first.out;
  on_data({"backup", file("b.db")});
  on_data({"doctor"});
  on_data({"doctor", "--backup-every", "0", "--backups", elsewhere.path().string()});
  std::filesystem::permissions(data(), std::filesystem::perms(0755));
  std::filesystem::permissions(data() + "/tidewater.db", std::filesystem::perms(0644));
  on_data({"doctor"}, 3);
  server.stop();
  spoil(
      "UPDATE outbox SET at = at + 86400000;"
      "INSERT INTO customer_counts (owner, department, customers) VALUES (1, 1, 7)");
  on_data({"doctor"}, 1);
  spoil("INSERT INTO schema_migrations (name) VALUES ('9999_from_the_future')");
  on_data({"doctor"}, 1);
  std::ofstream(data() + "/tidewater.db") << std::string(5000, 'x');
  EXPECT_EQ(run_command({"doctor", "--data", data(), "--language", "zh-CN"}).code, 1);
}

TEST_F(ChineseTest, backup_and_restore) {
  const auto made = on_data({"backup", file("b.db")});
  EXPECT_NE(made.out.find("行，数据库版本 "), std::string::npos) << made.out;
  on_data({"backup", file("b.db")}, 1);
  run({"restore", file("b.db"), "--verify"});
  run({"restore", file("nowhere.db"), "--verify"}, 3);
  on_data({"restore", file("b.db")}, 1);
  server.stop();
  on_data({"restore", file("b.db")});
  std::ofstream(file("empty.db")) << "";
  on_data({"restore", file("empty.db")}, 3);
  spoil("INSERT INTO customer_counts (owner, department, customers) VALUES (1, 1, 7)");
  on_data({"backup", file("counts.db")});
  run({"restore", file("counts.db"), "--verify"}, 4);
  on_data({"restore", file("counts.db")}, 4);
  spoil(
      "INSERT INTO people (id, name, name_key, login, login_key, role, language, zone, created, changed, department) "
      "VALUES (9, 'Ann', 'ann', 'ann', 'ann', 'member', 'en', 'Asia/Shanghai', 1, 1, 4711)");
  on_data({"backup", file("damaged.db")}, 3);
}

TEST_F(ChineseTest, upgrade) {
  const auto old = file("old");
  test::make_old_folder(old, 12, 5);
  on_data({"upgrade"}, 1);
  const auto tried = run({"upgrade", "--dry-run", "--data", old});
  EXPECT_NE(tried.out.find("  batch_ledger                  1 行，该表将被删除\n"), std::string::npos) << tried.out;
  run({"upgrade", "--undo", "--data", old}, 1);
  run({"doctor", "--data", old}, 3);
  run({"check", "--data", old});
  run({"check", "--repair", "--data", old}, 1);
  run({"upgrade", "--data", old});
  run({"upgrade", "--data", old});
  run({"upgrade", "--undo", "--data", old});
}

TEST_F(ChineseTest, audit_verify) {
  server.administrator();
  const auto whole = on_data({"audit", "verify"});
  EXPECT_NE(whole.out.find("条记录完好"), std::string::npos) << whole.out;
  const std::string hash(64, '0');
  on_data({"audit", "verify", "--expect", "1:" + hash}, 3);
  on_data({"audit", "verify", "--expect", "99:" + hash}, 3);
  on_data({"audit", "verify", "--expect", "99"}, 2);
  on_data({"user", "add", "lin"}, 0, "a long password\n");
  server.stop();
  spoil(
      "DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_are_kept; DROP TRIGGER audit_entries_follow;"
      "UPDATE audit_entries SET at = at + 1 WHERE number = 2");
  EXPECT_NE(on_data({"audit", "verify"}, 3).err.find("第 2 条记录被修改"), std::string::npos);
  spoil("DELETE FROM audit_entries WHERE number = 2");
  EXPECT_NE(on_data({"audit", "verify"}, 3).err.find("第 2 条记录缺失"), std::string::npos);
}

TEST_F(ChineseTest, mistakes_on_the_line) {
  run({"sreve"}, 2);
  run({"backup"}, 2);
  run({"user", "add"}, 2);
  run({"user", "list", "more", "words", "--data", "d"}, 2);
  run({"serve", "--lsiten", "x"}, 2);
  run({"serve", "--listen", "8420", "--data", "d"}, 2);
  run({"serve", "--key", "k", "--verbose=perhaps", "--proxy", "x", "--log", "xml", "--proxy-header", "x"}, 2);
  run({"upgrade", "--dry-run", "--undo", "--data", "d"}, 2);
  run({"import", "customers", "f", "--map", "x", "--data", "d"}, 2);
  run({"import", "customers", "f", "--on-duplicate", "x", "--data", "d"}, 2);
  run({"user", "add", "x", "--role", "king", "--data", "d"}, 2);
}

TEST_F(ChineseTest, programs_read_the_same) {
  server.administrator();
  for (const char* name : {"openapi", "permissions", "schema", "transitions", "version"})
    EXPECT_EQ(run_command({name, "--language", "zh-CN"}).out, run_command({name, "--language", "en"}).out) << name;
  std::ofstream(file("good.csv")) << "name,phone\nWang Fang,13800000001\n";
  on_data({"import", "customers", file("good.csv")});
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"doctor"},
        {"user", "list"},
        {"import", "customers", file("good.csv"), "--on-duplicate", "refuse"}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--json", "--data", data(), "--language", "zh-CN"});
    const auto printed = run_command(arguments).out;
    EXPECT_FALSE(printed.empty()) << command.front();
    EXPECT_FALSE(has_han(printed)) << printed;
    if (command.front() == "import") EXPECT_NE(printed.find(R"("message":")"), std::string::npos) << printed;
  }
}

// Also what the product itself says to the operator, who has no account with a language.
TEST_F(ChineseTest, an_english_terminal_reads_english) {
  std::ofstream(file("good.csv")) << "name,phone\nWang Fang,13800000001\n";
  on_data({"import", "customers", file("good.csv")});
  const auto refused =
      run_command({"import", "customers", file("good.csv"), "--on-duplicate", "refuse", "--data", data()});
  EXPECT_EQ(refused.code, 3);
  EXPECT_NE(refused.out.find("line 2: "), std::string::npos) << refused.out;
  EXPECT_FALSE(has_han(refused.out + refused.err)) << refused.out;
}

}  // namespace
}  // namespace tw::server
