// A request as the dispatcher's Call: what is read out of path, query and headers, and whose word is taken for who the
// client is. The body is not looked at.
#pragma once

#include <string>

#include "server/http/forwarded.h"
#include "services/dispatcher.h"

namespace httplib {
struct Request;
}

namespace tw::server {

// Without the query, as it was sent.
std::string path_of(const httplib::Request& request);

bool changes_something(const std::string& method);

struct CallRules {
  bool local_operator = false;  // the socket of the command line
  bool tls = false;             // the connection is encrypted
  const ProxyRules& proxies;
};
// Who asks, through which name; "local" for the command line.
Origin origin_of(const httplib::Request& request, const CallRules& rules);
services::Call call_of(const httplib::Request& request, const std::string& request_id, const CallRules& rules,
                       const Origin& origin);

}  // namespace tw::server
