#include "server/configuration/settings.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"

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

constexpr Setting table[] = {
    {"data", "DIR", "", "a folder", "the data folder", read_text<&Settings::data>, false},
    {"listen", "ADDR:PORT", "127.0.0.1:8420", "ADDR:PORT",
     "where to listen; port 0 takes a free one; [::]:8420 serves every address", read_listen, false},
    {"certificate", "FILE", "", "a file", "serve HTTPS with this certificate and its chain (PEM); SIGHUP reads it anew",
     read_text<&Settings::certificate>, false},
    {"key", "FILE", "", "a file", "the certificate's private key (PEM, without a password)", read_text<&Settings::key>,
     false},
    {"proxy", "ADDR", "", "addresses or ranges such as 10.0.0.0/8, separated by commas",
     "believe what proxies at this address or range (10.0.0.0/8, 2001:db8::/32) say about who asks; as a flag, repeat "
     "for more, elsewhere separate by commas",
     read_proxy, true},
    {"proxy-header", "KIND", "x-forwarded", "x-forwarded or forwarded",
     "where they say it: x-forwarded (X-Forwarded-For, -Proto and -Host) or forwarded (RFC 7239)", read_proxy_header,
     false},
    {"log", "FORMAT", "text", "text or json", "how the log on standard error is written, text or json", read_log,
     false},
    {"verbose", "", "no", "yes or no", "also log what watchers ask", read_verbose, false},
    {"backup-every", "HOURS", "24", "hours, 0 to 744", "make a backup of the database so often; 0 never",
     read_count<&Settings::backup_hours, 24 * 31>, false},
    {"keep-daily", "N", "7", "a number, 0 to 366", "keep the newest backup of each of the last N days",
     read_count<&Settings::keep_daily, 366>, false},
    {"keep-weekly", "N", "4", "a number, 0 to 520", "and of each of the last N weeks",
     read_count<&Settings::keep_weekly, 520>, false},
    {"backups", "DIR", "", "a folder",
     "where backups go; another disk is better, and several servers may share it; without it DATA/backups",
     read_text<&Settings::backups>, false},
};

constexpr std::size_t column = 24;  // where the helps begin
constexpr std::size_t widest = 120;

void add_wrapped(std::string& out, std::string_view words) {
  std::size_t at = column;
  bool first = true;
  for (const auto word : text::split(words, ' ')) {
    if (!first && at + 1 + word.size() > widest) {
      out += "\n" + std::string(column, ' ');
      at = column;
    } else if (!first) {
      out += ' ';
      ++at;
    }
    out += word;
    at += word.size();
    first = false;
  }
  out += '\n';
}

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

std::string help_on_settings(std::string_view names) {
  const auto wanted = text::split(names, ' ');
  std::string out;
  for (const auto& setting : table) {
    if (names != "*" && std::find(wanted.begin(), wanted.end(), setting.name) == wanted.end()) continue;
    std::string left = "  " + setting.flag();
    if (!setting.value.empty()) left += " " + std::string(setting.value);
    left.resize(std::max(column, left.size() + 2), ' ');
    std::string words(setting.help);
    if (!setting.fallback.empty() && !setting.value.empty()) words += "; default " + std::string(setting.fallback);
    out += left;
    add_wrapped(out, words);
  }
  return out;
}

}  // namespace tw::server
