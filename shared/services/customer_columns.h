// What a customer list may filter and sort by: the declared columns with their SQL, and the orders.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "api/page.h"
#include "services/customer_field_store.h"
#include "services/list_query.h"
#include "services/work.h"

namespace tw::services {

// The columns as expressions over `customers AS c` and `customer_field_values AS v`. Custom fields are there only when
// the filter names one.
std::vector<ListColumn> customer_columns(Work& work, const api::Filter& filter);
bool names_custom_field(const api::Filter& filter);

struct CustomerOrder {
  api::Sort sort;      // with the default filled in
  const char* column;  // of customers
  bool text_key = false;
  bool shipped = false;  // has an index for every scope
};
// Empty: nothing sorts by that.
std::optional<CustomerOrder> customer_order(const api::Sort& sort);

}  // namespace tw::services
