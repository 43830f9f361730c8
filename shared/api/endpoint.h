// How an operation is declared. A struct per operation with three members:
//
//   struct ViewBatch {
//     static constexpr Endpoint endpoint{...};
//     struct Request  { BatchId batch; <describe> };      // path and query values are fields like any other
//     struct Response { ...; <describe> };
//   };
//
// and one line in the area's list. Routing, permission, decoding, the client's call, OpenAPI and the tests that visit
// every operation all come from that.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/describe.h"
#include "domain/access/access.h"

namespace tw::api {

enum class Method : std::uint8_t { get, post, patch, remove };
constexpr std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::patch:
      return "PATCH";
    case Method::remove:
      return "DELETE";
  }
  return {};
}

// `reads` runs on a lent reader, `changes` in the writer's queue inside one Work. A POST can read: complex queries
// carry a body.
enum class Effect : std::uint8_t { reads, changes };

// Where an operation exists. The local backend (client-wasm/worker) refuses what is server_only, says so in
// ViewCapabilities, and the client shows the controls that need it disabled, with the reason: the text
// "server_only.<name>" of the catalogues.
enum class Availability : std::uint8_t { everywhere, server_only };
inline constexpr WireName<Availability> availability_names[] = {{Availability::everywhere, "everywhere"},
                                                                {Availability::server_only, "server_only"}};
constexpr std::span<const WireName<Availability>> wire_names(Availability) { return availability_names; }

// `json` is the rule. `upload`: the request body is a file, spooled by the adapter before the operation runs; the
// request's fields come from path and query only.
enum class Body : std::uint8_t { json, upload };

struct Endpoint {
  std::string_view name;  // "batch.designate-items"
  Method method = Method::get;
  std::string_view path;  // "/api/v1/batches/{batch}/designate"; every {name} is a field of the request
  domain::access::Permission permission = domain::access::Permission::signed_in;
  Effect effect = Effect::reads;
  Availability availability = Availability::everywhere;
  Body body = Body::json;
};

template <class... Os>
struct Operations {
  static constexpr std::size_t count = sizeof...(Os);
  // Calls `visit.template operator()<O>()` for each operation in order.
  template <class F>
  static void each(F&& visit) {
    (visit.template operator()<Os>(), ...);
  }
};

}  // namespace tw::api
