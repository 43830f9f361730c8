// The command line, read into a value; server/configuration adds what environment and file say, and the locale which
// language they are answered in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/access/access.h"
#include "server/configuration/configuration.h"

namespace tw::server {

enum class Command {
  help,
  version,
  serve,
  config_check,
  user_add,
  user_passwd,
  user_list,
  import_customers,
  check,
  backup,
  restore,
  upgrade,
  doctor,
  audit_verify,
  openapi,
  permissions,
  schema,
  transitions
};

// An entry of the audit log that was noted earlier.
struct ExpectedEntry {
  std::int64_t number = 0;
  std::string hash;
};

struct Options : Settings {
  Command command = Command::help;
  std::vector<Effective> effective;       // of `config check`: what is in force, and from where
  std::vector<std::string> not_settings;  // variables TIDEWATER_... that nothing reads
  std::vector<Message> problems;          // of `config check`; whatever else has one is refused

  std::string name;  // of a user
  domain::access::Role role = domain::access::Role::member;

  std::string file;                                      // to import
  std::vector<std::pair<std::string, std::string>> map;  // column -> field
  std::string on_duplicate = "skip";
  std::string owner;         // login
  std::string department;    // name
  std::string refused_file;  // where the refused rows go
  bool keep_good_rows = false;
  bool key_from_row_number = false;
  bool json = false;

  bool repair = false;   // count anew what a check finds
  bool verify = false;   // only look at the backup
  bool dry_run = false;  // of an upgrade
  bool undo = false;     // the last upgrade

  std::optional<ExpectedEntry> expected;

  std::string help_on;  // the command to explain
};

struct Parsed {
  std::optional<Options> options;
  std::vector<Message> problems;  // when there are none
  // "zh-CN" or "en": what --language, TIDEWATER_LANGUAGE or the file says, else the locale; also of a line that is
  // wrong.
  std::string language;
};

Parsed parse(const std::vector<std::string>& arguments, const Environment& environment = {});

// `command` empty: the overview.
std::string help_text(std::string_view command, const Words& words);

}  // namespace tw::server
