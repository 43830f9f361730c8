// The ports of core/env.h for one thread without an operating system: the browser's clock and random numbers as the C
// library hands them out, Argon2id and BLAKE2b from the reference implementation, files in memory.
#pragma once

#include <map>

#include "core/env.h"

namespace tw::worker {

// The machine's clock, moved forward at will. It never goes back: what was done stays before what is done next, also
// when the machine's own clock is set.
class LocalClock final : public Clock {
 public:
  Instant now() override;
  void move(Millis forward);  // below zero counts as zero

 private:
  Millis moved_;
  Instant last_;
};

class LocalRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override;  // throws std::runtime_error when the machine has none
};

// Real Argon2id, at a cost that a phone pays in a blink: whoever can read this database sits before it. A hash that was
// made at another cost still matches.
class LocalHasher final : public PasswordHasher {
 public:
  explicit LocalHasher(Random& random) : random_(random) {}
  std::optional<std::string> hash(std::string_view password) override;
  Verdict verify(std::string_view password, std::string_view stored) override;

 private:
  Random& random_;
};

class LocalDigest final : public Digest {
 public:
  std::string digest(std::string_view bytes) override;
};

// Files in memory: a reload loses them, and the imports that wait for one say so.
class LocalSpool final : public Spool {
 public:
  LocalSpool(Clock& clock, Random& random) : clock_(clock), random_(random) {}
  SpoolId draw() override;
  void begin(SpoolId file) override;
  void append(SpoolId file, std::string_view bytes) override;
  std::optional<std::int64_t> appended(SpoolId file) override;
  void finish(SpoolId file) override;
  std::optional<std::int64_t> size(SpoolId file) override;
  std::string read(SpoolId file, std::int64_t offset, std::int64_t at_most) override;
  void remove(SpoolId file) override;
  std::vector<SpoolId> untouched_for(Millis age) override;

 private:
  struct File {
    std::string bytes;
    bool finished = false;
    Instant touched;
  };
  File& written(SpoolId file);  // throws std::logic_error when it is not being written

  Clock& clock_;
  Random& random_;
  std::map<std::int64_t, File> files_;
};

// One line each on the standard error stream, which in a browser is its console.
class ConsoleLog final : public Log {
 public:
  void write(Level level, std::string_view event, std::vector<Param> fields) override;
};

std::string hexadecimal(std::span<const unsigned char> bytes);

}  // namespace tw::worker
