#include "support/server/raw_connection.h"

#include <stdexcept>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tw::test {

RawConnection::RawConnection(int port, const std::string& first)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("nobody listens");
  send(first);
}

RawConnection::~RawConnection() { ::close(socket_); }

void RawConnection::send(const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto part = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) return;
    sent += static_cast<std::size_t>(part);
  }
}

void RawConnection::end() { ::shutdown(socket_, SHUT_WR); }

std::string RawConnection::receive() {
  std::string all;
  char part[4096];
  for (ssize_t got = 0; (got = ::recv(socket_, part, sizeof(part), 0)) > 0;)
    all.append(part, static_cast<std::size_t>(got));
  return all;
}

}  // namespace tw::test
