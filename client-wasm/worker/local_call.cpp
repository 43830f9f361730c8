#include "worker/local_call.h"

#include <array>

#include "api/headers.h"
#include "core/text.h"
#include "services/sessions.h"
#include "worker/ports.h"

namespace tw::worker {
namespace {

std::string header_of(const LocalRequest& request, std::string_view small_name) {
  for (const auto& entry : request.headers)
    if (text::lower(entry.first) == small_name) return entry.second;
  return {};
}

}  // namespace

const std::string& LocalReply::header(std::string_view name) const {
  static const std::string none;
  for (const auto& entry : headers)
    if (entry.first == name) return entry.second;
  return none;
}

services::Call call_of(const LocalRequest& request, Random& random) {
  services::Call call;
  call.method = request.method == "HEAD" ? "GET" : request.method;
  const auto question = request.path.find('?');
  call.path = request.path.substr(0, question);
  if (question != std::string::npos) call.query = api::query_pairs(std::string_view(request.path).substr(question + 1));
  call.session_cookie = api::cookie_value(header_of(request, "cookie"), services::session_cookie_name);
  call.csrf = header_of(request, "x-csrf-token");
  call.idempotency_key = header_of(request, "idempotency-key");
  call.language = header_of(request, "accept-language");
  call.peer = "local";
  call.request_id = header_of(request, "x-request-id");
  if (!api::is_request_id(call.request_id)) {
    std::array<unsigned char, 8> drawn{};
    random.fill(drawn);
    call.request_id = hexadecimal(drawn);
  }
  return call;
}

LocalReply reply_of(services::Reply reply, const services::Call& call, Spool& spool) {
  LocalReply out;
  out.status = reply.status;
  out.headers = {{"x-request-id", call.request_id}, {"cache-control", "no-store"}};
  if (!reply.set_cookie.empty()) out.headers.emplace_back("set-cookie", reply.set_cookie);
  if (reply.retry_after > 0) out.headers.emplace_back("retry-after", std::to_string(reply.retry_after));
  if (!reply.allow.empty()) out.headers.emplace_back("allow", reply.allow);
  if (!reply.file) {
    out.headers.emplace_back("content-type", std::move(reply.content_type));
    out.body = std::move(reply.body);
    return out;
  }
  const auto size = spool.size(*reply.file);
  if (!size) {
    out.status = 410;  // swept between the reply and now
    return out;
  }
  out.headers.emplace_back("content-type", std::move(reply.content_type));
  out.headers.emplace_back("content-disposition", api::content_disposition(reply.file_name));
  out.body = spool.read(*reply.file, 0, *size);
  return out;
}

}  // namespace tw::worker
