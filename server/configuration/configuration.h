// What a run is told by its flags, its environment and one file, put together: a flag goes before a variable, a
// variable before the file, the file before what the table says.
//
// What must stay true: whatever is not understood is said with its place, and nothing is taken from a configuration
// with a problem.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "server/configuration/settings.h"

namespace tw::server {

using Environment = std::map<std::string, std::string>;
// Those that begin with TIDEWATER_, and those that say the locale.
Environment environment_of(const char* const* variables);

struct Effective {
  std::string_view name;
  std::string value;
  std::string from;  // "--listen", "TIDEWATER_LISTEN", "tidewater.conf:3"; empty: nobody said anything
  bool by_default = false;
};

struct Configuration {
  Settings settings;
  std::vector<Effective> effective;       // every setting, in the table's order
  std::vector<Message> problems;          // whole sentences
  std::vector<std::string> not_settings;  // variables that name none: of others, or mistyped
};

// `flags`: names without --, in their order. The flag `config` (or TIDEWATER_CONFIG) names the file.
Configuration configure(const std::vector<std::pair<std::string, std::string>>& flags, const Environment& environment);

}  // namespace tw::server
