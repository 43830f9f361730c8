#include "server/options.h"

#include <functional>
#include <map>

#include "core/text.h"
#include "server/commands/command_texts.h"
#include "server/words/language.h"

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
  TextKey expected;
};

std::map<std::string, Setter, std::less<>> setters() {
  const auto into = [](std::string Options::*member) {
    return Setter{[member](const std::string& value, Options& options) {
                    options.*member = value;
                    return !value.empty();
                  },
                  said_key("expected.value")};
  };
  return {
      {"--owner", into(&Options::owner)},
      {"--department", into(&Options::department)},
      {"--refused", into(&Options::refused_file)},
      {"--expect", {read_expected, said_key("expected.entry")}},
      {"--role",
       {[](const std::string& value, Options& options) { return from_wire_name(value, options.role); },
        said_key("expected.role")}},
      {"--map",
       {[](const std::string& value, Options& options) {
          const auto equals = value.rfind('=');
          if (equals == std::string::npos || equals == 0 || equals + 1 == value.size()) return false;
          options.map.emplace_back(value.substr(0, equals), value.substr(equals + 1));
          return true;
        },
        said_key("expected.mapping")}},
      {"--on-duplicate",
       {[](const std::string& value, Options& options) {
          options.on_duplicate = value;
          return value == "skip" || value == "update" || value == "refuse";
        },
        said_key("expected.on_duplicate")}},
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

// What stands on the command line, in three heaps.
struct Line {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::string>> flags;  // of settings, without --
  bool wants_help = false;
  std::optional<Message> problem;
};

Message needs(const std::string& what, TextKey expected) {
  return said("configuration.needs", {param("what", what)}).with("expected", message_of(expected));
}

Line read_line(const std::vector<std::string>& arguments, Options& options) {
  Line line;
  line.wants_help = arguments.empty();
  const auto known_setters = setters();
  for (std::size_t i = 0; i < arguments.size() && !line.problem; ++i) {
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
        line.problem = said("options.no_option", {param("name", name)});
      } else if (setter != known_setters.end()) {
        if (!value || !setter->second.read(*value, options)) line.problem = needs(name, setter->second.expected);
      } else if (!value || (names_file && value->empty())) {
        line.problem = needs(name, names_file ? said_key("expected.file") : setting->expected);
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

// What is said of the language before anything else is read, so that whatever is wrong is said in it: by a flag, by a
// variable, by the locale.
LocaleLanguage stated_language(const std::vector<std::string>& arguments, const Environment& environment) {
  const std::string flag = find_setting("language")->flag();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    std::string value;
    if (arguments[i] == flag && i + 1 < arguments.size()) value = arguments[i + 1];
    if (arguments[i].rfind(flag + "=", 0) == 0) value = arguments[i].substr(flag.size() + 1);
    if (is_terminal_language(value)) return {value, flag};
  }
  const auto variable = environment.find(find_setting("language")->variable());
  if (variable != environment.end() && is_terminal_language(variable->second))
    return {variable->second, variable->first};
  return language_of_locale(environment);
}

class Parser {
 public:
  Parser(const std::vector<std::string>& arguments, const Environment& environment)
      : environment_(environment), stated_(stated_language(arguments, environment)) {
    line_ = read_line(arguments, options_);
  }

  Parsed parse() {
    if (line_.problem) return refused(*line_.problem);
    auto& words = line_.words;
    if (!words.empty() && words[0] == "help") {
      line_.wants_help = true;
      words.erase(words.begin());
    }
    const CommandText* command = take_command(words);
    if (line_.wants_help) {
      options_.command = Command::help;
      options_.help_on = command ? std::string(command->words) : std::string();
      return without_configuration();
    }
    if (!command)
      return refused(words.empty() ? said("options.no_command")
                                   : said("options.unknown_command", {param("name", words[0])}));
    options_.command = command->command;
    if (auto problem = take_operand(*command)) return refused(*problem);
    if (!words.empty()) return refused(said("options.what_is", {param("word", words[0])}));
    if (options_.dry_run && options_.undo) return refused(said("options.two_things"));
    const bool is_configured = !command->settings.empty() || options_.command == Command::config_check;
    return is_configured ? with_configuration() : without_configuration();
  }

 private:
  Parsed refused(Message problem) const { return {std::nullopt, {std::move(problem)}, stated_.language}; }

  std::optional<Message> take_operand(const CommandText& command) {
    std::string* operand = nullptr;
    if (options_.command == Command::user_add || options_.command == Command::user_passwd) operand = &options_.name;
    const bool reads_file = options_.command == Command::import_customers || options_.command == Command::backup ||
                            options_.command == Command::restore;
    if (reads_file) operand = &options_.file;
    if (!operand) return std::nullopt;
    if (line_.words.empty())
      return needs(std::string(command.words), reads_file ? said_key("expected.file") : said_key("expected.name"));
    *operand = line_.words[0];
    line_.words.erase(line_.words.begin());
    return std::nullopt;
  }

  // Of what listens to no setting but the language.
  Parsed without_configuration() {
    const Setting* language = find_setting("language");
    for (const auto& [name, value] : line_.flags)
      if (name == language->name && !language->read(value, options_))
        return refused(needs(language->flag(), language->expected));
    options_.language = stated_.language;
    return {options_, {}, stated_.language};
  }

  Parsed with_configuration() {
    auto configuration = configure(line_.flags, environment_);
    static_cast<Settings&>(options_) = std::move(configuration.settings);
    options_.effective = std::move(configuration.effective);
    options_.not_settings = std::move(configuration.not_settings);
    settle_language();
    const bool looks_at_file = options_.command == Command::restore && options_.verify;
    if (options_.data.empty() && !looks_at_file) configuration.problems.push_back(said("options.data_needed"));
    if (options_.command == Command::config_check) {
      options_.problems = std::move(configuration.problems);
    } else if (!configuration.problems.empty()) {
      return {std::nullopt, std::move(configuration.problems), options_.language};
    }
    return {options_, {}, options_.language};
  }

  // Flag, variable or file have said it; else the locale does.
  void settle_language() {
    if (is_terminal_language(options_.language)) return;
    options_.language = stated_.language;
    for (auto& each : options_.effective)
      if (each.name == find_setting("language")->name && each.value.empty())
        each = {each.name, stated_.language, stated_.from, stated_.from.empty()};
  }

  const Environment& environment_;
  const LocaleLanguage stated_;
  Options options_;
  Line line_;
};

}  // namespace

Parsed parse(const std::vector<std::string>& arguments, const Environment& environment) {
  return Parser(arguments, environment).parse();
}

}  // namespace tw::server
