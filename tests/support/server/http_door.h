// Calls over HTTP to whatever listens on a port of this machine. Each call has its own connection, from any thread; or
// one connection is kept for all of them, as browsers do, from one thread at a time.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "support/api_door.h"

namespace tw::test {

class NoReply : public std::runtime_error {  // the server is gone, or went while it answered
 public:
  using std::runtime_error::runtime_error;
};

class HttpDoor : public ApiDoor {
 public:
  enum class Connection { of_each_call, kept };
  explicit HttpDoor(int port, Connection connection = Connection::of_each_call);
  ~HttpDoor() override;
  services::Reply send(const services::Call& call) override;  // an upload's bytes are in call.body; throws NoReply

 private:
  struct Kept;
  int port_;
  std::shared_ptr<Kept> kept_;  // none: each call has its own; copies share it
};

std::string session_cookie_of(const services::Reply& reply);  // its value; empty when none was set

}  // namespace tw::test
