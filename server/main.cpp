// tidewater: the server and its commands. Everything is in server/program.h; here are only what a process has once:
// streams, signals, the mask for new files.
#include <cstdio>
#include <iostream>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/ports/service_manager.h"
#include "server/program.h"

int main(int count, char** values) {
  ::umask(0077);               // whatever the server makes is its own user's only
  ::signal(SIGPIPE, SIG_IGN);  // a client that left is an error of its write
  tw::server::Program program({std::cin, std::cout, std::cerr, stderr, "en"}, TIDEWATER_VERSION);
  if (const auto code = program.parse({values + 1, values + count}, tw::server::environment_of(environ))) return *code;
  if (!program.serves()) return program.run();

  // Blocked before the first thread starts, so that every thread inherits it and the signal waits for us.
  sigset_t heard;
  sigemptyset(&heard);
  sigaddset(&heard, SIGTERM);
  sigaddset(&heard, SIGINT);
  // Without a certificate there is nothing to read anew, and who closes a terminal wants its server to end. A service,
  // which has no terminal, must not die of it.
  if (program.serves_tls() || !::isatty(STDIN_FILENO)) sigaddset(&heard, SIGHUP);
  ::pthread_sigmask(SIG_BLOCK, &heard, nullptr);
  if (!program.start()) return 1;
  tw::server::tell_service_manager("READY=1");
  int signal = 0;
  while (sigwait(&heard, &signal) == 0 && signal == SIGHUP) {
    tw::server::tell_service_manager("RELOADING=1");
    program.reload();
    tw::server::tell_service_manager("READY=1");
  }
  tw::server::tell_service_manager("STOPPING=1");
  sigdelset(&heard, SIGHUP);
  ::pthread_sigmask(SIG_UNBLOCK, &heard, nullptr);  // a second one does not wait
  program.close();
  return 0;
}
