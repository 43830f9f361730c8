// What `tidewater check` asks about customers (counter_check.h), and what it writes when it repairs.
#include "services/counter_check.h"
#include "services/customer_search_store.h"
#include "services/recount.h"

namespace tw::services {

namespace {

std::int64_t customers(Work& work) { return work.db.prepare("SELECT count(*) FROM customers").integer_or(0); }
std::int64_t search_entries(Work& work) {
  return work.db.prepare("SELECT count(*) FROM customer_search").integer_or(0);
}

void make_search_entries(Work& work) {
  forget_search_entries(work);
  work.db
      .prepare(
          "/* whole table: a repair, not a page */ "
          "SELECT id, name, contact, phone_key, external_key, owner, department FROM customers")
      .each([&work](db::Row row) {
        add_search_entry(
            work, row.id<CustomerId>(0),
            {row.text(1), row.text(2), row.text(3), row.text(4), row.id<PersonId>(5), row.id<DepartmentId>(6)});
      });
}

}  // namespace

// A recount over the whole table, once per check.
std::vector<WrongCount> check_customers(Work& work) {
  std::vector<WrongCount> wrong;
  work.db
      .prepare(
          "/* whole table: a check, not a page */ "
          "SELECT owner, department, sum(kept), sum(counted) FROM ("
          "SELECT owner, department, customers AS kept, 0 AS counted FROM customer_counts "
          "UNION ALL "
          "SELECT coalesce(owner, 0), coalesce(department, 0), 0, count(*) FROM customers "
          "GROUP BY coalesce(owner, 0), coalesce(department, 0)) AS both_counts "
          "GROUP BY owner, department HAVING sum(kept) <> sum(counted) ORDER BY owner, department LIMIT 100")
      .each([&wrong](db::Row row) {
        WrongCount found;
        found.owner = row.integer(0);
        found.department = row.integer(1);
        found.kept = row.integer(2);
        found.counted = row.integer(3);
        wrong.push_back(found);
      });
  const auto rows = customers(work);
  const auto entries = search_entries(work);
  if (rows != entries) {
    WrongCount found;
    found.of = WrongCount::Of::search_entries;
    found.kept = entries;
    found.counted = rows;
    wrong.push_back(found);
  }
  return wrong;
}

void recount_customers(Work& work) {
  work.db.prepare("DELETE FROM customer_counts").run();
  work.db
      .prepare(
          "/* whole table: a repair, not a page */ "
          "INSERT INTO customer_counts (owner, department, customers) "
          "SELECT coalesce(owner, 0), coalesce(department, 0), count(*) FROM customers "
          "GROUP BY coalesce(owner, 0), coalesce(department, 0)")
      .run();
  if (customers(work) != search_entries(work)) make_search_entries(work);
}

}  // namespace tw::services
