// The SQL of the clocks of a batch's executing items, all by batch_items_by_state: what a new limit does to them.
#pragma once

#include <vector>

#include "services/item_store.h"

namespace tw::services {

struct RunningItem {
  ItemId item;
  Version version;
  Instant changed;
  PersonId executor;
  domain::batch::ItemClock clock;
};
// At most `limit` of them behind this place, in the order of (changed, id).
std::vector<RunningItem> running_after(Work& work, BatchId batch, Instant changed, ItemId item, std::int64_t limit);

// How many a limit of this length makes overdue by now.
std::int64_t overdue_under(Work& work, BatchId batch, Millis limit);

// Writes clocks and nothing else: an item's version stays. Keeps its statement for as many as there are.
class ClockWriter {
 public:
  explicit ClockWriter(Work& work);
  void write(const RunningItem& item, const domain::batch::ItemClock& clock);

 private:
  db::Statement statement_;
};

}  // namespace tw::services
