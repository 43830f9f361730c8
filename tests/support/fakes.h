// The ports of core/env.h as tests use them: a clock that stands still, random bytes from a seed, a hasher that costs
// nothing, files in memory, a log that can be asked. One thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/env.h"

namespace tw::test {

class FakeClock final : public Clock {
 public:
  Instant now() override { return now_; }
  void advance(Millis by) { now_ = now_ + by; }
  void set(Instant at) { now_ = at; }

 private:
  Instant now_{1'767'232'800'000};  // 2026-01-01 02:00 UTC, a Thursday morning in Shanghai
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : state_(seed) {}
  void fill(std::span<unsigned char> bytes) override {
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(next() >> 32);
  }
  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t state_;
};

class FastHasher final : public PasswordHasher {
 public:
  std::optional<std::string> hash(std::string_view password) override {
    if (busy) return {};
    ++calls;
    return "hashed:" + std::string(password);
  }
  Verdict verify(std::string_view password, std::string_view stored) override {
    if (busy) return Verdict::busy;
    ++calls;
    return stored == "hashed:" + std::string(password) ? Verdict::match : Verdict::mismatch;
  }
  bool busy = false;
  int calls = 0;  // each is slow in the real one
};

// FNV-1a twice: short, distinct, and visibly not what was digested. Not for secrets.
class FakeDigest final : public Digest {
 public:
  std::string digest(std::string_view bytes) override;
};

class MemorySpool final : public Spool {
 public:
  SpoolId draw() override { return {++last_}; }
  void begin(SpoolId file) override { files_[file.value] = {}; }
  void append(SpoolId file, std::string_view bytes) override;
  std::optional<std::int64_t> appended(SpoolId file) override;
  void finish(SpoolId file) override { files_.at(file.value).finished = true; }
  std::optional<std::int64_t> size(SpoolId file) override;
  std::string read(SpoolId file, std::int64_t offset, std::int64_t at_most) override;
  void remove(SpoolId file) override { files_.erase(file.value); }
  std::vector<SpoolId> untouched_for(Millis age) override;

  SpoolId put(std::string_view bytes);  // a finished file
  std::size_t count() const { return files_.size(); }
  void lose_unfinished();  // as a start after a kill does
  bool full = false;       // the disk: append throws
  Millis age{0};           // of every file

 private:
  struct File {
    std::string bytes;
    bool finished = false;
  };
  std::map<std::int64_t, File> files_;
  std::int64_t last_ = 0;
};

class MemoryLog final : public Log {
 public:
  void write(Level level, std::string_view event, std::vector<Param> fields) override;
  // One line per entry: "error: event key=value key=value".
  const std::vector<std::string>& lines() const { return lines_; }
  bool mentions(std::string_view text) const;

 private:
  std::vector<std::string> lines_;
};

}  // namespace tw::test
