// Runs Works one after another on the one connection, and counts commits: whoever waits for something new compares.
#pragma once

#include <cstdint>

#include "services/work.h"

namespace tw::worker {

class LocalRunner final : public services::WorkRunner {
 public:
  LocalRunner(db::Database& database, Env& env) : direct_(database, env) {}
  void read(const std::function<void(services::Work&)>& body) override { direct_.read(body); }
  void change(services::Lane lane, const std::function<bool(services::Work&)>& body) override {
    bool kept = false;
    direct_.change(lane, [&](services::Work& work) { return kept = body(work); });
    if (kept) ++commits_;
  }
  std::int64_t commits() const { return commits_; }

 private:
  services::DirectRunner direct_;
  std::int64_t commits_ = 0;
};

}  // namespace tw::worker
