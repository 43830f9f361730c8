// Which language a terminal reads where neither option nor variable of ours says it: the locale, in the order of POSIX.
#pragma once

#include <map>
#include <string>

namespace tw::server {

struct LocaleLanguage {
  std::string language;  // "zh-CN" or "en"
  std::string from;      // the variable that decided; empty: there is none
};

// The first of LC_ALL, LC_MESSAGES and LANG that is not empty decides: what begins with "zh" is Chinese, anything else
// (also "C" and "POSIX") English.
LocaleLanguage language_of_locale(const std::map<std::string, std::string>& environment);

bool is_locale_variable(const std::string& name);
bool is_terminal_language(const std::string& tag);

}  // namespace tw::server
