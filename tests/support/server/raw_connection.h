// A connection without a client library: for requests that none would send.
#pragma once

#include <string>

namespace tw::test {

class RawConnection {
 public:
  RawConnection(int port, const std::string& first);
  ~RawConnection();
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(const std::string& bytes);  // as much as the other side still takes
  void end();                           // nothing more comes from here
  std::string receive();                // until the other side closes

 private:
  int socket_;
};

}  // namespace tw::test
