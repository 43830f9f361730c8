// What can be configured, as one table that flags, environment, file and help are made of: a setting `keep-daily` is
// --keep-daily, TIDEWATER_KEEP_DAILY and `keep-daily = 7` in a file, and is read by the same function each time.
//
// No setting is a secret (passwords come by standard input, keys are files), so all of them may be printed.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/http/forwarded.h"
#include "server/ports/stream_log.h"
#include "server/words/words.h"

namespace tw::server {

// What they are when nobody says anything stands in the table, not here.
struct Settings {
  std::string data;  // the folder
  std::string host;
  int port = 0;
  std::string certificate;  // a file; empty: no TLS
  std::string key;
  ProxyRules proxies;
  LogFormat log = LogFormat::text;
  bool verbose = false;
  int backup_hours = 0;
  int keep_daily = 0;
  int keep_weekly = 0;
  std::string backups;   // the folder; empty: in the data folder
  std::string language;  // of the terminal; empty: by its locale
};

struct Setting {
  std::string_view name;
  std::string_view value;     // what stands for its value in the help; empty: a switch
  std::string_view fallback;  // as one would write it; empty: none
  TextKey expected;           // what would have been right
  TextKey help;
  bool (*read)(std::string_view value, Settings& settings);  // false: not what is expected
  bool is_list;                                              // as a flag it may be repeated

  std::string flag() const { return "--" + std::string(name); }
  std::string variable() const;
};

std::span<const Setting> all_settings();
const Setting* find_setting(std::string_view name);

// Lines "  --name VALUE   help" for these, in the table's order; `names` separated by blanks, "*" for all.
std::string help_on_settings(std::string_view names, const Words& words);
// One such line: `left` in its column, what follows in the next.
std::string help_line(const std::string& left, const std::string& help);

}  // namespace tw::server
