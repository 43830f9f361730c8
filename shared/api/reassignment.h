// What taking items from who executes them and giving them to somebody else is going to meet, before anybody does it.
#pragma once

#include <vector>

#include "api/allocation.h"

namespace tw::api {

// As ReassignItems, of which it names what there is to confirm. Rows that cannot be taken over whatever is confirmed
// count under what stands in their way; those that are theirs already, or that nobody executes, count nowhere.
struct PreviewReassignment {
  static constexpr Endpoint endpoint{.name = "batch.preview-reassignment",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/reassign/preview",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    PersonId executor;
    std::vector<ItemId> items;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("executor", s.executor, rule::required);
      v("items", s.items, rule::list(1, most_rows_at_once));
    }
  };
  struct Response {
    std::int64_t items = 0;          // that would be given, everything soft confirmed
    std::vector<LeftOut> obstacles;  // each with the items in whose way it stands; hard ones hold whatever is confirmed
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("items", s.items);
      v("obstacles", s.obstacles);
    }
  };
};

using ReassignmentOperations = Operations<PreviewReassignment>;

}  // namespace tw::api
