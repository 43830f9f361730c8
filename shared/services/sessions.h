// Sessions as the dispatcher and the sign-in use cases share them: tokens, their life time, their cookie.
//
// A session token is 256 random bits in hex. The browser holds it in a cookie that scripts cannot read; the database
// holds its digest. A second secret of the session, `csrf`, is told to the page and must come back in a header with
// every change, which another site's page cannot do.
#pragma once

#include <string>

#include "core/env.h"
#include "services/session_store.h"
#include "services/work.h"

namespace tw::services {

inline constexpr std::string_view session_cookie_name = "tidewater_session";

inline constexpr Millis session_idle_limit = days(3);      // unused for so long, it ends
inline constexpr Millis session_age_limit = days(30);      // it ends then in any case
inline constexpr Millis session_touch_after = minutes(5);  // last_seen is not written more often

std::string new_token(Random& random);  // 256 bits as 64 hex digits
std::string token_digest(Env& env, std::string_view token);
// Takes the same time whether and wherever the two differ.
bool same_secret(std::string_view a, std::string_view b);

Instant session_expiry(Instant created, Instant now);

struct NewSession {
  std::string token;
  std::string csrf;
};
NewSession open_session(Work& work, PersonId person, std::string_view peer);

// Whole values of the header Set-Cookie.
std::string session_cookie(std::string_view token, bool secure);
std::string expired_session_cookie(bool secure);

}  // namespace tw::services
