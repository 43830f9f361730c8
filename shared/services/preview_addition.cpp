// See preview_addition.h. Costs what its bounds say: so many customers by primary key, and a query is searched for them
// in so many slices of rows, however few of them match.
#include "services/preview_addition.h"

#include <algorithm>

#include "services/addition_store.h"
#include "services/batch_views.h"
#include "services/customer_query.h"
#include "services/customer_store.h"

namespace tw::services {

namespace {

constexpr int most_slices = 10;  // of 20,000 rows each, see customer_query.cpp

// Counts each customer once.
class AdditionLook {
 public:
  AdditionLook(Work& work, BatchId batch, api::PreviewAddition::Response& found)
      : found_(found), reader_(work, batch) {}

  bool is_full() const { return found_.looked_at >= api::most_previewed; }

  void at(CustomerId customer) {
    const auto one = reader_.look_at(customer);
    if (!one) return;
    ++found_.looked_at;
    if (one->do_not_contact)
      ++found_.do_not_contact;
    else if (one->number_error)
      ++found_.number_error;
    else if (one->in_batch)
      ++found_.already_in;
    else if (one->in_other_active_batch)
      ++found_.in_other_batch;
  }

 private:
  api::PreviewAddition::Response& found_;
  AdditionReader reader_;
};

void look_at_query(Work& work, const CustomerSelection& selection, const std::vector<CustomerId>& except,
                   AdditionLook& look, api::PreviewAddition::Response& found) {
  CustomerId reached;
  for (int slices = 0; slices < most_slices; ++slices) {
    const auto slice = selection.slice_after(work, reached, api::most_previewed);
    for (const CustomerId customer : slice.ids) {
      if (std::binary_search(except.begin(), except.end(), customer)) continue;
      if ((found.more = look.is_full())) return;
      look.at(customer);
    }
    if (slice.finished) return;
    reached = slice.reached;
  }
  found.more = true;
}

}  // namespace

Refusal one_of_both(const std::vector<CustomerId>& customers, const std::optional<api::CustomerQuery>& query,
                    const std::vector<CustomerId>& except) {
  if (!query && !except.empty()) return field_error("except", text_key("batch.except_of_query"));
  if (customers.empty() == query.has_value()) return std::nullopt;
  return field_error(query ? "query" : "customers", text_key("batch.customers_or_query"));
}

Result<api::PreviewAddition::Response> preview_addition(Work& work, const Actor& actor,
                                                        const api::PreviewAddition::Request& request) {
  const auto access = see_managed_batch(work, actor, request.batch);
  if (!access) return access.error();
  if (auto refused = domain::batch::may_add({actor.person, access->standing()}, access->batch.facts())) return *refused;
  if (auto refused = one_of_both(request.customers, request.query, request.except)) return *refused;
  api::PreviewAddition::Response found;
  AdditionLook look(work, request.batch, found);
  if (!request.query) {
    std::vector<CustomerId> once = request.customers;
    std::sort(once.begin(), once.end());
    once.erase(std::unique(once.begin(), once.end()), once.end());
    for (const CustomerId customer : once)
      if (in_scope(work, actor, customer)) look.at(customer);
    return found;
  }
  const auto selection = CustomerSelection::make(work, actor, *request.query);
  if (!selection) return selection.error();
  std::vector<CustomerId> except = request.except;
  std::sort(except.begin(), except.end());
  look_at_query(work, *selection, except, look, found);
  return found;
}

}  // namespace tw::services
