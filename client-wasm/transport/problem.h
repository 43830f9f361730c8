// What went wrong with a request, as the client sees it: the server's problem document (RFC 9457), or the failure to
// reach the server at all. `message` is already in the person's language when the server said it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace tw::transport {

struct FieldProblem {
  std::string path{};  // "rows[3].version"
  std::string key{};
  std::string message{};
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("path", s.path);
    v("key", s.key);
    v("message", s.message);
  }
};

struct Problem {
  Code code = Code::internal;
  int status = 0;          // of HTTP; 0: no answer
  bool unreached = false;  // nobody answered: the network or the server is away
  std::string key{};
  std::string message{};     // empty: use title_of(code)
  std::string request_id{};  // to look for in the server's log
  std::vector<FieldProblem> fields{};

  // The message for a field of the request, empty when it has none.
  std::string_view field(std::string_view path) const;
  bool mentions_fields() const { return !fields.empty(); }
};

// Reads the body of a refusal. A body that is no problem document (a proxy's page) still becomes one, by its status.
Problem read_problem(int status, std::string_view body);
Problem unreached();
// Does a refusal say that the session is over? A wrong password is refused with the same code, so the key decides.
bool says_session_ended(const Problem& problem);

}  // namespace tw::transport
