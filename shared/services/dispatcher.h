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
#include "core/catalogs.h"
#include "core/env.h"
#include "core/json.h"
#include "core/result.h"
#include "services/work.h"

namespace tw::services {

using domain::access::Actor;
struct SessionRow;
class SystemProbe;

struct Call {
  std::string method;                                      // "GET"
  std::string path;                                        // without query, still percent-encoded
  std::vector<std::pair<std::string, std::string>> query;  // decoded
  std::string body;
  std::optional<SpoolId> upload;  // for Body::upload operations: already spooled and finished; removed when refused
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
  std::string allow;             // header Allow of a 405
  std::string operation;         // endpoint name, for log and metrics; empty when no route matched
  PersonId person{};             // who asked, for what the adapter bounds for each person; none: nobody in particular
};

// What answers, and where: the reply of ViewCapabilities.
struct Product {
  std::string version = "0.0.0";
  bool offline = false;           // the local backend in a browser: operations that are server_only are refused
  SystemProbe* system = nullptr;  // what the place knows about itself (system_status.h); null: nothing
};

// A call that came with an Idempotency-Key. Both functions run inside the operation's own Work: the change and the
// memory of it are one commit.
class OnceOnly {
 public:
  virtual ~OnceOnly() = default;
  // What the same call answered before, or a refusal because the key was used for another one; empty: not seen yet.
  virtual std::optional<Result<std::string>> replay(Work& work) = 0;
  virtual void remember(Work& work, std::string_view reply) = 0;
};

// What a route is run with, and what an operation that needs more than one Work (sign-in hashes a password between a
// read and a write) gets instead of a Work.
struct Phases {
  WorkRunner& runner;
  Env& env;
  const Call& call;
  const Product& product;
  const std::vector<std::string>& unavailable;  // names of operations that do not exist here
  Reply& reply;                                 // for the cookie and retry_after
  OnceOnly* once = nullptr;                     // null: no key came
  bool keeps_upload = false;                    // a row of this call's own names call.upload
};

// How one operation is run. Filled by register_operation / register_phased below.
struct Route {
  api::Endpoint endpoint;
  // Decodes, runs, encodes. `actor` is null for Permission::anyone without a session.
  std::function<Result<std::string>(Phases&, const Actor*, json::Value input)> run;
  bool answers_accepted = false;  // 202
  bool answers_file = false;      // the encoded reply is an api::Download
  bool answers_secret = false;    // shown once: never stored for a repeated call
};

class Dispatcher {
 public:
  // `catalogs` must outlive it.
  Dispatcher(WorkRunner& runner, Env& env, const Catalogs& catalogs, Product product = {});
  ~Dispatcher();

  Reply handle(const Call& call);
  // The adapter asks before it reads a body: may this path take an upload, and from this caller? Empty: not an upload.
  // Otherwise the refusal (permission, session) or a Reply with status 100 for "go on".
  std::optional<Reply> admit_upload(const Call& call);

  // While starting only, before the first handle().
  void add(Route route);
  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Match;
  struct Caller;
  Reply answer(const Call& call);
  Match match(const Call& call) const;
  bool may_be_upload(const Call& call) const;
  std::string methods_at(const std::vector<std::string>& path_parts) const;  // "GET, POST"
  bool exists_here(const api::Endpoint& endpoint) const;
  void touch(const SessionRow& session, const Call& call);
  Result<Caller> admit(const Call& call, const Route& route);
  Result<std::string> run(const Call& call, const Match& match, const Caller& caller, Reply& reply);
  Reply guarded(const Call& call, const std::function<void(Reply&, std::string& language)>& body);

  WorkRunner& runner_;
  Env& env_;
  const Catalogs& catalogs_;
  const Product product_;
  std::vector<Route> routes_;
  std::vector<std::string> unavailable_;
};

// Every operation of api::AllOperations, area by area (register_<area>.cpp).
void register_all(Dispatcher& dispatcher);
void register_session(Dispatcher& dispatcher);
void register_people(Dispatcher& dispatcher);
void register_system(Dispatcher& dispatcher);
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
