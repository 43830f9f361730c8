// See dispatcher.h. The order of the checks is the product's first line of defence: route, session, permission, CSRF,
// and only then the first look into the body. This is the one place that catches exceptions.
#include "services/dispatcher.h"

#include <algorithm>
#include <exception>

#include "core/text.h"
#include "services/idempotency_store.h"
#include "services/people_store.h"
#include "services/problem.h"
#include "services/route_match.h"
#include "services/sessions.h"

namespace tw::services {

using domain::access::Permission;

struct Dispatcher::Match {
  const Route* route = nullptr;  // null: nothing here
  PathParams params;
  std::string allowed;  // methods that exist at this path, when the asked one does not
};

struct Dispatcher::Caller {
  std::optional<Actor> actor;  // empty: nobody is signed in, and nobody needs to be
  std::string csrf;            // what a change must bring; empty: nothing
};

namespace {

// The same runner, for the Works of one call: each knows where the call came from.
class CallRunner final : public WorkRunner {
 public:
  CallRunner(WorkRunner& runner, std::string_view address) : runner_(runner), address_(address) {}
  void read(const std::function<void(Work&)>& body) override {
    runner_.read([&](Work& work) {
      work.address = address_;
      body(work);
    });
  }
  void change(Lane lane, const std::function<bool(Work&)>& body) override {
    runner_.change(lane, [&](Work& work) {
      work.address = address_;
      return body(work);
    });
  }

 private:
  WorkRunner& runner_;
  const std::string_view address_;
};

}  // namespace

Dispatcher::Dispatcher(WorkRunner& runner, Env& env, const Catalogs& catalogs, Product product)
    : runner_(runner), env_(env), catalogs_(catalogs), product_(std::move(product)) {}

Dispatcher::~Dispatcher() = default;

bool Dispatcher::exists_here(const api::Endpoint& endpoint) const {
  return !product_.offline || endpoint.availability == api::Availability::everywhere;
}

void Dispatcher::add(Route route) {
  if (!exists_here(route.endpoint)) unavailable_.emplace_back(route.endpoint.name);
  routes_.push_back(std::move(route));
}

Dispatcher::Match Dispatcher::match(const Call& call) const {
  Match best;
  const auto parts = path_parts(call.path);
  if (!parts) return best;
  for (const Route& route : routes_) {
    if (name_of(route.endpoint.method) != call.method || !fits(route.endpoint.path, *parts)) continue;
    if (!best.route || is_closer(route.endpoint.path, best.route->endpoint.path)) best.route = &route;
  }
  if (best.route)
    best.params = params_of(best.route->endpoint.path, *parts);
  else
    best.allowed = methods_at(*parts);
  return best;
}

// Asked before every request with a body, of which next to none is a file.
bool Dispatcher::may_be_upload(const Call& call) const {
  const auto parts = path_parts(call.path);
  return parts && std::any_of(routes_.begin(), routes_.end(), [&](const Route& route) {
           return route.endpoint.body == api::Body::upload && fits(route.endpoint.path, *parts);
         });
}

std::string Dispatcher::methods_at(const std::vector<std::string>& parts) const {
  std::string methods;
  for (const Route& route : routes_) {
    const std::string_view method = name_of(route.endpoint.method);
    if (methods.find(method) != std::string::npos || !fits(route.endpoint.path, parts)) continue;
    if (!methods.empty()) methods += ", ";
    methods += method;
  }
  return methods;
}

// Who asks, may they ask this at all, and does it exist where they ask?
Result<Dispatcher::Caller> Dispatcher::admit(const Call& call, const Route& route) {
  Caller caller;
  if (call.local_operator) {
    caller.actor = local_operator();
    caller.actor->language = catalogs_.for_language(call.language).language();  // whose terminal it is
  } else if (!call.session_cookie.empty()) {
    const std::string digest = token_digest(env_, call.session_cookie);
    std::optional<SessionRow> session;
    runner_.read([&](Work& work) {
      session = session_by_digest(work, digest);
      if (!session) return;
      const auto person = load_person(work, session->person);
      if (person && person->active) caller.actor = actor_for(work, *person, session->session);
    });
    if (caller.actor) {
      caller.csrf = session->csrf;
      if (env_.clock.now() - session->last_seen >= session_touch_after) touch(*session, call);
    }
  }

  const Permission permission = route.endpoint.permission;
  if (permission == Permission::anyone) {
    caller.csrf.clear();
  } else {
    if (!caller.actor) return error(Code::unauthenticated, text_key("error.unauthenticated"));
    if (!caller.actor->holds(permission)) return error(Code::forbidden, text_key("error.forbidden"));
    if (route.endpoint.effect == api::Effect::changes && !call.local_operator && !same_secret(call.csrf, caller.csrf))
      return error(Code::forbidden, text_key("error.wrong_csrf"));
  }
  if (!exists_here(route.endpoint))
    return error(Code::not_found, text_key("error.server_only"),
                 {param("operation", std::string(route.endpoint.name))});
  return caller;
}

// Seldom, so that reading does not wait for the writer; and a full disk does not keep anybody from reading.
void Dispatcher::touch(const SessionRow& session, const Call& call) {
  try {
    runner_.change(Lane::people, [&](Work& work) {
      touch_session(work, session, session_expiry(session.created, work.now));
      return true;
    });
  } catch (const db::DbError& failure) {
    env_.log.write(Log::Level::warning, "a session's last use was not written",
                   {param("request", call.request_id), param("problem", failure.what())});
  }
}

Result<std::string> Dispatcher::run(const Call& call, const Match& match, const Caller& caller, Reply& reply) {
  const Route& route = *match.route;
  const bool has_body = route.endpoint.body == api::Body::json && !call.body.empty() &&
                        (route.endpoint.method == api::Method::post || route.endpoint.method == api::Method::patch);
  auto input = has_body ? json::Document::parse(call.body) : Result<json::Document>(json::Document::empty_object());
  if (!input) return input.error();
  for (const auto& entry : call.query) {
    const bool is_name = text::is_utf8(entry.first) && entry.first.find('\0') == std::string::npos;
    if (!is_name) return field_error("query", text_key("field.expected_text"));  // nothing an answer could name
    if (!text::is_utf8(entry.second)) return field_error(entry.first, text_key("field.expected_text"));
    input->overlay(entry.first, entry.second);
  }
  // After the query: what the path names cannot be renamed by "?batch=2".
  for (const auto& entry : match.params) input->overlay(entry.first, entry.second);
  if (route.endpoint.body == api::Body::upload && !call.upload)
    return error(Code::invalid, text_key("error.upload_missing"));

  CallRunner runner(runner_, call.peer);
  Phases phases{runner, env_, call, product_, unavailable_, reply, nullptr};
  std::optional<RememberedCall> once;
  if (!call.idempotency_key.empty() && caller.actor && route.endpoint.effect == api::Effect::changes) {
    if (call.idempotency_key.size() > longest_idempotency_key || !text::is_utf8(call.idempotency_key))
      return field_error("Idempotency-Key", text_key("field.too_long"),
                         {param("maximum", static_cast<std::int64_t>(longest_idempotency_key))});
    std::string asked = call.path;
    for (const auto& entry : call.query) asked += "&" + entry.first + "=" + entry.second;
    asked += "\n" + (call.upload ? upload_fingerprint(env_, *call.upload) : call.body);
    once.emplace(caller.actor->person, route, call.idempotency_key, env_.digest.digest(asked));
    phases.once = &*once;
  }
  auto said = route.run(phases, caller.actor ? &*caller.actor : nullptr, input->root());
  // A repeated call answers what the first one did; the file that came with it again is nobody's.
  if (said && call.upload && !phases.keeps_upload) env_.spool.remove(*call.upload);
  return said;
}

Reply Dispatcher::guarded(const Call& call, const std::function<void(Reply&, std::string& language)>& body) {
  Reply reply;
  std::string language = call.language;
  std::optional<Error> broken;
  try {
    body(reply, language);
    return reply;
  } catch (const db::DbError& failure) {
    if (failure.is_unique_violation()) {
      broken = error(Code::conflict, text_key("error.already_exists"));
    } else if (failure.is_busy() || failure.is_full()) {
      broken =
          error(Code::unavailable, failure.is_full() ? text_key("error.disk_full") : text_key("error.unavailable"));
      reply.retry_after = 1;
    } else {
      broken = error(Code::internal, text_key("error.internal"), {param("id", call.request_id)});
    }
    env_.log.write(failure.is_unique_violation() ? Log::Level::info : Log::Level::error, "the database refused",
                   {param("request", call.request_id), param("operation", reply.operation),
                    param("code", std::int64_t{failure.extended_code()}), param("problem", failure.what())});
  } catch (const std::exception& failure) {
    broken = error(Code::internal, text_key("error.internal"), {param("id", call.request_id)});
    env_.log.write(
        Log::Level::error, "an operation failed",
        {param("request", call.request_id), param("operation", reply.operation), param("problem", failure.what())});
  }
  Reply failed;
  failed.operation = reply.operation;
  failed.retry_after = reply.retry_after;
  failed.status = http_status(broken->code);
  failed.content_type = problem_content_type;
  failed.body = problem_document(*broken, failed.status, catalogs_.for_language(language), call.request_id);
  return failed;
}

namespace {

void answer_problem(Reply& reply, const Error& error, int status, const Catalog& texts, const Call& call) {
  reply.status = status;
  reply.content_type = problem_content_type;
  reply.body = problem_document(error, status, texts, call.request_id);
}

void answer_file(Reply& reply, std::string_view encoded) {
  const auto download = json::decode<api::Download>(encoded);
  if (!download) throw std::runtime_error("a download that does not decode");
  reply.file = download->file;
  reply.file_name = download->file_name;
  reply.content_type = download->content_type;
}

}  // namespace

Reply Dispatcher::handle(const Call& call) {
  Reply reply = answer(call);
  // What was spooled belongs to the row that names it. Where no row was written, nobody else would remove it.
  if (call.upload && reply.status >= 400) env_.spool.remove(*call.upload);
  return reply;
}

Reply Dispatcher::answer(const Call& call) {
  return guarded(call, [&](Reply& reply, std::string& language) {
    const auto refuse = [&](const Error& error, int status) {
      answer_problem(reply, error, status, catalogs_.for_language(language), call);
    };
    const Match found = match(call);
    if (!found.route) {
      reply.allow = found.allowed;
      if (!found.allowed.empty()) return refuse(error(Code::invalid, text_key("error.wrong_method")), 405);
      return refuse(error(Code::not_found, text_key("error.not_found")), 404);
    }
    reply.operation = found.route->endpoint.name;
    const auto caller = admit(call, *found.route);
    if (!caller) return refuse(caller.error(), http_status(caller.error().code));
    if (caller->actor) reply.person = caller->actor->person;
    if (caller->actor && caller->actor->person) language = caller->actor->language;

    auto said = run(call, found, *caller, reply);
    if (!said) return refuse(said.error(), http_status(said.error().code));
    reply.status = found.route->answers_accepted ? 202 : 200;
    if (found.route->answers_file) return answer_file(reply, *said);
    reply.body = std::move(*said);
  });
}

std::optional<Reply> Dispatcher::admit_upload(const Call& call) {
  if (!may_be_upload(call)) return {};
  const Match found = match(call);
  if (!found.route || found.route->endpoint.body != api::Body::upload) return {};
  return guarded(call, [&](Reply& reply, std::string& language) {
    reply.operation = found.route->endpoint.name;
    const auto caller = admit(call, *found.route);
    if (!caller)
      return answer_problem(reply, caller.error(), http_status(caller.error().code), catalogs_.for_language(language),
                            call);
    reply.status = 100;
  });
}

}  // namespace tw::services
