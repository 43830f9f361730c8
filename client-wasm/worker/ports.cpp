#include "worker/ports.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>

#include <argon2.h>
#include <blake2/blake2.h>
#include <unistd.h>

namespace tw::worker {

Instant LocalClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const Instant machine{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  last_ = std::max(last_, machine + moved_);
  return last_;
}

void LocalClock::move(Millis forward) {
  if (forward > Millis{0}) moved_ = moved_ + forward;
}

void LocalRandom::fill(std::span<unsigned char> bytes) {
  constexpr std::size_t at_once = 256;  // getentropy's limit
  while (!bytes.empty()) {
    const auto part = bytes.first(std::min(at_once, bytes.size()));
    if (getentropy(part.data(), part.size()) != 0) throw std::runtime_error("the machine gives no random numbers");
    bytes = bytes.subspan(part.size());
  }
}

std::optional<std::string> LocalHasher::hash(std::string_view password) {
  constexpr std::uint32_t memory_kib = 4 * 1024;
  constexpr std::uint32_t passes = 2;
  constexpr std::uint32_t lanes = 1;
  constexpr std::uint32_t hash_bytes = 32;
  std::array<unsigned char, 16> salt{};
  random_.fill(salt);
  std::string encoded(argon2_encodedlen(passes, memory_kib, lanes, salt.size(), hash_bytes, Argon2_id), '\0');
  const int code = argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                                         salt.size(), hash_bytes, encoded.data(), encoded.size());
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) return std::nullopt;
  if (code != ARGON2_OK) throw std::runtime_error("argon2: " + std::to_string(code));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

PasswordHasher::Verdict LocalHasher::verify(std::string_view password, std::string_view stored) {
  const std::string encoded(stored);
  const int code = argon2id_verify(encoded.c_str(), password.data(), password.size());
  if (code == ARGON2_OK) return Verdict::match;
  if (code == ARGON2_MEMORY_ALLOCATION_ERROR) return Verdict::busy;
  return Verdict::mismatch;  // also for a stored text that is no hash: nobody signs in with it
}

std::string LocalDigest::digest(std::string_view bytes) {
  std::array<unsigned char, 32> sum{};
  if (blake2b(sum.data(), sum.size(), bytes.data(), bytes.size(), nullptr, 0) != 0)
    throw std::logic_error("blake2b refused its arguments");
  return hexadecimal(sum);
}

SpoolId LocalSpool::draw() {
  for (;;) {
    unsigned char drawn[6];  // 48 bits: ids stay below 2^53, and do not repeat after a reload
    random_.fill(drawn);
    SpoolId file;
    for (const unsigned char byte : drawn) file.value = file.value * 256 + byte;
    if (file && files_.find(file.value) == files_.end()) return file;
  }
}

void LocalSpool::begin(SpoolId file) { files_[file.value] = {{}, false, clock_.now()}; }

void LocalSpool::append(SpoolId file, std::string_view bytes) {
  File& to = written(file);
  to.bytes += bytes;
  to.touched = clock_.now();
}

std::optional<std::int64_t> LocalSpool::appended(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || found->second.finished) return {};
  return static_cast<std::int64_t>(found->second.bytes.size());
}

void LocalSpool::finish(SpoolId file) { written(file).finished = true; }

std::optional<std::int64_t> LocalSpool::size(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || !found->second.finished) return {};
  return static_cast<std::int64_t>(found->second.bytes.size());
}

std::string LocalSpool::read(SpoolId file, std::int64_t offset, std::int64_t at_most) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || !found->second.finished) return {};
  const std::string& bytes = found->second.bytes;
  if (offset >= static_cast<std::int64_t>(bytes.size())) return {};
  return bytes.substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(at_most));
}

void LocalSpool::remove(SpoolId file) { files_.erase(file.value); }

std::vector<SpoolId> LocalSpool::untouched_for(Millis age) {
  std::vector<SpoolId> files;
  const Instant before = clock_.now() - age;
  for (const auto& entry : files_)
    if (entry.second.touched <= before) files.push_back({entry.first});
  return files;
}

LocalSpool::File& LocalSpool::written(SpoolId file) {
  const auto found = files_.find(file.value);
  if (found == files_.end() || found->second.finished) throw std::logic_error("this spool file is not being written");
  return found->second;
}

void ConsoleLog::write(Level level, std::string_view event, std::vector<Param> fields) {
  if (level < Level::warning) return;
  std::string line = (level == Level::error ? "error: " : "warning: ") + std::string(event);
  for (const Param& field : fields) line += " " + field.name + "=" + field.value;
  line += '\n';
  std::fputs(line.c_str(), stderr);
}

std::string hexadecimal(std::span<const unsigned char> bytes) {
  std::string out;
  for (const unsigned char byte : bytes) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace tw::worker
