// The bytes of one TLS connection, as cpp-httplib wants to read and write them. The socket does not block; each wait
// has an end. One thread.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

struct ssl_st;

namespace tw::server {

struct TlsTimes {
  std::chrono::milliseconds read;   // for the next bytes to come
  std::chrono::milliseconds write;  // for the next bytes to be taken
};

class TlsSession {
 public:
  TlsSession(ssl_st& session, int socket, TlsTimes times);

  // Empty: the handshake is done. Otherwise why not. `stopping` ends the wait, too.
  std::string accept(std::chrono::steady_clock::time_point until, const std::function<bool()>& stopping);
  // A next request begins to arrive. False: nobody said anything for so long, or the server stops.
  bool wait_for_request(std::chrono::milliseconds longest, const std::function<bool()>& stopping) const;
  void say_goodbye();

  bool is_readable() const;  // without a wait: something has been decrypted already
  bool wait_readable() const;
  bool wait_writable() const;
  bool is_peer_alive() const;
  // As read(2) and write(2): 0 is the end, -1 a failure. No more than is there, or than one record takes.
  ssize_t read(char* to, std::size_t size);
  ssize_t write(const char* from, std::size_t size);
  bool timed_out() const { return timed_out_; }  // why the last one failed
  int socket() const { return socket_; }

 private:
  enum class Outcome { again, closed, failed };
  Outcome after(int answer);  // waits for what the same call needs before it is made again

  ssl_st& session_;
  const int socket_;
  const TlsTimes times_;
  bool timed_out_ = false;
  bool broken_ = false;       // nothing more may be sent, not even a goodbye
  std::vector<char> buffer_;  // lines are read byte by byte
  std::size_t taken_ = 0;
};

// Who is connected, or our end of it: "192.0.2.1" and the port.
struct SocketName {
  std::string address;
  int port = 0;
};
SocketName peer_of(int socket);
SocketName own_name_of(int socket);

}  // namespace tw::server
