#include "server/connections/checkpoints.h"

#include <algorithm>
#include <chrono>

#include "db/upkeep.h"

namespace tw::server {
namespace {

constexpr std::int64_t megabyte = 1024 * 1024;
constexpr std::int64_t worth_copying = 4 * megabyte;
constexpr std::int64_t jobs_pause_above = 128 * megabyte;
constexpr auto idle_after = std::chrono::seconds(5);
constexpr auto shortest_pause = std::chrono::milliseconds(20);
constexpr auto longest_pause = std::chrono::milliseconds(1000);
// How long a restart may hold writers back for the sake of a reader that is still on an old snapshot.
constexpr const char* short_patience = "PRAGMA busy_timeout = 50";

}  // namespace

Checkpoints::Checkpoints(std::unique_ptr<db::Database> database, Env& env, Metrics& metrics)
    : database_(std::move(database)), env_(env), metrics_(metrics), page_bytes_(db::page_bytes(*database_)) {
  database_->execute(short_patience);
  thread_ = std::thread([this] { run(); });
}

void Checkpoints::log_is(std::int64_t bytes) {
  const std::lock_guard lock(mutex_);
  if (bytes < copied_bytes_) copied_bytes_ = 0;  // the writer began the log anew
  log_bytes_ = bytes;
  ++commits_;
  file_is_empty_ = false;
  metrics_.log_bytes = bytes;
  if (log_bytes_ - copied_bytes_ >= worth_copying) changed_.notify_all();
}

bool Checkpoints::has_room() {
  const std::lock_guard lock(mutex_);
  return stopping_ || log_bytes_ <= jobs_pause_above;
}

void Checkpoints::when_there_is_room(std::function<void()> bell) {
  const std::lock_guard lock(mutex_);
  bell_ = std::move(bell);
}

void Checkpoints::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Checkpoints::run() {
  auto pause = shortest_pause;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto seen = commits_;
    const bool due = changed_.wait_for(lock, file_is_empty_ ? std::chrono::hours(1) : idle_after, [this] {
      return stopping_ || log_bytes_ - copied_bytes_ >= worth_copying || log_bytes_ > jobs_pause_above;
    });
    if (stopping_) return;
    const bool idle = !due && commits_ == seen && !file_is_empty_;
    if (!due && !idle) continue;
    const bool too_long = log_bytes_ > jobs_pause_above;
    const auto before = commits_;
    const auto copied_before = copied_bytes_;
    lock.unlock();
    const auto result = copy(idle, too_long);
    lock.lock();
    if (result && result->emptied) {
      // What the writer says after this counts from the new beginning; what it said before counts no more.
      if (commits_ == before) log_bytes_ = 0;
      copied_bytes_ = 0;
      file_is_empty_ = idle && commits_ == before;
    } else if (result) {
      copied_bytes_ = std::min(result->copied_bytes, log_bytes_);
    }
    metrics_.log_bytes = log_bytes_;
    if (too_long && log_bytes_ <= jobs_pause_above && bell_) bell_();
    // Somebody still reads an old snapshot, or the disk refuses: not again at once. A round looks through the whole log
    // for what it may copy, so where one gets nowhere the next one waits longer.
    const bool got_on = result && (result->emptied || copied_bytes_ > copied_before);
    if (got_on && !(too_long && !result->emptied)) {
      pause = shortest_pause;
      continue;
    }
    changed_.wait_for(lock, pause, [this] { return stopping_; });
    pause = got_on ? shortest_pause : std::min(2 * pause, longest_pause);
  }
}

std::optional<Checkpoints::Copied> Checkpoints::copy(bool idle, bool too_long) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    auto result = db::checkpoint(*database_, db::CheckpointMode::passive);
    Copied copied{result.copied_pages * page_bytes_, false};
    const bool nearly = (result.log_pages - result.copied_pages) * page_bytes_ < worth_copying;
    if (idle && result.complete()) {
      copied.emptied = db::checkpoint(*database_, db::CheckpointMode::truncate).complete();
    } else if (too_long && nearly) {
      copied.emptied = db::checkpoint(*database_, db::CheckpointMode::restart).complete();
    }
    metrics_.checkpoint(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    return copied;
  } catch (const db::DbError& problem) {
    // The log stays and grows; the next round tries again. Nothing is lost by it.
    env_.log.write(Log::Level::error, "a checkpoint failed", {param("problem", problem.what())});
    return std::nullopt;
  }
}

}  // namespace tw::server
