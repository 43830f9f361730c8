// Items as lists and replies show them. A manager sees, of customers outside their scope, only name and masked phone.
#pragma once

#include <vector>

#include "api/item.h"
#include "services/item_store.h"

namespace tw::services {

enum class CustomerPart : std::uint8_t {
  by_scope,    // city and score only where the actor's scope reaches the customer
  whole_card,  // to the executor who holds the item
};

std::vector<api::ItemRow> item_rows(Work& work, const domain::access::Actor& actor, const std::vector<ItemId>& ids,
                                    CustomerPart part);

}  // namespace tw::services
