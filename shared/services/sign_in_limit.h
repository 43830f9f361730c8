// Slows down guessing of passwords, per login and per address. An attempt counts as failed from its beginning, before
// the slow hash is looked at, so that many at once gain nothing; success takes it back.
//
// The first failures are free; then each closes the door twice as long as the one before, up to a bound: somebody who
// guesses for weeks gets nowhere, and whoever is guessed at is never shut out for long.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "services/work.h"

namespace tw::services {

inline constexpr Millis sign_in_memory = hours(12);  // failures older than that are forgotten

class SignInLimit {
 public:
  SignInLimit(std::string_view login, std::string_view peer);

  // Counts one attempt, or says for how long the door is closed (then nothing was written).
  std::optional<Millis> begin(Work& work) const;
  void take_back(Work& work) const;  // it was no guess: the machine was busy
  void succeed(Work& work) const;

 private:
  std::string login_;  // subjects of sign_in_attempts
  std::string peer_;
};

// The refusal for a closed door; `retry_after` gets whole seconds.
Error too_many_attempts(Millis wait, std::int64_t& retry_after);

}  // namespace tw::services
