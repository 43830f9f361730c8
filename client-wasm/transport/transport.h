// The door to the backend: bytes out, bytes back in a later frame. Two kinds exist by design: HttpTransport over the
// page's fetch, and (with the offline demo) one over a worker; the rest of the client cannot tell them apart.
//
// What must stay true: `send` never calls back; `pump` delivers, at the start of a frame. Every write carries an
// idempotency key that stays the same when it is sent again, so that nothing happens twice.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "api/endpoint.h"
#include "client/transport/problem.h"
#include "core/json.h"
#include "core/time.h"

namespace tw::transport {

using Ticket = std::uint32_t;  // never 0

struct Request {
  api::Method method = api::Method::get;
  std::string path{};  // with query
  std::string body{};  // JSON, or empty
  bool changes = false;
  std::uint32_t file = 0;                                         // platform::FileId: streamed as the body
  std::function<void(std::int64_t, std::int64_t)> on_progress{};  // bytes sent, total; of uploads
};

struct Reply {
  int status = 0;  // 0: nobody answered
  std::string body{};
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual Ticket send(Request request, std::function<void(Reply)> done) = 0;
  // Forgets a request: it is aborted where possible, and never answered.
  virtual void cancel(Ticket ticket) = 0;
  // Delivers what arrived and sends again what is due. True when anything was delivered.
  virtual bool pump(Instant now) = 0;
  // When `pump` must be called although nothing arrives; empty: never.
  virtual std::optional<Instant> next_due() const = 0;
  virtual void set_csrf(std::string token) = 0;
  virtual void set_language(std::string language) = 0;  // in which refusals are told
};

template <class T>
struct Answer {
  std::optional<T> value{};
  Problem problem{};
  explicit operator bool() const { return value.has_value(); }
  const T* operator->() const { return &*value; }
  const T& operator*() const { return *value; }
};

namespace detail {
// Puts the values of `body` (a JSON object) into the {names} of `path`; for reads and removals the rest becomes the
// query. What was used is no longer in the body.
struct Address {
  std::string path{};
  std::string body{};
};
Address address_of(const api::Endpoint& endpoint, std::string_view body);
}  // namespace detail

// Encodes, sends, and answers `done(Answer<Response>)` in a later frame.
template <class O, class F>
Ticket call(Transport& transport, const typename O::Request& request, F done) {
  detail::Address address = detail::address_of(O::endpoint, json::encode(request));
  return transport.send({.method = O::endpoint.method,
                         .path = std::move(address.path),
                         .body = std::move(address.body),
                         .changes = O::endpoint.effect == api::Effect::changes},
                        [done = std::move(done)](Reply reply) mutable {
                          Answer<typename O::Response> answer;
                          if (reply.status == 0) {
                            answer.problem = unreached();
                          } else if (reply.status >= 300) {
                            answer.problem = read_problem(reply.status, reply.body);
                          } else if (auto read = json::decode<typename O::Response>(
                                         reply.body.empty() ? std::string_view("{}") : std::string_view(reply.body))) {
                            answer.value = std::move(read).value();
                          } else {
                            answer.problem = read_problem(500, {});
                          }
                          done(std::move(answer));
                        });
}

}  // namespace tw::transport
