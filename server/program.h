// One run of `tidewater`: parse, run, close. main.cpp gives it the real streams and signals, tests their own.
#pragma once

#include <condition_variable>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/backend.h"
#include "server/http/http_server.h"
#include "server/options.h"

namespace tw::server {

struct Streams {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  std::FILE* log;  // of `serve`; commands are quiet
  Words words;     // in the language of whoever reads; Program::parse() finds out which
};

class Program {
 public:
  Program(Streams streams, std::string version);
  ~Program();

  // Empty: go on with run(). Otherwise the exit code, everything is said.
  std::optional<int> parse(const std::vector<std::string>& arguments, const Environment& environment = {});
  // A command runs to its end. `serve` runs until close() is called from another thread, or by start() and close().
  int run();
  bool serves() const { return options_.command == Command::serve; }
  bool serves_tls() const { return !options_.certificate.empty(); }

  // `serve` in two halves, for tests and for main, which waits for a signal in between. False: it cannot; all is said.
  bool start();
  void close();
  // Reads certificate and key again, for connections that come from now on. What is broken is logged, and the old ones
  // stay. From the thread that starts and closes.
  void reload();
  int port() const;
  Backend& backend() { return *backend_; }

 private:
  int run_command();
  void say(const Message& problem);
  Certificate checked_certificate();  // logged; without a context when it cannot be used

  Streams streams_;
  const std::string version_;
  Options options_;
  SystemClock clock_;
  std::unique_ptr<StreamLog> log_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<HttpServer> http_;
  std::unique_ptr<HttpServer> control_;
};

}  // namespace tw::server
