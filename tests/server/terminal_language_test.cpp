// Which language the terminal reads, who decides it, and how its texts stand in columns.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/text.h"
#include "server/commands/command_texts.h"
#include "server/words/language.h"
#include "server/words/layout.h"
#include "server/words/reasons.h"
#include "support/server/running_server.h"
#include "support/server/terminal_text.h"

namespace tw::server {
namespace {

using test::english;

TEST(TerminalLanguage, is_the_first_that_the_locale_says_in_the_order_of_posix) {
  struct Row {
    Environment environment;
    const char* language;
    const char* from;
  };
  const Row rows[] = {
      {{}, "en", ""},
      {{{"LANG", "zh_CN.UTF-8"}}, "zh-CN", "LANG"},
      {{{"LANG", "zh"}}, "zh-CN", "LANG"},
      {{{"LANG", "zh-Hans"}}, "zh-CN", "LANG"},
      {{{"LANG", "zh_TW@big5"}}, "zh-CN", "LANG"},
      {{{"LANG", "zha"}}, "en", "LANG"},
      {{{"LANG", "de_DE.UTF-8"}}, "en", "LANG"},
      {{{"LANG", "C"}}, "en", "LANG"},
      {{{"LANG", "POSIX"}}, "en", "LANG"},
      {{{"LANG", ""}}, "en", ""},
      {{{"LANG", "zh_CN"}, {"LC_MESSAGES", "en_US"}}, "en", "LC_MESSAGES"},
      {{{"LANG", "en_US"}, {"LC_MESSAGES", "zh_CN"}}, "zh-CN", "LC_MESSAGES"},
      {{{"LANG", "zh_CN"}, {"LC_MESSAGES", ""}}, "zh-CN", "LANG"},
      {{{"LANG", "zh_CN"}, {"LC_MESSAGES", "zh_CN"}, {"LC_ALL", "C"}}, "en", "LC_ALL"},
      {{{"LANG", "en_US"}, {"LC_MESSAGES", "en_US"}, {"LC_ALL", "zh_CN"}}, "zh-CN", "LC_ALL"},
      {{{"LC_ALL", ""}, {"LC_MESSAGES", ""}, {"LANG", "zh_CN"}}, "zh-CN", "LANG"},
  };
  for (const Row& row : rows) {
    std::string said;
    for (const auto& [name, value] : row.environment) said.append(name).append("=").append(value).append(" ");
    const auto found = language_of_locale(row.environment);
    EXPECT_EQ(found.language, row.language) << said;
    EXPECT_EQ(found.from, row.from) << said;
  }
}

class LanguageTest : public ::testing::Test {
 protected:
  std::string file(const std::string& text) const {
    std::ofstream(path) << text;
    return path;
  }
  static std::string of(const std::vector<std::string>& arguments, const Environment& environment = {}) {
    return parse(arguments, environment).language;
  }
  test::TempFolder folder;
  const std::string path = (folder.path() / "tidewater.conf").string();
};

TEST_F(LanguageTest, by_a_flag_goes_before_a_variable_before_the_file_before_the_locale) {
  const Environment chinese_locale = {{"LANG", "zh_CN.UTF-8"}};
  const Environment english_variable = {{"LANG", "zh_CN.UTF-8"}, {"TIDEWATER_LANGUAGE", "en"}};
  const auto conf = file("data = d\nlanguage = en\n");
  EXPECT_EQ(of({"user", "list", "--data", "d"}), "en");
  EXPECT_EQ(of({"user", "list", "--data", "d"}, chinese_locale), "zh-CN");
  EXPECT_EQ(of({"user", "list", "--config", conf}, chinese_locale), "en");
  EXPECT_EQ(of({"user", "list", "--config", conf}, {{"TIDEWATER_LANGUAGE", "zh-CN"}}), "zh-CN");
  EXPECT_EQ(of({"user", "list", "--data", "d"}, english_variable), "en");
  EXPECT_EQ(of({"user", "list", "--data", "d", "--language", "zh-CN"}, english_variable), "zh-CN");
  EXPECT_EQ(of({"user", "list", "--data", "d"}, {{"LANG", "zh_CN"}, {"TIDEWATER_LANGUAGE", ""}}), "zh-CN")
      << "an empty variable is none";
}

TEST_F(LanguageTest, can_be_said_to_every_command) {
  for (const auto& command : all_commands()) {
    std::vector<std::string> arguments;
    for (const auto word : text::split(command.words, ' ')) arguments.emplace_back(word);
    if (command.usages.front().line.find(" FILE") != std::string_view::npos && command.command != Command::config_check)
      arguments.emplace_back("f");
    if (command.usages.front().line.find(" NAME") != std::string_view::npos) arguments.emplace_back("n");
    if (!command.settings.empty() || command.command == Command::config_check)
      arguments.insert(arguments.end(), {"--data", "d"});
    arguments.insert(arguments.end(), {"--language", "zh-CN"});
    const auto read = parse(arguments);
    ASSERT_TRUE(read.options) << command.words << ": " << english(read);
    EXPECT_EQ(read.language, "zh-CN") << command.words;
    arguments.back() = "zh";
    const auto refused = parse(arguments);
    const bool is_told = refused.options ? refused.options->problems.size() == 1 : !refused.problems.empty();
    EXPECT_TRUE(is_told || command.command == Command::help) << command.words;
    if (!refused.options) EXPECT_EQ(english(refused), "--language needs zh-CN or en.") << command.words;
  }
}

TEST_F(LanguageTest, of_a_line_that_is_wrong_is_the_one_that_was_asked_for) {
  const auto zh = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--language=zh-CN"});
    return test::run_command(arguments).err;
  };
  EXPECT_EQ(zh({"sreve"}), "没有命令 sreve。\n请查看 tidewater help。\n");
  EXPECT_EQ(zh({"--lsiten", "x"}), "没有选项 --lsiten。\n请查看 tidewater help。\n");
  EXPECT_EQ(zh({"serve"}), "必须指定 --data DIR。\n请查看 tidewater help。\n");
}

TEST_F(LanguageTest, and_where_it_comes_from_is_said_by_config_check) {
  const auto row = [&](const std::vector<std::string>& more, const Environment& environment) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    std::vector<std::string> arguments = {"config",   "check",      "--data", folder.path().string(),
                                          "--listen", "127.0.0.1:0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Program program({in, out, err, stderr, "en"}, "1.2.3");
    EXPECT_FALSE(program.parse(arguments, environment));
    EXPECT_EQ(program.run(), 0) << out.str();
    std::istringstream lines(out.str());
    std::string name, value, from;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      words >> name >> value >> from;
      if (name == "language") return value + " " + from;
    }
    return std::string();
  };
  EXPECT_EQ(row({}, {}), "en default");
  EXPECT_EQ(row({}, {{"LANG", "zh_CN.UTF-8"}}), "zh-CN LANG");
  EXPECT_EQ(row({}, {{"LANG", "zh_CN.UTF-8"}, {"LC_ALL", "C"}}), "en LC_ALL");
  EXPECT_EQ(row({}, {{"TIDEWATER_LANGUAGE", "zh-CN"}}), "zh-CN TIDEWATER_LANGUAGE");
  EXPECT_EQ(row({"--language", "en"}, {{"LANG", "zh_CN.UTF-8"}}), "en --language");
}

TEST(Layout, a_chinese_character_takes_two_columns) {
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("正常"), 4u);
  EXPECT_EQ(display_width("（，。）"), 8u);
  EXPECT_EQ(display_width("数据 DIR"), 8u);
  EXPECT_EQ(display_width("e\u0301"), 1u) << "an accent of its own takes none";
  EXPECT_EQ(padded("正常", 8), "正常    ");
  EXPECT_EQ(padded("MUST", 8), "MUST    ");
  EXPECT_EQ(padded("too long", 4), "too long ");
}

TEST(Layout, lines_break_at_blanks_and_beside_chinese_characters) {
  const std::string latin = "word";
  std::string words;
  for (int i = 0; i < 60; ++i) words += (i ? " " : "") + latin;
  std::istringstream lines(wrapped(words, 24));
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_LE(display_width(line), widest_line - (count ? 0 : 24)) << line;
    EXPECT_EQ(line.compare(0, 24, std::string(24, ' ')) == 0, count > 0) << line;
    EXPECT_NE(line.back(), ' ');
  }
  EXPECT_EQ(count, 4) << "19 words of five columns a line";

  std::string han;
  for (int i = 0; i < 59; ++i) han += "数";
  EXPECT_EQ(wrapped(han + "据。"), han.substr(0, 59 * 3) + "\n据。\n") << "what closes does not begin a line";
  EXPECT_EQ(wrapped(han + "（据"), han + "\n（据\n") << "what opens does not end one";
  EXPECT_EQ(wrapped("one\n\ntwo", 2), "one\n\n  two\n");
}

TEST(Help, stands_in_its_columns_in_both_languages) {
  for (const char* language : {"en", "zh-CN"})
    for (const auto& command : all_commands()) {
      const auto help = help_text(command.words, language);
      SCOPED_TRACE(std::string(language) + " " + std::string(command.words) + "\n" + help);
      std::istringstream lines(help);
      for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(display_width(line), widest_line) << line;
        if (line.rfind("  --", 0) != 0) continue;
        // Either the help follows in its column, or in the next line, when the flag is too long for that.
        if (display_width(line) <= 24) {
          ASSERT_TRUE(std::getline(lines, line));
          EXPECT_EQ(line.find_first_not_of(' '), 24u) << line;
          continue;
        }
        EXPECT_EQ(line[23], ' ') << line;
        EXPECT_NE(line[24], ' ') << line;
      }
    }
}

TEST(Reasons, of_the_system_are_told_in_both_languages) {
  EXPECT_EQ(english(reason_of(ENOENT)), "No such file or directory");
  EXPECT_EQ(Words("zh-CN")(reason_of(ENOENT)), "文件或目录不存在");
  EXPECT_NE(Words("zh-CN")(reason_of(EXDEV)).find("系统错误 18"), std::string::npos) << "one without a text of ours";
  const std::filesystem::filesystem_error thrown("cannot create directories", "/x",
                                                 std::error_code(EACCES, std::generic_category()));
  EXPECT_EQ(Words("zh-CN")(told(thrown)), "/x：权限不足。");
  EXPECT_EQ(std::string(Refused(said("options.no_command")).what()), "No command.") << "for logs";
}

}  // namespace
}  // namespace tw::server
