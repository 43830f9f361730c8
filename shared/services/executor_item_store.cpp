// The executor's screen: see item_list_store.h. A tab is one range of batch_items_of_executor, items with a due time
// first.
#include "core/text.h"
#include "services/item_list_store.h"

namespace tw::services {

namespace {

struct Tab {
  int state;
  int progress;
};
Tab tab_of(api::MyItemsTab tab) {
  switch (tab) {
    case api::MyItemsTab::to_do:
      return {1, 0};
    case api::MyItemsTab::following:
      return {1, 1};
    case api::MyItemsTab::returned:
      return {1, 2};
    case api::MyItemsTab::completed:
      return {2, 0};
    case api::MyItemsTab::overdue:
      break;
  }
  return {1, -1};
}

// Where a page begins: items with a due time come first, then those without.
struct MyPlace {
  bool with_due = true;
  std::int64_t due_at = INT64_MIN;
  std::int64_t resumed_at = INT64_MIN;
  ItemId item;
};

std::string cursor_of(const MyPlace& place) {
  return std::to_string(place.item.value) + ":" + (place.with_due ? "1" : "0") + ":" + std::to_string(place.due_at) +
         ":" + std::to_string(place.resumed_at);
}

Result<MyPlace> my_place_of(const std::string& cursor) {
  MyPlace place;
  if (cursor.empty()) return place;
  const auto parts = text::split(cursor, ':');
  std::int64_t numbers[4] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto number = parts.size() == 4 ? text::to_integer(parts[i]) : std::nullopt;
    if (!number) return field_error("page.after", text_key("field.bad_cursor"));
    numbers[i] = *number;
  }
  return MyPlace{numbers[1] != 0, numbers[2], numbers[3], {numbers[0]}};
}

MyPlace read_place(db::Row row, bool with_due) { return {with_due, row.integer(1), row.integer(2), row.id<ItemId>(0)}; }

// batch_items_of_executor, outer loop by CROSS JOIN: a tab is one range of it.
void with_due_time(Work& work, PersonId executor, BatchId batch, Tab tab, const MyPlace& after, std::int64_t limit,
                   std::int64_t offset, std::vector<MyPlace>& found) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.due_at, COALESCE(i.resumed_at, 0)
    FROM batch_items i
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.executor = :executor AND i.state = :state AND i.progress = :progress AND i.due_at IS NOT NULL
      AND (i.due_at, i.resumed_at, i.id) > (:due_at, :resumed_at, :item)
      AND b.state = 0 AND (:batch = 0 OR i.batch = :batch)
    ORDER BY i.due_at, i.resumed_at, i.id
    LIMIT :limit OFFSET :offset)sql");
  statement.bind(":executor", executor)
      .bind(":state", tab.state)
      .bind(":progress", tab.progress)
      .bind(":due_at", after.due_at)
      .bind(":resumed_at", after.resumed_at)
      .bind(":item", after.item)
      .bind(":batch", batch)
      .bind(":limit", limit)
      .bind(":offset", offset)
      .each([&found](db::Row row) { found.push_back(read_place(row, true)); });
}

void without_due_time(Work& work, PersonId executor, BatchId batch, Tab tab, const MyPlace& after, std::int64_t limit,
                      std::int64_t offset, std::vector<MyPlace>& found) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, 0, COALESCE(i.resumed_at, 0)
    FROM batch_items i
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.executor = :executor AND i.state = :state AND i.progress = :progress AND i.due_at IS NULL
      AND (COALESCE(i.resumed_at, 0), i.id) > (:resumed_at, :item)
      AND b.state = 0 AND (:batch = 0 OR i.batch = :batch)
    ORDER BY i.resumed_at, i.id
    LIMIT :limit OFFSET :offset)sql");
  statement.bind(":executor", executor)
      .bind(":state", tab.state)
      .bind(":progress", tab.progress)
      .bind(":resumed_at", after.resumed_at)
      .bind(":item", after.item)
      .bind(":batch", batch)
      .bind(":limit", limit)
      .bind(":offset", offset)
      .each([&found](db::Row row) { found.push_back(read_place(row, false)); });
}

// Few: the recall job takes them within seconds.
void overdue_now(Work& work, PersonId executor, BatchId batch, const MyPlace& after, std::int64_t limit,
                 std::int64_t offset, std::vector<MyPlace>& found) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.due_at, COALESCE(i.resumed_at, 0)
    FROM batch_items i
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.executor = :executor AND i.state = 1 AND i.progress IN (0, 1, 2) AND i.due_at <= :now
      AND (i.due_at, i.resumed_at, i.id) > (:due_at, :resumed_at, :item)
      AND b.state = 0 AND (:batch = 0 OR i.batch = :batch)
    ORDER BY i.due_at, i.resumed_at, i.id
    LIMIT :limit OFFSET :offset)sql");
  statement.bind(":executor", executor)
      .bind(":now", work.now)
      .bind(":due_at", after.due_at)
      .bind(":resumed_at", after.resumed_at)
      .bind(":item", after.item)
      .bind(":batch", batch)
      .bind(":limit", limit)
      .bind(":offset", offset)
      .each([&found](db::Row row) { found.push_back(read_place(row, true)); });
}

}  // namespace

Result<ItemPage> executor_item_page(Work& work, PersonId executor, const api::QueryMyItems::Request& request) {
  const auto after = my_place_of(request.page.after);
  if (!after) return after.error();
  const Tab tab = tab_of(request.tab);
  const std::int64_t offset = request.page.after.empty() ? request.page.offset : 0;
  const std::int64_t wanted = offset + request.page.limit + 1;
  std::vector<MyPlace> found;
  if (request.tab == api::MyItemsTab::overdue) {
    overdue_now(work, executor, request.batch, *after, wanted, 0, found);
  } else {
    if (after->with_due) with_due_time(work, executor, request.batch, tab, *after, wanted, 0, found);
    const auto missing = wanted - static_cast<std::int64_t>(found.size());
    if (missing > 0)
      without_due_time(work, executor, request.batch, tab, after->with_due ? MyPlace{} : *after, missing, 0, found);
  }
  found.erase(found.begin(), found.begin() + std::min(offset, static_cast<std::int64_t>(found.size())));
  ItemPage page;
  const bool more = static_cast<std::int64_t>(found.size()) > request.page.limit;
  if (more) found.resize(static_cast<std::size_t>(request.page.limit));
  for (const MyPlace& place : found) page.ids.push_back(place.item);
  if (more) page.next = cursor_of(found.back());
  return page;
}

}  // namespace tw::services
