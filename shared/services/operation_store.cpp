#include "services/operation_store.h"

#include "core/json.h"

namespace tw::services {

namespace {

constexpr const char* columns =
    "id, kind, state, actor, actor_name, batch, import, now, input, cursor, done, total, outcomes, cancel_requested, "
    "problem, finished";

LongOperation read_operation(db::Row row) {
  LongOperation operation;
  operation.id = row.id<OperationId>(0);
  from_wire_name(row.text(1), operation.kind);
  from_wire_name(row.text(2), operation.state);
  operation.actor = row.id<PersonId>(3);
  operation.actor_name = row.string(4);
  operation.batch = row.id<BatchId>(5);
  operation.import = row.id<ImportId>(6);
  operation.now = row.instant(7);
  operation.input = row.string(8);
  operation.cursor = row.string(9);
  operation.done = row.integer(10);
  operation.total = row.integer(11);
  const auto outcomes = json::Document::parse(row.text(12));
  json::Problems problems;
  if (outcomes) json::take(outcomes->root(), operation.outcomes, problems);
  operation.cancel_requested = row.boolean(13);
  operation.problem = row.string(14);
  operation.finished = row.optional_instant(15);
  return operation;
}

bool is_final(api::OperationState state) {
  return state != api::OperationState::queued && state != api::OperationState::running;
}

}  // namespace

OperationId insert_operation(Work& work, const LongOperation& operation) {
  return work.db
      .prepare(
          "INSERT INTO operations (kind, state, actor, actor_name, batch, import, now, input, total) "
          "VALUES (:kind, :state, :actor, :actor_name, :batch, :import, :now, :input, :total) RETURNING id")
      .bind(":kind", wire_name(operation.kind))
      .bind(":state", wire_name(operation.state))
      .bind_or_null(":actor", operation.actor)
      .bind(":actor_name", operation.actor_name)
      .bind_or_null(":batch", operation.batch)
      .bind_or_null(":import", operation.import)
      .bind(":now", operation.now)
      .bind(":input", operation.input)
      .bind(":total", operation.total)
      .one([](db::Row row) { return row.id<OperationId>(0); })
      .value_or(OperationId{});
}

std::optional<LongOperation> load_operation(Work& work, OperationId operation) {
  // By the primary key.
  static const std::string sql = std::string("SELECT ") + columns + " FROM operations WHERE id = :id";
  return work.db.prepare(sql).bind(":id", operation).one(read_operation);
}

OperationId operation_running_on(Work& work, BatchId batch) {
  // By operations_one_per_batch.
  return {work.db.prepare("SELECT id FROM operations WHERE batch = :batch AND finished IS NULL")
              .bind(":batch", batch)
              .integer_or(0)};
}

std::optional<LongOperation> next_unfinished(Work& work, OperationId after) {
  // By operations_unfinished.
  static const std::string sql =
      std::string("SELECT ") + columns + " FROM operations WHERE finished IS NULL AND id > :after ORDER BY id LIMIT 1";
  auto next = work.db.prepare(sql).bind(":after", after).one(read_operation);
  if (!next && after) next = work.db.prepare(sql).bind(":after", OperationId{}).one(read_operation);
  return next;
}

void store_progress(Work& work, const LongOperation& operation) {
  json::Writer outcomes;
  json::put(outcomes, operation.outcomes);
  const std::string outcomes_json = outcomes.take();
  std::optional<Instant> finished;
  if (is_final(operation.state)) finished = work.now;
  // By the primary key.
  work.db
      .prepare(
          "UPDATE operations SET state = :state, cursor = :cursor, done = :done, total = :total, outcomes = :outcomes, "
          "problem = :problem, finished = :finished WHERE id = :id")
      .bind(":state", wire_name(operation.state))
      .bind(":cursor", operation.cursor)
      .bind(":done", operation.done)
      .bind(":total", operation.total)
      .bind(":outcomes", outcomes_json)
      .bind(":problem", operation.problem)
      .bind(":finished", finished)
      .bind(":id", operation.id)
      .run();
}

void request_cancel(Work& work, OperationId operation) {
  // By the primary key.
  work.db.prepare("UPDATE operations SET cancel_requested = 1 WHERE id = :id").bind(":id", operation).run();
}

AllocationRows standing_rows(Work& work, OperationId allocation) {
  auto statement = work.db.prepare(R"sql(
    SELECT standing, standing_divided FROM operations WHERE id = :id)sql");  // by primary key
  return statement.bind(":id", allocation)
      .one([](db::Row row) {
        return AllocationRows{row.integer(0), row.integer(1)};
      })
      .value_or(AllocationRows{});
}

void set_standing_rows(Work& work, OperationId allocation, AllocationRows rows) {
  work.db
      .prepare(R"sql(
        UPDATE operations SET standing = :all, standing_divided = :divided WHERE id = :id)sql")  // by primary key
      .bind(":all", rows.all)
      .bind(":divided", rows.divided)
      .bind(":id", allocation)
      .run();
}

std::vector<LongOperation> operations_of(Work& work, PersonId actor, Instant since, std::int64_t limit) {
  // By operations_by_actor, backwards; IS also finds the local operator's.
  static const std::string sql = std::string("SELECT ") + columns +
                                 " FROM operations WHERE actor IS :actor AND (finished IS NULL OR finished > :since) "
                                 "ORDER BY id DESC LIMIT :limit";
  return work.db.prepare(sql)
      .bind_or_null(":actor", actor)
      .bind(":since", since)
      .bind(":limit", limit)
      .all(read_operation);
}

}  // namespace tw::services
