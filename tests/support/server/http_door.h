// Calls over HTTP to whatever listens on a port of this machine. Each call has its own connection; any thread.
#pragma once

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
  explicit HttpDoor(int port) : port_(port) {}
  services::Reply send(const services::Call& call) override;  // an upload's bytes are in call.body; throws NoReply

 private:
  int port_;
};

std::string session_cookie_of(const services::Reply& reply);  // its value; empty when none was set

}  // namespace tw::test
