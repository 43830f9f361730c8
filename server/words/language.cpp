#include "server/words/language.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace tw::server {
namespace {

constexpr const char* locale_variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

// "zh", "zh_CN.UTF-8", "zh-Hans", but not "zha", which is Zhuang.
bool is_chinese(std::string_view locale) {
  return locale.substr(0, 2) == "zh" && (locale.size() == 2 || std::string_view("_.@-").find(locale[2]) < 4);
}

}  // namespace

LocaleLanguage language_of_locale(const std::map<std::string, std::string>& environment) {
  for (const char* name : locale_variables) {
    const auto found = environment.find(name);
    if (found != environment.end() && !found->second.empty()) return {is_chinese(found->second) ? "zh-CN" : "en", name};
  }
  return {"en", {}};
}

bool is_locale_variable(const std::string& name) {
  return std::find(std::begin(locale_variables), std::end(locale_variables), name) != std::end(locale_variables);
}

bool is_terminal_language(const std::string& tag) { return tag == "zh-CN" || tag == "en"; }

}  // namespace tw::server
