#include "server/ports/stream_log.h"

#include <chrono>

#include "core/json.h"

namespace tw::server {
namespace {

std::string_view name_of(Log::Level level) {
  switch (level) {
    case Log::Level::debug:
      return "debug";
    case Log::Level::info:
      return "info";
    case Log::Level::warning:
      return "warning";
    case Log::Level::error:
      return "error";
  }
  return {};
}

bool is_plain(std::string_view value) {
  for (const char c : value)
    if (c <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
  return !value.empty();
}

std::string as_json_string(std::string_view value) {
  json::Writer writer;
  writer.string(value);  // also repairs what is not UTF-8
  return writer.take();
}

}  // namespace

std::string as_utc_text(Instant at) {
  namespace chrono = std::chrono;
  const chrono::sys_time<chrono::milliseconds> time{chrono::milliseconds(at.ms)};
  const auto day = chrono::floor<chrono::days>(time);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(time - day);
  char out[48];
  std::snprintf(out, sizeof(out), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return out;
}

void StreamLog::write(Level level, std::string_view event, std::vector<Param> fields) {
  if (level < least_) return;
  std::string line;
  if (format_ == LogFormat::json) {
    json::Writer writer;
    writer.begin_object();
    writer.key("at");
    writer.string(as_utc_text(clock_.now()));
    writer.key("level");
    writer.string(name_of(level));
    writer.key("event");
    writer.string(event);
    for (const auto& field : fields) {
      writer.key(field.name);
      writer.string(field.value);
    }
    writer.end_object();
    line = writer.take();
  } else {
    line = as_utc_text(clock_.now());
    line += ' ';
    line += name_of(level);
    line += ' ';
    line += event;
    for (const auto& field : fields) {
      line += ' ';
      line += field.name;
      line += '=';
      line += is_plain(field.value) ? field.value : as_json_string(field.value);
    }
  }
  line += '\n';
  const std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), to_);
  std::fflush(to_);
}

}  // namespace tw::server
