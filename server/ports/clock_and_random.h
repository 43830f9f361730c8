// The machine's clock and its random numbers, behind the ports of core/env.h. Both may be used from any thread.
#pragma once

#include "core/env.h"

namespace tw::server {

class SystemClock final : public Clock {
 public:
  Instant now() override;
};

// The kernel's generator. Throws std::system_error when it refuses: a server without random numbers must not run.
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

// 32 hexadecimal digits of 128 unpredictable bits: request ids, tokens.
std::string random_hex(Random& random, std::size_t bytes);

}  // namespace tw::server
