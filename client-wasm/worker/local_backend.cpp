#include "worker/local_backend.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "core/text.h"
#include "services/audit_upkeep.h"
#include "services/people_store.h"
#include "services/problem.h"
#include "services/session.h"
#include "services/setting_store.h"

namespace tw::worker {
namespace {

constexpr Millis sweep_again_after = minutes(10);
constexpr Millis after_a_failure = seconds(5);
constexpr Millis until_late_file = seconds(3);  // the visitor's first screen comes before it
// Of a database that the demo's world was made in, wherever it goes: with whose ids it was.
constexpr std::string_view world_setting = "demo.world";

void earliest(std::optional<Instant>& due, std::optional<Instant> at) {
  if (at && (!due || *at < *due)) due = at;
}

std::unique_ptr<db::Database> open_up_to_date(const db::TwoFiles& files) {
  auto database = db::Database::open(files);
  db::migrate(*database);
  return database;
}

}  // namespace

// As long as a step may take; there is nobody who could wait meanwhile and be seen waiting.
class LocalBackend::TimeBudget final : public services::StepBudget {
 public:
  explicit TimeBudget(Millis longest) : longest_(longest.value) {}
  bool used_up() override { return Time::now() - begun_ >= longest_; }
  void begin() { begun_ = Time::now(); }

 private:
  using Time = std::chrono::steady_clock;
  const std::chrono::milliseconds longest_;
  Time::time_point begun_ = Time::now();
};

LocalBackend::LocalBackend(db::File& database, db::File& journal, Catalogs catalogs, std::string version)
    : file_(database),
      catalogs_(std::move(catalogs)),
      files_(database, journal, clock_, random_),
      database_(open_up_to_date(files_)),
      runner_(*database_, env_),
      status_(database, clock_.now()),
      dispatcher_(runner_, env_, catalogs_, services::Product{std::move(version), true, &status_}) {
  services::register_all(dispatcher_);
  if (has_demo_world()) demo::bring_back_late_file(runner_, env_);
}

LocalReply LocalBackend::handle(const LocalRequest& request) {
  services::Call call = call_of(request, random_);
  if (text::lower(call.path.substr(0, 5)) != "/api/")
    return refuse(call, 404, error(Code::not_found, text_key("error.not_found")));
  const bool may_bring_a_body = call.method != "GET" && call.method != "OPTIONS";
  if (const auto admission = may_bring_a_body ? dispatcher_.admit_upload(call) : std::nullopt) {
    if (admission->status != 100) return reply_of(*admission, call, spool_);
    call.upload = spool_.create();
    spool_.append(*call.upload, request.body);
    spool_.finish(*call.upload);
  } else if (may_bring_a_body) {
    if (static_cast<std::int64_t>(request.body.size()) > largest_body)
      return refuse(call, 413, error(Code::limited, text_key("error.body_too_large"), {param("bytes", largest_body)}));
    call.body = request.body;
  }
  return reply_of(dispatcher_.handle(call), call, spool_);
}

LocalReply LocalBackend::refuse(const services::Call& call, int status, const Error& error) const {
  LocalReply reply;
  reply.status = status;
  reply.headers = {{"x-request-id", call.request_id},
                   {"cache-control", "no-store"},
                   {"content-type", std::string(services::problem_content_type)}};
  reply.body = services::problem_document(error, status, catalogs_.for_language(call.language), call.request_id);
  return reply;
}

void LocalBackend::make_demo_world(demo::WorldOptions options, const std::function<void(demo::Progress)>& tell) {
  bool inhabited = false;
  runner_.read([&](services::Work& work) { inhabited = services::has_people(work); });
  if (inhabited) return;
  db::Transaction all(*database_);
  demo::DemoWorld world(*database_, env_, catalogs_, std::move(options));
  while (world.step()) tell(world.progress());
  if (!world.done()) throw std::runtime_error("the demo's world: " + world.problem());
  services::Work work(*database_, env_, clock_.now());
  services::set_setting(work, world_setting, demo::world_version);
  demo::set_late_import(work, world.late());
  all.commit();
  late_file_comes_ = true;
  late_file_from_ = clock_.now() + until_late_file;
}

bool LocalBackend::has_demo_world() {
  bool made_here = false;
  runner_.read([&](services::Work& work) { made_here = services::setting(work, world_setting, 0) != 0; });
  return made_here;
}

std::vector<demo::Player> LocalBackend::players() {
  return has_demo_world() ? demo::players(runner_) : demo::players_of_a_company(runner_);
}

std::optional<std::string> LocalBackend::new_set_up_token() {
  std::optional<std::string> token;
  runner_.change(services::Lane::people, [&](services::Work& work) {
    token = services::new_set_up_token(work);
    return token.has_value();
  });
  return token;
}

Millis LocalBackend::run_jobs(Millis step) {
  TimeBudget budget(step);
  try {
    const services::NextRun next = run_round(budget);
    if (next.at_once) return {0};
    if (!next.at) return sweep_again_after;
    return std::clamp(*next.at - clock_.now(), Millis{1}, sweep_again_after);
  } catch (const std::exception& problem) {
    log_.write(Log::Level::error, "a job failed and will be tried again", {param("problem", problem.what())});
    return after_a_failure;
  }
}

// One run of a job: its outcome, and when it wants to run again.
template <class F>
services::NextRun LocalBackend::counted(api::JobKind job, TimeBudget& budget, F&& step) {
  budget.begin();
  try {
    const services::NextRun next = step();
    status_.ran(job, clock_.now(), false, next.at);
    return next;
  } catch (...) {
    status_.ran(job, clock_.now(), true, std::nullopt);
    throw;
  }
}

// The same round as the server's job thread goes.
services::NextRun LocalBackend::run_round(TimeBudget& budget) {
  if (late_file_comes_ && late_file_from_ <= clock_.now())
    late_file_comes_ = demo::go_on_with_late_file(runner_, dispatcher_, env_);
  const auto stepped = counted(api::JobKind::long_operation, budget, [&] {
    return services::NextRun{step_long_operation(budget), std::nullopt, 0};
  });
  services::NextRun next =
      counted(api::JobKind::recall, budget, [&] { return services::recall_overdue(runner_, env_, budget); });
  if (late_file_comes_ && late_file_from_ > clock_.now()) earliest(next.at, late_file_from_);
  bool more_to_sweep = false;
  if (!next_sweep_ || *next_sweep_ <= clock_.now()) {
    const auto sweep = counted(api::JobKind::sweep, budget, [&] { return services::sweep(runner_, env_, budget); });
    more_to_sweep = sweep.at_once;
    next_sweep_ = more_to_sweep ? std::nullopt : std::optional(sweep.at.value_or(clock_.now() + sweep_again_after));
  }
  earliest(next.at, next_sweep_);
  if (!next_audit_ || *next_audit_ <= clock_.now())
    next_audit_ = counted(api::JobKind::audit, budget, [&] {
                    return services::keep_audit_log(runner_, env_);
                  }).at.value_or(clock_.now() + sweep_again_after);
  earliest(next.at, next_audit_);
  next.at_once = stepped.at_once || next.at_once || more_to_sweep;
  return next;
}

bool LocalBackend::step_long_operation(TimeBudget& budget) {
  try {
    return operations_.run_one_step(budget);
  } catch (const db::DbError& problem) {
    if (problem.is_busy() || problem.is_full()) throw;  // passes: the step is tried again
    log_.write(Log::Level::error, "a step failed", {param("problem", problem.what())});
  } catch (const std::exception& problem) {
    log_.write(Log::Level::error, "a step failed", {param("problem", problem.what())});
  }
  operations_.fail_current(text_key("operation.broke"));  // or it would come back for ever
  return true;
}

}  // namespace tw::worker
