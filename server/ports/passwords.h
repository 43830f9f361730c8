// Password hashes: Argon2id, with a bound on how many run at once.
//
// A hash costs 19 MiB and tens of milliseconds by design, so that stolen hashes are expensive to try. That makes
// sign-in a way to exhaust the machine, hence the bound: at most two at a time, and who would wait longer than three
// seconds is told to try again (`busy`). May be used from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/env.h"

namespace tw::server {

struct HashCost {
  // OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. More lanes only help those who have idle cores.
  std::uint32_t memory_kib = 19 * 1024;
  std::uint32_t passes = 2;
  int at_once = 2;
  int may_wait = 64;  // beyond this many nobody queues any more: threads are for others too
  std::chrono::milliseconds longest_wait = std::chrono::seconds(3);
};

class Argon2Hasher final : public PasswordHasher {
 public:
  explicit Argon2Hasher(Random& random, HashCost cost = {}) : random_(random), cost_(cost) {}

  std::optional<std::string> hash(std::string_view password) override;
  // A stored hash carries its own cost: those made with an older one still match.
  Verdict verify(std::string_view password, std::string_view stored) override;

 private:
  class Turn;

  Random& random_;
  const HashCost cost_;
  std::mutex mutex_;
  std::condition_variable free_;
  int running_ = 0;
  int waiting_ = 0;
};

}  // namespace tw::server
