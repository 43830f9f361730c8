// config check: what a server would do with this configuration, and whether it can. Changes nothing: no folder is made,
// no file is touched, an address is taken for a moment only.
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <ostream>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/commands/commands.h"
#include "server/http/certificate.h"
#include "server/words/layout.h"
#include "server/words/reasons.h"

namespace tw::server {
namespace {

constexpr auto soon = Millis{std::int64_t{14} * 24 * 60 * 60 * 1000};  // before a certificate ends

constexpr std::size_t mark_column = 8;

struct Findings {
  Streams& streams;
  bool good = true;

  void well(const Message& what) { print(said("config_check.well"), what); }
  void remark(const Message& what) { print(said("config_check.remark"), what); }
  void wrong(const Message& what) {
    print(said("config_check.wrong"), what);
    good = false;
  }

 private:
  void print(const Message& mark, const Message& what) {
    streams.out << padded(streams.words(mark), mark_column) << streams.words(what) << "\n";
  }
};

void look_at_folder(const std::string& name, const std::string& folder, Findings& findings) {
  std::error_code none;
  auto path = std::filesystem::absolute(folder).lexically_normal();
  const std::vector<Param> params = {param("name", name), param("folder", folder)};
  const bool is_there = std::filesystem::exists(path, none);
  if (is_there && !std::filesystem::is_directory(path, none))
    return findings.wrong(said("config_check.no_folder", params));
  // One that is not there is made, with the folders above it.
  while (!std::filesystem::exists(path, none) && path.has_relative_path()) path = path.parent_path();
  if (::access(path.c_str(), W_OK | X_OK) != 0) {
    const int problem = errno;
    return findings.wrong(said("config_check.cannot_be_written", {param("name", name), param("folder", path.string())})
                              .with("reason", reason_of(problem)));
  }
  findings.well(is_there ? said("config_check.can_be_written", params) : said("config_check.can_be_made", params));
}

void look_at_address(const Options& options, Findings& findings) {
  const auto where = [&options](Message message) {
    message.params = {param("host", options.host), param("port", std::int64_t{options.port})};
    return message;
  };
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found))
    return findings.wrong(
        where(said("config_check.address_wrong"))
            .with("reason", code == EAI_NONAME ? said("reason.unknown_host") : verbatim(::gai_strerror(code))));
  const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool bound = ::bind(socket, found->ai_addr, found->ai_addrlen) == 0;
  const int problem = errno;
  if (socket >= 0) ::close(socket);
  ::freeaddrinfo(found);
  if (bound) return findings.well(where(said("config_check.address_free")));
  // The server that this is about may be running.
  if (problem == EADDRINUSE) return findings.remark(where(said("config_check.address_in_use")));
  findings.wrong(where(said("config_check.address_wrong")).with("reason", reason_of(problem)));
}

void look_at_certificate(const Options& options, Clock& clock, Findings& findings) {
  if (options.certificate.empty() || options.key.empty()) return;
  const auto certificate = read_certificate({options.certificate, options.key});
  if (!certificate.context)
    return findings.wrong(said("config_check.certificate_wrong").with("problem", certificate.problem));
  const auto now = clock.now();
  const auto of = [&certificate](Message message) {
    message.params = {param("names", certificate.names), param("from", as_utc_text(certificate.valid_from)),
                      param("until", as_utc_text(certificate.valid_until))};
    return message;
  };
  if (now < certificate.valid_from) return findings.wrong(of(said("config_check.certificate_not_yet")));
  if (certificate.valid_until <= now) return findings.wrong(of(said("config_check.certificate_expired")));
  if (certificate.valid_until <= now + soon) {
    findings.remark(of(said("config_check.certificate_ends_soon")));
  } else {
    findings.well(of(said("config_check.certificate_valid")));
  }
  struct stat seen {};
  if (::stat(options.key.c_str(), &seen) == 0 && (seen.st_mode & S_IROTH) != 0)
    findings.remark(said("config_check.key_is_open", {param("key", options.key)}));
}

// Three columns: what, which, and who says so.
void print_effective(const std::vector<Effective>& settings, Streams& streams) {
  std::size_t widest_name = 0;
  std::size_t widest_value = 0;
  for (const auto& each : settings) {
    widest_name = std::max(widest_name, display_width(each.name));
    widest_value = std::max(widest_value, display_width(each.value));
  }
  for (const auto& each : settings) {
    const std::string from = each.by_default ? streams.words(said("config_check.by_default")) : each.from;
    std::string value = each.value.empty() ? "-" : each.value;
    if (!from.empty()) value = padded(std::move(value), widest_value + 2);
    streams.out << padded(std::string(each.name), widest_name + 2) << value << from << "\n";
  }
}

}  // namespace

int check_configuration(const Options& options, Streams& streams, Clock& clock) {
  print_effective(options.effective, streams);
  streams.out << "\n";
  Findings findings{streams};
  for (const auto& problem : options.problems) findings.wrong(problem);
  for (const auto& variable : options.not_settings)
    findings.wrong(said("config_check.no_setting", {param("variable", variable)}));
  if (!options.data.empty()) look_at_folder("data", options.data, findings);
  if (!options.backups.empty()) look_at_folder("backups", options.backups, findings);
  if (!options.host.empty()) look_at_address(options, findings);
  look_at_certificate(options, clock, findings);
  return findings.good ? 0 : 1;
}

}  // namespace tw::server
