#include "support/server/command_process.h"

#include <stdexcept>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tw::test {

CommandProcess::CommandProcess(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{::getenv("TIDEWATER_BINARY")};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> values;
  for (std::string& word : words) values.push_back(word.data());
  values.push_back(nullptr);
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("fork");
  if (process_ == 0) {
    // Between fork and exec only what is safe there.
    const int nowhere = ::open("/dev/null", O_RDWR);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(values[0], values.data());
    ::_exit(127);
  }
}

CommandProcess::~CommandProcess() { kill(); }

int CommandProcess::wait() {
  if (process_ < 0) return 0;
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void CommandProcess::kill() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  wait();
}

}  // namespace tw::test
