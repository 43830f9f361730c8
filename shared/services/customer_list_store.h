// Pages of customer lists: which ids, in which order, and how many there are. The rows behind the ids are read by
// customer_store.
//
// Without filter and search, a shipped order answers from its index and the kept counters (customer_order_store).
// Otherwise a page is looked for in two ways, so that neither a filter that matches nearly everything nor one that
// matches three rows is slow: first along the order for a bounded number of rows, then by one pass over the scope or
// over the hits of the search index, in the order of the table, keeping the best.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/customer.h"
#include "services/customer_columns.h"
#include "services/customer_scope.h"
#include "services/work.h"

namespace tw::services {

inline constexpr std::int64_t counted_at_once = 10'000;  // beyond it a list says "10,000+"

struct CustomerPage {
  std::vector<CustomerId> customers;
  std::string next;
  api::Total total;
};

Result<CustomerPage> customer_page(Work& work, const CustomerScope& scope, const api::CustomerQuery& query,
                                   const api::Sort& sort, const api::Page& page);

// Checks the filter without looking at a row: paths begin with `path`.
Refusal check_customer_query(Work& work, const api::CustomerQuery& query, std::string_view path);

// The exact number, up to and including `highest`. The query is checked.
std::int64_t count_matching(Work& work, const CustomerScope& scope, const api::CustomerQuery& query,
                            CustomerId highest);

// Matching ids behind `after` up to `highest`, in ascending order; looks at `rows_at_most` rows at most.
struct MatchingSlice {
  std::vector<CustomerId> customers;
  CustomerId reached;
  bool finished = false;
};
MatchingSlice matching_after(Work& work, const CustomerScope& scope, const api::CustomerQuery& query, CustomerId after,
                             CustomerId highest, std::int64_t at_most, std::int64_t rows_at_most);

CustomerId highest_customer(Work& work);

}  // namespace tw::services
