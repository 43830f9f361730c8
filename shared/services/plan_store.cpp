// See plan_store.h.
#include "services/plan_store.h"

#include <algorithm>

#include "core/text.h"

namespace tw::services {

PlanCursor read_plan_cursor(std::string_view cursor) {
  const auto parts = text::split(cursor, ':');
  if (parts.size() != 2) return {};
  return {text::to_integer(parts[0]).value_or(0), static_cast<std::size_t>(text::to_integer(parts[1]).value_or(0))};
}

std::string written(const PlanCursor& cursor) {
  return std::to_string(cursor.chunk) + ":" + std::to_string(cursor.row);
}

void insert_plan_chunk(Work& work, OperationId operation, std::int64_t chunk, std::string_view bytes) {
  work.db
      .prepare(R"sql(
        INSERT INTO operation_plan (operation, chunk, bytes) VALUES (:operation, :chunk, :bytes))sql")
      .bind(":operation", operation)
      .bind(":chunk", chunk)
      .bind_blob(":bytes", bytes)
      .run();
}

void insert_plan(Work& work, OperationId operation, const std::vector<std::string>& chunks) {
  for (std::size_t chunk = 0; chunk < chunks.size(); ++chunk)
    insert_plan_chunk(work, operation, static_cast<std::int64_t>(chunk), chunks[chunk]);
}

namespace {
std::int64_t chunks_of(Work& work, OperationId operation) {
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*) FROM operation_plan WHERE operation = :operation)sql");  // by primary key
  return statement.bind(":operation", operation).integer_or(0);
}
}  // namespace

std::optional<PlanRow> plan_row_of(Work& work, OperationId operation, ItemId item) {
  std::int64_t low = 0;
  std::int64_t high = chunks_of(work, operation);
  while (low < high) {  // ids ascend through all chunks
    const std::int64_t middle = low + (high - low) / 2;
    const auto rows = plan_chunk(work, operation, middle);
    if (rows.empty() || item < rows.front().item) {
      high = middle;
    } else if (rows.back().item < item) {
      low = middle + 1;
    } else {
      const auto found = std::lower_bound(rows.begin(), rows.end(), item,
                                          [](const PlanRow& row, ItemId wanted) { return row.item < wanted; });
      return found != rows.end() && found->item == item ? std::optional(*found) : std::nullopt;
    }
  }
  return std::nullopt;
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
