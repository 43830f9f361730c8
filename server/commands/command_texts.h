// The words of the command line: which commands there are, what they take and how each explains itself.
#pragma once

#include <string>
#include <string_view>

#include "server/options.h"

namespace tw::server {

struct CommandText {
  std::string_view words;
  Command command;
  std::string_view help;      // up to the settings
  std::string_view settings;  // those it listens to, see help_on_settings
  std::string_view more;      // behind them
};

const CommandText* find_command(std::string_view words);

}  // namespace tw::server
