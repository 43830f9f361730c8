#include "support/fakes.h"

#include <stdexcept>

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

void MemorySpool::append(SpoolId file, std::string_view bytes) {
  File& to = files_.at(file.value);
  if (to.finished) throw std::logic_error("a finished spool file does not grow");
  if (full) throw std::runtime_error("the disk is full");
  to.bytes += bytes;
}

std::optional<std::int64_t> MemorySpool::appended(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || found->second.finished) return {};
  return static_cast<std::int64_t>(found->second.bytes.size());
}

std::optional<std::int64_t> MemorySpool::size(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || !found->second.finished) return {};
  return static_cast<std::int64_t>(found->second.bytes.size());
}

std::vector<SpoolId> MemorySpool::untouched_for(Millis at_least) {
  std::vector<SpoolId> files;
  if (age >= at_least)
    for (const auto& entry : files_) files.push_back({entry.first});
  return files;
}

void MemorySpool::lose_unfinished() {
  std::erase_if(files_, [](const auto& entry) { return !entry.second.finished; });
}

std::string MemorySpool::read(SpoolId file, std::int64_t offset, std::int64_t at_most) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || !found->second.finished) return {};
  const std::string& bytes = found->second.bytes;
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
