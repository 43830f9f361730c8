#include "support/fakes.h"

namespace tw::test {

std::string FakeDigest::digest(std::string_view bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string out;
  for (std::uint64_t hash : {0xcbf29ce484222325ULL, 0x84222325cbf29ce4ULL}) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    for (int shift = 60; shift >= 0; shift -= 4) out += digits[(hash >> shift) & 15];
  }
  return out;
}

SpoolId MemorySpool::create() {
  files_[++last_];
  return {last_};
}

std::optional<std::int64_t> MemorySpool::size(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end()) return {};
  return static_cast<std::int64_t>(found->second.size());
}

std::string MemorySpool::read(SpoolId file, std::int64_t offset, std::int64_t at_most) {
  const std::string& bytes = files_.at(file.value);
  if (offset >= static_cast<std::int64_t>(bytes.size())) return {};
  return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(at_most));
}

SpoolId MemorySpool::put(std::string_view bytes) {
  const SpoolId file = create();
  append(file, bytes);
  finish(file);
  return file;
}

void MemoryLog::write(Level level, std::string_view event, std::vector<Param> fields) {
  constexpr const char* names[] = {"debug", "info", "warning", "error"};
  std::string line = std::string(names[static_cast<int>(level)]) + ": " + std::string(event);
  for (const Param& field : fields) line += " " + field.name + "=" + field.value;
  lines_.push_back(std::move(line));
}

bool MemoryLog::mentions(std::string_view text) const {
  for (const std::string& line : lines_)
    if (line.find(text) != std::string::npos) return true;
  return false;
}

}  // namespace tw::test
