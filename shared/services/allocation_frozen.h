// The frozen input of an allocation, as it stands in its operation; its rows are the plan's chunks.
#pragma once

#include <string>
#include <vector>

#include "api/allocation.h"

namespace tw::services {

struct FrozenAllocation {
  domain::allocation::Policy policy = domain::allocation::Policy::even;
  std::int64_t seed = 0;
  std::string snapshot;
  std::vector<PersonId> people;  // what the plan's rows point into
  std::vector<api::LeftOut> left_out;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("policy", s.policy);
    v("seed", s.seed);
    v("snapshot", s.snapshot);
    v("people", s.people, FieldRule{.max_length = 60'000});
    v("left_out", s.left_out);
  }
};

}  // namespace tw::services
