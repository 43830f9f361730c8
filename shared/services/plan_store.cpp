// See plan_store.h.
#include "services/plan_store.h"

#include <algorithm>

#include "core/text.h"

namespace tw::services {

PlanCursor read_plan_cursor(std::string_view cursor) {
  const auto parts = text::split(cursor, ':');
  if (parts.size() < 2) return {};
  PlanCursor at;
  at.chunk = text::to_integer(parts[0]).value_or(0);
  at.row = static_cast<std::size_t>(text::to_integer(parts[1]).value_or(0));
  if (parts.size() < 3) return at;
  for (const std::string_view one : text::split(parts[2], ',')) {
    const auto figures = text::split(one, '=');
    if (figures.size() != 2) continue;
    at.over_soft[static_cast<std::size_t>(text::to_integer(figures[0]).value_or(0))] =
        text::to_integer(figures[1]).value_or(0);
  }
  return at;
}

std::string written(const PlanCursor& cursor) {
  std::string words = std::to_string(cursor.chunk) + ":" + std::to_string(cursor.row);
  char before = ':';
  for (const auto& [person, items] : cursor.over_soft) {
    words += before + std::to_string(person) + "=" + std::to_string(items);
    before = ',';
  }
  return words;
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

ItemId PlanRows::first_of(std::int64_t chunk) {
  const auto [known, asks] = first_.try_emplace(chunk);
  if (!asks) return known->second;
  auto statement = work_.db.prepare(R"sql(
    SELECT SUBSTR(bytes, 1, :length) FROM operation_plan
    WHERE operation = :operation AND chunk = :chunk)sql");  // by primary key
  const auto found = statement.bind(":length", first_item_bytes)
                         .bind(":operation", operation_)
                         .bind(":chunk", chunk)
                         .one([](db::Row row) { return first_item(row.blob(0)); });
  return known->second = found.value_or(ItemId{});
}

std::int64_t PlanRows::chunk_of(ItemId item) {
  if (!chunks_) chunks_ = chunks_of(work_, operation_);
  std::int64_t low = 0, high = *chunks_;
  while (low < high) {  // ids ascend through all chunks: the last one that does not begin behind it
    const std::int64_t middle = low + (high - low) / 2;
    if (item < first_of(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return low - 1;
}

std::optional<PlanRow> PlanRows::find(ItemId item) {
  const std::int64_t chunk = chunk_of(item);
  if (chunk < 0) return std::nullopt;
  if (chunk != at_) {
    rows_ = plan_chunk(work_, operation_, chunk);
    at_ = chunk;
  }
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), item,
                                      [](const PlanRow& row, ItemId wanted) { return row.item < wanted; });
  return found != rows_.end() && found->item == item ? std::optional(*found) : std::nullopt;
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
