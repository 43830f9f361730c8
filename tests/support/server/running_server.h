// A real server in this process: its own data folder, any free port, HTTP all the way. As an ApiDoor it runs the same
// scenarios as the dispatcher's tests.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "server/program.h"
#include "support/api_door.h"

namespace tw::test {

// A folder that is empty at first and gone at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct CommandResult {
  int code = 0;
  std::string out;
  std::string err;
};
// Runs `tidewater ARGUMENTS` in this process; `serve` must not be among them.
CommandResult run_command(const std::vector<std::string>& arguments, const std::string& input = {});

class RunningServer : public ApiDoor {
 public:
  // `more`: options of `tidewater serve`.
  explicit RunningServer(std::vector<std::string> more = {}) : more_(std::move(more)) { start(); }
  ~RunningServer() override;

  services::Reply send(const services::Call& call) override;  // an upload's bytes are in call.body

  void start();
  void stop();
  int port() const { return program_->port(); }
  const std::filesystem::path& folder() const { return folder_.path(); }
  std::string printed() const { return out_.str(); }
  std::string set_up_token() const;  // of the address that the last start printed
  std::string log() const;           // what the server logged so far
  server::Backend& backend() { return program_->backend(); }
  void reload() { program_->reload(); }

  // Makes the first administrator, signed in.
  Caller administrator();
  // Makes a person with a password, signed in.
  Caller person(const Caller& administrator, const std::string& name, domain::access::Role role);
  CommandResult command(std::vector<std::string> arguments, const std::string& input = {}) const;

 private:
  const std::vector<std::string> more_;
  TempFolder folder_;
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
  std::FILE* log_ = nullptr;
  std::unique_ptr<server::Program> program_;
};

}  // namespace tw::test
