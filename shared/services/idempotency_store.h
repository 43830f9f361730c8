// Idempotency-Key: a repeated call answers what the first one answered and changes nothing. Keys belong to a person and
// an operation; they are kept for a day (jobs.h: sweep).
#pragma once

#include <string>

#include "services/dispatcher.h"

namespace tw::services {

inline constexpr std::size_t longest_idempotency_key = 200;  // bytes

class RememberedCall final : public OnceOnly {
 public:
  // `fingerprint`: a digest of what was asked; a key that comes with another one is refused.
  RememberedCall(PersonId person, const Route& route, std::string key, std::string fingerprint)
      : person_(person), route_(route), key_(std::move(key)), fingerprint_(std::move(fingerprint)) {}

  std::optional<Result<std::string>> replay(Work& work) override;
  void remember(Work& work, std::string_view reply) override;

 private:
  const PersonId person_;
  const Route& route_;
  const std::string key_;
  const std::string fingerprint_;
};

// Of the file's content: a key that comes with another file is refused as well.
std::string upload_fingerprint(Env& env, SpoolId file);

// Deletes what was remembered before `before`, at most `limit`; answers how many.
std::int64_t forget_calls(Work& work, Instant before, std::int64_t limit);

}  // namespace tw::services
