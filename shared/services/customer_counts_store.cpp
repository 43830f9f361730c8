#include "services/customer_counts_store.h"

#include <algorithm>

namespace tw::services {

// Small table: as many rows as there are pairs of an owner and a department.
std::int64_t count_customers(Work& work) {
  return work.db.prepare("SELECT coalesce(sum(customers), 0) FROM customer_counts").integer_or(0);
}

// Primary key.
std::int64_t count_customers_of(Work& work, PersonId owner) {
  return work.db.prepare("SELECT coalesce(sum(customers), 0) FROM customer_counts WHERE owner = :owner")
      .bind(":owner", owner)
      .integer_or(0);
}

// customer_counts_of_department.
std::int64_t count_customers_in(Work& work, DepartmentId department) {
  return work.db.prepare("SELECT coalesce(sum(customers), 0) FROM customer_counts WHERE department = :department")
      .bind(":department", department)
      .integer_or(0);
}

// Primary key.
std::int64_t count_customers_elsewhere(Work& work, PersonId owner, std::span<const DepartmentId> departments) {
  std::int64_t count = 0;
  work.db.prepare("SELECT department, customers FROM customer_counts WHERE owner = :owner")
      .bind(":owner", owner)
      .each([&](db::Row row) {
        if (!std::binary_search(departments.begin(), departments.end(), row.id<DepartmentId>(0)))
          count += row.integer(1);
      });
  return count;
}

void CustomerCountMoves::write(Work& work) {
  // Two statements: an upsert checks that the number it would insert is not negative before it looks for a conflict.
  for (const auto& move : moves_) {
    if (move.second == 0) continue;
    auto statement = work.db.prepare(
        move.second > 0
            ? "INSERT INTO customer_counts (owner, department, customers) VALUES (:owner, :department, :by) "
              "ON CONFLICT (owner, department) DO UPDATE SET customers = customers + :by"
            : "UPDATE customer_counts SET customers = customers + :by WHERE owner = :owner AND department = "
              ":department");
    statement.bind(":owner", move.first.first).bind(":department", move.first.second).bind(":by", move.second).run();
  }
  moves_.clear();
}

}  // namespace tw::services
