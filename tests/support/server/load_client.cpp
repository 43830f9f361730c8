#include "support/server/load_client.h"

#include <charconv>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/wire.h"
#include "services/sessions.h"
#include "support/server/http_door.h"

namespace tw::test {
namespace {

void put_header(std::string& request, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  request.append(name).append(": ").append(value).append("\r\n");
}

void put_together(std::string& request, const services::Call& call) {
  api::WireRequest wire;
  wire.path = call.path;
  wire.query = call.query;
  request.assign(call.method).append(" ").append(wire.target()).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  put_header(request, "X-CSRF-Token", call.csrf);
  put_header(request, "Idempotency-Key", call.idempotency_key);
  put_header(request, "Accept-Language", call.language);
  put_header(request, "X-Request-Id", call.request_id);
  if (!call.session_cookie.empty())
    put_header(request, "Cookie", std::string(services::session_cookie_name) + "=" + call.session_cookie);
  if (!call.body.empty()) {
    put_header(request, "Content-Type", "application/json");
    put_header(request, "Content-Length", std::to_string(call.body.size()));
  }
  request.append("\r\n").append(call.body);
}

// The value of a header as this server writes it; empty: there is none.
std::string_view header_of(std::string_view head, std::string_view line_begin) {
  const auto at = head.find(line_begin);
  if (at == std::string_view::npos) return {};
  head.remove_prefix(at + line_begin.size());
  return head.substr(0, head.find("\r\n"));
}

int number_of(std::string_view text) {
  int number = -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

LoadClient::LoadClient(int port) : port_(port) { connect(); }
LoadClient::~LoadClient() { close(); }

LoadClient::Reply LoadClient::send(const services::Call& call) {
  if (socket_ < 0) connect();
  put_together(request_, call);
  write(request_);
  received_.clear();
  std::size_t end = std::string::npos;
  for (std::size_t from = 0; end == std::string::npos; from = received_.size() < 3 ? 0 : received_.size() - 3) {
    if (read_more() == 0) throw NoReply("the connection was closed");
    end = received_.find("\r\n\r\n", from);
  }
  const std::string head = received_.substr(0, end + 2);
  const int length = number_of(header_of(head, "\r\nContent-Length: "));
  if (head.size() < 12 || length < 0) throw NoReply("a reply without a length");
  const std::size_t whole = end + 4 + static_cast<std::size_t>(length);
  while (received_.size() < whole)
    if (read_more() == 0) throw NoReply("the connection was closed in the middle of a reply");
  if (header_of(head, "\r\nConnection: ") == "close") close();
  return {number_of(std::string_view(head).substr(9, 3)), std::string_view(received_).substr(end + 4)};
}

void LoadClient::connect() {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int at_once = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof(at_once));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw NoReply("nobody listens");
}

void LoadClient::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void LoadClient::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto part = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (part <= 0) throw NoReply("the connection was closed");
    bytes.remove_prefix(static_cast<std::size_t>(part));
  }
}

std::size_t LoadClient::read_more() {
  char part[16 * 1024];
  const auto came = ::recv(socket_, part, sizeof(part), 0);
  if (came <= 0) return 0;
  received_.append(part, static_cast<std::size_t>(came));
  return static_cast<std::size_t>(came);
}

}  // namespace tw::test
