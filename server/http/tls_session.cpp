#include "server/http/tls_session.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

namespace tw::server {
namespace {

using std::chrono::milliseconds;
using Time = std::chrono::steady_clock;

constexpr milliseconds look = milliseconds(100);  // whether the server stops
constexpr std::size_t buffer_size = 16 * 1024;    // one TLS record

bool wait_for(int socket, short what, milliseconds longest) {
  pollfd waiting{socket, what, 0};
  int ready = 0;
  do ready = ::poll(&waiting, 1, static_cast<int>(longest.count()));
  while (ready < 0 && errno == EINTR);
  return ready > 0;
}

SocketName name_of(const sockaddr_storage& address, socklen_t length) {
  char host[NI_MAXHOST] = {};
  char service[NI_MAXSERV] = {};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), length, host, sizeof host, service, sizeof service,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return {};
  return {host, std::atoi(service)};
}

}  // namespace

SocketName peer_of(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  return ::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0 ? name_of(address, length)
                                                                                    : SocketName();
}

SocketName own_name_of(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  return ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length) == 0 ? name_of(address, length)
                                                                                    : SocketName();
}

TlsSession::TlsSession(ssl_st& session, int socket, TlsTimes times)
    : session_(session), socket_(socket), times_(times) {}

std::string TlsSession::accept(Time::time_point until, const std::function<bool()>& stopping) {
  for (;;) {
    ERR_clear_error();
    const int answer = SSL_accept(&session_);
    if (answer == 1) return {};
    const int wanted = SSL_get_error(&session_, answer);
    if (wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE) {
      broken_ = true;
      const char* reason = ERR_reason_error_string(ERR_peek_error());
      ERR_clear_error();
      return reason ? reason : "the connection was closed";
    }
    const short what = wanted == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
    for (bool ready = false; !ready;) {
      const auto left = std::chrono::duration_cast<milliseconds>(until - Time::now());
      broken_ = true;
      if (stopping()) return "the server stops";
      if (left <= milliseconds(0)) return "the handshake took too long";
      broken_ = false;
      ready = wait_for(socket_, what, std::min(left, look));
    }
  }
}

bool TlsSession::wait_for_request(milliseconds longest, const std::function<bool()>& stopping) const {
  if (is_readable()) return true;
  const auto until = Time::now() + longest;
  while (!stopping() && Time::now() < until)
    if (wait_for(socket_, POLLIN, look)) return true;
  return false;
}

void TlsSession::say_goodbye() {
  if (broken_) return;
  ERR_clear_error();
  SSL_shutdown(&session_);
}

bool TlsSession::is_readable() const { return taken_ < buffer_.size() || SSL_pending(&session_) > 0; }

bool TlsSession::wait_readable() const { return is_readable() || wait_for(socket_, POLLIN, times_.read); }

bool TlsSession::wait_writable() const { return wait_for(socket_, POLLOUT, times_.write) && is_peer_alive(); }

bool TlsSession::is_peer_alive() const {
  if (broken_) return false;
  if (is_readable() || !wait_for(socket_, POLLIN, milliseconds(0))) return true;
  char next = 0;
  ERR_clear_error();
  const int answer = SSL_peek(&session_, &next, 1);
  if (answer > 0) return true;
  const int wanted = SSL_get_error(&session_, answer);
  return wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE;
}

TlsSession::Outcome TlsSession::after(int answer) {
  timed_out_ = false;
  switch (SSL_get_error(&session_, answer)) {
    case SSL_ERROR_WANT_READ:
      timed_out_ = !wait_for(socket_, POLLIN, times_.read);
      return timed_out_ ? Outcome::failed : Outcome::again;
    case SSL_ERROR_WANT_WRITE:
      timed_out_ = !wait_for(socket_, POLLOUT, times_.write);
      return timed_out_ ? Outcome::failed : Outcome::again;
    case SSL_ERROR_ZERO_RETURN:
      return Outcome::closed;
    default:
      broken_ = true;
      return Outcome::failed;
  }
}

ssize_t TlsSession::read(char* to, std::size_t size) {
  if (taken_ == buffer_.size()) {
    buffer_.resize(buffer_size);
    taken_ = 0;
    int got = 0;
    for (;;) {
      ERR_clear_error();
      got = SSL_read(&session_, buffer_.data(), static_cast<int>(buffer_.size()));
      if (got > 0) break;
      const auto outcome = after(got);
      if (outcome == Outcome::again) continue;
      buffer_.clear();
      return outcome == Outcome::closed ? 0 : -1;
    }
    buffer_.resize(static_cast<std::size_t>(got));
  }
  const auto count = std::min(size, buffer_.size() - taken_);
  std::memcpy(to, buffer_.data() + taken_, count);
  taken_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t TlsSession::write(const char* from, std::size_t size) {
  if (broken_) return -1;
  if (size == 0) return 0;
  const int count = static_cast<int>(std::min(size, buffer_size));
  for (;;) {
    ERR_clear_error();
    const int sent = SSL_write(&session_, from, count);
    if (sent > 0) return sent;
    if (after(sent) == Outcome::again) continue;
    broken_ = true;  // half a record may be on its way
    return -1;
  }
}

}  // namespace tw::server
