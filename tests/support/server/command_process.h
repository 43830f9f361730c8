// `tidewater COMMAND` as a process of its own, for what is killed in the middle. What it prints is not kept.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace tw::test {

class CommandProcess {
 public:
  explicit CommandProcess(const std::vector<std::string>& arguments);  // starts
  ~CommandProcess();                                                   // kills what still runs
  CommandProcess(const CommandProcess&) = delete;
  CommandProcess& operator=(const CommandProcess&) = delete;

  int wait();   // for its end; the exit code, or 128 and the signal's number
  void kill();  // -9, and waits

 private:
  pid_t process_ = -1;
};

}  // namespace tw::test
