// See item_list_store.h.
#include "services/item_list_store.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "services/item_filters_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::ItemState;

namespace {

// --- the sort columns of a batch's items -----------------------------------------------------------------------------

struct SortColumn {
  std::string_view name;
  std::string_view expression;
  bool is_text = false;
  bool in_scope = false;  // of a customer whom the reader's scope reaches
};
// What a row does not show must not show in its place: a customer outside the reader's scope stands where one without a
// score does.
constexpr std::string_view score_in_scope =
    "CASE WHEN :everybody OR c.owner = :reader OR c.department IN (SELECT value FROM json_each(:departments)) "
    "THEN c.score ELSE -1 END";
// "None" sorts last: no due time after every due time, no score below every score.
constexpr SortColumn sort_columns[] = {{"changed", "i.changed"},
                                       {"due_at", "COALESCE(i.due_at, 9007199254740991)"},
                                       {"customer_name", "c.name_key", true},
                                       {"score", score_in_scope, false, true},
                                       {"state", "i.state"}};

const SortColumn* sort_column(std::string_view name) {
  for (const auto& column : sort_columns)
    if (column.name == name) return &column;
  return nullptr;
}

// Any order, any filter: looks at every item of the batch, or at those of the executors who are asked for, where they
// are fewer. Texts are few: columns by directions by such filters.
ItemPage sorted_page(Work& work, const Actor& actor, const api::QueryItems::Request& request, const ExecutorItems& of,
                     const SortColumn& column, bool descending, const std::optional<Place>& after) {
  const std::string expression(column.expression);
  const std::string direction = descending ? " DESC" : "";
  const std::string sql = "SELECT i.id, " + expression + filters_of(request, of) + " AND (:first OR (" + expression +
                          ", i.id) " + (descending ? "<" : ">") + " (:key, :id)) ORDER BY " + expression + direction +
                          ", i.id" + direction + " LIMIT :limit OFFSET :offset";
  const std::string pattern = pattern_of(request.search);
  auto statement = work.db.prepare(sql);
  bind_filters(statement, work, request, of, pattern);
  statement.bind(":first", !after)
      .bind(":id", after ? after->item : ItemId{})
      .bind(":limit", request.page.limit + 1)
      .bind(":offset", after ? 0 : request.page.offset);
  const std::string departments = column.in_scope ? json::encode(actor.departments) : std::string();
  if (column.in_scope)
    statement.bind(":everybody", actor.scope == domain::access::Scope::all)
        .bind(":reader", actor.person)
        .bind(":departments", actor.scope == domain::access::Scope::own ? std::string_view("[]") : departments);
  if (after && column.is_text)
    statement.bind(":key", after->key);
  else
    statement.bind(":key", after ? text::to_integer(after->key).value_or(0) : 0);
  return page_of(statement.all([&column](db::Row row) {
    return Place{row.id<ItemId>(0), column.is_text ? row.string(1) : std::to_string(row.integer(1))};
  }),
                 request.page.limit);
}

// --- the list's own order: latest changed first
// ------------------------------------------------------------------------

struct Changed {
  Instant at;
  ItemId item;
  friend bool operator<(const Changed& a, const Changed& b) {  // later first
    if (a.at != b.at) return b.at < a.at;
    return b.item < a.item;
  }
};

// One state's part of the page, by batch_items_by_state: what changed at the same time as the place before it, then
// what changed earlier. A comparison of (changed, id) pairs would look at every item of that time, and one allocation
// changes a whole batch at one time.
void latest_of_state(Work& work, const api::QueryItems::Request& request, const ExecutorItems& of, ItemState state,
                     const Changed& before, std::vector<Changed>& found) {
  auto statement = work.db.prepare(R"sql(
    SELECT changed, id
    FROM batch_items
    WHERE batch = :batch AND state = :state AND changed = :changed AND id < :item
      AND (:executors = '[]' OR executor IN (SELECT value FROM json_each(:executors)))
    UNION ALL
    SELECT changed, id
    FROM batch_items
    WHERE batch = :batch AND state = :state AND changed < :changed
      AND (:executors = '[]' OR executor IN (SELECT value FROM json_each(:executors)))
    ORDER BY 1 DESC, 2 DESC
    LIMIT :limit)sql");
  statement.bind(":batch", request.batch)
      .bind(":state", static_cast<int>(state))
      .bind(":changed", before.at)
      .bind(":item", before.item)
      .bind(":executors", of.ids)
      .bind(":limit", request.page.limit + 1)
      .each([&found](db::Row row) {
        found.push_back({row.instant(0), row.id<ItemId>(1)});
      });
}

// Not where the executors who are asked for have nothing: all of that state would be looked at for no row.
bool is_asked(const api::QueryItems::Request& request, const ExecutorItems& of, int state) {
  if ((state_bits(request.states) >> state & 1) == 0) return false;
  return request.executors.empty() || of.theirs[static_cast<std::size_t>(state)] > 0;
}

// How many rows a page along the order of the list looks at, if theirs lie evenly among the others.
std::int64_t looked_at_along_the_order(const api::QueryItems::Request& request, const ExecutorItems& of) {
  std::int64_t rows = 0;
  for (int state = 0; state < domain::batch::item_state_count; ++state) {
    if (!is_asked(request, of, state)) continue;
    const std::int64_t theirs = of.theirs[static_cast<std::size_t>(state)],
                       all = of.all[static_cast<std::size_t>(state)];
    rows += theirs <= request.page.limit ? all : (request.page.limit + 1) * all / theirs;
  }
  return rows;
}

ItemPage latest_page(Work& work, const api::QueryItems::Request& request, const ExecutorItems& of,
                     const std::optional<Place>& after) {
  Changed before{{INT64_MAX}, {INT64_MAX}};
  if (after) before = {{text::to_integer(after->key).value_or(0)}, after->item};
  std::vector<Changed> found;
  for (int state = 0; state < domain::batch::item_state_count; ++state)
    if (is_asked(request, of, state)) latest_of_state(work, request, of, static_cast<ItemState>(state), before, found);
  std::sort(found.begin(), found.end());
  std::vector<Place> places;
  for (const Changed& row : found) {
    if (static_cast<std::int64_t>(places.size()) > request.page.limit) break;
    places.push_back({row.item, std::to_string(row.at.ms)});
  }
  return page_of(std::move(places), request.page.limit);
}

}  // namespace

Result<ItemPage> batch_item_page(Work& work, const Actor& actor, const api::QueryItems::Request& request) {
  const auto after = place_of(request.page.after);
  if (!after) return after.error();
  if (request.sort.column == "executor") return executor_order_page(work, request, *after);
  const bool own_order = request.sort.column.empty();
  const SortColumn* column = own_order ? sort_columns : sort_column(request.sort.column);
  if (!column)
    return field_error("sort.column", text_key("field.unknown_choice"), {param("value", request.sort.column)});
  const bool descending = own_order || request.sort.descending;
  const ExecutorItems of = items_of_executors(work, request);
  if (!request.executors.empty() && of.here == 0) return ItemPage();
  // Along the order of the list until the page is full, unless those of these executors lie so far apart in it that all
  // of them are fewer.
  const bool far_apart = of.few && of.anywhere < looked_at_along_the_order(request, of);
  const bool by_index = column == sort_columns && descending && request.search.empty() && !request.due_soon &&
                        !request.held_by_disabled && request.page.offset == 0 && !far_apart;
  if (by_index) return latest_page(work, request, of, *after);
  return sorted_page(work, actor, request, of, *column, descending, *after);
}

std::int64_t count_batch_items(Work& work, const api::QueryItems::Request& request, std::int64_t at_most) {
  const ExecutorItems of = items_of_executors(work, request);
  const std::string sql = "SELECT COUNT(*) FROM (SELECT 1" + filters_of(request, of) + " LIMIT :at_most)";
  const std::string pattern = pattern_of(request.search);
  auto statement = work.db.prepare(sql);
  bind_filters(statement, work, request, of, pattern);
  return statement.bind(":at_most", at_most).integer_or(0);
}

// The whole batch or one state of it, read once at the beginning of a long operation.
std::vector<api::ItemVersion> selected_items(Work& work, BatchId batch, const api::ItemSelection& selection) {
  api::QueryItems::Request request;
  request.batch = batch;
  request.states = selection.states;
  request.executors = selection.executors;
  request.search = selection.search;
  request.due_soon = selection.due_soon;
  request.held_by_disabled = selection.held_by_disabled;
  const ExecutorItems of = items_of_executors(work, request);
  const std::string sql = "SELECT i.id, i.version" + filters_of(request, of) + " ORDER BY i.id";
  const std::string pattern = pattern_of(request.search);
  auto statement = work.db.prepare(sql);
  bind_filters(statement, work, request, of, pattern);
  return statement.all([](db::Row row) { return api::ItemVersion{row.id<ItemId>(0), row.version(1)}; });
}

// --- for long operations ---------------------------------------------------------------------------------------------

namespace {
void open_items_in(Work& work, BatchId batch, ItemState state, std::int64_t limit, std::vector<Item>& found) {
  auto statement = work.db.prepare(R"sql(
    SELECT id FROM batch_items
    WHERE batch = :batch AND state = :state
    ORDER BY changed, id
    LIMIT :limit)sql");  // batch_items_by_state; within one operation's rows that is the order of ids
  const auto ids = statement.bind(":batch", batch)
                       .bind(":state", static_cast<int>(state))
                       .bind(":limit", limit)
                       .all([](db::Row row) { return row.id<ItemId>(0); });
  for (const ItemId id : ids)
    if (auto item = load_item(work, id)) found.push_back(std::move(*item));
}

PlannableItem plannable_of(db::Row row) {
  return {row.id<ItemId>(0),
          row.version(1),
          static_cast<ItemState>(row.integer(2)),
          row.id<PersonId>(3),
          row.boolean(4),
          row.boolean(5),
          row.id<PersonId>(6),
          std::max<std::int64_t>(0, row.integer(7))};
}
}  // namespace

std::vector<Item> open_items(Work& work, BatchId batch, std::int64_t limit) {
  std::vector<Item> found;
  for (int state = 0; state < domain::batch::item_state_count; ++state) {
    const auto missing = limit - static_cast<std::int64_t>(found.size());
    if (missing <= 0) break;
    if (static_cast<ItemState>(state) != ItemState::ended)
      open_items_in(work, batch, static_cast<ItemState>(state), missing, found);
  }
  return found;
}

std::vector<PlannableItem> plannable_items(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.version, i.state, i.barred, c.do_not_contact, c.number_error, c.owner, c.score
    FROM batch_items i
    CROSS JOIN customers c ON c.id = i.customer
    WHERE i.batch = :batch AND i.state IN (0, 4, 5))sql");  // batch_items_by_state; the three states of N
  auto items = statement.bind(":batch", batch).all(plannable_of);
  std::sort(items.begin(), items.end(), [](const PlannableItem& a, const PlannableItem& b) { return a.item < b.item; });
  return items;
}

std::vector<PlannableItem> plannable_items(Work& work, BatchId batch, const std::vector<ItemId>& ids) {
  std::vector<ItemId> ordered = ids;
  std::sort(ordered.begin(), ordered.end());
  ordered.erase(std::unique(ordered.begin(), ordered.end()), ordered.end());
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.version, i.state, i.barred, c.do_not_contact, c.number_error, c.owner, c.score
    FROM batch_items i
    JOIN customers c ON c.id = i.customer
    WHERE i.id = :item AND i.batch = :batch)sql");  // by primary key
  std::vector<PlannableItem> items;
  for (const ItemId id : ordered) {
    statement.bind(":batch", batch).bind(":item", id).each([&items](db::Row row) {
      items.push_back(plannable_of(row));
    });
    statement.reset();
  }
  return items;
}

}  // namespace tw::services
