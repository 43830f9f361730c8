// See leaving_store.h. Counters of nobody (executor 0) are those of whole batches: no person has that id.
#include "services/leaving_store.h"

namespace tw::services {

using domain::access::Permission;

std::vector<api::ViewHeld::Held> held_in_batches(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT b.id, b.subject, SUM(CASE WHEN c.state = 1 THEN c.items ELSE 0 END) AS executing,
           SUM(CASE WHEN c.state = 2 THEN c.items ELSE 0 END)
    FROM batch_counts c
    JOIN batches b ON b.id = c.batch
    WHERE c.executor = :person AND c.state IN (1, 2) AND c.items > 0 AND b.state = 0
    GROUP BY b.id
    ORDER BY executing DESC, b.id)sql");  // batch_counts_of_executor; 1 = executing, 2 = completed
  return statement.bind(":person", person).all([](db::Row row) {
    return api::ViewHeld::Held{row.id<BatchId>(0), row.string(1), row.integer(2), row.integer(3)};
  });
}

std::vector<HeldItem> executing_items_of(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.batch
    FROM batch_items i
    CROSS JOIN batches b ON b.id = i.batch
    WHERE i.executor = :person AND i.state = 1 AND b.state = 0
    ORDER BY i.id)sql");  // batch_items_of_executor holds all that is read of an item
  return statement.bind(":person", person).all([](db::Row row) {
    return HeldItem{row.id<ItemId>(0), row.id<BatchId>(1)};
  });
}

std::vector<api::ViewHeld::Left> left_without_manager(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT b.id, b.subject
    FROM (SELECT id FROM batches WHERE creator = :person AND state = 0
          UNION
          SELECT batch FROM batch_people WHERE person = :person AND role = 1) theirs
    CROSS JOIN batches b ON b.id = theirs.id
    WHERE b.state = 0
      AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = b.creator AND p.id <> :person AND p.active = 1)
      AND NOT EXISTS (SELECT 1
                      FROM batch_people c
                      JOIN people p ON p.id = c.person
                      WHERE c.batch = b.id AND c.role = 1 AND c.person <> :person AND p.active = 1)
    ORDER BY b.id)sql");  // batches_of_creator, batch_people_by_person; the rest by primary keys
  return statement.bind(":person", person).all([](db::Row row) {
    return api::ViewHeld::Left{row.id<BatchId>(0), row.string(1)};
  });
}

std::vector<PersonId> managers_of_every_batch(Work& work) {
  std::vector<PersonId> people;
  for (const auto& role : domain::access::role_names) {
    if (!domain::access::holds(role.value, Permission::manage_every_batch)) continue;
    auto statement = work.db.prepare(R"sql(
      SELECT id FROM people WHERE active = 1 AND role = :role ORDER BY id)sql");  // small table
    statement.bind(":role", role.name).each([&people](db::Row row) { people.push_back(row.id<PersonId>(0)); });
  }
  return people;
}

std::map<BatchId, std::int64_t> held_by_disabled(Work& work) {
  auto statement = work.db.prepare(R"sql(
    SELECT c.batch, SUM(c.items)
    FROM people p
    CROSS JOIN batch_counts c ON c.executor = p.id
    CROSS JOIN batches b ON b.id = c.batch
    WHERE p.active = 0 AND c.state = 1 AND c.items > 0 AND b.state = 0
    GROUP BY c.batch)sql");  // the people are few; batch_counts_of_executor
  std::map<BatchId, std::int64_t> held;
  statement.each([&held](db::Row row) { held[row.id<BatchId>(0)] = row.integer(1); });
  return held;
}

std::vector<PersonId> gone_from(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT DISTINCT c.executor
    FROM batch_counts c
    JOIN people p ON p.id = c.executor
    WHERE c.batch = :batch AND c.state IN (1, 2) AND c.items > 0
      AND (p.active = 0 OR NOT EXISTS (SELECT 1
                                       FROM batch_people e
                                       WHERE e.batch = :batch AND e.role = 0 AND e.person = c.executor))
    ORDER BY c.executor)sql");  // primary keys
  return statement.bind(":batch", batch).all([](db::Row row) { return row.id<PersonId>(0); });
}

}  // namespace tw::services
