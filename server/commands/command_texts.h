// The words of the command line: which commands there are, what they take and how each explains itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/options.h"

namespace tw::server {

// How a command is written. Names, flags and placeholders are the same in every language.
struct Usage {
  enum class More { nothing, options, options_of_serve };
  std::string_view line;
  More more = More::nothing;  // behind the line
};

struct OptionText {
  std::string_view left;  // "--role ROLE"
  TextKey help;
};

struct CommandText {
  std::string_view words;
  Command command;
  TextKey summary;  // in the overview; none: it is not there
  std::span<const Usage> usages;
  TextKey about;
  std::span<const OptionText> options;
  std::string_view settings;  // those it listens to, see help_on_settings
  TextKey more;               // behind the options; none: nothing
};

std::span<const CommandText> all_commands();
const CommandText* find_command(std::string_view words);

}  // namespace tw::server
