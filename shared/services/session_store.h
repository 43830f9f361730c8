// Rows of `sessions`, `one_time_tokens` and `sign_in_attempts`. Tokens arrive here as digests only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/ids.h"
#include "core/time.h"
#include "services/work.h"

namespace tw::services {

struct SessionRow {
  std::int64_t session = 0;
  PersonId person;
  std::string csrf;
  Instant created;
  Instant last_seen;
};

// Of a session that has not expired.
std::optional<SessionRow> session_by_digest(Work& work, std::string_view digest);
std::string csrf_of(Work& work, std::int64_t session);
void insert_session(Work& work, PersonId person, std::string_view digest, std::string_view csrf, Instant expires,
                    std::string_view peer);
// The session and its person were seen now.
void touch_session(Work& work, const SessionRow& session, Instant expires);
void delete_session(Work& work, std::int64_t session);
// All but `kept` (0: all).
void delete_sessions_of(Work& work, PersonId person, std::int64_t kept = 0);
// Everybody's, and what was invited: when an older database comes back, what has ended since would be alive in it.
void end_all_sessions(Work& work);

enum class TokenPurpose : std::uint8_t { set_up, invitation };
struct OneTimeToken {
  PersonId person;  // none for set_up
};
void insert_token(Work& work, TokenPurpose purpose, PersonId person, std::string_view digest, Instant expires);
std::optional<OneTimeToken> token_by_digest(Work& work, TokenPurpose purpose, std::string_view digest);
void delete_tokens(Work& work, TokenPurpose purpose, PersonId person);

struct SignInAttempts {
  std::int64_t failures = 0;
  Instant closed_until;
  Instant changed;
};
std::optional<SignInAttempts> attempts_of(Work& work, std::string_view subject);
void put_attempts(Work& work, std::string_view subject, std::int64_t failures, Instant closed_until);
void delete_attempts(Work& work, std::string_view subject);

// Each deletes at most `limit` rows that no longer mean anything, and answers how many.
std::int64_t forget_expired_sessions(Work& work, std::int64_t limit);
std::int64_t forget_expired_tokens(Work& work, std::int64_t limit);
std::int64_t forget_attempts(Work& work, Instant before, std::int64_t limit);

}  // namespace tw::services
