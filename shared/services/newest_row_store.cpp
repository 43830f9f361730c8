#include "services/newest_row_store.h"

namespace tw::services {

std::optional<Instant> newest_row(Work& work) {
  // The last event by its number, the last changed customer by customers_by_change, the last operation by its id.
  const auto newest = work.db
                          .prepare(
                              "SELECT MAX(at) FROM ("
                              "SELECT (SELECT at FROM outbox ORDER BY seq DESC LIMIT 1) AS at "
                              "UNION ALL SELECT (SELECT changed FROM customers ORDER BY changed DESC LIMIT 1) "
                              "UNION ALL SELECT (SELECT now FROM operations ORDER BY id DESC LIMIT 1)) AS ends")
                          .one([](db::Row row) { return row.optional_instant(0); });
  return newest.value_or(std::nullopt);
}

}  // namespace tw::services
