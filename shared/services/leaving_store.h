// The SQL of people who leave: what they hold in active batches, and which of these nobody else would manage.
#pragma once

#include <vector>

#include "api/leaving.h"
#include "services/batch_store.h"

namespace tw::services {

// What they execute or have completed, by batch; most executing first. From the kept counters.
std::vector<api::ViewHeld::Held> held_in_batches(Work& work, PersonId person);

// Items that they execute now in active batches, in order of id.
struct HeldItem {
  ItemId item;
  BatchId batch;
};
std::vector<HeldItem> executing_items_of(Work& work, PersonId person);

// Active batches that they created or co-manage and whose other managers are all disabled, or that have none.
std::vector<api::ViewHeld::Left> left_without_manager(Work& work, PersonId person);

// Active people who manage every batch, in order of id.
std::vector<PersonId> managers_of_every_batch(Work& work);

// Items that disabled people execute, by active batch.
std::map<BatchId, std::int64_t> held_by_disabled(Work& work);

// People who have executing or completed items of the batch and receive none: disabled, or not on its list.
std::vector<PersonId> gone_from(Work& work, BatchId batch);

}  // namespace tw::services
