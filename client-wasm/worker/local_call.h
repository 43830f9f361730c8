// A request as it comes in a message, put to the dispatcher as the HTTP server puts its own (server/http/call.h), and
// the answer with the headers that the server would send.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/env.h"
#include "services/dispatcher.h"

namespace tw::worker {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct LocalRequest {
  std::string method;  // "GET"
  std::string path;    // with its query, percent-encoded
  Headers headers;     // names in any case
  std::string body;
};

struct LocalReply {
  int status = 200;
  Headers headers;  // names in small letters
  std::string body;
  const std::string& header(std::string_view name) const;  // empty: there is none
};

inline constexpr std::int64_t largest_body = 8 * 1024 * 1024;  // as the server's; of what is not an upload

// Everything but the body.
services::Call call_of(const LocalRequest& request, Random& random);
// What a Reply becomes; its file, if it has one, is read whole.
LocalReply reply_of(services::Reply reply, const services::Call& call, Spool& spool);

}  // namespace tw::worker
