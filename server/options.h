// The command line, read into a value. Texts here are for whoever runs the server and are in English.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/access/access.h"
#include "server/ports/stream_log.h"

namespace tw::server {

enum class Command {
  help,
  version,
  serve,
  user_add,
  user_passwd,
  user_list,
  import_customers,
  check,
  backup,
  restore,
  upgrade,
  doctor,
  openapi,
  permissions,
  schema,
  transitions
};

struct Options {
  Command command = Command::help;
  std::string data;  // the folder
  std::string host = "127.0.0.1";
  int port = 8420;
  std::vector<std::string> proxies;
  LogFormat log = LogFormat::text;
  bool verbose = false;

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

  bool verify = false;   // only look at the backup
  bool dry_run = false;  // of an upgrade
  bool undo = false;     // the last upgrade
  int backup_hours = 24;
  int keep_daily = 7;
  int keep_weekly = 4;
  std::string backups;  // the folder; empty: in the data folder

  std::string help_on;  // the command to explain
};

struct Parsed {
  std::optional<Options> options;
  std::string problem;  // when there are none
};

Parsed parse(const std::vector<std::string>& arguments);

// `command` empty: the overview.
std::string help_text(std::string_view command);

}  // namespace tw::server
