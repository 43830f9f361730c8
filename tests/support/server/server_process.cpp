#include "support/server/server_process.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tw::test {

ServerProcess::ServerProcess(std::filesystem::path folder, std::vector<std::string> more)
    : folder_(std::move(folder)), more_(std::move(more)) {}

ServerProcess::~ServerProcess() {
  kill();
  if (output_ >= 0) ::close(output_);
}

bool ServerProcess::available() { return ::getenv("TIDEWATER_BINARY") != nullptr; }

void ServerProcess::start() {
  const std::string program = ::getenv("TIDEWATER_BINARY");
  const std::string folder = folder_.string();
  const std::string log = folder + ".log";
  std::vector<std::string> arguments = {program,    "serve",       "--data",     folder,
                                        "--listen", "127.0.0.1:0", "--language", "en"};
  arguments.insert(arguments.end(), more_.begin(), more_.end());
  std::vector<char*> words;
  for (auto& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  if (output_ >= 0) ::close(output_);
  output_ = ends[0];
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("fork");
  if (process_ == 0) {
    // Between fork and exec only what is safe there.
    const int to_log = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(ends[1], STDOUT_FILENO);
    ::dup2(to_log, STDERR_FILENO);
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);  // as a service is started: no terminal
    ::execv(program.c_str(), words.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  token_.clear();
  const std::string first = read_line(output_);
  const auto colon = first.rfind(':');
  if (colon == std::string::npos) throw std::runtime_error("the server does not start: " + this->log());
  port_ = std::stoi(first.substr(colon + 1));
  // The set-up address, when there is one, was written together with the first line.
  ::fcntl(output_, F_SETFL, O_NONBLOCK);
  for (std::string line = read_line(output_); !line.empty(); line = read_line(output_))
    if (const auto at = line.find("/setup#"); at != std::string::npos) token_ = line.substr(at + 7);
}

void ServerProcess::send(int signal) const { ::kill(process_, signal); }

int ServerProcess::wait() {
  if (process_ < 0) return 0;
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ServerProcess::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  wait();
}

std::int64_t ServerProcess::resident_bytes() const {
  std::ifstream in("/proc/" + std::to_string(process_) + "/statm");
  std::int64_t whole = 0;
  std::int64_t resident = 0;
  in >> whole >> resident;
  return resident * ::sysconf(_SC_PAGESIZE);
}

std::string ServerProcess::log() const {
  std::ifstream in(folder_.string() + ".log");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string ServerProcess::read_line(int from) {
  std::string line;
  char c = 0;
  while (::read(from, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace tw::test
