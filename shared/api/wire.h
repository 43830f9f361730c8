// A typed request as it travels: method, path with its parameters filled in, query, body. The opposite of what the
// dispatcher does; clients and tests share it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/endpoint.h"
#include "core/json.h"

namespace tw::api {

struct WireRequest {
  std::string_view method;
  std::string path;                                        // percent-encoded, without query
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string body;                                        // JSON, empty for GET, DELETE and uploads
  std::string target() const;                              // path and query, encoded
};

std::string percent_encoded(std::string_view text);
// `request` is the whole request as JSON. Fields of GET, DELETE and uploads travel in the query and must be scalars.
WireRequest to_wire(const Endpoint& endpoint, std::string request);

template <class O>
WireRequest to_wire(const typename O::Request& request) {
  return to_wire(O::endpoint, json::encode(request));
}

}  // namespace tw::api
