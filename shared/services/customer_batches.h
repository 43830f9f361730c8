// The batches that a customer is in, as somebody may know of them. Who reads the customer knows its batches; who has
// the item of one, only whose scope reaches the customer, who manages that batch, and who has it themselves.
#pragma once

#include <vector>

#include "api/item.h"
#include "services/item_store.h"
#include "services/work.h"

namespace tw::services {

// For the customer's own page, to somebody who reads the customer.
std::vector<api::CustomerBatch> batches_seen(Work& work, const domain::access::Actor& actor, CustomerId customer);

// The other active batches of an item's customer, latest made first. Who does not read the customer is told of those
// alone whose item they may look at.
std::vector<api::OtherBatch> other_batches(Work& work, const domain::access::Actor& actor, const Item& item,
                                           bool reads_customer);

}  // namespace tw::services
