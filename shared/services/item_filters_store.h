// What narrows a batch's list of items, as SQL, and the cursors of its pages: shared by the orders that the list has
// (item_list_store.cpp, executor_order_store.cpp).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "api/batch_items.h"
#include "core/result.h"
#include "services/item_list_store.h"
#include "services/work.h"

namespace tw::services {

// What the executors who are asked for have, and had, by the kept counters: in this batch and in all; and what
// everybody has in this batch.
struct ExecutorItems {
  using ByState = std::array<std::int64_t, domain::batch::item_state_count>;
  std::string ids = "[]";  // as JSON, to be bound
  ByState theirs{}, all{};
  std::int64_t here = 0, anywhere = 0, in_batch = 0;
  bool few = false;  // fewer than the batch has: batch_items_of_executor leads to them
};

ExecutorItems items_of_executors(Work& work, const api::QueryItems::Request& request);

// "FROM … WHERE …" over batch_items i and customers c. Which rows are looked at follows from the filter: all of the
// batch, what is due in it, or all that these executors have and had, where that is less.
std::string filters_of(const api::QueryItems::Request& request, const ExecutorItems& of);
std::int64_t state_bits(const std::vector<domain::batch::ItemState>& states);
std::string pattern_of(const std::string& search);
void bind_filters(db::Statement& statement, Work& work, const api::QueryItems::Request& request,
                  const ExecutorItems& of, const std::string& pattern);

// Where a page ended: the id of the last row, and what it was sorted by.
struct Place {
  ItemId item;
  std::string key;
};

Result<std::optional<Place>> place_of(const std::string& cursor);
ItemPage page_of(std::vector<Place> places, std::int64_t limit);

// By who has them, those whom nobody has last.
Result<ItemPage> executor_order_page(Work& work, const api::QueryItems::Request& request,
                                     const std::optional<Place>& after);

}  // namespace tw::services
