// Does a refusal say that the session is over? A wrong password is refused with the same code, so the key decides.
#pragma once

#include "client/transport/problem.h"

namespace tw::store {

inline bool says_session_ended(const transport::Problem& problem) {
  return problem.code == Code::unauthenticated && problem.key == text_key("error.unauthenticated").view();
}

}  // namespace tw::store
