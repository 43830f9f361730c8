#include "services/schema_store.h"

namespace tw::services {

std::string newest_migration(Work& work) {
  // Backwards along the primary key.
  return work.db.prepare("SELECT name FROM schema_migrations ORDER BY name DESC LIMIT 1")
      .one([](db::Row row) { return row.string(0); })
      .value_or(std::string());
}

}  // namespace tw::services
