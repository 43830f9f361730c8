#include "server/http/tls_server.h"

#include <cctype>
#include <string_view>

#include <fcntl.h>
#include <httplib.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/http/tls_session.h"

namespace tw::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr unsigned char handshake_record = 22;  // the first byte of every TLS client

constexpr std::string_view not_tls =
    "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 46\r\n"
    "Connection: close\r\n\r\nThis address speaks HTTPS. Use https:// here.\n";

// Somebody who speaks plain HTTP hears it in plain HTTP. What they sent is read away, as far as it is there, because a
// socket that is closed over unread bytes takes the answer back.
void answer_plainly(int socket) {
  if (::send(socket, not_tls.data(), not_tls.size(), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) return;
  ::shutdown(socket, SHUT_WR);
  char unread[4096];
  for (int i = 0; i < 64; ++i) {
    pollfd waiting{socket, POLLIN, 0};
    if (::poll(&waiting, 1, 500) <= 0 || ::recv(socket, unread, sizeof unread, MSG_DONTWAIT) <= 0) return;
  }
}

// What httplib reads and writes.
class TlsStream final : public httplib::Stream {
 public:
  explicit TlsStream(TlsSession& session) : session_(session) {}

  bool is_readable() const override { return session_.is_readable(); }
  bool wait_readable() const override { return session_.wait_readable(); }
  bool wait_writable() const override { return session_.wait_writable(); }
  bool is_peer_alive() const override { return session_.is_peer_alive(); }
  ssize_t read(char* to, size_t size) override { return noted(session_.read(to, size)); }
  ssize_t write(const char* from, size_t size) override { return noted(session_.write(from, size)); }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    const auto name = peer_of(session_.socket());
    ip = name.address;
    port = name.port;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    const auto name = own_name_of(session_.socket());
    ip = name.address;
    port = name.port;
  }
  socket_t socket() const override { return session_.socket(); }
  time_t duration() const override { return 0; }  // of requests that we send

 private:
  ssize_t noted(ssize_t count) {
    if (count <= 0) error_ = session_.timed_out() ? httplib::Error::Timeout : httplib::Error::ConnectionClosed;
    return count;
  }

  TlsSession& session_;
};

class TlsServer final : public httplib::Server {
 public:
  TlsServer(const CurrentCertificate& certificate, milliseconds longest_handshake, NoTls failed)
      : certificate_(certificate), longest_handshake_(longest_handshake), failed_(std::move(failed)) {}

 private:
  bool process_and_close_socket(socket_t socket) override {
    const bool good = serve(socket, peer_of(socket));
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return good;
  }
  bool is_stopping() const { return svr_sock_ == INVALID_SOCKET; }
  bool speaks_tls(int socket, const SocketName& peer) const;
  bool serve(int socket, const SocketName& peer);

  const CurrentCertificate& certificate_;
  const milliseconds longest_handshake_;
  const NoTls failed_;
};

// Waits for the first byte. A browser opens connections before it needs them: one that says nothing waits as long as an
// idle one does.
bool TlsServer::speaks_tls(int socket, const SocketName& peer) const {
  const auto until = std::chrono::steady_clock::now() + seconds(keep_alive_timeout_sec_);
  for (;;) {
    pollfd waiting{socket, POLLIN, 0};
    if (::poll(&waiting, 1, 100) > 0) break;
    if (is_stopping() || std::chrono::steady_clock::now() >= until) return false;
  }
  unsigned char first = 0;
  if (::recv(socket, &first, 1, MSG_PEEK | MSG_DONTWAIT) != 1) return false;
  if (first == handshake_record) return true;
  if (std::isupper(first)) answer_plainly(socket);
  failed_(peer.address, "not TLS");
  return false;
}

bool TlsServer::serve(int socket, const SocketName& peer) {
  if (!speaks_tls(socket, peer)) return false;
  const auto context = certificate_.context();
  ERR_clear_error();
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
  if (!ssl || SSL_set_fd(ssl.get(), socket) != 1 || ::fcntl(socket, F_SETFL, O_NONBLOCK) != 0) {
    failed_(peer.address, "no session could be made");
    return false;
  }
  const auto whole = [](time_t whole_seconds, time_t microseconds) {
    return seconds(whole_seconds) + milliseconds(microseconds / 1000);
  };
  const auto stopping = [this] { return is_stopping(); };
  TlsSession session(*ssl, socket,
                     {whole(read_timeout_sec_, read_timeout_usec_), whole(write_timeout_sec_, write_timeout_usec_)});
  if (const auto why = session.accept(std::chrono::steady_clock::now() + longest_handshake_, stopping); !why.empty()) {
    failed_(peer.address, why);
    return false;
  }
  const auto own = own_name_of(socket);
  TlsStream stream(session);
  bool good = true;
  for (auto left = keep_alive_max_count_;
       good && left > 0 && session.wait_for_request(seconds(keep_alive_timeout_sec_), stopping); --left) {
    bool closed = false;
    good =
        process_request(stream, peer.address, peer.port, own.address, own.port, left == 1, closed, nullptr) && !closed;
  }
  session.say_goodbye();
  return good;
}

}  // namespace

std::unique_ptr<httplib::Server> tls_server(const CurrentCertificate& certificate, milliseconds longest_handshake,
                                            NoTls failed) {
  return std::make_unique<TlsServer>(certificate, longest_handshake, std::move(failed));
}

}  // namespace tw::server
