// What waits for somebody, batch by batch (api::Waiting): the blocks over the list of batches and on the workbench
// count it, the list shows it. From the kept counters; only due times are looked at.
#pragma once

#include <array>
#include <vector>

#include "api/batch.h"
#include "services/batch_store.h"

namespace tw::services {

struct WaitingBatch {
  BatchId batch;
  std::int64_t items = 0;
};

struct BatchBlocks {
  std::array<std::vector<WaitingBatch>, api::waiting_kinds> by_kind;  // each latest changed first
  api::StateCounts managed;                                           // of all active batches that the actor manages

  const std::vector<WaitingBatch>& of(api::Waiting what) const { return by_kind[static_cast<std::size_t>(what)]; }
  void add(api::Waiting what, BatchId batch, std::int64_t items) {
    if (items > 0) by_kind[static_cast<std::size_t>(what)].push_back({batch, items});
  }
};

BatchBlocks blocks_of(Work& work, const domain::access::Actor& actor);

}  // namespace tw::services
