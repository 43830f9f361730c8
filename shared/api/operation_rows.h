// What became of each row of a long operation on a batch: whom it changed, whom it left as they were, and why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/batch_items.h"
#include "api/operation.h"

namespace tw::api {

// So many of each kind are kept of an operation, the first that it looked at; its outcomes count all.
inline constexpr std::int64_t most_operation_rows = 1000;

// Did a row with this outcome become what the operation was for?
constexpr bool outcome_changes(std::string_view outcome) {
  return outcome == "added" || outcome == "assigned" || outcome == "done" || outcome == "reversed";
}
// Counted and never listed: what the actor unticked, or may not see.
constexpr bool outcome_is_only_counted(std::string_view outcome) {
  return outcome == "excepted" || outcome == "not_found";
}
// The kinds whose rows are kept.
constexpr bool keeps_rows(OperationKind kind) {
  return kind == OperationKind::add_to_batch || kind == OperationKind::allocate ||
         kind == OperationKind::change_items || kind == OperationKind::undo_allocation;
}

struct OperationRow {
  std::int64_t place = 0;  // counts up among those of its kind, in the order in which they were looked at
  CustomerId customer;
  std::string customer_name;
  std::string customer_key;  // the external key, which stands for a missing name; empty where there is a name
  ItemId item;               // of the customer in this batch now; 0: none
  PersonId executor;         // whom it was given to, or was to be given to
  std::string executor_name;
  std::string outcome;            // the word under which the operation counts it
  std::string reason;             // text key, where there is more to say than that word
  std::vector<TextParam> params;  // of that text
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("place", s.place);
    v("customer", s.customer);
    v("customer_name", s.customer_name);
    v("customer_key", s.customer_key);
    v("item", s.item);
    v("executor", s.executor);
    v("executor_name", s.executor_name);
    v("outcome", s.outcome);
    v("reason", s.reason);
    v("params", s.params);
  }
};

// Row rule: whoever manages the operation's batch. Of customers outside their scope they see those that are in the
// batch, as the list of its items shows them; others are counted and not shown.
struct ListOperationRows {
  static constexpr Endpoint endpoint{.name = "operations.rows",
                                     .path = "/api/v1/operations/{operation}/rows",
                                     .permission = domain::access::Permission::signed_in};
  struct Request {
    OperationId operation;
    bool changed = false;    // those that it changed; else those that it left as they were
    std::int64_t after = 0;  // the place to go on behind
    std::int64_t limit = 100;
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("operation", s.operation, rule::required);
      v("changed", s.changed);
      v("after", s.after, rule::range(0, most_operation_rows));
      v("limit", s.limit, rule::range(1, longest_page));
    }
  };
  struct Response {
    std::vector<OperationRow> rows;
    std::int64_t next = 0;    // 0: the end
    std::int64_t all = 0;     // how many there were, of which the first most_operation_rows are kept
    std::int64_t hidden = 0;  // of this page: customers that are not for this reader
    template <class S, class V>
    static void describe(S& s, V&& v) {
      v("rows", s.rows);
      v("next", s.next);
      v("all", s.all);
      v("hidden", s.hidden);
    }
  };
};

using OperationRowOperations = Operations<ListOperationRows>;

}  // namespace tw::api
