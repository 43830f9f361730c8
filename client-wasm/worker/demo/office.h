// The company at work: its people ask the product for something, through the dispatcher like everybody, under a clock
// that walks. Every row, log line, counter and notification of the demo world is what the product wrote.
//
// What must stay true: nothing here writes to the database; the first refusal stops the story (`failed`), because a
// world that tells half of its story is wrong without showing it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/import.h"
#include "api/wire.h"
#include "core/catalogs.h"
#include "core/env.h"
#include "core/json.h"
#include "demo/dice.h"
#include "services/dispatcher.h"
#include "services/sessions.h"
#include "services/work.h"

namespace tw::demo {

// Goes forward only.
class WalkingClock final : public Clock {
 public:
  explicit WalkingClock(Instant at) : now_(at) {}
  Instant now() override { return now_; }
  void advance(Millis by) { now_ = now_ + by; }
  void reach(Instant at) { now_ = at < now_ ? now_ : at; }

 private:
  Instant now_;
};

// Nobody in the demo has a password: what they seem to have chosen matches nothing.
class NoPasswords final : public PasswordHasher {
 public:
  std::optional<std::string> hash(std::string_view) override { return std::string("demo: nobody knows it"); }
  Verdict verify(std::string_view, std::string_view) override { return Verdict::mismatch; }
};

// Each change is a part of the transaction that somebody else holds: a scene is one commit, however many people act in
// it. A commit for each request would be thousands of waits for a disk, and a savepoint for each would copy every page
// once more: in a world that goes well nothing is ever taken back, and in one that does not the scene is.
class SceneRunner final : public services::WorkRunner {
 public:
  SceneRunner(db::Database& database, Env& env) : database_(database), env_(env) {}
  void read(const std::function<void(services::Work&)>& body) override;
  void change(services::Lane lane, const std::function<bool(services::Work&)>& body) override;

 private:
  db::Database& database_;
  Env& env_;
};

class Office {
 public:
  // Of `machine` the digest, the files, the log and the texts are used; clock and chance are the office's own.
  Office(db::Database& database, Env& machine, const Catalogs& catalogs, std::string language, std::uint64_t seed,
         Instant start);
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;

  WalkingClock clock;
  Dice dice;

  // As this person; nobody: whoever is not signed in. Empty after a refusal, and from then on.
  template <class O>
  std::optional<typename O::Response> ask(PersonId who, const typename O::Request& request) {
    return decoded<typename O::Response>(send(call_of<O>(who, request)));
  }
  // The same where nobody reads the answer, which costs as much as the question; false: refused.
  template <class O>
  bool tell(PersonId who, const typename O::Request& request) {
    send(call_of<O>(who, request));
    return !failed();
  }
  // As the command line on the server's own machine: who makes the first administrator.
  template <class O>
  std::optional<typename O::Response> ask_as_operator(const typename O::Request& request) {
    services::Call call = call_of<O>({}, request);
    call.local_operator = true;
    return decoded<typename O::Response>(send(call));
  }
  std::optional<api::ImportView> upload(PersonId who, std::string file_name, std::string_view bytes);

  // Long operations to their end.
  void run_operations();
  // What the product does by itself until then, at the time when it does it; then it is that time.
  void pass_until(Instant at);
  // Everybody goes home: no session, no invitation is left.
  void close();
  Random& chance() { return bytes_; }

  bool failed() const { return !problem_.empty(); }
  const std::string& problem() const { return problem_; }
  void fail(std::string why) {
    if (problem_.empty()) problem_ = std::move(why);
  }
  std::int64_t asked() const { return asked_; }

 private:
  struct Session {
    std::string token;
    std::string csrf;
    Instant opened;
  };
  template <class O>
  services::Call call_of(PersonId who, const typename O::Request& request) {
    auto wire = api::to_wire<O>(request);
    services::Call call = call_as(who);
    call.method = wire.method;
    call.path = std::move(wire.path);
    call.query = std::move(wire.query);
    call.body = std::move(wire.body);
    return call;
  }
  template <class Response>
  std::optional<Response> decoded(const services::Reply& reply) {
    if (failed()) return std::nullopt;
    auto body = json::decode<Response>(reply.body);
    if (!body) {
      fail("a reply of " + reply.operation + " cannot be read");
      return std::nullopt;
    }
    return std::move(body).value();
  }
  services::Call call_as(PersonId who);
  services::Reply send(const services::Call& call);

  DiceBytes bytes_;
  NoPasswords passwords_;
  Spool& spool_;
  Env env_;
  std::string language_;
  SceneRunner runner_;
  services::Dispatcher dispatcher_;
  std::map<std::int64_t, Session> sessions_;
  std::string problem_;
  std::int64_t asked_ = 0;
};

}  // namespace tw::demo
