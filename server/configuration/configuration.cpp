#include "server/configuration/configuration.h"

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "core/text.h"
#include "server/words/language.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

constexpr std::string_view prefix = "TIDEWATER_";
constexpr const char* file_variable = "TIDEWATER_CONFIG";

struct Said {
  std::string value;
  std::string from;
  int line = 0;  // of the file
};
using AllSaid = std::map<std::string_view, Said>;  // by the setting's name in the table

class Reading {
 public:
  explicit Reading(std::vector<Message>& problems) : problems_(problems) {}

  AllSaid file(const std::string& path) {
    AllSaid all;
    std::ifstream in(path, std::ios::binary);
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) read_line(path, line, number, all);
    // a folder, or not there
    if (!in.eof()) problem(said("files.cannot_read", {param("path", path)}).with("reason", reason_of(errno)));
    return all;
  }

  AllSaid environment(const Environment& variables, std::vector<std::string>& not_settings) {
    AllSaid all;
    auto left = variables;
    left.erase(file_variable);
    std::erase_if(left, [](const auto& variable) { return is_locale_variable(variable.first); });
    for (const auto& setting : all_settings()) {
      const auto found = left.find(setting.variable());
      if (found == left.end()) continue;
      // An empty one is not there: what starts a process often cannot leave a variable out.
      if (!found->second.empty()) all[setting.name] = {found->second, found->first, 0};
      left.erase(found);
    }
    for (const auto& [name, value] : left) not_settings.push_back(name);
    return all;
  }

  AllSaid flags(const std::vector<std::pair<std::string, std::string>>& flags) {
    AllSaid all;
    for (const auto& [name, value] : flags) {
      const Setting* setting = find_setting(name);
      if (!setting) continue;
      const auto [place, is_new] = all.try_emplace(setting->name, Said{value, setting->flag(), 0});
      if (is_new) continue;
      if (setting->is_list) {
        place->second.value += "," + value;
      } else {
        problem(said("configuration.twice", {param("flag", setting->flag())}));
      }
    }
    return all;
  }

 private:
  void problem(Message sentence) { problems_.push_back(std::move(sentence)); }

  void read_line(const std::string& path, std::string_view line, int number, AllSaid& all) {
    line = text::trim(line);
    if (line.empty() || line.front() == '#') return;
    const std::string place = path + ":" + std::to_string(number);
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return problem(said("configuration.not_a_line", {param("place", place)}));
    const auto name = text::trim(line.substr(0, equals));
    const Setting* setting = find_setting(name);
    if (!setting)
      return problem(said("configuration.no_setting", {param("place", place), param("name", std::string(name))}));
    const auto [old, is_new] =
        all.try_emplace(setting->name, Said{std::string(text::trim(line.substr(equals + 1))), place, number});
    if (!is_new)
      problem(said("configuration.there_already", {param("place", place), param("name", std::string(name)),
                                                   param("line", std::int64_t{old->second.line})}));
  }

  std::vector<Message>& problems_;
};

std::string file_among(const std::vector<std::pair<std::string, std::string>>& flags, const Environment& environment,
                       std::vector<Message>& problems) {
  std::string file;
  if (const auto found = environment.find(file_variable); found != environment.end()) file = found->second;
  int times = 0;
  for (const auto& [name, value] : flags) {
    if (name != "config") continue;
    file = value;
    if (++times == 2) problems.push_back(said("configuration.twice", {param("flag", "--config")}));
  }
  return file;
}

}  // namespace

Environment environment_of(const char* const* variables) {
  Environment environment;
  for (; *variables; ++variables) {
    const std::string_view variable = *variables;
    const auto equals = variable.find('=');
    if (equals == std::string_view::npos) continue;
    std::string name(variable.substr(0, equals));
    if (variable.substr(0, prefix.size()) != prefix && !is_locale_variable(name)) continue;
    environment.emplace(std::move(name), variable.substr(equals + 1));
  }
  return environment;
}

Configuration configure(const std::vector<std::pair<std::string, std::string>>& flags, const Environment& environment) {
  Configuration made;
  Reading reading(made.problems);
  std::vector<AllSaid> sources;  // the first that says something is believed
  sources.push_back(reading.flags(flags));
  sources.push_back(reading.environment(environment, made.not_settings));
  if (const auto file = file_among(flags, environment, made.problems); !file.empty())
    sources.push_back(reading.file(file));

  for (const auto& setting : all_settings()) {
    Effective effective{setting.name, std::string(setting.fallback), {}, !setting.fallback.empty()};
    bool found = false;
    for (const auto& source : sources) {
      const auto stated = source.find(setting.name);
      if (stated == source.end()) continue;
      // Each is looked at, also when another goes before it: the day that one is gone is no day for surprises.
      Settings unused;
      if (!setting.read(stated->second.value, found ? unused : made.settings))
        made.problems.push_back(
            said("configuration.needs",
                 {param("what", stated->second.from +
                                    (stated->second.line > 0 ? ": " + std::string(setting.name) : std::string()))})
                .with("expected", message_of(setting.expected)));
      if (!found) effective = {setting.name, stated->second.value, stated->second.from, false};
      found = true;
    }
    if (!found && !setting.fallback.empty()) setting.read(setting.fallback, made.settings);
    made.effective.push_back(std::move(effective));
  }
  if (made.settings.certificate.empty() != made.settings.key.empty())
    made.problems.push_back(said("configuration.pair"));
  return made;
}

}  // namespace tw::server
