#include "services/policy_store.h"

#include "core/text.h"

namespace tw::services {

using Kind = domain::allocation::Policy;

namespace {

constexpr const char* columns =
    "SELECT id, version, batch, name, kind, rest, seed, archived, creator, creator_name, changer_name, changed "
    "FROM policies ";

SavedPolicy read_policy(db::Row row) {
  SavedPolicy policy;
  policy.policy = row.id<PolicyId>(0);
  policy.version = row.version(1);
  policy.batch = row.id<BatchId>(2);
  policy.name = row.string(3);
  policy.terms.kind = static_cast<Kind>(row.integer(4));
  policy.terms.rest = static_cast<Kind>(row.integer(5));
  policy.terms.seed = row.integer(6);
  policy.archived = row.boolean(7);
  policy.creator = row.id<PersonId>(8);
  policy.creator_name = row.string(9);
  policy.changer_name = row.string(10);
  policy.changed = row.instant(11);
  return policy;
}

std::vector<api::PlanOverride> people_of(Work& work, PolicyId policy) {
  auto statement = work.db.prepare(R"sql(
    SELECT person, weight, most FROM policy_people WHERE policy = :policy ORDER BY person)sql");  // by primary key
  return statement.bind(":policy", policy).all([](db::Row row) {
    return api::PlanOverride{row.id<PersonId>(0), row.optional_integer(1), row.optional_integer(2)};
  });
}

void set_people(Work& work, PolicyId policy, const std::vector<api::PlanOverride>& people) {
  // By the primary key.
  work.db.prepare("DELETE FROM policy_people WHERE policy = :policy").bind(":policy", policy).run();
  auto insert = work.db.prepare(R"sql(
    INSERT INTO policy_people (policy, person, weight, most) VALUES (:policy, :person, :weight, :most))sql");
  for (const api::PlanOverride& one : people) {
    if (!one.weight && !one.most) continue;  // as their record says
    insert.bind(":policy", policy)
        .bind(":person", one.person)
        .bind(":weight", one.weight)
        .bind(":most", one.most)
        .run();
    insert.again();
  }
}

std::optional<SavedPolicy> with_people(Work& work, std::optional<SavedPolicy> policy) {
  if (policy) policy->terms.people = people_of(work, policy->policy);
  return policy;
}

}  // namespace

std::optional<SavedPolicy> load_policy(Work& work, PolicyId policy) {
  static const std::string sql = std::string(columns) + "WHERE id = :id";  // by primary key
  return with_people(work, work.db.prepare(sql).bind(":id", policy).one(read_policy));
}

std::vector<SharedPolicy> list_shared_policies(Work& work, bool archived) {
  // By policies_shared, in its order; the batches of each are counted in batches_by_policy.
  auto statement = work.db.prepare(R"sql(
    SELECT id, version, batch, name, kind, rest, seed, archived, creator, creator_name, changer_name, changed,
           (SELECT COUNT(*) FROM batches WHERE batches.policy = policies.id AND batches.state = 0)
    FROM policies
    WHERE batch IS NULL AND archived = :archived
    ORDER BY name_key, id)sql");
  return statement.bind(":archived", archived).all([](db::Row row) {
    return SharedPolicy{read_policy(row), row.integer(12)};
  });
}

std::optional<SavedPolicy> policy_by_name(Work& work, std::string_view name) {
  static const std::string sql =
      std::string(columns) + "WHERE name_key = :key AND batch IS NULL AND archived = 0";  // by policies_by_name
  const std::string key = text::lower(name);
  return work.db.prepare(sql).bind(":key", key).one(read_policy);
}

std::int64_t count_shared_policies(Work& work) {
  // By policies_by_name.
  return work.db.prepare("SELECT COUNT(*) FROM policies WHERE batch IS NULL AND archived = 0").integer_or(0);
}

PolicyId insert_policy(Work& work, const SavedPolicy& policy) {
  const std::string key = text::lower(policy.name);
  const PolicyId id = work.db
                          .prepare(R"sql(
            INSERT INTO policies (version, batch, name, name_key, kind, rest, seed, archived, creator, creator_name,
                                  changer_name, created, changed)
            VALUES (1, :batch, :name, :key, :kind, :rest, :seed, 0, :creator, :creator_name,
                    :creator_name, :now, :now)
            RETURNING id)sql")
                          .bind_or_null(":batch", policy.batch)
                          .bind(":name", policy.name)
                          .bind(":key", key)
                          .bind(":kind", static_cast<int>(policy.terms.kind))
                          .bind(":rest", static_cast<int>(policy.terms.rest))
                          .bind(":seed", policy.terms.seed)
                          .bind_or_null(":creator", policy.creator)
                          .bind(":creator_name", policy.creator_name)
                          .bind(":now", work.now)
                          .one([](db::Row row) { return row.id<PolicyId>(0); })
                          .value_or(PolicyId{});
  set_people(work, id, policy.terms.people);
  return id;
}

bool update_policy(Work& work, const SavedPolicy& policy) {
  const std::string key = text::lower(policy.name);
  auto statement = work.db.prepare(R"sql(
    UPDATE policies
    SET version = version + 1, name = :name, name_key = :key, kind = :kind, rest = :rest, seed = :seed,
        archived = :archived, changer_name = :changer_name, changed = :now
    WHERE id = :id AND version = :version)sql");  // by primary key
  const bool written = statement.bind(":name", policy.name)
                           .bind(":key", key)
                           .bind(":kind", static_cast<int>(policy.terms.kind))
                           .bind(":rest", static_cast<int>(policy.terms.rest))
                           .bind(":seed", policy.terms.seed)
                           .bind(":archived", policy.archived)
                           .bind(":changer_name", policy.changer_name)
                           .bind(":now", work.now)
                           .bind(":id", policy.policy)
                           .bind(":version", policy.version)
                           .run_changes() == 1;
  if (written) set_people(work, policy.policy, policy.terms.people);
  return written;
}

PolicyId own_policy_of(Work& work, BatchId batch) {
  // By policies_of_batch.
  return {work.db.prepare("SELECT id FROM policies WHERE batch = :batch").bind(":batch", batch).integer_or(0)};
}

std::vector<BatchId> active_batches_by(Work& work, PolicyId policy) {
  auto statement = work.db.prepare(R"sql(
    SELECT id FROM batches WHERE policy = :policy AND state = 0 ORDER BY id)sql");  // by batches_by_policy
  return statement.bind(":policy", policy).all([](db::Row row) { return row.id<BatchId>(0); });
}

std::int64_t count_active_batches_by(Work& work, PolicyId policy) {
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*) FROM batches WHERE policy = :policy AND state = 0)sql");  // in batches_by_policy alone
  return statement.bind(":policy", policy).integer_or(0);
}

OperationId allocation_running_by(Work& work, PolicyId policy, BatchId but) {
  // The few that are not finished, by operations_unfinished, then each batch by its primary key: CROSS JOIN holds that
  // order, else every batch that ever shared the policy would be looked at.
  auto statement = work.db.prepare(R"sql(
    SELECT o.id
    FROM operations AS o CROSS JOIN batches AS b
    WHERE o.finished IS NULL AND o.kind IN ('allocate', 'undo_allocation') AND b.id = o.batch AND b.policy = :policy AND
          b.id <> :but
    LIMIT 1)sql");
  return {statement.bind(":policy", policy).bind(":but", but).integer_or(0)};
}

// --- the ledger ------------------------------------------------------------------------------------------------------

std::vector<LedgerRow> ledger_of(Work& work, PolicyId policy) {
  auto statement = work.db.prepare(R"sql(
    SELECT person, debt, last_item_at FROM policy_ledger
    WHERE policy = :policy ORDER BY person)sql");  // by primary key
  return statement.bind(":policy", policy).all([](db::Row row) {
    return LedgerRow{row.id<PersonId>(0), row.integer(1), row.optional_instant(2)};
  });
}

void add_to_debt(Work& work, PolicyId policy, PersonId person, std::int64_t debt) {
  work.db
      .prepare(R"sql(
        INSERT INTO policy_ledger (policy, person, debt) VALUES (:policy, :person, :debt)
        ON CONFLICT (policy, person) DO UPDATE SET debt = debt + excluded.debt)sql")
      .bind(":policy", policy)
      .bind(":person", person)
      .bind(":debt", debt)
      .run();
}

namespace {

// Answers how many there are of that time now; none: they are not counted.
std::optional<std::int64_t> add_receipt(Work& work, PolicyId policy, const Receipt& receipt) {
  return work.db
      .prepare(R"sql(
        INSERT INTO policy_receipts (person, at, policy, items) VALUES (:person, :at, :policy, :items)
        ON CONFLICT (person, at, policy) DO UPDATE SET items = items + excluded.items
        RETURNING items)sql")
      .bind(":person", receipt.person)
      .bind(":at", receipt.at)
      .bind(":policy", policy)
      .bind(":items", receipt.items)
      .one([](db::Row row) { return row.optional_integer(0); })
      .value_or(std::nullopt);
}

void forget_receipts(Work& work, PolicyId policy, PersonId person, Instant before) {
  work.db
      .prepare(R"sql(
        DELETE FROM policy_receipts
        WHERE person = :person AND policy = :policy
          AND at < (SELECT MAX(at) FROM policy_receipts
                    WHERE person = :person AND policy = :policy AND at < :before))sql")  // by primary key
      .bind(":person", person)
      .bind(":policy", policy)
      .bind(":before", before)
      .run();
}

void last_item_at_least(Work& work, PolicyId policy, PersonId person, Instant at) {
  work.db
      .prepare(R"sql(
        INSERT INTO policy_ledger (policy, person, debt, last_item_at) VALUES (:policy, :person, 0, :at)
        ON CONFLICT (policy, person) DO UPDATE SET last_item_at = excluded.last_item_at
        WHERE last_item_at IS NULL OR last_item_at < excluded.last_item_at)sql")
      .bind(":policy", policy)
      .bind(":person", person)
      .bind(":at", at)
      .run();
}

// Of those that are counted: under the given policy, or else under the only one there is.
PolicyId receipt_under(Work& work, PolicyId policy, const Receipt& receipt) {
  auto statement = work.db.prepare(R"sql(
    SELECT policy FROM policy_receipts
    WHERE person = :person AND at = :at AND items IS NOT NULL
    ORDER BY policy = :policy DESC
    LIMIT 1)sql");  // by primary key
  return {statement.bind(":person", receipt.person).bind(":at", receipt.at).bind(":policy", policy).integer_or(0)};
}

void last_item_by_receipts(Work& work, PolicyId policy, PersonId person) {
  work.db
      .prepare(R"sql(
        UPDATE policy_ledger
        SET last_item_at = (SELECT MAX(at) FROM policy_receipts WHERE person = :person AND policy = :policy)
        WHERE policy = :policy AND person = :person)sql")  // by primary keys
      .bind(":policy", policy)
      .bind(":person", person)
      .run();
}

}  // namespace

void received(Work& work, PolicyId policy, const Receipt& receipt, Instant undone_since) {
  const bool first_of_its_time = add_receipt(work, policy, receipt) == receipt.items;
  if (first_of_its_time) forget_receipts(work, policy, receipt.person, undone_since);
  last_item_at_least(work, policy, receipt.person, receipt.at);
}

void given_back(Work& work, PolicyId policy, const Receipt& receipt) {
  const PolicyId under = receipt_under(work, policy, receipt);
  if (!under) return;
  auto take = work.db.prepare(R"sql(
    UPDATE policy_receipts SET items = items - :items
    WHERE person = :person AND at = :at AND policy = :policy
    RETURNING items)sql");  // by primary key
  const auto left = take.bind(":items", receipt.items)
                        .bind(":person", receipt.person)
                        .bind(":at", receipt.at)
                        .bind(":policy", under)
                        .integer_or(0);
  if (left > 0) return;
  work.db
      .prepare("DELETE FROM policy_receipts WHERE person = :person AND at = :at AND policy = :policy")  // the same
      .bind(":person", receipt.person)
      .bind(":at", receipt.at)
      .bind(":policy", under)
      .run();
  last_item_by_receipts(work, under, receipt.person);
}

void last_item_was(Work& work, PolicyId policy, PersonId person, Instant at, std::optional<Instant> before) {
  const auto gone = work.db
                        .prepare(R"sql(
                          DELETE FROM policy_receipts
                          WHERE person = :person AND at = :at AND policy = :policy AND items IS NULL)sql")
                        .bind(":person", person)
                        .bind(":at", at)
                        .bind(":policy", policy)
                        .run_changes();  // by primary key
  if (gone == 0) return;
  if (before)
    work.db
        .prepare(R"sql(
          INSERT INTO policy_receipts (person, at, policy, items) VALUES (:person, :at, :policy, NULL)
          ON CONFLICT (person, at, policy) DO NOTHING)sql")
        .bind(":person", person)
        .bind(":at", *before)
        .bind(":policy", policy)
        .run();
  last_item_by_receipts(work, policy, person);
}

}  // namespace tw::services
