// SHA-256 for secrets that already carry enough randomness: sessions and one-time tokens. Passwords go through
// passwords.h. May be used from any thread.
#pragma once

#include "core/env.h"

struct evp_md_st;

namespace tw::server {

class Sha256Digest final : public Digest {
 public:
  Sha256Digest();
  ~Sha256Digest() override;
  Sha256Digest(const Sha256Digest&) = delete;
  Sha256Digest& operator=(const Sha256Digest&) = delete;
  std::string digest(std::string_view bytes) override;

 private:
  evp_md_st* const sha256_;  // looked up once: each request asks for a session's digest
};

}  // namespace tw::server
