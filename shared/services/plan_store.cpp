// See plan_store.h.
#include "services/plan_store.h"

namespace tw::services {

void insert_plan_chunk(Work& work, OperationId operation, std::int64_t chunk, std::string_view bytes) {
  work.db
      .prepare(R"sql(
        INSERT INTO operation_plan (operation, chunk, bytes) VALUES (:operation, :chunk, :bytes))sql")
      .bind(":operation", operation)
      .bind(":chunk", chunk)
      .bind_blob(":bytes", bytes)
      .run();
}

std::vector<PlanRow> plan_chunk(Work& work, OperationId operation, std::int64_t chunk) {
  auto statement = work.db.prepare(R"sql(
    SELECT bytes FROM operation_plan WHERE operation = :operation AND chunk = :chunk)sql");  // by primary key
  return statement.bind(":operation", operation)
      .bind(":chunk", chunk)
      .one([](db::Row row) { return unpack(row.blob(0)); })
      .value_or(std::vector<PlanRow>());
}

}  // namespace tw::services
