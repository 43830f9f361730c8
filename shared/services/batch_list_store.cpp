// The list of batches (batch_store.h). Small tables: a company has thousands of batches, so what the index of the order
// does not filter is looked at row by row.
#include "services/batch_store.h"
#include "services/like.h"

namespace tw::services {

using domain::access::Actor;
using domain::access::Permission;

namespace {

// :managed and :executing switch the two relations on; with both off nothing is found.
constexpr const char* page_sql = R"sql(
    SELECT b.id
    FROM batches b
    WHERE ((:managed AND (:every OR b.creator = :person OR EXISTS (
              SELECT 1 FROM batch_people p WHERE p.batch = b.id AND p.role = 1 AND p.person = :person)))
        OR (:executing AND (EXISTS (
              SELECT 1 FROM batch_people p WHERE p.batch = b.id AND p.role = 0 AND p.person = :person)
            OR EXISTS (
              SELECT 1 FROM batch_counts c
              WHERE c.batch = b.id AND c.executor = :person AND c.state IN (1, 2) AND c.items > 0))))
      AND (:state < 0 OR b.state = :state)
      AND b.subject LIKE :pattern ESCAPE '\'
      AND (b.changed, b.id) < (:before_changed, :before_batch)
    ORDER BY b.changed DESC, b.id DESC
    LIMIT :limit)sql";  // batches_by_change

constexpr const char* count_sql = R"sql(
    SELECT COUNT(*)
    FROM batches b
    WHERE ((:managed AND (:every OR b.creator = :person OR EXISTS (
              SELECT 1 FROM batch_people p WHERE p.batch = b.id AND p.role = 1 AND p.person = :person)))
        OR (:executing AND (EXISTS (
              SELECT 1 FROM batch_people p WHERE p.batch = b.id AND p.role = 0 AND p.person = :person)
            OR EXISTS (
              SELECT 1 FROM batch_counts c
              WHERE c.batch = b.id AND c.executor = :person AND c.state IN (1, 2) AND c.items > 0))))
      AND (:state < 0 OR b.state = :state)
      AND b.subject LIKE :pattern ESCAPE '\')sql";  // small table

void bind_filter(db::Statement& statement, const BatchListQuery& query, const std::string& pattern) {
  statement
      .bind(":managed", query.relation != api::BatchRelation::executing)
      // The local operator executes nothing: without a person there is no such relation.
      .bind(":executing", query.relation != api::BatchRelation::managed && static_cast<bool>(query.person))
      .bind(":every", query.every_batch)
      .bind_or_null(":person", query.person)
      .bind(":state", query.state ? static_cast<int>(*query.state) : -1)
      .bind(":pattern", pattern);
}

}  // namespace

std::vector<BatchId> list_batch_ids(Work& work, const BatchListQuery& query, std::int64_t limit) {
  const std::string pattern = like_contains(query.search);
  auto statement = work.db.prepare(page_sql);
  bind_filter(statement, query, pattern);
  statement.bind(":before_changed", query.before_changed)
      .bind(":before_batch", query.before_batch)
      .bind(":limit", limit);
  return statement.all([](db::Row row) { return row.id<BatchId>(0); });
}

std::int64_t count_batches(Work& work, const BatchListQuery& query) {
  const std::string pattern = like_contains(query.search);
  auto statement = work.db.prepare(count_sql);
  bind_filter(statement, query, pattern);
  return statement.integer_or(0);
}

std::vector<BatchId> active_batches_managed_by(Work& work, const Actor& actor) {
  BatchListQuery query;
  query.relation = api::BatchRelation::managed;
  query.state = domain::batch::BatchState::active;
  query.every_batch = actor.holds(Permission::manage_every_batch);
  query.person = actor.person;
  return list_batch_ids(work, query, INT64_MAX);
}

}  // namespace tw::services
