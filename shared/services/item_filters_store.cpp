// See item_filters_store.h.
#include "services/item_filters_store.h"

#include "core/json.h"
#include "core/text.h"
#include "services/like.h"

namespace tw::services {

using domain::batch::ItemState;

namespace {

// What is searched is the name as the rows show it: the key only where it stands for a missing name. A manager may run
// items of customers outside their scope, and must not be able to ask for what these rows hide.
constexpr std::string_view filters = R"sql(
    FROM batch_items i
    JOIN customers c ON c.id = i.customer
    WHERE ((:states >> i.state) & 1) = 1
      AND (:pattern = '' OR CASE WHEN c.name <> '' THEN c.name ELSE c.external_key END LIKE :pattern ESCAPE '\'))sql";

std::string cursor_of(const Place& place) { return std::to_string(place.item.value) + ":" + place.key; }

}  // namespace

ExecutorItems items_of_executors(Work& work, const api::QueryItems::Request& request) {
  ExecutorItems of;
  if (request.executors.empty()) return of;
  of.ids = json::encode(request.executors);
  // By batch_counts_of_executor, few rows each. State -1: of other batches.
  auto counted = work.db.prepare(R"sql(
    SELECT CASE WHEN batch = :batch THEN state ELSE -1 END AS here, SUM(items)
    FROM batch_counts
    WHERE executor IN (SELECT value FROM json_each(:executors) WHERE value > 0)
    GROUP BY here)sql");
  counted.bind(":batch", request.batch).bind(":executors", of.ids).each([&of](db::Row row) {
    of.anywhere += row.integer(1);
    if (row.integer(0) < 0) return;
    of.theirs.at(static_cast<std::size_t>(row.integer(0))) = row.integer(1);
    of.here += row.integer(1);
  });
  auto whole =
      work.db.prepare("SELECT state, items FROM batch_counts WHERE batch = :batch AND executor = 0");  // by primary key
  whole.bind(":batch", request.batch).each([&of](db::Row row) {
    of.all.at(static_cast<std::size_t>(row.integer(0))) += row.integer(1);
    of.in_batch += row.integer(1);
  });
  of.few = of.anywhere < of.in_batch;
  return of;
}

std::string filters_of(const api::QueryItems::Request& request, const ExecutorItems& of) {
  std::string all(filters);
  all += of.few ? " AND +i.batch = :batch" : " AND i.batch = :batch";
  if (!request.executors.empty())
    all += std::string(of.few ? " AND i" : " AND +i") + ".executor IN (SELECT value FROM json_each(:executors))";
  if (request.due_soon)
    all += " AND i.due_at <= :now + (SELECT b.due_soon_ms FROM batches b WHERE b.id = :batch)";  // batch_items_due
  if (request.held_by_disabled)
    all += " AND i.state = 1 AND i.executor IN (SELECT p.id FROM people p WHERE p.active = 0)";  // ..._of_executor
  return all;
}

std::int64_t state_bits(const std::vector<ItemState>& states) {
  if (states.empty()) return 0b111111;
  std::int64_t bits = 0;
  for (const ItemState state : states) bits |= std::int64_t{1} << static_cast<int>(state);
  return bits;
}

std::string pattern_of(const std::string& search) { return search.empty() ? std::string() : like_contains(search); }

void bind_filters(db::Statement& statement, Work& work, const api::QueryItems::Request& request,
                  const ExecutorItems& of, const std::string& pattern) {
  if (request.due_soon) statement.bind(":now", work.now);
  if (!request.executors.empty()) statement.bind(":executors", of.ids);
  statement.bind(":batch", request.batch).bind(":states", state_bits(request.states)).bind(":pattern", pattern);
}

Result<std::optional<Place>> place_of(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Place>();
  const auto colon = cursor.find(':');
  const auto id = text::to_integer(std::string_view(cursor).substr(0, colon));
  if (colon == std::string::npos || !id) return field_error("page.after", text_key("field.bad_cursor"));
  return std::optional<Place>(Place{{*id}, cursor.substr(colon + 1)});
}

ItemPage page_of(std::vector<Place> places, std::int64_t limit) {
  ItemPage page;
  const bool more = static_cast<std::int64_t>(places.size()) > limit;
  if (more) places.resize(static_cast<std::size_t>(limit));
  for (const Place& place : places) page.ids.push_back(place.item);
  if (more && !places.empty()) page.next = cursor_of(places.back());
  return page;
}

}  // namespace tw::services
