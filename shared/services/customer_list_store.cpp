#include "services/customer_list_store.h"

#include <algorithm>

#include "core/json.h"
#include "core/text.h"
#include "domain/customer/search_terms.h"
#include "services/customer_counts_store.h"
#include "services/customer_order_store.h"
#include "services/customer_search_store.h"

namespace tw::services {

namespace {

// Rows that the first way looks at before it gives up: some milliseconds.
constexpr std::int64_t walked_rows = 2'000;

Error wrong_cursor() { return field_error("page.after", text_key("list.wrong_cursor")); }

bool is_plain(const api::CustomerQuery& query) {
  return matches_everything(query.filter) && text::trim(query.search).empty();
}

// Every custom condition must hold and needs a value: then the walk may start at the rows that have values.
bool needs_custom_row(const api::Filter& filter) {
  if (filter.combine != api::Combine::all) return false;
  for (const api::Condition& condition : filter.conditions)
    if (std::string_view(condition.column).substr(0, 6) == "field_" && condition.op != api::Operator::is_empty &&
        condition.op != api::Operator::not_equals)
      return true;
  return false;
}

// Whose customers a filter asks for, where it asks for nobody else's.
std::vector<PersonId> owners_of(const api::Filter& filter) {
  std::vector<PersonId> owners;
  if (filter.combine != api::Combine::all) return owners;
  for (const api::Condition& condition : filter.conditions) {
    if (condition.column != "owner") continue;
    if (condition.op == api::Operator::equals) return {{text::to_integer(condition.value).value_or(0)}};
    if (condition.op != api::Operator::one_of) continue;
    for (const std::string& one : condition.values) owners.push_back({text::to_integer(one).value_or(0)});
    return owners;
  }
  return owners;
}

// The statements of one list and what to make of their rows. Columns of each row: 0 id, 1 sort key, 2… the texts that
// the search verifies.
class Matches {
 public:
  Matches(Work& work, const CustomerScope& scope, const api::CustomerQuery& query, const char* key_column,
          bool text_key)
      : work_(work),
        scope_(scope),
        query_(query),
        columns_(customer_columns(work, query.filter)),
        key_(std::string("c.") + key_column),
        text_key_(text_key),
        departments_(json::encode(scope.departments)),
        owners_(owners_of(query.filter)) {
    const std::string_view search = text::trim(query.search);
    if (is_searchable(search))
      search_.emplace(search);
    else
      first_character_ = text::lower(search);
  }

  bool has_search() const { return search_.has_value(); }
  bool counts_in_sql() const { return !search_ || search_->is_exact(); }

  // Hits of the search index, filter aside, up to `at_most`.
  std::int64_t count_hits(std::int64_t at_most) const {
    const std::string match = search_match();
    return work_.db
        .prepare(
            "SELECT count(*) FROM (SELECT 1 FROM customer_search WHERE customer_search MATCH :match LIMIT :at_most)")
        .bind(":match", match)
        .bind(":at_most", at_most)
        .integer_or(0);
  }

  // Every match, in the order of the table.
  BoundSql pass(std::string_view select) const {
    BoundSql sql;
    append_pass(sql, select);
    return sql;
  }
  void append_pass(BoundSql& sql, std::string_view select) const {
    sql.text("SELECT ");
    sql.text(select);
    sql.text(" FROM ");
    const bool custom = names_custom_field(query_.filter);
    // What narrows the rows most comes first, where an index serves it: the owners who are asked for, or a small scope.
    // Any other scope comes last, where few rows are left to be asked.
    const bool by_owners = !search_ && owners_are_few();
    const bool by_scope = !search_ && !by_owners && is_small();
    if (search_) {
      sql.text("customer_search AS s CROSS JOIN customers AS c ON c.id = s.rowid");
      if (custom) sql.text(" LEFT JOIN customer_field_values AS v ON v.customer = c.id");
      sql.text(" WHERE s.customer_search MATCH ");
      sql.value(search_match());
      sql.text(" AND ");
    } else if (custom && !by_owners && needs_custom_row(query_.filter)) {
      sql.text("customer_field_values AS v CROSS JOIN customers AS c ON c.id = v.customer WHERE ");
    } else {
      sql.text("customers AS c");
      if (custom) sql.text(" LEFT JOIN customer_field_values AS v ON v.customer = c.id");
      sql.text(" WHERE ");
    }
    if (by_owners) {
      sql.text("c.owner IN (SELECT value FROM json_each(");  // customers_of_owner_by_name
      sql.value(json::encode(owners_));
      sql.text("))");
    } else if (by_scope) {
      append_scope(sql, true);
    } else {
      sql.text("1 = 1");
    }
    append_conditions(sql);
    if (by_scope) return;
    sql.text(" AND ");
    append_scope(sql, false);
  }

  // The matches with after < id <= to, in ascending order.
  BoundSql slice(CustomerId after, CustomerId to) const {
    const std::string id = search_ ? "s.rowid" : "c.id";
    BoundSql sql;
    sql.text("SELECT " + row_columns() + " FROM ");
    sql.text(search_ ? "customer_search AS s CROSS JOIN customers AS c ON c.id = s.rowid" : "customers AS c");
    if (names_custom_field(query_.filter)) sql.text(" LEFT JOIN customer_field_values AS v ON v.customer = c.id");
    sql.text(" WHERE " + id + " > ");
    sql.value(after.value);
    sql.text(" AND " + id + " <= ");
    sql.value(to.value);
    if (search_) {
      sql.text(" AND s.customer_search MATCH ");
      sql.value(search_match());
    }
    sql.text(" AND ");
    append_scope(sql, false);
    append_conditions(sql);
    sql.text(" ORDER BY " + id);
    return sql;
  }

  // The first rows of the order behind `place`, and of these the matches. Behind a place stand two ranges of the index:
  // what shares its key, then the further keys (customer_order_store.cpp says why they are asked for one by one).
  BoundSql walk(const CustomerOrder& order, const std::optional<ListPlace>& place) const {
    const char* const further = order.sort.descending ? " < " : " > ";
    const std::string direction = order.sort.descending ? " DESC" : "";
    const std::string ordered = " ORDER BY 2" + direction + ", 1" + direction;
    BoundSql sql;
    const auto append_range = [&] {
      sql.text("SELECT c.id AS id, " + key_ + " FROM customers AS c WHERE ");
      if (scope_.kind == CustomerScope::Kind::own)
        append_scope(sql, true);
      else
        sql.text("1 = 1");
    };
    const auto append_key = [&](const char* sign) {
      sql.text(" AND " + key_ + sign);
      sql.value(std::visit([](const auto& key) { return SqlValue(key); }, place->key));
    };
    sql.text("SELECT " + row_columns() + " FROM (");
    append_range();
    if (place) {
      append_key(" = ");
      sql.text(std::string(" AND c.id") + further);
      sql.value(place->id);
      sql.text(" UNION ALL ");
      append_range();
      append_key(further);
    }
    sql.text(ordered + " LIMIT " + std::to_string(walked_rows) +
             ") AS walked CROSS JOIN customers AS c ON c.id = walked.id");
    if (names_custom_field(query_.filter)) sql.text(" LEFT JOIN customer_field_values AS v ON v.customer = c.id");
    sql.text(" WHERE ");
    append_scope(sql, false);
    append_conditions(sql);
    sql.text(ordered);
    return sql;
  }

  std::string row_columns() const { return "c.id, " + key_ + ", c.name, c.contact, c.phone_key, c.external_key"; }

  bool accepts(db::Row row) const {
    if (!search_ || search_->is_exact()) return true;
    return search_->verify({row.text(2), row.text(3), row.text(4), row.text(5), {}, {}});
  }
  // The walk does not come from the search index, so there everything is verified.
  bool accepts_unsearched(db::Row row) const {
    return !search_ || search_->verify({row.text(2), row.text(3), row.text(4), row.text(5), {}, {}});
  }

  ListPlace place(db::Row row) const {
    ListPlace place;
    place.id = row.integer(0);
    if (text_key_)
      place.key = row.string(1);
    else
      place.key = row.integer(1);
    return place;
  }

 private:
  // The scope's words help while the scope is small: long lists of rows cost more to intersect than to ask the hits.
  std::string search_match() const {
    const bool small = scope_.kind != CustomerScope::Kind::all && scope_.departments.size() <= 8 &&
                       count_in_scope(work_, scope_) * 20 < count_customers(work_);
    static const CustomerScope everything{CustomerScope::Kind::all, {}, false, {}};
    return search_->match(small ? scope_ : everything);
  }

  // An index of the scope helps while the scope is small; otherwise the table's own order is faster.
  bool is_small() const {
    return scope_.kind != CustomerScope::Kind::all && count_in_scope(work_, scope_) * 10 < count_customers(work_);
  }

  bool owners_are_few() const {
    if (owners_.empty()) return false;
    std::int64_t customers = 0;
    for (const PersonId owner : owners_) customers += count_customers_of(work_, owner);
    return customers * 10 < count_customers(work_) && customers <= count_in_scope(work_, scope_);
  }

  void append_scope(BoundSql& sql, bool by_index) const {
    const char* const plus = by_index ? "" : "+";
    switch (scope_.kind) {
      case CustomerScope::Kind::all:
        sql.text("1 = 1");
        return;
      case CustomerScope::Kind::own:
        sql.text(std::string(plus) + "c.owner = ");
        sql.value(scope_.person.value);
        return;
      case CustomerScope::Kind::departments:
        sql.text(std::string("(") + plus + "c.department IN (SELECT value FROM json_each(");
        sql.value(departments_);
        sql.text("))");
        if (scope_.or_own) {
          sql.text(std::string(" OR ") + plus + "c.owner = ");
          sql.value(scope_.person.value);
        }
        sql.text(")");
        return;
    }
  }

  void append_conditions(BoundSql& sql) const {
    if (!matches_everything(query_.filter)) {
      sql.text(" AND ");
      (void)append_filter(sql, query_.filter, columns_, {});  // checked by check_customer_query
    }
    if (!first_character_.empty()) {  // one character: the beginning of the name, a range of its index
      sql.text(" AND c.name_key >= ");
      sql.value(first_character_);
      sql.text(" AND c.name_key < ");
      sql.value(first_character_ + "\xF4\x8F\xBF\xBF");  // U+10FFFF, behind every text that begins so
    }
  }

  Work& work_;
  const CustomerScope& scope_;
  const api::CustomerQuery& query_;
  std::vector<ListColumn> columns_;
  std::string key_;
  bool text_key_;
  std::string departments_;
  std::vector<PersonId> owners_;
  std::optional<SearchQuery> search_;
  std::string first_character_;
};

// --- the two ways to a page
// -------------------------------------------------------------------------------------------

std::optional<std::vector<ListPlace>> page_by_walk(Work& work, const Matches& matches, const CustomerOrder& order,
                                                   const std::optional<ListPlace>& place, std::int64_t limit) {
  std::vector<ListPlace> places;
  const BoundSql sql = matches.walk(order, place);
  auto statement = sql.prepare(work.db);
  while (static_cast<std::int64_t>(places.size()) < limit && statement.step())
    if (matches.accepts_unsearched(statement.row())) places.push_back(matches.place(statement.row()));
  if (static_cast<std::int64_t>(places.size()) < limit) return std::nullopt;
  return places;
}

struct PassResult {
  std::vector<ListPlace> places;
  std::int64_t matches = 0;
};

// Keeps the `offset + limit` best behind `place` in a heap whose top is the worst of them.
PassResult page_by_pass(Work& work, const Matches& matches, const CustomerOrder& order,
                        const std::optional<ListPlace>& place, std::int64_t offset, std::int64_t limit) {
  const bool descending = order.sort.descending;
  const auto before = [descending](const ListPlace& a, const ListPlace& b) { return descending ? b < a : a < b; };
  const auto wanted = static_cast<std::size_t>(offset + limit);
  PassResult result;
  auto& heap = result.places;
  const BoundSql sql = matches.pass(matches.row_columns());
  auto statement = sql.prepare(work.db);
  while (statement.step()) {
    if (!matches.accepts(statement.row())) continue;
    ++result.matches;
    ListPlace found = matches.place(statement.row());
    if (place && !before(*place, found)) continue;
    if (heap.size() == wanted) {
      if (!before(found, heap.front())) continue;
      std::pop_heap(heap.begin(), heap.end(), before);
      heap.pop_back();
    }
    heap.push_back(std::move(found));
    std::push_heap(heap.begin(), heap.end(), before);
  }
  std::sort_heap(heap.begin(), heap.end(), before);
  const auto skipped = std::min(static_cast<std::size_t>(offset), heap.size());
  heap.erase(heap.begin(), heap.begin() + static_cast<std::ptrdiff_t>(skipped));
  return result;
}

std::int64_t count_up_to(Work& work, const Matches& matches, std::int64_t at_most) {
  if (matches.counts_in_sql()) {
    BoundSql sql;
    sql.text("SELECT count(*) FROM (");
    matches.append_pass(sql, "1");
    sql.text(" LIMIT ");
    sql.value(at_most);
    sql.text(")");
    return sql.prepare(work.db).integer_or(0);
  }
  const BoundSql sql = matches.pass(matches.row_columns());
  auto statement = sql.prepare(work.db);
  std::int64_t count = 0;
  while (count < at_most && statement.step()) count += matches.accepts(statement.row()) ? 1 : 0;
  return count;
}

api::Total told(std::int64_t count) {
  return count > counted_at_once ? api::Total{counted_at_once, false} : api::Total{count, true};
}

CustomerPage page_of(const std::vector<ListPlace>& places, const api::Total& total, const CustomerOrder& order,
                     std::int64_t limit) {
  CustomerPage page;
  page.total = total;
  for (const ListPlace& place : places) page.customers.push_back({place.id});
  if (static_cast<std::int64_t>(places.size()) == limit && !places.empty())
    page.next = encode_cursor({places.back().key, places.back().id, total}, order.sort);
  return page;
}

CustomerPage plain_page(Work& work, const CustomerScope& scope, const CustomerOrder& order,
                        const std::optional<ListPlace>& place, const api::Page& page) {
  OrderedCustomers ordered(work, scope, order);
  const auto places =
      place || page.offset == 0 ? ordered.after(place, page.limit) : ordered.at(page.offset, page.limit);
  return page_of(places, {ordered.total(), true}, order, page.limit);
}

}  // namespace

Refusal check_customer_query(Work& work, const api::CustomerQuery& query, std::string_view path) {
  if (matches_everything(query.filter)) return std::nullopt;
  BoundSql unused;
  const std::string prefix = path.empty() ? std::string() : std::string(path) + ".";
  return append_filter(unused, query.filter, customer_columns(work, query.filter), prefix + "filter");
}

Result<CustomerPage> customer_page(Work& work, const CustomerScope& scope, const api::CustomerQuery& query,
                                   const api::Sort& sort, const api::Page& page) {
  const auto order = customer_order(sort);
  if (!order) return field_error("sort.column", text_key("list.unknown_sort"));
  if (auto refused = check_customer_query(work, query, "query")) return *refused;
  std::optional<ListPlace> place;
  std::optional<api::Total> known_total;
  if (!page.after.empty()) {
    auto cursor = decode_cursor(page.after, order->sort, order->text_key);
    if (!cursor) return wrong_cursor();
    known_total = cursor->total;
    place = ListPlace{std::move(cursor->key), cursor->id};
  }
  const std::int64_t offset = place ? 0 : page.offset;
  if (is_plain(query) && OrderedCustomers::serves(scope, *order)) return plain_page(work, scope, *order, place, page);

  const Matches matches(work, scope, query, order->column, order->text_key);
  const bool many_hits = !matches.has_search() || matches.count_hits(counted_at_once + 1) > counted_at_once;
  if (offset == 0 && many_hits && order->shipped) {
    if (const auto places = page_by_walk(work, matches, *order, place, page.limit)) {
      const api::Total total = known_total ? *known_total : told(count_up_to(work, matches, counted_at_once + 1));
      return page_of(*places, total, *order, page.limit);
    }
  }
  const PassResult result = page_by_pass(work, matches, *order, place, offset, page.limit);
  return page_of(result.places, {result.matches, true}, *order, page.limit);
}

std::int64_t count_matching(Work& work, const CustomerScope& scope, const api::CustomerQuery& query,
                            CustomerId highest) {
  if (is_plain(query) && highest == highest_customer(work)) return count_in_scope(work, scope);
  const Matches matches(work, scope, query, "id", false);
  BoundSql sql = matches.pass(matches.counts_in_sql() ? std::string("count(*)") : matches.row_columns());
  sql.text(" AND +c.id <= ");
  sql.value(highest.value);
  auto statement = sql.prepare(work.db);
  if (matches.counts_in_sql()) return statement.integer_or(0);
  std::int64_t count = 0;
  while (statement.step()) count += matches.accepts(statement.row()) ? 1 : 0;
  return count;
}

MatchingSlice matching_after(Work& work, const CustomerScope& scope, const api::CustomerQuery& query, CustomerId after,
                             CustomerId highest, std::int64_t at_most, std::int64_t rows_at_most) {
  MatchingSlice slice;
  // Ids are dense: a range of ids bounds the rows.
  slice.reached = {std::min(highest.value, after.value + rows_at_most)};
  slice.finished = slice.reached == highest || highest < slice.reached;
  const Matches matches(work, scope, query, "id", false);
  const BoundSql sql = matches.slice(after, slice.reached);
  auto statement = sql.prepare(work.db);
  while (statement.step()) {
    if (!matches.accepts(statement.row())) continue;
    slice.customers.push_back(statement.row().id<CustomerId>(0));
    if (static_cast<std::int64_t>(slice.customers.size()) < at_most) continue;
    slice.reached = slice.customers.back();
    slice.finished = slice.reached == highest;
    break;
  }
  return slice;
}

// Primary key.
CustomerId highest_customer(Work& work) {
  return {work.db.prepare("SELECT coalesce(max(id), 0) FROM customers").integer_or(0)};
}

}  // namespace tw::services
