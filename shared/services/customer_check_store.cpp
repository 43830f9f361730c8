// What `tidewater check` asks about customers (customer_store.h).
#include "services/customer_store.h"

namespace tw::services {

// A recount over the whole table, once per check.
std::vector<std::string> check_customers(Work& work) {
  std::vector<std::string> wrong;
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
        wrong.push_back("customers of owner " + std::to_string(row.integer(0)) + " in department " +
                        std::to_string(row.integer(1)) + ": kept " + std::to_string(row.integer(2)) + ", counted " +
                        std::to_string(row.integer(3)));
      });
  const auto rows = work.db.prepare("SELECT count(*) FROM customers").integer_or(0);
  const auto entries = work.db.prepare("SELECT count(*) FROM customer_search").integer_or(0);
  if (rows != entries)
    wrong.push_back("customers: " + std::to_string(rows) + ", entries of the search index: " + std::to_string(entries));
  return wrong;
}

}  // namespace tw::services
