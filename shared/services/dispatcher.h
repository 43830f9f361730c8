// Bytes in, bytes out: the one door to the product. The HTTP server, the command line's socket and the demo worker all
// hand a Call here and send the Reply on. Route, session, permission, decoding, idempotency, transaction and error
// mapping happen here for every operation alike; nothing of it is repeated in a use case.
//
// Thread-safe: one Dispatcher serves all request threads; state lives in the database and behind WorkRunner.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/endpoint.h"
#include "core/catalog.h"
#include "core/env.h"
#include "core/json.h"
#include "core/result.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;

struct Call {
  std::string method;                                      // "GET"
  std::string path;                                        // without query, still percent-encoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string body;
  std::optional<SpoolId> upload;  // for Body::upload operations: already spooled and finished
  std::string session_cookie;     // value of the session cookie, empty when none came
  std::string csrf;               // header X-CSRF-Token
  std::string idempotency_key;    // header Idempotency-Key
  std::string language;           // header Accept-Language; a signed-in person's own language wins
  std::string peer;               // address, for login throttling and the log
  std::string request_id;
  bool secure = false;          // came over TLS: the cookie is marked Secure
  bool local_operator = false;  // came through the 0600 socket or from the command line: acts as administrator
};

struct Reply {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::optional<SpoolId> file;  // stream this instead of the body, as `file_name`
  std::string file_name;
  std::string set_cookie;        // whole header value, empty for none
  std::int64_t retry_after = 0;  // seconds; for 429 and 503
  std::string operation;         // endpoint name, for log and metrics; empty when no route matched
};

// What an operation that needs more than one Work (sign-in hashes a password between a read and a write) gets instead.
struct Phases {
  WorkRunner& runner;
  Env& env;
  const Call& call;
  std::string* set_cookie;  // of the reply
};

// How one operation is run. Filled by register_operation / register_phased below.
struct Route {
  api::Endpoint endpoint;
  // Decodes, runs, encodes. `actor` is null for Permission::anyone without a session.
  std::function<Result<std::string>(Phases&, const Actor*, json::Value input)> run;
  bool answers_accepted = false;  // 202
  bool answers_file = false;      // the encoded reply is an api::Download
};

class Dispatcher {
 public:
  Dispatcher(WorkRunner& runner, Env& env, const Catalogs& catalogs);
  ~Dispatcher();

  Reply handle(const Call& call);
  // The adapter asks before it reads a body: may this path take an upload, and from this caller? Empty: not an upload.
  // Otherwise the refusal (permission, session) or a Reply with status 100 for "go on".
  std::optional<Reply> admit_upload(const Call& call);

  const std::vector<Route>& routes() const { return routes_; }
  void add(Route route) { routes_.push_back(std::move(route)); }

 private:
  WorkRunner& runner_;
  Env& env_;
  const Catalogs& catalogs_;
  std::vector<Route> routes_;
};

// Every operation of api::AllOperations, area by area (register_<area>.cpp).
void register_all(Dispatcher& dispatcher);
void register_session(Dispatcher& dispatcher);
void register_people(Dispatcher& dispatcher);
void register_customers(Dispatcher& dispatcher);
void register_imports(Dispatcher& dispatcher);
void register_batches(Dispatcher& dispatcher);
void register_items(Dispatcher& dispatcher);
void register_operations(Dispatcher& dispatcher);
void register_workbench(Dispatcher& dispatcher);
void register_events(Dispatcher& dispatcher);

// One Work, one use case: `Result<O::Response> run(Work&, const Actor&, const O::Request&)`.
template <class O>
void register_operation(Dispatcher& dispatcher,
                        Result<typename O::Response> (*run)(Work&, const Actor&, const typename O::Request&));

// Several phases: `Result<O::Response> run(Phases&, const Actor*, const O::Request&)`.
template <class O>
void register_phased(Dispatcher& dispatcher,
                     Result<typename O::Response> (*run)(Phases&, const Actor*, const typename O::Request&));

}  // namespace tw::services

#include "services/dispatcher_register.h"
