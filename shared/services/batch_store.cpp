// See batch_store.h. Counters are in batch_counts_store.cpp, the questions of other areas in
// customer_items_store.cpp.
#include "services/batch_store.h"

#include "services/operation_store.h"
#include "services/policy_store.h"

namespace tw::services {

using domain::access::Actor;
using domain::access::Permission;
using domain::batch::BatchEvent;
using domain::batch::BatchState;
using domain::batch::ClaimMode;
using domain::batch::LimitCounts;
using domain::batch::LimitUnit;
using domain::batch::Standing;

domain::batch::BatchFacts Batch::facts() const {
  domain::batch::BatchFacts facts;
  facts.state = state;
  facts.limit = limit;
  facts.needs_confirmation = needs_confirmation;
  facts.allows_transfer = allows_transfer;
  facts.ends_at = ends_at;
  facts.claim_open = claim_open;
  facts.claim_from = claim_from;
  facts.claim_to = claim_to;
  return facts;
}

// --- rows ------------------------------------------------------------------------------------------------------------

namespace {
void set_policy(Work& work, BatchId batch, PolicyId policy) {
  work.db
      .prepare("UPDATE batches SET policy = :policy WHERE id = :batch")  // by primary key
      .bind(":policy", policy)
      .bind(":batch", batch)
      .run();
}
}  // namespace

std::optional<Batch> load_batch(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT id, version, subject, description, state, creator, creator_name, handling_limit, limit_unit, due_soon_ms,
           ends_at, needs_confirmation, allows_transfer, termination_reason, created, changed, claim_open, claim_mode,
           claim_count, claim_from, claim_to, own_confirmed, limit_counts, policy
    FROM batches
    WHERE id = :batch)sql");  // by primary key
  return statement.bind(":batch", batch).one([](db::Row row) {
    Batch b;
    b.id = row.id<BatchId>(0);
    b.version = row.version(1);
    b.subject = row.string(2);
    b.description = row.string(3);
    b.state = static_cast<BatchState>(row.integer(4));
    b.creator = row.id<PersonId>(5);
    b.creator_name = row.string(6);
    b.limit = {row.integer(7), static_cast<LimitUnit>(row.integer(8))};
    b.due_soon = {row.integer(9)};
    b.ends_at = row.optional_instant(10);
    b.needs_confirmation = row.boolean(11);
    b.allows_transfer = row.boolean(12);
    b.termination_reason = row.string(13);
    b.created = row.instant(14);
    b.changed = row.instant(15);
    b.claim_open = row.boolean(16);
    b.claim_mode = static_cast<ClaimMode>(row.integer(17));
    b.claim_count = row.integer(18);
    b.claim_from = row.optional_instant(19);
    b.claim_to = row.optional_instant(20);
    b.own_confirmed = row.integer(21);
    b.limit_counts = static_cast<LimitCounts>(row.integer(22));
    b.policy = row.id<PolicyId>(23);
    return b;
  });
}

BatchId insert_batch(Work& work, const Batch& batch) {
  work.db
      .prepare(R"sql(
        INSERT INTO batches (version, subject, description, state, creator, creator_name, handling_limit, limit_unit,
                             due_soon_ms, ends_at, needs_confirmation, allows_transfer, claim_open, claim_mode,
                             claim_count, claim_from, claim_to, limit_counts, created, changed)
        VALUES (1, :subject, :description, :state, :creator, :creator_name, :handling_limit, :limit_unit,
                :due_soon_ms, :ends_at, :needs_confirmation, :allows_transfer, :claim_open, :claim_mode,
                :claim_count, :claim_from, :claim_to, :limit_counts, :now, :now))sql")
      .bind(":subject", batch.subject)
      .bind(":description", batch.description)
      .bind(":state", static_cast<int>(batch.state))
      .bind_or_null(":creator", batch.creator)
      .bind(":creator_name", batch.creator_name)
      .bind(":handling_limit", batch.limit.value)
      .bind(":limit_unit", static_cast<int>(batch.limit.unit))
      .bind(":due_soon_ms", batch.due_soon)
      .bind(":ends_at", batch.ends_at)
      .bind(":needs_confirmation", batch.needs_confirmation)
      .bind(":allows_transfer", batch.allows_transfer)
      .bind(":claim_open", batch.claim_open)
      .bind(":claim_mode", static_cast<int>(batch.claim_mode))
      .bind(":claim_count", batch.claim_count)
      .bind(":claim_from", batch.claim_from)
      .bind(":claim_to", batch.claim_to)
      .bind(":limit_counts", static_cast<int>(batch.limit_counts))
      .bind(":now", work.now)
      .run();
  const BatchId id{work.db.last_insert_id()};
  SavedPolicy own;
  own.batch = id;
  own.creator = batch.creator;
  own.creator_name = batch.creator_name;
  const PolicyId policy = insert_policy(work, own);
  set_policy(work, id, batch.policy ? batch.policy : policy);
  return id;
}

bool update_batch(Work& work, const Batch& batch) {
  auto statement = work.db.prepare(R"sql(
    UPDATE batches
    SET version = version + 1, subject = :subject, description = :description, state = :state,
        handling_limit = :handling_limit, limit_unit = :limit_unit, due_soon_ms = :due_soon_ms, ends_at = :ends_at,
        needs_confirmation = :needs_confirmation, allows_transfer = :allows_transfer, claim_open = :claim_open,
        claim_mode = :claim_mode, claim_count = :claim_count, claim_from = :claim_from, claim_to = :claim_to,
        limit_counts = :limit_counts, policy = :policy, termination_reason = :termination_reason, changed = :now
    WHERE id = :batch AND version = :version)sql");  // by primary key
  return statement.bind(":subject", batch.subject)
             .bind(":description", batch.description)
             .bind(":state", static_cast<int>(batch.state))
             .bind(":handling_limit", batch.limit.value)
             .bind(":limit_unit", static_cast<int>(batch.limit.unit))
             .bind(":due_soon_ms", batch.due_soon)
             .bind(":ends_at", batch.ends_at)
             .bind(":needs_confirmation", batch.needs_confirmation)
             .bind(":allows_transfer", batch.allows_transfer)
             .bind(":claim_open", batch.claim_open)
             .bind(":claim_mode", static_cast<int>(batch.claim_mode))
             .bind(":claim_count", batch.claim_count)
             .bind(":claim_from", batch.claim_from)
             .bind(":claim_to", batch.claim_to)
             .bind(":limit_counts", static_cast<int>(batch.limit_counts))
             .bind(":policy", batch.policy)
             .bind(":termination_reason", batch.termination_reason)
             .bind(":now", work.now)
             .bind(":batch", batch.id)
             .bind(":version", batch.version)
             .run_changes() == 1;
}

void touch_batch(Work& work, BatchId batch) {
  work.db
      .prepare("UPDATE batches SET changed = :now WHERE id = :batch")  // by primary key
      .bind(":now", work.now)
      .bind(":batch", batch)
      .run();
}

void add_own_confirmed(Work& work, BatchId batch, std::int64_t more) {
  work.db
      .prepare("UPDATE batches SET own_confirmed = own_confirmed + :more WHERE id = :batch")  // by primary key
      .bind(":more", more)
      .bind(":batch", batch)
      .run();
}

std::vector<PersonId> people_of(Work& work, BatchId batch, BatchRole role) {
  auto statement = work.db.prepare(R"sql(
    SELECT person FROM batch_people WHERE batch = :batch AND role = :role ORDER BY person)sql");  // by primary key
  return statement.bind(":batch", batch).bind(":role", static_cast<int>(role)).all([](db::Row row) {
    return row.id<PersonId>(0);
  });
}

void set_people(Work& work, BatchId batch, BatchRole role, const std::vector<PersonId>& people) {
  work.db
      .prepare("DELETE FROM batch_people WHERE batch = :batch AND role = :role")  // by primary key
      .bind(":batch", batch)
      .bind(":role", static_cast<int>(role))
      .run();
  auto insert = work.db.prepare(R"sql(
    INSERT INTO batch_people (batch, role, person) VALUES (:batch, :role, :person)
    ON CONFLICT (batch, role, person) DO NOTHING)sql");  // somebody named twice is one executor
  for (const PersonId person : people) {
    insert.bind(":batch", batch).bind(":role", static_cast<int>(role)).bind(":person", person).run();
    insert.again();
  }
}

bool has_role(Work& work, BatchId batch, BatchRole role, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT 1 FROM batch_people WHERE batch = :batch AND role = :role AND person = :person)sql");  // by primary key
  return statement.bind(":batch", batch).bind(":role", static_cast<int>(role)).bind(":person", person).step();
}

// --- who may see it --------------------------------------------------------------------------------------------------

namespace {
// From the kept counters: executing (1) and completed (2).
bool has_open_items(Work& work, BatchId batch, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT 1 FROM batch_counts
    WHERE batch = :batch AND executor = :person AND state IN (1, 2) AND items > 0)sql");  // by primary key
  return statement.bind(":batch", batch).bind(":person", person).step();
}
}  // namespace

Standing BatchAccess::standing() const {
  Standing standing = Standing::none;
  if (manages) standing = standing | Standing::creator_side;
  if (executes) standing = standing | Standing::batch_executor;
  return standing;
}

Result<BatchAccess> see_batch(Work& work, const Actor& actor, BatchId batch) {
  auto found = load_batch(work, batch);
  if (!found) return error(Code::not_found, text_key("error.not_found"));
  BatchAccess access;
  access.batch = std::move(*found);
  access.manages = actor.holds(Permission::manage_every_batch) ||
                   (actor.person && access.batch.creator == actor.person) ||
                   (actor.person && has_role(work, batch, BatchRole::co_manager, actor.person));
  access.executes = actor.person && (has_role(work, batch, BatchRole::executor, actor.person) ||
                                     has_open_items(work, batch, actor.person));
  if (!access.manages && !access.executes) return error(Code::not_found, text_key("error.not_found"));
  return access;
}

Result<BatchAccess> see_managed_batch(Work& work, const Actor& actor, BatchId batch) {
  auto access = see_batch(work, actor, batch);
  if (access && !access->manages) return error(Code::forbidden, text_key("batch.only_managers"));
  return access;
}

OperationId running_operation(Work& work, BatchId batch) { return operation_running_on(work, batch); }

// --- its log ---------------------------------------------------------------------------------------------------------

std::int64_t insert_batch_log(Work& work, const Actor& actor, const BatchLogRow& row) {
  work.db
      .prepare(R"sql(
        INSERT INTO batch_log (batch, at, event, actor, actor_name, text, count, operation)
        VALUES (:batch, :at, :event, :actor, :actor_name, :text, :count, :operation))sql")
      .bind(":batch", row.batch)
      .bind(":at", work.now)
      .bind(":event", static_cast<int>(row.event))
      .bind_or_null(":actor", actor.person)
      .bind(":actor_name", actor.name)
      .bind(":text", row.text)
      .bind(":count", row.count)
      .bind_or_null(":operation", row.operation)
      .run();
  return work.db.last_insert_id();
}

void add_to_batch_log(Work& work, BatchId batch, OperationId operation, std::int64_t count) {
  work.db
      .prepare(R"sql(
        UPDATE batch_log SET count = count + :count
        WHERE batch = :batch AND operation = :operation)sql")  // batch_log_by_batch: a batch's log is short
      .bind(":count", count)
      .bind(":batch", batch)
      .bind(":operation", operation)
      .run();
}

std::optional<LastEdit> last_edit(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT actor_name, at FROM batch_log
    WHERE batch = :batch AND event IN (1, 5, 6, 7, 8)
    ORDER BY id DESC
    LIMIT 1)sql");  // batch_log_by_batch: a batch's log is short; edited, ended, terminated, claiming opened, closed
  return statement.bind(":batch", batch).one([](db::Row row) { return LastEdit{row.string(0), row.instant(1)}; });
}

api::BatchLogPage batch_log(Work& work, BatchId batch, std::int64_t before, std::int64_t limit) {
  // An undo is an operation of the same batch whose input is the number of what it takes back (allocation_undo.cpp).
  auto statement = work.db.prepare(R"sql(
    SELECT l.id, l.at, l.event, l.actor, l.actor_name, l.text, l.count, l.operation,
           l.event IN (4, 11, 12) AND EXISTS (
             SELECT 1 FROM batch_log AS u JOIN operations AS o ON o.id = u.operation
             WHERE u.batch = l.batch AND u.id > l.id AND u.event = 9
               AND o.input = CAST(l.operation AS TEXT) AND o.state NOT IN ('cancelled', 'failed'))
    FROM batch_log AS l
    WHERE l.batch = :batch AND l.id < :before
    ORDER BY l.id DESC
    LIMIT :limit)sql");  // batch_log_by_batch, twice: a batch's log is short; allocated, designated, reassigned; undone
  api::BatchLogPage page;
  page.entries = statement.bind(":batch", batch)
                     .bind(":before", before > 0 ? before : INT64_MAX)
                     .bind(":limit", limit + 1)
                     .all([](db::Row row) {
                       api::BatchLogEntry entry;
                       entry.entry = row.integer(0);
                       entry.at = row.instant(1);
                       entry.event = static_cast<BatchEvent>(row.integer(2));
                       entry.actor = row.id<PersonId>(3);
                       entry.actor_name = row.string(4);
                       entry.text = row.string(5);
                       entry.count = row.integer(6);
                       entry.operation = row.id<OperationId>(7);
                       entry.taken_back = row.integer(8) != 0;
                       return entry;
                     });
  page.more = static_cast<std::int64_t>(page.entries.size()) > limit;
  if (page.more) page.entries.pop_back();
  return page;
}

}  // namespace tw::services
