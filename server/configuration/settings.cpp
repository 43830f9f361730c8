#include "server/configuration/settings.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"
#include "server/words/language.h"
#include "server/words/layout.h"

namespace tw::server {
namespace {

template <std::string Settings::*member>
bool read_text(std::string_view value, Settings& settings) {
  settings.*member = value;
  return !value.empty();
}

template <int Settings::*member, int most>
bool read_count(std::string_view value, Settings& settings) {
  const auto number = text::to_integer(value);
  if (!number || *number < 0 || *number > most) return false;
  settings.*member = static_cast<int>(*number);
  return true;
}

bool read_verbose(std::string_view value, Settings& settings) {
  settings.verbose = value == "yes";
  return value == "yes" || value == "no";
}

// "127.0.0.1:8420", "[::1]:8420", ":8420"
bool read_listen(std::string_view value, Settings& settings) {
  const auto colon = value.rfind(':');
  if (colon == std::string_view::npos) return false;
  const auto port = text::to_integer(value.substr(colon + 1));
  if (!port || *port < 0 || *port > 65535) return false;
  auto host = value.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  settings.host = host.empty() ? "0.0.0.0" : host;
  settings.port = static_cast<int>(*port);
  return true;
}

bool read_log(std::string_view value, Settings& settings) {
  settings.log = value == "json" ? LogFormat::json : LogFormat::text;
  return value == "json" || value == "text";
}

bool read_proxy(std::string_view value, Settings& settings) {
  auto ranges = read_ranges(value);
  if (!ranges) return false;
  settings.proxies.trusted = std::move(*ranges);
  return true;
}

bool read_proxy_header(std::string_view value, Settings& settings) {
  settings.proxies.headers = value == "forwarded" ? ProxyHeaders::forwarded : ProxyHeaders::x_forwarded;
  return value == "forwarded" || value == "x-forwarded";
}

bool read_language(std::string_view value, Settings& settings) {
  settings.language = value;
  return is_terminal_language(settings.language);
}

constexpr TextKey a_file = said_key("expected.file");
constexpr TextKey a_folder = said_key("expected.folder");

constexpr Setting table[] = {
    {"data", "DIR", "", a_folder, said_key("setting.data"), read_text<&Settings::data>, false},
    {"listen", "ADDR:PORT", "127.0.0.1:8420", said_key("expected.address"), said_key("setting.listen"), read_listen,
     false},
    {"certificate", "FILE", "", a_file, said_key("setting.certificate"), read_text<&Settings::certificate>, false},
    {"key", "FILE", "", a_file, said_key("setting.key"), read_text<&Settings::key>, false},
    {"proxy", "ADDR", "", said_key("expected.ranges"), said_key("setting.proxy"), read_proxy, true},
    {"proxy-header", "KIND", "x-forwarded", said_key("expected.proxy_header"), said_key("setting.proxy_header"),
     read_proxy_header, false},
    {"log", "FORMAT", "text", said_key("expected.log"), said_key("setting.log"), read_log, false},
    {"verbose", "", "no", said_key("expected.yes_or_no"), said_key("setting.verbose"), read_verbose, false},
    {"backup-every", "HOURS", "24", said_key("expected.hours"), said_key("setting.backup_every"),
     read_count<&Settings::backup_hours, 24 * 31>, false},
    {"keep-daily", "N", "7", said_key("expected.days_kept"), said_key("setting.keep_daily"),
     read_count<&Settings::keep_daily, 366>, false},
    {"keep-weekly", "N", "4", said_key("expected.weeks_kept"), said_key("setting.keep_weekly"),
     read_count<&Settings::keep_weekly, 520>, false},
    {"backups", "DIR", "", a_folder, said_key("setting.backups"), read_text<&Settings::backups>, false},
    {"language", "LANGUAGE", "", said_key("expected.language"), said_key("setting.language"), read_language, false},
};

constexpr std::size_t column = 24;  // where the helps begin

}  // namespace

std::string Setting::variable() const {
  std::string variable = "TIDEWATER_";
  for (const char c : name) variable += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return variable;
}

std::span<const Setting> all_settings() { return table; }

const Setting* find_setting(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(table), std::end(table), [&](const Setting& each) { return each.name == name; });
  return found == std::end(table) ? nullptr : found;
}

std::string help_line(const std::string& left, const std::string& help) {
  std::string line = padded("  " + left, column);
  if (display_width(line) > column) line += "\n" + std::string(column, ' ');
  return line + wrapped(help, column);
}

std::string help_on_settings(std::string_view names, const Words& words) {
  const auto wanted = text::split(names, ' ');
  std::string out;
  for (const auto& setting : table) {
    if (names != "*" && std::find(wanted.begin(), wanted.end(), setting.name) == wanted.end()) continue;
    std::string left = setting.flag();
    if (!setting.value.empty()) left += " " + std::string(setting.value);
    Message help = message_of(setting.help);
    if (!setting.fallback.empty() && !setting.value.empty())
      help = said("setting.with_default", {param("value", std::string(setting.fallback))}).with("help", help);
    out += help_line(left, words(help));
  }
  return out;
}

}  // namespace tw::server
