#include "server/ports/clock_and_random.h"

#include <cerrno>
#include <chrono>
#include <system_error>

#include <sys/random.h>

namespace tw::server {

Instant SystemClock::now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

void SystemRandom::fill(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const auto got = getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

std::string random_hex(Random& random, std::size_t bytes) {
  std::vector<unsigned char> drawn(bytes);
  random.fill(drawn);
  std::string out;
  for (const unsigned char byte : drawn) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace tw::server
