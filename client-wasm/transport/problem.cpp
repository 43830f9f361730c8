#include "client/transport/problem.h"

#include "core/json.h"

namespace tw::transport {

namespace {

struct Document {
  std::string code{}, key{}, detail{}, instance{};
  std::vector<FieldProblem> fields{};
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("code", s.code);
    v("key", s.key);
    v("detail", s.detail);
    v("instance", s.instance);
    v("fields", s.fields);
  }
};

Code code_of(int status) {
  for (const CodeName& row : code_names)
    if (row.http_status == status) return row.code;
  if (status == 413) return Code::limited;
  return status == 502 || status == 504 ? Code::unavailable : status < 500 ? Code::invalid : Code::internal;
}

}  // namespace

std::string_view Problem::field(std::string_view path) const {
  for (const FieldProblem& wrong : fields)
    if (wrong.path == path || (wrong.path.size() > path.size() && wrong.path.compare(0, path.size(), path) == 0 &&
                               (wrong.path[path.size()] == '[' || wrong.path[path.size()] == '.')))
      return wrong.message;
  return {};
}

Problem read_problem(int status, std::string_view body) {
  Problem problem;
  problem.status = status;
  problem.code = code_of(status);
  if (const auto read = json::decode<Document>(body)) {
    for (const CodeName& row : code_names)
      if (row.name == read->code) problem.code = row.code;
    problem.key = read->key;
    problem.message = read->detail;
    problem.request_id = read->instance;
    problem.fields = read->fields;
  }
  return problem;
}

Problem unreached() {
  Problem problem;
  problem.code = Code::unavailable;
  problem.unreached = true;
  return problem;
}

bool says_session_ended(const Problem& problem) {
  return problem.code == Code::unauthenticated && problem.key == text_key("error.unauthenticated").view();
}

}  // namespace tw::transport
