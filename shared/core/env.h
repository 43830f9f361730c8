// Env: the ports to the outside world. shared/ never asks a clock, a random device or a file itself; the server, the
// demo worker and the tests bring their own implementations. Every port may be called from several threads at once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/ids.h"
#include "core/time.h"

namespace tw {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;
};

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> bytes) = 0;  // unpredictable: sessions and tokens come from here
};

// Slow on purpose (Argon2id on the server). Called on the request's own thread, never inside a Work.
class PasswordHasher {
 public:
  virtual ~PasswordHasher() = default;
  virtual std::optional<std::string> hash(std::string_view password) = 0;  // empty: too busy, answer `unavailable`
  enum class Verdict { match, mismatch, busy };
  virtual Verdict verify(std::string_view password, std::string_view stored) = 0;
};

// One-way, fast, for secrets that already carry 256 bits (session ids, one-time tokens): SHA-256 or BLAKE2b, hex.
class Digest {
 public:
  virtual ~Digest() = default;
  virtual std::string digest(std::string_view bytes) = 0;
};

// Uploaded and produced files that are too large for memory (imports, refused rows). A spooled file belongs to the
// request that brings it, then to the row that names its id; the owner removes it. One that no row names is left over
// from something that was cut off, and goes at the next start or, when it has not grown for a day, by the sweep.
class Spool {
 public:
  virtual ~Spool() = default;
  SpoolId create() {
    const SpoolId file = draw();
    begin(file);
    return file;
  }
  virtual SpoolId draw() = 0;            // an id that no file has; a row can name it before there is one
  virtual void begin(SpoolId file) = 0;  // an empty file, to be appended to; what this id had is gone
  virtual void append(SpoolId file, std::string_view bytes) = 0;   // throws when the disk is full
  virtual std::optional<std::int64_t> appended(SpoolId file) = 0;  // so far; empty: it is not being written here
  virtual void finish(SpoolId file) = 0;                           // what was appended is durable after this
  virtual std::optional<std::int64_t> size(SpoolId file) = 0;      // empty: no finished file has this id
  virtual std::string read(SpoolId file, std::int64_t offset, std::int64_t at_most) = 0;  // shorter only at the end
  virtual void remove(SpoolId file) = 0;                                                  // fine when it is not there
  virtual std::vector<SpoolId> untouched_for(Millis age) = 0;                             // finished or not
};

class Log {
 public:
  enum class Level { debug, info, warning, error };
  virtual ~Log() = default;
  // `event` is a constant phrase; everything variable is a field, sensitive data never. One call, one line.
  virtual void write(Level level, std::string_view event, std::vector<Param> fields) = 0;
};

class Catalogs;

struct Env {
  Clock& clock;
  Random& random;
  PasswordHasher& passwords;
  Digest& digest;
  Spool& spool;
  Log& log;
  // For what is written in a person's language and kept (the file of an import's refused rows); null: keys are shown.
  const Catalogs* texts = nullptr;
};

}  // namespace tw
