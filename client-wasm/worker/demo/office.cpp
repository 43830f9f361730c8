#include "demo/office.h"

#include <stdexcept>

#include "db/sqlite.h"
#include "services/jobs.h"
#include "services/long_operation.h"
#include "services/session_store.h"

namespace tw::demo {

namespace {

constexpr Millis session_lasts = days(2);  // unused it would live for three

class NoHurry final : public services::StepBudget {
 public:
  bool used_up() override { return false; }
};

}  // namespace

void SceneRunner::read(const std::function<void(services::Work&)>& body) {
  services::Work work(database_, env_, env_.clock.now());
  body(work);
}

void SceneRunner::change(services::Lane, const std::function<bool(services::Work&)>& body) {
  const std::int64_t before = database_.total_changes();
  services::Work work(database_, env_, env_.clock.now());
  if (!body(work) && database_.total_changes() != before)
    throw std::logic_error("the demo's people did something that has to be taken back");
}

Office::Office(db::Database& database, Env& machine, const Catalogs& catalogs, std::string language, std::uint64_t seed,
               Instant start)
    : clock(start),
      dice(seed),
      bytes_(seed ^ 0x9e3779b97f4a7c15ULL),
      spool_(machine.spool),
      env_{clock, bytes_, passwords_, machine.digest, machine.spool, machine.log, machine.texts},
      language_(std::move(language)),
      runner_(database, env_),
      dispatcher_(runner_, env_, catalogs) {
  services::register_all(dispatcher_);
}

services::Call Office::call_as(PersonId who) {
  services::Call call;
  call.language = language_;
  call.peer = "demo";
  call.request_id = "demo";
  if (!who) return call;
  Session& session = sessions_[who.value];
  if (session.token.empty() || clock.now() - session.opened > session_lasts) {
    runner_.change(services::Lane::people, [&](services::Work& work) {
      services::NewSession opened = services::open_session(work, who, call.peer);
      session = {std::move(opened.token), std::move(opened.csrf), work.now};
      return true;
    });
  }
  call.session_cookie = session.token;
  call.csrf = session.csrf;
  return call;
}

services::Reply Office::send(const services::Call& call) {
  if (failed()) return {};
  ++asked_;
  services::Reply reply = dispatcher_.handle(call);
  if (reply.status >= 300) fail(call.method + " " + call.path + " " + call.body + ": " + reply.body);
  return reply;
}

std::optional<api::ImportView> Office::upload(PersonId who, std::string file_name, std::string_view bytes) {
  services::Call call = call_of<api::UploadImport>(who, {std::move(file_name)});
  const SpoolId file = spool_.create();
  spool_.append(file, bytes);
  spool_.finish(file);
  call.upload = file;
  return decoded<api::ImportView>(send(call));
}

void Office::run_operations() {
  NoHurry budget;
  services::OperationRunner operations(runner_, env_);
  while (!failed() && operations.run_one_step(budget)) {}
}

void Office::pass_until(Instant at) {
  NoHurry budget;
  while (!failed()) {
    const services::NextRun next = services::recall_overdue(runner_, env_, budget);
    if (next.at_once) continue;
    if (!next.at || *next.at > at) break;
    clock.reach(*next.at);
  }
  clock.reach(at);
}

void Office::close() {
  NoHurry budget;
  while (!failed() && services::sweep(runner_, env_, budget).at_once) {}
  runner_.change(services::Lane::people, [](services::Work& work) {
    services::end_all_sessions(work);
    return true;
  });
  sessions_.clear();
}

}  // namespace tw::demo
