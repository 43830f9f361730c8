// SHA-256 for secrets that already carry enough randomness: sessions and one-time tokens. Passwords go through
// passwords.h. May be used from any thread.
#pragma once

#include "core/env.h"

namespace tw::server {

class Sha256Digest final : public Digest {
 public:
  Sha256Digest();
  std::string digest(std::string_view bytes) override;
};

}  // namespace tw::server
