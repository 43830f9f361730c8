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
    default:
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

// --- tabs with an index of their own ---------------------------------------------------------------------------------

// A page goes on behind (key, item). What is looked at is one range of an index; batches that are over are passed by.
struct MarkedTab {
  api::MyItemsTab tab;
  std::string_view from;  // and what makes the range
  std::string_view key;
  Millis ahead = {};  // :until is so far from now
  bool latest_first = false;
};
// In the order of due times where an item has one. A person's executing items are looked at: as many as they can hold.
constexpr std::string_view by_due_time = "COALESCE(i.due_at, 9007199254740991)";
constexpr MarkedTab marked_tabs[] = {
    {api::MyItemsTab::within_hour, R"sql(
     FROM batch_items i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.executor = :executor AND i.next_follow_up IS NOT NULL AND i.next_follow_up <= :until)sql",
     "i.next_follow_up", hours(1)},  // batch_items_follow_up
    {api::MyItemsTab::transferred_in, R"sql(
     FROM batch_items i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.executor = :executor AND i.transferred_from IS NOT NULL AND i.state = 1 AND :until <> 0)sql",
     "0"},  // batch_items_transferred
    {api::MyItemsTab::completed_late, R"sql(
     FROM batch_items i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.executor = :executor AND i.completed_late = 1 AND i.state IN (2, 3) AND :until <> 0)sql",
     "0"},  // batch_items_late
    {api::MyItemsTab::transferred_out,
     R"sql(
     FROM (SELECT item AS id, batch, person, at FROM item_transfers) i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.person = :executor AND :until <> 0)sql",
     "i.at",
     {},
     true},  // item_transfers_by_time
    {api::MyItemsTab::overdue, R"sql(
     FROM batch_items i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.executor = :executor AND i.state = 1 AND (i.due_at <= :until OR b.ends_at <= :until))sql",
     by_due_time},  // batch_items_of_executor
    {api::MyItemsTab::due_soon, R"sql(
     FROM batch_items i CROSS JOIN batches b ON b.id = i.batch
     WHERE i.executor = :executor AND i.state = 1 AND i.due_at > :until AND i.due_at <= :until + b.due_soon_ms)sql",
     by_due_time},  // batch_items_of_executor
};

const MarkedTab* marked_tab(api::MyItemsTab tab) {
  for (const MarkedTab& one : marked_tabs)
    if (one.tab == tab) return &one;
  return nullptr;
}

void bind_marked(db::Statement& statement, Work& work, const MarkedTab& tab, PersonId executor, BatchId batch) {
  statement.bind(":executor", executor).bind(":until", work.now + tab.ahead).bind(":batch", batch);
}

constexpr std::string_view in_active_batches = " AND b.state = 0 AND (:batch = 0 OR i.batch = :batch)";

void marked_rows(Work& work, const MarkedTab& tab, PersonId executor, BatchId batch, const MyPlace& after,
                 std::int64_t limit, std::vector<MyPlace>& found) {
  const std::string key(tab.key), direction = tab.latest_first ? " DESC" : "";
  // A range alone is what the index answers; of one key, what stands behind the last item.
  const std::string order = key == "0" ? "i.id" : key + direction + ", i.id" + direction;
  const std::string behind = key == "0" ? "i.id > :item AND :key <> 1"
                                        : "(" + key + ", i.id) " + (tab.latest_first ? "<" : ">") + " (:key, :item)";
  auto statement = work.db.prepare("SELECT i.id, " + key + std::string(tab.from) + " AND " + behind +
                                   std::string(in_active_batches) + " ORDER BY " + order + " LIMIT :limit");
  const bool from_the_end = tab.latest_first && !after.item;
  bind_marked(statement, work, tab, executor, batch);
  statement.bind(":key", from_the_end ? INT64_MAX : after.due_at)
      .bind(":item", from_the_end ? ItemId{INT64_MAX} : after.item)
      .bind(":limit", limit)
      .each([&found](db::Row row) {
        found.push_back({true, row.integer(1), 0, row.id<ItemId>(0)});
      });
}

}  // namespace

Result<ItemPage> executor_item_page(Work& work, PersonId executor, const api::QueryMyItems::Request& request) {
  const auto after = my_place_of(request.page.after);
  if (!after) return after.error();
  const Tab tab = tab_of(request.tab);
  const std::int64_t offset = request.page.after.empty() ? request.page.offset : 0;
  const std::int64_t wanted = offset + request.page.limit + 1;
  std::vector<MyPlace> found;
  if (const MarkedTab* marked = marked_tab(request.tab)) {
    marked_rows(work, *marked, executor, request.batch, *after, wanted, found);
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

void count_marked(Work& work, PersonId executor, BatchId batch, api::TabCounts& counts) {
  const auto count = [&](api::MyItemsTab tab) {
    const MarkedTab& marked = *marked_tab(tab);
    auto statement = work.db.prepare("SELECT COUNT(*) FROM (SELECT 1" + std::string(marked.from) +
                                     std::string(in_active_batches) + " LIMIT :most)");
    bind_marked(statement, work, marked, executor, batch);
    return statement.bind(":most", api::most_counted_items).integer_or(0);
  };
  counts.within_hour = count(api::MyItemsTab::within_hour);
  counts.transferred_in = count(api::MyItemsTab::transferred_in);
  counts.transferred_out = count(api::MyItemsTab::transferred_out);
  counts.completed_late = count(api::MyItemsTab::completed_late);
  counts.overdue = count(api::MyItemsTab::overdue);
  counts.due_soon = count(api::MyItemsTab::due_soon);
}

std::optional<Transfer> load_transfer(Work& work, PersonId person, ItemId item) {
  auto statement = work.db.prepare(R"sql(
    SELECT target, at FROM item_transfers WHERE person = :person AND item = :item)sql");  // by primary key
  return statement.bind(":person", person).bind(":item", item).one([](db::Row row) {
    return Transfer{row.id<PersonId>(0), row.instant(1)};
  });
}

}  // namespace tw::services
