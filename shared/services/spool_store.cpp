#include "services/spool_store.h"

namespace tw::services {

std::vector<SpoolId> owned_spool_files(Work& work) {
  // Small table, read whole, once at each start.
  return work.db
      .prepare(R"sql(
        SELECT file FROM imports WHERE file <> 0
        UNION ALL
        SELECT refusals FROM imports WHERE refusals <> 0)sql")
      .all([](db::Row row) { return row.id<SpoolId>(0); });
}

}  // namespace tw::services
