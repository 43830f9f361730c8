#include "services/sessions.h"

#include <algorithm>
#include <array>

namespace tw::services {

std::string new_token(Random& random) {
  std::array<unsigned char, 32> bytes{};
  random.fill(bytes);
  constexpr const char* digits = "0123456789abcdef";
  std::string token;
  for (const unsigned char byte : bytes) {
    token += digits[byte >> 4];
    token += digits[byte & 15];
  }
  return token;
}

std::string token_digest(Env& env, std::string_view token) { return env.digest.digest(token); }

bool same_secret(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const char other = b.empty() ? '\0' : b[i % b.size()];
    difference |= static_cast<unsigned char>(a[i] ^ other);
  }
  return difference == 0;
}

Instant session_expiry(Instant created, Instant now) {
  return std::min(now + session_idle_limit, created + session_age_limit);
}

NewSession open_session(Work& work, PersonId person, std::string_view peer) {
  NewSession session{new_token(work.env.random), new_token(work.env.random)};
  const std::string digest = token_digest(work.env, session.token);
  insert_session(work, person, digest, session.csrf, session_expiry(work.now, work.now), peer);
  return session;
}

std::string session_cookie(std::string_view token, bool secure) {
  std::string cookie(session_cookie_name);
  cookie += '=';
  cookie += token;
  cookie += "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
  cookie += std::to_string(token.empty() ? 0 : session_age_limit.value / 1000);
  if (secure) cookie += "; Secure";
  return cookie;
}

std::string expired_session_cookie(bool secure) { return session_cookie({}, secure); }

}  // namespace tw::services
