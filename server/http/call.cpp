#include "server/http/call.h"

#include <httplib.h>

#include "server/http/request_rules.h"
#include "services/sessions.h"

namespace tw::server {

std::string path_of(const httplib::Request& request) { return request.target.substr(0, request.target.find('?')); }

bool changes_something(const std::string& method) { return method != "GET" && method != "HEAD"; }

Origin origin_of(const httplib::Request& request, const CallRules& rules) {
  Origin direct{request.remote_addr, rules.tls, request.get_header_value("Host")};
  if (rules.local_operator) return {"local", false, std::move(direct.host)};
  const auto only = [&request](const char* name) {
    return request.get_header_value_count(name) == 1 ? request.get_header_value(name) : std::string();
  };
  return origin_of(std::move(direct),
                   {only("X-Forwarded-For"), only("X-Forwarded-Proto"), only("X-Forwarded-Host"), only("Forwarded")},
                   rules.proxies);
}

services::Call call_of(const httplib::Request& request, const std::string& request_id, const CallRules& rules,
                       const Origin& origin) {
  services::Call call;
  call.method = request.method == "HEAD" ? "GET" : request.method;
  call.path = path_of(request);
  for (const auto& [name, value] : request.params) call.query.emplace_back(name, value);
  call.session_cookie = cookie_value(request.get_header_value("Cookie"), services::session_cookie_name);
  call.csrf = request.get_header_value("X-CSRF-Token");
  call.idempotency_key = request.get_header_value("Idempotency-Key");
  call.language = request.get_header_value("Accept-Language");
  call.request_id = request_id;
  // A command that was signed in (by accepting an invitation for somebody) can still sign that person out.
  call.local_operator = rules.local_operator && call.session_cookie.empty();
  call.peer = origin.peer;
  call.secure = origin.secure;
  return call;
}

}  // namespace tw::server
