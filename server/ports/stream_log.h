// Log lines to a stream (standard error), as text or JSON, one line per event, whole lines also from many threads.
#pragma once

#include <cstdio>
#include <mutex>

#include "core/env.h"

namespace tw::server {

enum class LogFormat { text, json };

class StreamLog final : public Log {
 public:
  StreamLog(Clock& clock, LogFormat format, std::FILE* to, Level least = Level::info)
      : clock_(clock), format_(format), to_(to), least_(least) {}
  void write(Level level, std::string_view event, std::vector<Param> fields) override;

 private:
  Clock& clock_;
  const LogFormat format_;
  std::FILE* const to_;
  const Level least_;
  std::mutex mutex_;
};

// "2026-03-01T09:30:00.250Z"
std::string as_utc_text(Instant at);

}  // namespace tw::server
