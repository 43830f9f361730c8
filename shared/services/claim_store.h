// The SQL of claiming: the free items of a batch in the order of their draw keys, a page or a draw of them; and what a
// person has drawn and not touched. All by batch_items_free and batch_items_drawn.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "services/item_store.h"

namespace tw::services {

struct FreePage {
  std::vector<ItemId> ids;
  std::string next;  // empty: the end
};
// What this person can claim, page by page: a page costs what it shows, and what it passes over.
Result<FreePage> free_page(Work& work, BatchId batch, PersonId person, const std::string& after, std::int64_t limit);

// How many of a random draw they still have and have done nothing about.
std::int64_t untouched_draws(Work& work, BatchId batch, PersonId person);

// Free items for a person, at random: every one that they may have is equally likely, whatever was drawn or became free
// before, and what it costs does not grow with the batch. `free`: how many there are in all, from the kept counters.
std::vector<AllocatableReader::Found> draw_free(Work& work, BatchId batch, PersonId person, std::int64_t wanted,
                                                std::int64_t free);

}  // namespace tw::services
