// See customer_batches.h.
#include "services/customer_batches.h"

#include "services/batch_store.h"
#include "services/customer_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::access::Permission;
using domain::batch::BatchState;
using domain::batch::ItemState;

namespace {

bool by_scope(Work& work, const Actor& actor, CustomerId customer) {
  return actor.holds(Permission::view_customers) && in_scope(work, actor, customer);
}

bool manages(Work& work, const Actor& actor, BatchId batch) {
  const auto access = see_batch(work, actor, batch);
  return access && access->manages;
}

bool has_it(const Actor& actor, PersonId executor) { return actor.person && actor.person == executor; }

bool holds_it(const Actor& actor, const api::OtherBatch& other) {
  return has_it(actor, other.executor) && (other.state == ItemState::executing || other.state == ItemState::completed);
}

}  // namespace

std::vector<api::CustomerBatch> batches_seen(Work& work, const Actor& actor, CustomerId customer) {
  std::vector<api::CustomerBatch> batches = batches_of(work, customer);
  if (by_scope(work, actor, customer)) return batches;
  for (api::CustomerBatch& batch : batches) {
    if (has_it(actor, batch.executor) || manages(work, actor, batch.batch)) continue;
    batch.executor = {};
    batch.executor_name.clear();
  }
  return batches;
}

std::vector<api::OtherBatch> other_batches(Work& work, const Actor& actor, const Item& item, bool reads_customer) {
  const bool everything = by_scope(work, actor, item.customer);
  std::vector<api::OtherBatch> others;
  for (const api::CustomerBatch& batch : batches_of(work, item.customer)) {
    if (batch.batch == item.batch || batch.batch_state != wire_name(BatchState::active)) continue;
    api::OtherBatch other;
    other.batch = batch.batch;
    other.item = batch.item;
    other.subject = batch.subject;
    from_wire_name(batch.item_state, other.state);
    other.executor = batch.executor;
    const bool theirs = manages(work, actor, batch.batch);
    other.may_open = theirs || holds_it(actor, other);
    if (!reads_customer && !other.may_open) continue;
    if (everything || theirs || has_it(actor, batch.executor))
      other.executor_name = batch.executor_name;
    else
      other.executor = {};
    others.push_back(std::move(other));
  }
  return others;
}

}  // namespace tw::services
