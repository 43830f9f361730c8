// The templates of dispatcher.h: what turns a typed use case into a Route. Instantiated in register_<area>.cpp only.
// Decoding and encoding stay on the caller's thread, outside the Work (but for a reply that must be remembered).
#pragma once

#include "api/import.h"     // Download
#include "api/operation.h"  // Accepted

namespace tw::services {

namespace detail {
template <class O>
Route route_of() {
  Route route;
  route.endpoint = O::endpoint;
  route.answers_accepted = std::is_same_v<typename O::Response, api::Accepted>;
  route.answers_file = std::is_same_v<typename O::Response, api::Download>;
  typename O::Response example{};
  O::Response::describe(example, [&route](const char*, auto&, const FieldRule& rule = no_rule) {
    route.answers_secret = route.answers_secret || rule.secret;
  });
  return route;
}

template <class Response>
Result<std::string> encoded(const Result<Response>& answer) {
  if (!answer) return answer.error();
  return json::encode(*answer);
}
}  // namespace detail

// For phased operations: what the same call answered before. Asked first, because the phases before the change would
// judge a world that the first call has changed already.
template <class Response>
std::optional<Result<Response>> answered_before(Phases& phases) {
  if (!phases.once) return std::nullopt;
  std::optional<Result<std::string>> replayed;
  phases.runner.read([&](Work& work) { replayed = phases.once->replay(work); });
  if (!replayed) return std::nullopt;
  if (!*replayed) return Result<Response>(replayed->error());
  return json::decode<Response>(**replayed);
}

// The one change of a phased operation, remembered under the call's Idempotency-Key: a repeated call gets the first
// answer. What stood before it in other phases must not have changed anything.
template <class Response, class F>
Result<Response> change_once(Phases& phases, F&& body) {
  std::optional<Result<Response>> answer;
  std::optional<Result<std::string>> replayed;
  phases.runner.change(Lane::people, [&](Work& work) {
    if (phases.once && (replayed = phases.once->replay(work))) return false;
    answer.emplace(body(work));
    if (!answer->ok()) return false;
    if (phases.once) phases.once->remember(work, json::encode(**answer));
    return true;
  });
  if (!replayed) return *answer;
  if (!*replayed) return replayed->error();
  return json::decode<Response>(**replayed);
}

template <class O>
void register_operation(Dispatcher& dispatcher,
                        Result<typename O::Response> (*run)(Work&, const Actor&, const typename O::Request&)) {
  Route route = detail::route_of<O>();
  route.run = [run](Phases& phases, const Actor* actor, json::Value input) -> Result<std::string> {
    const auto request = json::decode<typename O::Request>(input);
    if (!request) return request.error();
    static const Actor nobody{};
    const Actor& who = actor ? *actor : nobody;
    std::optional<Result<typename O::Response>> answer;
    if constexpr (O::endpoint.effect == api::Effect::changes) {
      std::optional<Result<std::string>> replayed;
      phases.runner.change(Lane::people, [&](Work& work) {
        if (phases.once && (replayed = phases.once->replay(work))) return false;
        answer.emplace(run(work, who, *request));
        if (!answer->ok()) return false;
        if (phases.once) phases.once->remember(work, json::encode(**answer));
        return true;
      });
      if (replayed) return *replayed;
    } else {
      phases.runner.read([&](Work& work) { answer.emplace(run(work, who, *request)); });
    }
    return detail::encoded(*answer);
  };
  dispatcher.add(std::move(route));
}

template <class O>
void register_phased(Dispatcher& dispatcher,
                     Result<typename O::Response> (*run)(Phases&, const Actor*, const typename O::Request&)) {
  Route route = detail::route_of<O>();
  route.run = [run](Phases& phases, const Actor* actor, json::Value input) -> Result<std::string> {
    const auto request = json::decode<typename O::Request>(input);
    if (!request) return request.error();
    return detail::encoded(run(phases, actor, *request));
  };
  dispatcher.add(std::move(route));
}

}  // namespace tw::services
