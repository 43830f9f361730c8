// "Every customer of this query" for operations that walk the whole of it (add by query, count): the query, the actor's
// scope and the highest id of one moment, frozen together, so that what is added meanwhile stays out and what the actor
// may see tomorrow does not change what they asked for today. Rows that change while the operation runs are judged as
// they are when the walk reaches them.
//
// Other areas may use this header: it hands out ids only, and only of rows in the frozen scope.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/customer.h"
#include "core/result.h"
#include "services/customer_scope.h"
#include "services/work.h"

namespace tw::services {

class CustomerSelection {
 public:
  // Refuses a filter that names an unknown column, operator or value (400 with its path below `path_prefix`).
  static Result<CustomerSelection> make(Work& work, const domain::access::Actor& actor, const api::CustomerQuery& query,
                                        std::string_view path_prefix = "query");

  // JSON for the frozen input of a long operation, and back.
  std::string freeze() const;
  static Result<CustomerSelection> thaw(Work& work, std::string_view frozen);

  // The next ids in ascending order behind `after`. One call looks at a bounded number of rows, so that a step can give
  // way: it may answer few ids, or none, and still not be at the end. Go on with `reached` until `finished`.
  struct Slice {
    std::vector<CustomerId> ids;
    CustomerId reached;
    bool finished = false;
  };
  Slice slice_after(Work& work, CustomerId after, std::int64_t at_most) const;

  // Exact; looks at every row when no kept counter answers.
  std::int64_t count(Work& work) const;

  CustomerId highest() const { return highest_; }

 private:
  CustomerSelection() = default;

  CustomerScope scope_;
  api::CustomerQuery query_;
  CustomerId highest_;
};

}  // namespace tw::services
