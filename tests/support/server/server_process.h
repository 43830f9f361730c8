// The real program as a process of its own, for what needs one: signals and kills. The program is the one that
// TIDEWATER_BINARY names (tools/cmake/Tests.cmake sets it).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace tw::test {

class ServerProcess {
 public:
  // `more`: options of `tidewater serve`.
  explicit ServerProcess(std::filesystem::path folder, std::vector<std::string> more = {});
  ~ServerProcess();  // kills what still runs
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  static bool available();  // is there a program to start?

  void start();  // returns when it listens; throws when it does not
  void send(int signal) const;
  int wait();   // for its end; the exit code, or 128 and the signal's number
  void kill();  // -9, and waits

  std::int64_t resident_bytes() const;  // of the running process

  int port() const { return port_; }
  const std::string& set_up_token() const { return token_; }
  std::string log() const;  // of all starts

 private:
  std::string read_line(int from);

  const std::filesystem::path folder_;
  const std::vector<std::string> more_;
  pid_t process_ = -1;
  int output_ = -1;
  int port_ = 0;
  std::string token_;
};

}  // namespace tw::test
