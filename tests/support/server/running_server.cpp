#include "support/server/running_server.h"

#include <stdexcept>

#include <stdlib.h>

#include "api/people.h"
#include "api/session.h"
#include "support/server/http_door.h"

namespace tw::test {

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "tidewater-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder for the test");
  path_ = name;
}

TempFolder::~TempFolder() { std::filesystem::remove_all(path_); }

CommandResult run_command(const std::vector<std::string>& arguments, const std::string& input) {
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  CommandResult result;
  {
    server::Program program({in, out, err, stderr, "en"}, "1.2.3");
    const auto refused = program.parse(arguments);
    result.code = refused ? *refused : program.run();
  }
  result.out = out.str();
  result.err = err.str();
  return result;
}

RunningServer::~RunningServer() { stop(); }

void RunningServer::start() {
  stop();
  out_.str({});
  err_.str({});
  log_ = std::tmpfile();
  program_ = std::make_unique<server::Program>(server::Streams{in_, out_, err_, log_, "en"}, "1.2.3");
  std::vector<std::string> arguments = {"serve",    "--data",      folder_.path().string(),
                                        "--listen", "127.0.0.1:0", "--verbose"};
  arguments.insert(arguments.end(), more_.begin(), more_.end());
  const auto refused = program_->parse(arguments);
  if (refused || !program_->start()) throw std::runtime_error("the server does not start: " + err_.str());
}

void RunningServer::stop() {
  if (!program_) return;
  program_.reset();
  std::fclose(log_);
  log_ = nullptr;
}

std::string RunningServer::log() const {
  std::fflush(log_);
  const long end = std::ftell(log_);
  std::string text(static_cast<std::size_t>(end), '\0');
  std::rewind(log_);
  text.resize(std::fread(text.data(), 1, text.size(), log_));
  std::fseek(log_, 0, SEEK_END);
  return text;
}

std::string RunningServer::set_up_token() const {
  const auto printed = out_.str();
  const auto at = printed.find("/setup#");
  if (at == std::string::npos) return {};
  const auto begin = at + std::string_view("/setup#").size();
  return printed.substr(begin, printed.find('\n', begin) - begin);
}

services::Reply RunningServer::send(const services::Call& call) { return HttpDoor(port()).send(call); }

Caller RunningServer::administrator() {
  api::SetUp::Request request;
  request.token = set_up_token();
  request.login = "root";
  request.name = "Root";
  request.password = "correct horse";
  request.language = "en";
  const auto made = call<api::SetUp>(*this, {}, request);
  if (!made) throw std::runtime_error("no administrator: " + made.reply.body);
  return {made->person, session_cookie_of(made.reply), made->csrf};
}

Caller RunningServer::person(const Caller& administrator, const std::string& name, domain::access::Role role) {
  api::AddPerson::Request request;
  request.login = name;
  request.name = name;
  request.role = role;
  request.language = "en";
  const auto added = call<api::AddPerson>(*this, administrator, request);
  if (!added) throw std::runtime_error("no person: " + added.reply.body);
  const auto accepted = call<api::AcceptInvitation>(*this, {}, {added->invitation, "correct horse"});
  if (!accepted) throw std::runtime_error("no password: " + accepted.reply.body);
  return {accepted->person, session_cookie_of(accepted.reply), accepted->csrf};
}

CommandResult RunningServer::command(std::vector<std::string> arguments, const std::string& input) const {
  arguments.insert(arguments.end(), {"--data", folder_.path().string()});
  return run_command(arguments, input);
}

}  // namespace tw::test
