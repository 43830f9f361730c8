// A client for measuring: one connection, kept, and next to no work of its own. Where client and server share two
// processors, what a client library spends would be taken for the server's.
#pragma once

#include <string>
#include <string_view>

#include "services/dispatcher.h"

namespace tw::test {

class LoadClient {
 public:
  explicit LoadClient(int port);
  ~LoadClient();
  LoadClient(const LoadClient&) = delete;
  LoadClient& operator=(const LoadClient&) = delete;

  struct Reply {
    int status = 0;
    std::string_view body;  // until the next call
  };
  // One thread at a time. Throws NoReply (http_door.h) when the connection breaks, or the reply has no length. A server
  // that closes its connection after so many requests, and says so, is connected to again.
  Reply send(const services::Call& call);

 private:
  void connect();
  void close();
  void write(std::string_view bytes);
  std::size_t read_more();  // bytes that came

  const int port_;
  int socket_ = -1;
  std::string request_;
  std::string received_;
};

}  // namespace tw::test
