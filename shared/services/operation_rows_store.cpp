// See operation_rows_store.h.
#include "services/operation_rows_store.h"

#include "core/json.h"

namespace tw::services {

namespace {

std::int64_t last_place(Work& work, OperationId operation, bool changed) {
  auto statement = work.db.prepare(
      "SELECT MAX(place) FROM operation_rows WHERE operation = :operation AND changed = :changed");  // by primary key
  return statement.bind(":operation", operation).bind(":changed", changed).integer_or(0);
}

}  // namespace

std::vector<StoredOperationRow> operation_rows_after(Work& work, const api::ListOperationRows::Request& request,
                                                     BatchId batch) {
  // By primary key; the item by batch_items_of_customer.
  auto statement = work.db.prepare(R"sql(
    SELECT r.place, r.customer, c.name, c.external_key, c.owner, c.department, i.id, r.executor, r.outcome, r.reason,
           r.params
    FROM operation_rows r
    JOIN customers c ON c.id = r.customer
    LEFT JOIN batch_items i ON i.customer = r.customer AND i.batch = :batch
    WHERE r.operation = :operation AND r.changed = :changed AND r.place > :after
    ORDER BY r.place
    LIMIT :limit)sql");
  return statement.bind(":batch", batch)
      .bind(":operation", request.operation)
      .bind(":changed", request.changed)
      .bind(":after", request.after)
      .bind(":limit", request.limit + 1)
      .all([](db::Row row) {
        StoredOperationRow stored;
        stored.row.place = row.integer(0);
        stored.row.customer = row.id<CustomerId>(1);
        stored.row.customer_name = row.string(2);
        if (stored.row.customer_name.empty()) stored.row.customer_key = row.string(3);
        stored.owner = row.id<PersonId>(4);
        stored.department = row.id<DepartmentId>(5);
        stored.row.item = row.id<ItemId>(6);
        stored.row.executor = row.id<PersonId>(7);
        stored.row.outcome = row.string(8);
        stored.row.reason = row.string(9);
        const auto params = json::Document::parse(row.text(10));
        json::Problems problems;
        if (params) json::take(params->root(), stored.row.params, problems);
        return stored;
      });
}

namespace {

// Of the oldest operation that has any, where it began before `before`; none otherwise.
OperationId oldest_with_rows(Work& work, Instant before) {
  // By both primary keys; a later operation has a larger number.
  return {
      work.db
          .prepare("SELECT id FROM operations WHERE id = (SELECT MIN(operation) FROM operation_rows) AND now < :before")
          .bind(":before", before)
          .integer_or(0)};
}

std::int64_t delete_rows(Work& work, OperationId operation, std::int64_t limit) {
  // By the primary key.
  return work.db
      .prepare(R"sql(
        DELETE FROM operation_rows
        WHERE operation = :operation
          AND (changed, place) IN (SELECT changed, place FROM operation_rows WHERE operation = :operation LIMIT :limit))sql")
      .bind(":operation", operation)
      .bind(":limit", limit)
      .run_changes();
}

}  // namespace

std::int64_t forget_operation_rows(Work& work, Instant before, std::int64_t limit) {
  std::int64_t gone = 0;
  while (gone < limit) {
    const OperationId operation = oldest_with_rows(work, before);
    if (!operation) break;
    gone += delete_rows(work, operation, limit - gone);
  }
  return gone;
}

RowReason reason_of(const Error& refusal) {
  RowReason reason{std::string(refusal.key.view()), {}};
  for (const Param& one : refusal.params) reason.params.push_back({one.name, one.value});
  return reason;
}

RowKeeper::RowKeeper(Work& work, OperationId operation)
    : work_(work),
      operation_(operation),
      kept_{last_place(work, operation, false), last_place(work, operation, true)} {}

bool RowKeeper::has_room(std::string_view outcome) const {
  return kept_[api::outcome_changes(outcome) ? 1 : 0] < api::most_operation_rows;
}

void RowKeeper::customer(CustomerId customer, std::string_view outcome, PersonId executor, const RowReason& reason) {
  if (!customer || api::outcome_is_only_counted(outcome) || !has_room(outcome)) return;
  const bool changed = api::outcome_changes(outcome);
  json::Writer params;
  json::put(params, reason.params);
  const std::string params_json = params.take();
  work_.db
      .prepare(
          "INSERT INTO operation_rows (operation, changed, place, customer, executor, outcome, reason, params) "
          "VALUES (:operation, :changed, :place, :customer, :executor, :outcome, :reason, :params)")
      .bind(":operation", operation_)
      .bind(":changed", changed)
      .bind(":place", ++kept_[changed ? 1 : 0])
      .bind(":customer", customer)
      .bind_or_null(":executor", executor)
      .bind(":outcome", outcome)
      .bind(":reason", reason.key)
      .bind(":params", params_json)
      .run();
}

void RowKeeper::item(ItemId item, std::string_view outcome, PersonId executor, const RowReason& reason) {
  if (!has_room(outcome)) return;
  // By primary keys; an item that has been removed is remembered for its customer's timeline.
  auto statement = work_.db.prepare(R"sql(
    SELECT customer FROM batch_items WHERE id = :item
    UNION ALL
    SELECT customer FROM removed_items WHERE item = :item
    LIMIT 1)sql");
  customer({statement.bind(":item", item).integer_or(0)}, outcome, executor, reason);
}

}  // namespace tw::services
