// Items by the name of their customer, across batches. What is searched is the name as the rows show it: the key only
// where it stands for a missing name. A manager may run items of customers outside their scope, and must not be able to
// ask for what these rows hide.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "domain/access/access.h"
#include "services/work.h"

namespace tw::services {

struct FoundItems {
  std::vector<ItemId> held;     // by the actor, in active batches
  std::vector<ItemId> managed;  // of batches that the actor manages, without those held
};
// At most `limit` together. `search` is_searchable.
FoundItems find_items(Work& work, const domain::access::Actor& actor, std::string_view search, std::int64_t limit);

}  // namespace tw::services
