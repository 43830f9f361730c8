// config check: what a server would do with this configuration, and whether it can. Changes nothing: no folder is made,
// no file is touched, an address is taken for a moment only.
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/commands/commands.h"
#include "server/http/certificate.h"

namespace tw::server {
namespace {

constexpr auto soon = Millis{std::int64_t{14} * 24 * 60 * 60 * 1000};  // before a certificate ends

struct Findings {
  std::ostream& out;
  bool good = true;

  void well(const std::string& what) { out << "ok      " << what << "\n"; }
  void remark(const std::string& what) { out << "note    " << what << "\n"; }
  void wrong(const std::string& what) {
    out << "WRONG   " << what << "\n";
    good = false;
  }
};

void look_at_folder(const std::string& name, const std::string& folder, Findings& findings) {
  std::error_code none;
  auto path = std::filesystem::absolute(folder).lexically_normal();
  const bool is_there = std::filesystem::exists(path, none);
  if (is_there && !std::filesystem::is_directory(path, none))
    return findings.wrong(name + ": " + folder + " is no folder.");
  // One that is not there is made, with the folders above it.
  while (!std::filesystem::exists(path, none) && path.has_relative_path()) path = path.parent_path();
  if (::access(path.c_str(), W_OK | X_OK) != 0)
    return findings.wrong(name + ": nothing can be written in " + path.string() + ": " + std::strerror(errno) + ".");
  findings.well(name + ": " + folder + (is_there ? " can be written" : " can be made"));
}

void look_at_address(const Options& options, Findings& findings) {
  const std::string where = "listen: " + options.host + ", port " + std::to_string(options.port);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (const int code = ::getaddrinfo(options.host.c_str(), std::to_string(options.port).c_str(), &hints, &found))
    return findings.wrong(where + ": " + ::gai_strerror(code) + ".");
  const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool bound = ::bind(socket, found->ai_addr, found->ai_addrlen) == 0;
  const int problem = errno;
  if (socket >= 0) ::close(socket);
  ::freeaddrinfo(found);
  if (bound) return findings.well(where + " is free");
  // The server that this is about may be running.
  if (problem == EADDRINUSE) return findings.remark(where + " is in use: by a server that runs already?");
  findings.wrong(where + ": " + std::strerror(problem) + ".");
}

void look_at_certificate(const Options& options, Clock& clock, Findings& findings) {
  if (options.certificate.empty() || options.key.empty()) return;
  const auto certificate = read_certificate({options.certificate, options.key});
  if (!certificate.context) return findings.wrong("certificate: " + certificate.problem);
  const auto now = clock.now();
  const std::string of = "certificate: for " + certificate.names;
  if (now < certificate.valid_from)
    return findings.wrong(of + ", not valid before " + as_utc_text(certificate.valid_from) + ".");
  if (certificate.valid_until <= now)
    return findings.wrong(of + ", expired " + as_utc_text(certificate.valid_until) + ".");
  const std::string valid = of + ", valid until " + as_utc_text(certificate.valid_until);
  if (certificate.valid_until <= now + soon) {
    findings.remark(valid + ", which is soon");
  } else {
    findings.well(valid);
  }
  struct stat seen {};
  if (::stat(options.key.c_str(), &seen) == 0 && (seen.st_mode & S_IROTH) != 0)
    findings.remark("key: everybody on this machine can read " + options.key + ": chmod o-r");
}

}  // namespace

int check_configuration(const Options& options, Streams& streams, Clock& clock) {
  std::size_t widest_name = 0;
  std::size_t widest_value = 0;
  for (const auto& each : options.effective) {
    widest_name = std::max(widest_name, each.name.size());
    widest_value = std::max(widest_value, each.value.size());
  }
  for (const auto& each : options.effective) {
    const std::string value = each.value.empty() ? "-" : each.value;
    streams.out << each.name << std::string(widest_name + 2 - each.name.size(), ' ') << value
                << (each.from.empty() ? "" : std::string(widest_value + 2 - value.size(), ' ') + each.from) << "\n";
  }
  streams.out << "\n";
  Findings findings{streams.out};
  for (const auto& problem : options.problems) findings.wrong(problem);
  for (const auto& variable : options.not_settings) findings.wrong(variable + ": there is no such setting.");
  if (!options.data.empty()) look_at_folder("data", options.data, findings);
  if (!options.backups.empty()) look_at_folder("backups", options.backups, findings);
  if (!options.host.empty()) look_at_address(options, findings);
  look_at_certificate(options, clock, findings);
  return findings.good ? 0 : 1;
}

}  // namespace tw::server
