#include "server/connections/writer.h"

#include "db/upkeep.h"

namespace tw::server {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_job_wait = 1s;
constexpr auto least_step = 10ms;  // a step that always gave way at once would never get anywhere
constexpr auto longest_step = 2s;  // progress is seen, and a kill repeats little
// A commit takes as long as its changed pages take to be written, and whoever comes meanwhile waits for it. So where
// people wrote a moment ago, steps are short: an import fills the whole cache with changed pages in 150 ms.
constexpr auto longest_step_beside_people = 100ms;
constexpr auto people_are_around_for = 3s;
constexpr std::size_t largest_group = 256;

double seconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

Writer::Writer(std::unique_ptr<db::Database> database, Env& env, Metrics& metrics)
    : database_(std::move(database)), env_(env), metrics_(metrics), page_bytes_(db::page_bytes(*database_)) {
  db::count_log_pages(*database_, log_pages_);
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { stop(); }

void Writer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  queued_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Writer::release_memory() {
  release_memory_ = true;
  queued_.notify_all();
}

void Writer::change(services::Lane lane, const Body& body) {
  Request request;
  request.body = &body;
  request.lane = lane;
  request.queued = Time::now();
  queue(request);
  {
    std::unique_lock lock(request.mutex);
    request.wake.wait(lock, [&request] { return request.done; });
  }
  if (lane == services::Lane::people) metrics_.waited_for_writer(seconds_since(request.queued));
  if (request.problem) std::rethrow_exception(request.problem);
}

void Writer::queue(Request& request) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) throw db::busy("the server is going down");
    if (request.lane == services::Lane::people) {
      people_.push_back(&request);
      last_of_people_ = request.queued;
      ++people_waiting_;
      ++metrics_.people_waiting;
    } else {
      jobs_.push_back(&request);
      ++metrics_.jobs_waiting;
    }
  }
  queued_.notify_one();
}

void Writer::run() {
  for (;;) {
    if (release_memory_.exchange(false)) db::release_memory(*database_);
    auto group = next_group();
    if (!group.empty()) {
      run_group(group);
      release(group);
      continue;
    }
    const std::lock_guard lock(mutex_);
    if (stopping_ && people_.empty() && jobs_.empty()) return;
  }
}

// Waits for work; empty when there is none and the writer stops or has something else to do.
std::vector<Writer::Request*> Writer::next_group() {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, [this] { return stopping_ || release_memory_ || !people_.empty() || !jobs_.empty(); });
  people_are_around_ = last_of_people_ && Time::now() - *last_of_people_ < people_are_around_for;
  std::vector<Request*> group;
  const bool job_starves = !jobs_.empty() && Time::now() - jobs_.front()->queued > longest_job_wait;
  while (!people_.empty() && group.size() < largest_group) {
    group.push_back(people_.front());
    people_.pop_front();
    --people_waiting_;
    --metrics_.people_waiting;
  }
  if (!jobs_.empty() && (group.empty() || job_starves)) {
    group.push_back(jobs_.front());
    jobs_.pop_front();
    --metrics_.jobs_waiting;
  }
  return group;
}

// Whoever came while a long step ran shares its commit instead of waiting for another one.
void Writer::join_people(std::vector<Request*>& group) {
  const std::lock_guard lock(mutex_);
  while (!people_.empty() && group.size() < largest_group) {
    group.push_back(people_.front());
    people_.pop_front();
    --people_waiting_;
    --metrics_.people_waiting;
  }
}

void Writer::run_group(std::vector<Request*>& group) {
  std::size_t next = 0;
  try {
    // The first one that keeps its changes needs no savepoint: while it runs, the transaction is its own. (A savepoint
    // under a long step would keep a copy of every page that the step touches.)
    std::optional<db::Transaction> transaction;
    bool kept = false;
    const auto run_until_the_end = [&] {
      for (; next < group.size(); ++next) {
        Request& request = *group[next];
        const bool shares = group.size() > 1;
        if (kept) {
          run_in_savepoint(request, shares);
        } else {
          if (!transaction) transaction.emplace(*database_);
          run_alone(request, shares);
          if (!request.kept) transaction.reset();
        }
        kept = kept || request.kept;
      }
    };
    run_until_the_end();
    if (group.back()->lane == services::Lane::jobs) {
      join_people(group);
      run_until_the_end();
    }
    if (!kept) return;
    const auto begin = Time::now();
    transaction->commit();
    metrics_.commit(group.size(), seconds_since(begin));
  } catch (const std::exception& problem) {
    // BEGIN or COMMIT failed, or SQLite rolled everything back by itself: nothing of this group is there.
    metrics_.failed_commit();
    env_.log.write(Log::Level::error, "a group of changes was rolled back", {param("problem", problem.what())});
    for (Request* request : group)
      if (!request->problem) request->problem = std::make_exception_ptr(db::busy("the commit failed"));
    return;
  }
  if (bell_) bell_(log_pages_ * page_bytes_);
}

void Writer::run_alone(Request& request, bool shares) {
  try {
    execute(request, shares);
  } catch (...) {
    request.kept = false;
    request.problem = std::current_exception();
  }
}

void Writer::run_in_savepoint(Request& request, bool shares) {
  try {
    db::Savepoint savepoint(*database_);
    execute(request, shares);
    if (request.kept) savepoint.release();
  } catch (...) {
    request.kept = false;
    request.problem = std::current_exception();
    if (!db::in_transaction(*database_)) throw db::busy("a change made SQLite roll its whole group back");
  }
}

void Writer::execute(Request& request, bool shares) {
  services::Work work(*database_, env_, now());
  if (request.lane == services::Lane::jobs) budget_.begin(shares);
  request.kept = (*request.body)(work);
}

void Writer::release(const std::vector<Request*>& group) {
  for (Request* request : group) {
    // Under its lock: a request lives on its waiter's stack and is gone as soon as the waiter sees `done`.
    const std::lock_guard lock(request->mutex);
    request->done = true;
    request->wake.notify_one();
  }
}

Instant Writer::now() {
  const Instant clock = env_.clock.now();
  if (last_now_ < clock) last_now_ = clock;
  return last_now_;
}

void Writer::Budget::begin(bool somebody_shares_the_group) {
  begun_ = Time::now();
  spilled_ = db::spilled_pages(*writer_.database_);
  shared_ = somebody_shares_the_group;
}

bool Writer::Budget::used_up() {
  const auto spent = Time::now() - begun_;
  if (spent < least_step) return false;
  if (shared_ || writer_.people_waiting_ > 0 || writer_.hurried_) return true;
  if (spent > (writer_.people_are_around_ ? longest_step_beside_people : longest_step)) return true;
  // The writer's cache is the bound of 64 MB (db/open.cpp): when changes spill from it, that much waits for the log.
  return db::spilled_pages(*writer_.database_) > spilled_;
}

}  // namespace tw::server
