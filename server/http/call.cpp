#include "server/http/call.h"

#include <httplib.h>

#include "server/http/request_rules.h"
#include "services/sessions.h"

namespace tw::server {

std::string path_of(const httplib::Request& request) { return request.target.substr(0, request.target.find('?')); }

bool changes_something(const std::string& method) { return method != "GET" && method != "HEAD"; }

services::Call call_of(const httplib::Request& request, const std::string& request_id, const CallRules& rules) {
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
  call.peer = rules.local_operator ? "local" : request.remote_addr;
  for (const auto& proxy : rules.trusted_proxies) {
    if (rules.local_operator || proxy != request.remote_addr) continue;
    const auto client = last_forwarded(request.get_header_value("X-Forwarded-For"));
    if (!client.empty()) call.peer = client;
    call.secure = request.get_header_value("X-Forwarded-Proto") == "https";
  }
  return call;
}

}  // namespace tw::server
