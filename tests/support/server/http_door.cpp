#include "support/server/http_door.h"

#include <optional>

#include <httplib.h>

#include "server/http/request_rules.h"
#include "services/sessions.h"

namespace tw::test {

namespace {

void set_up(httplib::Client& client) {
  client.set_path_encode(false);
  client.set_read_timeout(60);
}

}  // namespace

struct HttpDoor::Kept {
  explicit Kept(int port) : client("127.0.0.1", port) {
    set_up(client);
    client.set_keep_alive(true);
    client.set_tcp_nodelay(true);
  }
  httplib::Client client;
};

HttpDoor::HttpDoor(int port, Connection connection)
    : port_(port), kept_(connection == Connection::kept ? std::make_shared<Kept>(port) : nullptr) {}
HttpDoor::~HttpDoor() = default;

services::Reply HttpDoor::send(const services::Call& call) {
  std::optional<httplib::Client> own;
  if (!kept_) set_up(own.emplace("127.0.0.1", port_));
  httplib::Client& client = kept_ ? kept_->client : *own;
  httplib::Request request;
  request.method = call.method;
  api::WireRequest wire;
  wire.path = call.path;
  wire.query = call.query;
  request.path = wire.target();
  request.body = call.body;
  const auto header = [&request](const char* name, const std::string& value) {
    if (!value.empty()) request.set_header(name, value);
  };
  if (!call.body.empty()) header("Content-Type", "application/json");
  if (!call.session_cookie.empty())
    header("Cookie", std::string(services::session_cookie_name) + "=" + call.session_cookie);
  header("X-CSRF-Token", call.csrf);
  header("Idempotency-Key", call.idempotency_key);
  header("Accept-Language", call.language);
  header("X-Request-Id", call.request_id);
  const auto result = client.send(request);
  if (!result) throw NoReply("no reply: " + httplib::to_string(result.error()));
  services::Reply reply;
  reply.status = result->status;
  reply.content_type = result->get_header_value("Content-Type");
  reply.body = result->body;
  reply.set_cookie = result->get_header_value("Set-Cookie");
  reply.allow = result->get_header_value("Allow");
  reply.retry_after = static_cast<std::int64_t>(result->get_header_value_u64("Retry-After"));
  return reply;
}

std::string session_cookie_of(const services::Reply& reply) {
  return server::cookie_value(reply.set_cookie, services::session_cookie_name);
}

}  // namespace tw::test
