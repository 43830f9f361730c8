#include "services/customer_order_store.h"

#include <algorithm>

#include "core/json.h"
#include "services/customer_counts_store.h"

namespace tw::services {

namespace {

std::vector<ListPlace> sorted(std::vector<ListPlace> places, bool backwards) {
  if (backwards)
    std::sort(places.begin(), places.end(), [](const ListPlace& a, const ListPlace& b) { return b < a; });
  else
    std::sort(places.begin(), places.end());
  return places;
}

void bind_place(db::Statement& statement, const char* key, const char* id, const ListPlace& place, bool by_id) {
  statement.bind(id, place.id);
  if (by_id) return;
  if (const auto* number = std::get_if<std::int64_t>(&place.key))
    statement.bind(key, *number);
  else
    statement.bind(key, std::string_view(*std::get_if<std::string>(&place.key)));
}

}  // namespace

bool operator<(const ListPlace& a, const ListPlace& b) {
  if (a.key != b.key) return a.key < b.key;  // bytes of UTF-8: the order of code points, as in the index
  return a.id < b.id;
}

std::int64_t count_in_scope(Work& work, const CustomerScope& scope) {
  switch (scope.kind) {
    case CustomerScope::Kind::all:
      return count_customers(work);
    case CustomerScope::Kind::own:
      return scope.person ? count_customers_of(work, scope.person) : 0;
    case CustomerScope::Kind::departments:
      break;
  }
  std::int64_t total = 0;
  for (const DepartmentId department : scope.departments) total += count_customers_in(work, department);
  if (scope.or_own && scope.person) total += count_customers_elsewhere(work, scope.person, scope.departments);
  return total;
}

bool OrderedCustomers::serves(const CustomerScope& scope, const CustomerOrder& order) {
  return order.shipped || (std::string_view(order.column) == "id" && scope.kind == CustomerScope::Kind::all);
}

OrderedCustomers::OrderedCustomers(Work& work, const CustomerScope& scope, const CustomerOrder& order)
    : work_(work),
      departments_(json::encode(scope.departments)),
      column_(std::string("c.") + order.column),
      by_id_(std::string_view(order.column) == "id"),
      text_key_(order.text_key),
      descending_(order.sort.descending) {
  const auto add = [this](Branch::Kind kind, std::int64_t id, std::int64_t count) {
    if (count > 0) branches_.push_back({kind, id, count});
    total_ += count;
  };
  if (scope.kind == CustomerScope::Kind::all) {
    add(Branch::Kind::everything, 0, count_customers(work));
  } else if (scope.kind == CustomerScope::Kind::own) {
    if (scope.person) add(Branch::Kind::owner, scope.person.value, count_customers_of(work, scope.person));
  } else {
    for (const DepartmentId department : scope.departments)
      add(Branch::Kind::department, department.value, count_customers_in(work, department));
    if (scope.or_own && scope.person)
      add(Branch::Kind::owner_elsewhere, scope.person.value,
          count_customers_elsewhere(work, scope.person, scope.departments));
  }
}

std::vector<ListPlace> OrderedCustomers::after(const std::optional<ListPlace>& place, std::int64_t limit) {
  return merged(place, place ? Bound::behind : Bound::none, descending_, limit);
}

std::vector<ListPlace> OrderedCustomers::at(std::int64_t offset, std::int64_t limit) {
  if (offset >= total_) return {};
  limit = std::min(limit, total_ - offset);
  if (offset <= total_ / 2) return skip(offset, limit, descending_);
  auto places = skip(total_ - offset - limit, limit, !descending_);
  std::reverse(places.begin(), places.end());
  return places;
}

// The index of each shape: customers_by_…, customers_of_owner_by_…, customers_of_department_by_…
std::string OrderedCustomers::where(const Branch& branch) const {
  switch (branch.kind) {
    case Branch::Kind::everything:
      return " WHERE 1 = 1";
    case Branch::Kind::owner:
      return " WHERE c.owner = :branch";
    case Branch::Kind::department:
      return " WHERE c.department = :branch";
    case Branch::Kind::owner_elsewhere:
      return " WHERE c.owner = :branch AND (+c.department IS NULL OR +c.department NOT IN "
             "(SELECT value FROM json_each(:departments)))";
  }
  return {};
}

// Few shapes (orders × branches × bounds × directions), so they stay in the cache.
db::Statement OrderedCustomers::open(const std::string& sql, const Branch& branch) const {
  auto statement = work_.db.prepare(sql);
  if (branch.kind != Branch::Kind::everything) statement.bind(":branch", branch.id);
  if (branch.kind == Branch::Kind::owner_elsewhere) statement.bind(":departments", departments_);
  return statement;
}

// Behind a place stand two ranges of the index: what shares its key, then the further keys. They are asked for one by
// one, because a comparison of (key, id) pairs narrows the index by the key alone and looks at every row that shares
// it, and a whole import shares its time of change.
std::vector<ListPlace> OrderedCustomers::read(const Branch& branch, const std::optional<ListPlace>& low, Bound bound,
                                              bool backwards, std::int64_t limit, std::int64_t offset) const {
  const std::string select = "SELECT c.id, " + column_ + " FROM customers AS c" + where(branch);
  const std::string further = backwards ? " < " : " > ";
  const std::string id_behind =
      " AND c.id" + (bound == Bound::from ? (backwards ? " <= :id" : " >= :id") : further + ":id");
  // By creation is the table's own order: a scan of it that ends with the page.
  std::string sql = (by_id_ ? "/* whole table: in its own order */ " : "") + select;
  if (bound != Bound::none && by_id_)
    sql += id_behind;
  else if (bound != Bound::none)
    sql += " AND " + column_ + " = :key" + id_behind + " UNION ALL " + select + " AND " + column_ + further + ":key";
  const std::string direction = backwards ? " DESC" : "";
  sql += " ORDER BY " + (by_id_ ? std::string() : "2" + direction + ", ") + "1" + direction +
         " LIMIT :limit OFFSET :offset";
  auto statement = open(sql, branch);
  if (bound != Bound::none) bind_place(statement, ":key", ":id", *low, by_id_);
  statement.bind(":limit", limit).bind(":offset", offset);
  std::vector<ListPlace> places;
  statement.each([&](db::Row row) {
    ListPlace place;
    place.id = row.integer(0);
    if (text_key_)
      place.key = row.string(1);
    else
      place.key = row.integer(1);
    places.push_back(std::move(place));
  });
  return places;
}

// Counted in parts that are each one range of the index: a two-sided comparison of (key, id) pairs would look at every
// row that shares a key with one of its ends, and a whole import shares its time of change.
std::int64_t OrderedCustomers::count_between(const Branch& branch, const std::optional<ListPlace>& low,
                                             const ListPlace& high, bool backwards) const {
  const std::string before = backwards ? " > " : " < ";
  const std::string behind = backwards ? " < " : " > ";
  const std::string from = backwards ? " <= " : " >= ";
  const auto count = [&](const std::string& condition, bool binds_low, bool binds_high) {
    auto statement = open("SELECT count(*) FROM customers AS c" + where(branch) + condition, branch);
    if (binds_high) bind_place(statement, ":high_key", ":high_id", high, by_id_);
    if (binds_low) bind_place(statement, ":low_key", ":low_id", *low, by_id_);
    return statement.integer_or(0);
  };
  const std::string before_high = " AND c.id" + before + ":high_id";
  const std::string from_low = low ? " AND c.id" + from + ":low_id" : std::string();
  if (by_id_) return count(before_high + from_low, low.has_value(), true);
  const std::string at_high = " AND " + column_ + " = :high_key" + before_high;
  if (low && low->key == high.key) {
    auto statement = open("SELECT count(*) FROM customers AS c" + where(branch) + at_high + from_low, branch);
    bind_place(statement, ":high_key", ":high_id", high, by_id_);
    statement.bind(":low_id", low->id);
    return statement.integer_or(0);
  }
  std::int64_t sum = count(at_high, false, true);
  auto between = open("SELECT count(*) FROM customers AS c" + where(branch) + " AND " + column_ + before + ":high_key" +
                          (low ? " AND " + column_ + behind + ":low_key" : std::string()),
                      branch);
  const auto bind_key = [&between](const char* name, const ListPlace& place) {
    if (const auto* number = std::get_if<std::int64_t>(&place.key))
      between.bind(name, *number);
    else
      between.bind(name, std::string_view(*std::get_if<std::string>(&place.key)));
  };
  bind_key(":high_key", high);
  if (low) bind_key(":low_key", *low);
  sum += between.integer_or(0);
  if (low) sum += count(" AND " + column_ + " = :low_key" + from_low, true, false);
  return sum;
}

std::vector<ListPlace> OrderedCustomers::merged(const std::optional<ListPlace>& low, Bound bound, bool backwards,
                                                std::int64_t limit) const {
  if (branches_.size() == 1) return read(branches_[0], low, bound, backwards, limit);
  std::vector<ListPlace> all;
  for (const Branch& branch : branches_) {
    auto some = read(branch, low, bound, backwards, limit);
    all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    if (all.size() > 20'000) {  // hundreds of departments: keep what can still be on the page
      all = sorted(std::move(all), backwards);
      all.resize(static_cast<std::size_t>(limit));
    }
  }
  all = sorted(std::move(all), backwards);
  if (all.size() > static_cast<std::size_t>(limit)) all.resize(static_cast<std::size_t>(limit));
  return all;
}

// With one branch the index entries are skipped. With several we look for the position by interpolation: take the entry
// of the largest branch that should stand a little before it, count in every branch what comes before that entry, and
// go on behind it, until what is left is few enough to be merged. `low` is known to stand at or before the position,
// and `passed` entries stand before `low`.
std::vector<ListPlace> OrderedCustomers::skip(std::int64_t offset, std::int64_t limit, bool backwards) const {
  if (branches_.size() == 1) return read(branches_[0], std::nullopt, Bound::none, backwards, limit, offset);
  constexpr std::int64_t few = 500;
  std::vector<std::int64_t> before(branches_.size(), 0);
  std::vector<std::int64_t> end(branches_.size());
  for (std::size_t i = 0; i < branches_.size(); ++i) end[i] = branches_[i].count;
  std::optional<ListPlace> low;
  std::int64_t passed = 0;
  while (offset - passed > few) {
    std::size_t largest = 0;
    std::int64_t window = 0;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      window += end[i] - before[i];
      if (end[i] - before[i] > end[largest] - before[largest]) largest = i;
    }
    const std::int64_t left = offset - passed;
    const std::int64_t aim = left - std::max<std::int64_t>(few / 2, left / 64);
    const std::int64_t step = (end[largest] - before[largest]) * aim / window;
    if (step < 1) break;
    const auto found = read(branches_[largest], low, low ? Bound::from : Bound::none, backwards, 1, step);
    if (found.empty()) break;  // the counters promise more than there is: tidewater check tells
    std::vector<std::int64_t> counted = before;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < branches_.size(); ++i) {
      counted[i] += i == largest ? step : count_between(branches_[i], low, found[0], backwards);
      sum += counted[i];
    }
    if (sum <= offset) {
      low = found[0];
      before = std::move(counted);
      passed = sum;
    } else {
      end = std::move(counted);
    }
  }
  auto places = merged(low, low ? Bound::from : Bound::none, backwards, offset - passed + limit);
  const auto skipped = std::min<std::int64_t>(offset - passed, static_cast<std::int64_t>(places.size()));
  places.erase(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(skipped));
  return places;
}

}  // namespace tw::services
