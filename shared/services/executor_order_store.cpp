// The items of a batch by who has them. No index has names in it: the people of a batch are few and known by its kept
// counters, so the list is walked person by person, by name, each person's latest changed first, and a page looks at
// nothing but the items of those who stand on it. Whom nobody has come last, or first when the order is turned round.
#include <algorithm>
#include <map>

#include "core/text.h"
#include "services/item_filters_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::batch::ItemState;

namespace {

struct Section {
  PersonId person;  // 0: nobody
  std::string name;
  std::int64_t items = 0;  // in the states that are asked for, by the kept counters
};

bool stands_before(const Section& a, const Section& b, bool descending) {
  const Section& first = descending ? b : a;
  const Section& second = descending ? a : b;
  if (!first.person || !second.person) return static_cast<bool>(first.person) && !second.person;
  return first.name != second.name ? first.name < second.name : first.person < second.person;
}

struct Changed {
  Instant at{INT64_MAX};
  ItemId item{INT64_MAX};
};

bool narrows_beyond_states(const api::QueryItems::Request& request) {
  return !request.search.empty() || request.due_soon || request.held_by_disabled;
}

bool is_asked(const api::QueryItems::Request& request, PersonId person) {
  if (!request.executors.empty())
    return std::find(request.executors.begin(), request.executors.end(), person) != request.executors.end();
  return person || (!request.due_soon && !request.held_by_disabled);  // what nobody has is neither
}

std::vector<Section> sections_of(Work& work, const api::QueryItems::Request& request) {
  auto counted = work.db.prepare(R"sql(
    SELECT c.executor, COALESCE(p.name, ''), SUM(c.items)
    FROM batch_counts c
    LEFT JOIN people p ON p.id = c.executor
    WHERE c.batch = :batch AND ((:states >> c.state) & 1) = 1
    GROUP BY c.executor)sql");  // by primary key
  std::vector<Section> sections;
  Section nobody;
  counted.bind(":batch", request.batch).bind(":states", state_bits(request.states)).each([&](db::Row row) {
    const Section one{row.id<PersonId>(0), row.string(1), row.integer(2)};
    nobody.items += one.person ? -one.items : one.items;  // the row of nobody is the whole batch
    if (one.person && one.items > 0 && is_asked(request, one.person)) sections.push_back(one);
  });
  if (nobody.items > 0 && is_asked(request, {})) sections.push_back(nobody);
  return sections;
}

// One statement for persons and one for nobody, by filter: texts are few.
struct SectionSql {
  std::string from;
  ExecutorItems of;
};

SectionSql sql_of(api::QueryItems::Request request, const Section& section) {
  SectionSql sql;
  request.executors.clear();
  sql.of.few = static_cast<bool>(section.person);  // batch_items_of_executor leads to them
  sql.from = filters_of(request, sql.of);
  sql.from += section.person ? " AND i.executor = :executor" : " AND i.executor IS NULL";
  return sql;
}

void bind_section(db::Statement& statement, Work& work, api::QueryItems::Request request, const Section& section,
                  const SectionSql& sql, const std::string& pattern) {
  request.executors.clear();
  bind_filters(statement, work, request, sql.of, pattern);
  if (section.person) statement.bind(":executor", section.person);
}

std::int64_t size_of(Work& work, const api::QueryItems::Request& request, const Section& section) {
  if (!narrows_beyond_states(request)) return section.items;
  const SectionSql sql = sql_of(request, section);
  const std::string pattern = pattern_of(request.search);
  auto statement = work.db.prepare("SELECT COUNT(*)" + sql.from);
  bind_section(statement, work, request, section, sql, pattern);
  return statement.integer_or(0);
}

class Page {
 public:
  Page(Work& work, const api::QueryItems::Request& request) : work_(work), request_(request) {}

  bool is_full() const { return missing() <= 0; }

  void add(const Section& section, const Changed& before, std::int64_t skip) {
    const bool along_index = !section.person && request_.search.empty() && skip == 0;
    std::vector<Changed> found = along_index ? latest_of_nobody(before) : latest_of(section, before, skip);
    for (const Changed& row : found) {
      if (is_full()) return;
      places_.push_back({row.item, std::to_string(section.person.value) + ":" + std::to_string(row.at.ms)});
    }
  }

  ItemPage finish() && { return page_of(std::move(places_), request_.page.limit); }

 private:
  std::int64_t missing() const {  // one more than the page has tells that there are others
    return request_.page.limit + 1 - static_cast<std::int64_t>(places_.size());
  }

  std::vector<Changed> latest_of(const Section& section, const Changed& before, std::int64_t skip) {
    const SectionSql sql = sql_of(request_, section);
    const std::string pattern = pattern_of(request_.search);
    auto statement = work_.db.prepare("SELECT i.changed, i.id" + sql.from +
                                      " AND (i.changed, i.id) < (:changed, :item)"
                                      " ORDER BY i.changed DESC, i.id DESC LIMIT :limit OFFSET :offset");
    bind_section(statement, work_, request_, section, sql, pattern);
    return statement.bind(":changed", before.at)
        .bind(":item", before.item)
        .bind(":limit", missing())
        .bind(":offset", skip)
        .all([](db::Row row) {
          return Changed{row.instant(0), row.id<ItemId>(1)};
        });
  }

  // State by state along batch_items_by_state, as the list's own order: a million that wait cost what their page costs.
  std::vector<Changed> latest_of_nobody(const Changed& before) {
    std::vector<Changed> found;
    for (int state = 0; state < domain::batch::item_state_count; ++state) {
      const auto one = static_cast<ItemState>(state);
      if (((state_bits(request_.states) >> state) & 1) == 0) continue;
      if (one == ItemState::executing || one == ItemState::completed) continue;  // somebody has those
      auto statement = work_.db.prepare(R"sql(
        SELECT changed, id
        FROM batch_items
        WHERE batch = :batch AND state = :state AND changed = :changed AND id < :item AND executor IS NULL
        UNION ALL
        SELECT changed, id
        FROM batch_items
        WHERE batch = :batch AND state = :state AND changed < :changed AND executor IS NULL
        ORDER BY 1 DESC, 2 DESC
        LIMIT :limit)sql");
      statement.bind(":batch", request_.batch)
          .bind(":state", state)
          .bind(":changed", before.at)
          .bind(":item", before.item)
          .bind(":limit", missing())
          .each([&found](db::Row row) {
            found.push_back({row.instant(0), row.id<ItemId>(1)});
          });
    }
    std::sort(found.begin(), found.end(),
              [](const Changed& a, const Changed& b) { return a.at != b.at ? b.at < a.at : b.item < a.item; });
    return found;
  }

  Work& work_;
  const api::QueryItems::Request& request_;
  std::vector<Place> places_;
};

struct Reached {
  Section section;
  Changed row;
};

// "executor:changed" behind the item's id.
std::optional<Reached> reached(Work& work, const Place& place) {
  const auto parts = text::split(place.key, ':');
  if (parts.size() != 2) return std::nullopt;
  const auto person = text::to_integer(parts[0]);
  const auto changed = text::to_integer(parts[1]);
  if (!person || !changed || *person < 0) return std::nullopt;
  Reached at;
  at.section.person = {*person};
  if (at.section.person) at.section.name = name_of(work, at.section.person);
  at.row = {{*changed}, place.item};
  return at;
}

}  // namespace

Result<ItemPage> executor_order_page(Work& work, const api::QueryItems::Request& request,
                                     const std::optional<Place>& after) {
  std::optional<Reached> at;
  if (after) {
    at = reached(work, *after);
    if (!at) return field_error("page.after", text_key("field.bad_cursor"));
  }
  const bool descending = request.sort.descending;
  std::vector<Section> sections = sections_of(work, request);
  std::sort(sections.begin(), sections.end(),
            [descending](const Section& a, const Section& b) { return stands_before(a, b, descending); });
  Page page(work, request);
  std::int64_t skip = at ? 0 : request.page.offset;
  for (const Section& section : sections) {
    if (page.is_full()) break;
    if (at && stands_before(section, at->section, descending)) continue;
    const bool goes_on = at && section.person == at->section.person;
    if (skip > 0) {
      const std::int64_t items = size_of(work, request, section);
      if (skip >= items) {
        skip -= items;
        continue;
      }
    }
    page.add(section, goes_on ? at->row : Changed{}, skip);
    skip = 0;
  }
  return std::move(page).finish();
}

}  // namespace tw::services
