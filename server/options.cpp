#include "server/options.h"

#include <functional>
#include <map>

#include "core/text.h"
#include "server/commands/command_texts.h"

namespace tw::server {
namespace {

// "42:9f86d0…", as the server's log and the status screen show it.
bool read_expected(const std::string& value, Options& options) {
  constexpr std::size_t digits = 64;
  const auto colon = value.find(':');
  if (colon == std::string::npos) return false;
  const auto number = text::to_integer(value.substr(0, colon));
  const std::string hash = text::lower(value.substr(colon + 1));
  if (!number || *number < 1 || hash.size() != digits) return false;
  if (hash.find_first_not_of("0123456789abcdef") != std::string::npos) return false;
  options.expected = ExpectedEntry{*number, hash};
  return true;
}

// An option of a command with a value: reads it, and says what would have been right when it cannot.
struct Setter {
  std::function<bool(const std::string&, Options&)> read;
  std::string_view expected;
};

std::map<std::string, Setter, std::less<>> setters() {
  const auto into = [](std::string Options::*member) {
    return Setter{[member](const std::string& value, Options& options) {
                    options.*member = value;
                    return !value.empty();
                  },
                  "a value"};
  };
  return {
      {"--owner", into(&Options::owner)},
      {"--department", into(&Options::department)},
      {"--refused", into(&Options::refused_file)},
      {"--expect", {read_expected, "NUMBER:HASH"}},
      {"--role",
       {[](const std::string& value, Options& options) { return from_wire_name(value, options.role); },
        "administrator, manager or member"}},
      {"--map",
       {[](const std::string& value, Options& options) {
          const auto equals = value.rfind('=');
          if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) return false;
          options.map.emplace_back(value.substr(0, equals), value.substr(equals + 1));
          return true;
        },
        "COLUMN=FIELD"}},
      {"--on-duplicate",
       {[](const std::string& value, Options& options) {
          options.on_duplicate = value;
          return value == "skip" || value == "update" || value == "refuse";
        },
        "skip, update or refuse"}},
  };
}

const std::map<std::string_view, bool Options::*> switches = {
    {"--json", &Options::json},
    {"--repair", &Options::repair},
    {"--verify", &Options::verify},
    {"--dry-run", &Options::dry_run},
    {"--undo", &Options::undo},
    {"--keep-good-rows", &Options::keep_good_rows},
    {"--row-number-key", &Options::key_from_row_number},
};

Parsed refused(std::string problem) { return {std::nullopt, std::move(problem)}; }

// What stands on the command line, in three heaps.
struct Line {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> flags;  // of settings, without --
  bool wants_help = false;
  std::string problem;
};

Line read_line(const std::vector<std::string>& arguments, Options& options) {
  Line line;
  line.wants_help = arguments.empty();
  const auto known_setters = setters();
  for (std::size_t i = 0; i < arguments.size() && line.problem.empty(); ++i) {
    std::string name = arguments[i];
    if (name == "-h" || name == "--help") {
      line.wants_help = true;
    } else if (name == "--version") {
      line.words.emplace_back("version");
    } else if (const auto chosen = switches.find(name); chosen != switches.end()) {
      options.*(chosen->second) = true;
    } else if (name.rfind("--", 0) == 0) {
      std::optional<std::string> value;
      if (const auto equals = name.find('='); equals != std::string::npos) {
        value = name.substr(equals + 1);
        name.resize(equals);
      }
      const auto setter = known_setters.find(name);
      const Setting* setting = find_setting(name.substr(2));
      const bool names_file = name == "--config";
      if (setting && setting->value.empty() && !value) {
        value = "yes";
      } else if (!value && i + 1 < arguments.size()) {
        value = arguments[++i];
      }
      if (setter == known_setters.end() && !setting && !names_file) {
        line.problem = "There is no option " + name + ".";
      } else if (setter != known_setters.end()) {
        if (!value || !setter->second.read(*value, options))
          line.problem = name + " needs " + std::string(setter->second.expected) + ".";
      } else if (!value || (names_file && value->empty())) {
        line.problem = name + " needs " + std::string(names_file ? "a file" : setting->expected) + ".";
      } else {
        line.flags.emplace_back(name.substr(2), *value);
      }
    } else {
      line.words.push_back(name);
    }
  }
  return line;
}

// Takes the command's words off the front.
const CommandText* take_command(std::vector<std::string>& words) {
  const CommandText* command = nullptr;
  std::ptrdiff_t used = 0;
  if (words.size() > 1 && (command = find_command(words[0] + " " + words[1]))) used = 2;
  if (!command && !words.empty() && (command = find_command(words[0]))) used = 1;
  words.erase(words.begin(), words.begin() + used);
  return command;
}

}  // namespace

Parsed parse(const std::vector<std::string>& arguments, const Environment& environment) {
  Options options;
  auto line = read_line(arguments, options);
  if (!line.problem.empty()) return refused(line.problem);
  auto& words = line.words;
  if (!words.empty() && words[0] == "help") {
    line.wants_help = true;
    words.erase(words.begin());
  }
  const CommandText* command = take_command(words);
  if (line.wants_help) {
    options.command = Command::help;
    options.help_on = command ? std::string(command->words) : std::string();
    return {options, {}};
  }
  if (!command) return refused(words.empty() ? "No command." : "There is no command " + words[0] + ".");
  options.command = command->command;

  std::string* operand = nullptr;
  if (options.command == Command::user_add || options.command == Command::user_passwd) operand = &options.name;
  const bool reads_file = options.command == Command::import_customers || options.command == Command::backup ||
                          options.command == Command::restore;
  if (reads_file) operand = &options.file;
  if (operand) {
    if (words.empty()) return refused(std::string(command->words) + (reads_file ? " needs a file." : " needs a name."));
    *operand = words[0];
    words.erase(words.begin());
  }
  if (!words.empty()) return refused("What is " + words[0] + "?");
  if (options.dry_run && options.undo) return refused("--dry-run and --undo are two things: say one.");

  const bool checks = options.command == Command::config_check;
  if (command->settings.empty() && !checks) return {options, {}};
  auto configuration = configure(line.flags, environment);
  static_cast<Settings&>(options) = std::move(configuration.settings);
  options.effective = std::move(configuration.effective);
  options.not_settings = std::move(configuration.not_settings);
  const bool looks_at_file = options.command == Command::restore && options.verify;
  if (options.data.empty() && !looks_at_file) configuration.problems.emplace_back("--data DIR is needed.");
  if (checks) {
    options.problems = std::move(configuration.problems);
  } else if (!configuration.problems.empty()) {
    std::string all;
    for (const auto& problem : configuration.problems) all += (all.empty() ? "" : "\n") + problem;
    return refused(std::move(all));
  }
  return {options, {}};
}

}  // namespace tw::server
