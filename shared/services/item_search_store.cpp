// See item_search_store.h. Two ways in, each by an index and each bounded: what a person holds, and the newest
// customers that the quick search's index knows by these words.
#include "services/item_search_store.h"

#include <algorithm>

#include "core/text.h"
#include "domain/customer/search_terms.h"
#include "services/customer_search_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::access::Permission;

namespace {

// Words that more customers have than this name nobody: further words find them.
constexpr std::int64_t most_candidates = 5'000;

bool is_named(db::Row row, std::string_view search) {
  const std::string name = row.string(1);
  return domain::customer::contains(name.empty() ? row.string(2) : name, search);
}

constexpr std::int64_t most_looked_at = 5000;

// batch_items_of_executor, outer loop by CROSS JOIN. Who holds more than are looked at finds the others by their
// customers, as managers do.
std::vector<ItemId> held_items(Work& work, PersonId person, std::string_view search, std::size_t limit) {
  std::vector<ItemId> found;
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, c.name, c.external_key
    FROM batch_items i
    CROSS JOIN customers c ON c.id = i.customer
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.executor = :person AND i.state IN (1, 2) AND b.state = 0
    LIMIT :most)sql");
  statement.bind(":person", person).bind(":most", most_looked_at);
  while (found.size() < limit && statement.step())
    if (is_named(statement.row(), search)) found.push_back(statement.row().id<ItemId>(0));
  return found;
}

// batch_items_of_customer; a customer is in few batches.
constexpr const char* managed_sql = R"sql(
    SELECT i.id, c.name, c.external_key, i.executor = :person AND i.state IN (1, 2) AND b.state = 0
    FROM batch_items i
    CROSS JOIN customers c ON c.id = i.customer
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.customer = :customer
      AND (:every OR b.creator = :person OR EXISTS (
            SELECT 1 FROM batch_people p WHERE p.batch = b.id AND p.role = 1 AND p.person = :person)
           OR (i.executor = :person AND i.state IN (1, 2) AND b.state = 0))
    ORDER BY i.id DESC)sql";

}  // namespace

FoundItems find_items(Work& work, const Actor& actor, std::string_view text, std::int64_t limit) {
  const std::string_view search = text::trim(text);
  const auto most = static_cast<std::size_t>(limit);
  FoundItems found;
  if (actor.person) found.held = held_items(work, actor.person, search, most);
  const auto is_full = [&] { return found.held.size() + found.managed.size() >= most; };
  if (is_full()) return found;
  auto statement = work.db.prepare(managed_sql);
  for (const CustomerId customer : newest_candidates(work, SearchQuery(search), most_candidates)) {
    statement.bind(":customer", customer)
        .bind(":every", actor.holds(Permission::manage_every_batch))
        .bind_or_null(":person", actor.person);
    while (!is_full() && statement.step()) {
      const auto item = statement.row().id<ItemId>(0);
      if (!is_named(statement.row(), search)) break;
      if (std::find(found.held.begin(), found.held.end(), item) != found.held.end()) continue;
      (statement.row().boolean(3) ? found.held : found.managed).push_back(item);
    }
    if (is_full()) break;
    statement.reset();
  }
  return found;
}

}  // namespace tw::services
