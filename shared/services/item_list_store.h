// The SQL of item lists: pages of ids. What a row shows is item_rows.h. A page first finds its ids on an index, then
// looks at the rows behind them: a list of a million items costs what its page costs.
#pragma once

#include <string>
#include <vector>

#include "api/item.h"
#include "core/result.h"
#include "services/item_store.h"

namespace tw::services {

struct ItemPage {
  std::vector<ItemId> ids;
  std::string next;  // empty: the end
};

// Items of a batch. An unknown sort column and an unreadable cursor are the caller's mistake. Sorted by a value that
// the actor does not see of every customer, those of whom they do not are all alike.
Result<ItemPage> batch_item_page(Work& work, const domain::access::Actor& actor,
                                 const api::QueryItems::Request& request);
// Counts by looking, at most `at_most`: for a search, which no counter knows.
std::int64_t count_batch_items(Work& work, const api::QueryItems::Request& request, std::int64_t at_most);

// All items of a selection in order of id, `except` aside: with the versions that they have now.
std::vector<api::ItemVersion> selected_items(Work& work, BatchId batch, const api::ItemSelection& selection);

// Items of an executor in active batches, soonest due first, then longest held.
Result<ItemPage> executor_item_page(Work& work, PersonId executor, const api::QueryMyItems::Request& request);

// The tabs that no kept counter knows, each at most api::most_counted_items.
void count_marked(Work& work, PersonId executor, BatchId batch, api::TabCounts& counts);
struct Transfer {
  PersonId target;
  Instant at;
};
std::optional<Transfer> load_transfer(Work& work, PersonId person, ItemId item);

// At most `limit` items of the batch that are not ended, state by state.
std::vector<Item> open_items(Work& work, BatchId batch, std::int64_t limit);

// What a plan is made from: every item of the batch that needs an executor, in order of id.
struct PlannableItem {
  ItemId item;
  Version version;
  domain::batch::ItemState state = domain::batch::ItemState::unassigned;
  PersonId barred;
  bool do_not_contact = false;
  bool number_error = false;
  PersonId owner;          // of the customer
  std::int64_t score = 0;  // of the customer; none counts as 0
};
std::vector<PlannableItem> plannable_items(Work& work, BatchId batch);
// The same for these ids, whatever their state; ids of other batches are left out.
std::vector<PlannableItem> plannable_items(Work& work, BatchId batch, const std::vector<ItemId>& ids);

}  // namespace tw::services
