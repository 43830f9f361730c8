// What adding customers to a batch is going to meet, before anybody adds them.
#pragma once

#include "api/batch.h"

namespace tw::api {

// Beyond so many customers the preview says of how many it speaks: looking at a million would keep people waiting.
inline constexpr std::int64_t most_previewed = 10'000;

// As AddCustomersToBatch: ticked rows, or every row of a query in the actor's scope, `except` some. The four counts
// name each customer once: who must not be contacted and who has a wrong number are left out, who is in the batch is
// skipped, and of the rest some are in other active batches.
struct PreviewAddition {
  static constexpr Endpoint endpoint{.name = "batch.preview-addition",
                                     .method = Method::post,
                                     .path = "/api/v1/batches/{batch}/customers/preview",
                                     .permission = Permission::manage_batch};
  struct Request {
    BatchId batch;
    std::vector<CustomerId> customers;
    std::optional<CustomerQuery> query;
    std::vector<CustomerId> except;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("batch", s.batch, rule::required);
      v("customers", s.customers, rule::list(0, 10'000));
      v("query", s.query);
      v("except", s.except, rule::list(0, 10'000));
    }
  };
  struct Response {
    std::int64_t looked_at = 0;  // all of them, or the first in order of id
    bool more = false;           // there are others, which nobody has looked at
    std::int64_t do_not_contact = 0;
    std::int64_t number_error = 0;
    std::int64_t already_in = 0;
    std::int64_t in_other_batch = 0;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("looked_at", s.looked_at);
      v("more", s.more);
      v("do_not_contact", s.do_not_contact);
      v("number_error", s.number_error);
      v("already_in", s.already_in);
      v("in_other_batch", s.in_other_batch);
    }
  };
};

using AdditionOperations = Operations<PreviewAddition>;

}  // namespace tw::api
