// What an API scenario knocks at: the dispatcher itself (TestWorld) or a running server (support/server). Scenarios
// written against it prove the same for both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/wire.h"
#include "core/ids.h"
#include "core/json.h"
#include "services/dispatcher.h"

namespace tw::test {

// Who calls. Default: nobody.
struct Caller {
  PersonId person;
  std::string cookie;  // value of the session cookie
  std::string csrf;
};

// The parts of a problem document that tests look at.
struct Problem {
  struct Field {
    std::string path;
    std::string key;
    std::string message;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("path", s.path);
      v("key", s.key);
      v("message", s.message);
    }
  };
  std::int64_t status = 0;
  std::string code;
  std::string key;
  std::string detail;
  std::vector<Field> fields;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("status", s.status);
    v("code", s.code);
    v("key", s.key);
    v("detail", s.detail);
    v("fields", s.fields);
  }
  bool names(std::string_view path) const {  // a wrong field
    for (const Field& field : fields)
      if (field.path == path) return true;
    return false;
  }
};

// A reply, decoded. Reading `value` of a refusal fails the test loudly.
template <class Response>
struct Answer {
  services::Reply reply;
  std::optional<Response> body;
  Problem problem;

  bool ok() const { return body.has_value(); }
  explicit operator bool() const { return ok(); }
  int status() const { return reply.status; }
  const Response& value() const { return body.value(); }
  const Response* operator->() const { return &body.value(); }
  const Response& operator*() const { return body.value(); }
};

class ApiDoor {
 public:
  virtual ~ApiDoor() = default;
  virtual services::Reply send(const services::Call& call) = 0;
};

// A call without body and query, as `who`.
inline services::Call call_as(const Caller& who, std::string_view method, std::string path, std::string body = {}) {
  services::Call call;
  call.method = method;
  call.path = std::move(path);
  call.body = std::move(body);
  call.session_cookie = who.cookie;
  call.csrf = who.csrf;
  call.language = "en";
  call.peer = "192.0.2.1";
  call.request_id = "test-request";
  return call;
}

template <class O>
services::Call call_of(const Caller& who, const typename O::Request& request) {
  auto wire = api::to_wire<O>(request);
  services::Call call = call_as(who, wire.method, std::move(wire.path), std::move(wire.body));
  call.query = std::move(wire.query);
  return call;
}

template <class Response>
Answer<Response> decoded(services::Reply reply) {
  Answer<Response> answer;
  answer.reply = std::move(reply);
  if (answer.reply.status < 300) {
    auto body = json::decode<Response>(answer.reply.body);
    if (body) answer.body = std::move(body).value();
  } else if (auto problem = json::decode<Problem>(answer.reply.body)) {
    answer.problem = std::move(problem).value();
  }
  return answer;
}

// The whole way: typed request -> bytes -> door -> bytes -> typed answer.
template <class O>
Answer<typename O::Response> call(ApiDoor& door, const Caller& who, const typename O::Request& request) {
  return decoded<typename O::Response>(door.send(call_of<O>(who, request)));
}

}  // namespace tw::test
