// At most four connections that read, lent for one snapshot at a time. They are opened when first needed.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/env.h"
#include "db/sqlite.h"
#include "server/metrics.h"
#include "services/work.h"

namespace tw::server {

class Readers {
 public:
  Readers(std::string path, Env& env, Metrics& metrics) : path_(std::move(path)), env_(env), metrics_(metrics) {}

  // Runs `body` in one snapshot. Throws DbError (busy) when no connection was free in time.
  void read(const std::function<void(services::Work&)>& body);

 private:
  class Loan;

  const std::string path_;
  Env& env_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<db::Database>> free_;
  int lent_ = 0;
};

}  // namespace tw::server
