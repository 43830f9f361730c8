#include "services/customer_query.h"

#include "core/json.h"
#include "services/customer_list_store.h"

namespace tw::services {

namespace {

// Rows that one slice looks at: a few milliseconds, so that a step can give way between slices.
constexpr std::int64_t rows_of_a_slice = 20'000;

struct Frozen {
  CustomerScope scope;
  api::CustomerQuery query;
  CustomerId highest;
  template <class S, class V>
  static void describe(S& s, V&& v) {
    v("scope", s.scope, rule::required);
    v("query", s.query, rule::required);
    v("highest", s.highest);
  }
};

}  // namespace

Result<CustomerSelection> CustomerSelection::make(Work& work, const domain::access::Actor& actor,
                                                  const api::CustomerQuery& query, std::string_view path_prefix) {
  if (auto refused = check_customer_query(work, query, path_prefix)) return *refused;
  CustomerSelection selection;
  selection.scope_ = scope_of(actor, query.view);
  selection.query_ = query;
  selection.highest_ = highest_customer(work);
  return selection;
}

std::string CustomerSelection::freeze() const { return json::encode(Frozen{scope_, query_, highest_}); }

Result<CustomerSelection> CustomerSelection::thaw(Work& work, std::string_view frozen) {
  auto read = json::decode<Frozen>(frozen);
  if (!read) return read.error();
  if (auto refused = check_customer_query(work, read->query, "query")) return *refused;
  CustomerSelection selection;
  selection.scope_ = std::move(read->scope);
  selection.query_ = std::move(read->query);
  selection.highest_ = read->highest;
  return selection;
}

CustomerSelection::Slice CustomerSelection::slice_after(Work& work, CustomerId after, std::int64_t at_most) const {
  auto slice = matching_after(work, scope_, query_, after, highest_, at_most, rows_of_a_slice);
  return {std::move(slice.customers), slice.reached, slice.finished};
}

std::int64_t CustomerSelection::count(Work& work) const { return count_matching(work, scope_, query_, highest_); }

}  // namespace tw::services
