// See item_store.h.
#include "services/item_store.h"

#include "core/text.h"

namespace tw::services {

using domain::access::Actor;
using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::LimitUnit;
using domain::batch::Progress;

namespace {

Item item_of(db::Row row) {
  Item item;
  item.id = row.id<ItemId>(0);
  item.batch = row.id<BatchId>(1);
  item.customer = row.id<CustomerId>(2);
  item.facts.version = row.version(3);
  item.facts.state = static_cast<ItemState>(row.integer(4));
  item.progress = static_cast<Progress>(row.integer(5));
  item.facts.executor = row.id<PersonId>(6);
  item.facts.ever_allocated = row.boolean(7);
  item.facts.barred = row.id<PersonId>(8);
  item.facts.clock.used = {row.integer(9)};
  item.facts.clock.resumed_at = row.optional_instant(10);
  item.facts.clock.due_at = row.optional_instant(11);
  item.facts.rounds = row.integer(12);
  item.facts.returned = item.progress == Progress::returned;
  item.next_follow_up = row.optional_instant(13);
  item.last_text = row.string(14);
  item.added = row.instant(15);
  item.changed = row.instant(16);
  item.drawn = row.boolean(17);
  item.transferred_from = row.id<PersonId>(18);
  item.completed_late = row.boolean(19);
  item.facts.clock.day = {row.integer(20)};
  return item;
}

}  // namespace

std::optional<Item> load_item(Work& work, ItemId item) {
  auto statement = work.db.prepare(R"sql(
    SELECT id, batch, customer, version, state, progress, executor, ever_allocated, barred, used, resumed_at, due_at,
           rounds, next_follow_up, last_text, added, changed, drawn,
           transferred_from, completed_late, day_length
    FROM batch_items
    WHERE id = :item)sql");  // by primary key
  return statement.bind(":item", item).one(item_of);
}

AllocatableReader::AllocatableReader(Work& work)
    : statement_(work.db.prepare(R"sql(
        SELECT i.id, i.batch, i.customer, i.version, i.state, i.progress, i.executor, i.ever_allocated, i.barred,
               i.used, i.resumed_at, i.due_at, i.rounds, i.next_follow_up, i.last_text, i.added, i.changed,
               i.drawn, i.transferred_from, i.completed_late, i.day_length, c.do_not_contact, c.number_error
        FROM batch_items i
        JOIN customers c ON c.id = i.customer
        WHERE i.id = :item)sql")) {}  // by primary key, twice

std::optional<AllocatableReader::Found> AllocatableReader::find(ItemId item) {
  statement_.again();
  return statement_.bind(":item", item).one([](db::Row row) {
    return Found{item_of(row), row.boolean(21), row.boolean(22)};
  });
}

ItemInserter::ItemInserter(Work& work)
    : flags_(work.db.prepare(R"sql(
        SELECT do_not_contact, number_error FROM customers WHERE id = :customer)sql")),  // by primary key
      others_(work.db.prepare(R"sql(
        SELECT 1
        FROM batch_items i
        JOIN batches b ON b.id = i.batch
        WHERE i.customer = :customer AND i.batch <> :batch AND b.state = 0)sql")),       // batch_items_of_customer
      insert_(work.db.prepare(R"sql(
        INSERT INTO batch_items (batch, customer, version, state, progress, ever_allocated, used, rounds, last_text,
                                 draw, added, changed)
        VALUES (:batch, :customer, 1, 0, 0, 0, 0, 0, '', :draw, :at, :at)
        ON CONFLICT (customer, batch) DO NOTHING)sql")) {}

std::optional<ItemInserter::Flags> ItemInserter::flags_of(CustomerId customer) {
  flags_.again();
  return flags_.bind(":customer", customer).one([](db::Row row) { return Flags{row.boolean(0), row.boolean(1)}; });
}

bool ItemInserter::in_other_active_batch(CustomerId customer, BatchId batch) {
  others_.again();
  return others_.bind(":customer", customer).bind(":batch", batch).step();
}

bool ItemInserter::insert(const NewItem& item) {
  insert_.again();
  return insert_.bind(":batch", item.batch)
             .bind(":customer", item.customer)
             .bind(":draw", item.draw)
             .bind(":at", item.at)
             .run_changes() == 1;
}

bool remove_item(Work& work, const Actor& actor, const Item& item) {
  // An allocation that was undone leaves rows behind, which say nothing without their item.
  for (const char* rest : {R"sql(
        DELETE FROM item_log
        WHERE item = :item
          AND EXISTS (SELECT 1 FROM batch_items WHERE id = :item AND version = :version AND ever_allocated = 0))sql",
                           R"sql(
        DELETE FROM item_undo
        WHERE item = :item
          AND EXISTS (SELECT 1 FROM batch_items WHERE id = :item AND version = :version AND ever_allocated = 0))sql"})
    work.db.prepare(rest).bind(":item", item.id).bind(":version", item.facts.version).run();       // by primary keys
  auto remove = work.db.prepare(R"sql(
    DELETE FROM batch_items WHERE id = :item AND version = :version AND ever_allocated = 0)sql");  // by primary key
  if (remove.bind(":item", item.id).bind(":version", item.facts.version).run_changes() != 1) return false;
  work.db
      .prepare(R"sql(
        INSERT INTO removed_items (item, batch, customer, added, removed, actor, actor_name)
        VALUES (:item, :batch, :customer, :added, :removed, :actor, :actor_name))sql")
      .bind(":item", item.id)
      .bind(":batch", item.batch)
      .bind(":customer", item.customer)
      .bind(":added", item.added)
      .bind(":removed", work.now)
      .bind_or_null(":actor", actor.person)
      .bind(":actor_name", actor.name)
      .run();
  return true;
}

// --- changing --------------------------------------------------------------------------------------------------------

ItemWriter::ItemWriter(Work& work, Instant at, PersonId actor, std::string actor_name, OperationId operation)
    : update_(work.db.prepare(R"sql(
        UPDATE batch_items
        SET version = :version, state = :state, progress = :progress, executor = :executor,
            ever_allocated = :ever_allocated, barred = :barred, used = :used, resumed_at = :resumed_at,
            due_at = :due_at, rounds = :rounds, next_follow_up = :next_follow_up, last_text = :last_text,
            drawn = :drawn, transferred_from = :transferred_from, completed_late = :completed_late,
            day_length = :day_length, changed = :changed
        WHERE id = :item AND version = :before)sql")),  // by primary key
      log_(work.db.prepare(R"sql(
        INSERT INTO item_log (item, version, at, action, from_state, to_state, actor, actor_name, executor, text,
                              detail, operation)
        VALUES (:item, :version, :at, :action, :from_state, :to_state, :actor, :actor_name, :executor, :text,
                :detail, :operation))sql")),
      actor_name_(std::move(actor_name)) {
  update_.bind(":changed", at);
  log_.bind(":at", at)
      .bind_or_null(":actor", actor)
      .bind(":actor_name", std::string_view(actor_name_))
      .bind_or_null(":operation", operation);
}

bool ItemWriter::write(const Item& after, Version before, const ItemLogRow& log) {
  const auto& facts = after.facts;
  update_.again();
  const bool written = update_.bind(":version", facts.version)
                           .bind(":state", static_cast<int>(facts.state))
                           .bind(":progress", static_cast<int>(after.progress))
                           .bind_or_null(":executor", facts.executor)
                           .bind(":ever_allocated", facts.ever_allocated)
                           .bind_or_null(":barred", facts.barred)
                           .bind(":used", facts.clock.used)
                           .bind(":resumed_at", facts.clock.resumed_at)
                           .bind(":due_at", facts.clock.due_at)
                           .bind(":rounds", facts.rounds)
                           .bind(":next_follow_up", after.next_follow_up)
                           .bind(":last_text", after.last_text)
                           .bind(":drawn", after.drawn)
                           .bind_or_null(":transferred_from", after.transferred_from)
                           .bind(":completed_late", after.completed_late)
                           .bind(":day_length", facts.clock.day)
                           .bind(":before", before)
                           .bind(":item", after.id)
                           .run_changes() == 1;
  if (!written) return false;
  log_.again();
  log_.bind(":item", after.id)
      .bind(":version", log.version)
      .bind(":action", static_cast<int>(log.action))
      .bind(":from_state", static_cast<int>(log.from))
      .bind(":to_state", static_cast<int>(log.to))
      .bind_or_null(":executor", log.executor)
      .bind(":text", log.text)
      .bind(":detail", log.detail)
      .run();
  return true;
}

// --- the log ---------------------------------------------------------------------------------------------------------

std::string detail_of_obstacles(domain::allocation::ObstacleMask overridden) {
  std::string detail;
  for (const auto obstacle : domain::allocation::obstacles_in(overridden)) {
    if (!detail.empty()) detail += ',';
    detail += wire_name(obstacle);
  }
  return detail;
}

std::string detail_of_quick(domain::batch::QuickResult result) {
  return text::join("quick {}", {std::string(wire_name(result))});
}

std::string detail_of_limit(domain::batch::HandlingLimit limit, domain::batch::LimitCounts counts) {
  return text::join("limit {} {} {}", {std::to_string(limit.value), wire_name(limit.unit), wire_name(counts)});
}

namespace {

void read_detail(std::string_view detail, api::LogEntry& entry) {
  constexpr std::string_view limit_mark = "limit ";
  if (detail.substr(0, limit_mark.size()) == limit_mark) {
    const auto parts = text::split(detail.substr(limit_mark.size()), ' ');
    if (parts.size() >= 2) {
      entry.limit = text::to_integer(parts[0]).value_or(0);
      from_wire_name(parts[1], entry.limit_unit);
      if (parts.size() == 3) from_wire_name(parts[2], entry.limit_counts);  // older entries counted natural time
    }
    return;
  }
  for (const auto name : text::split(detail, ',')) {
    auto obstacle = domain::allocation::Obstacle::none;
    if (from_wire_name(name, obstacle)) entry.overridden.push_back(obstacle);
  }
}

}  // namespace

api::LogPage item_log(Work& work, ItemId item, std::int64_t before, std::int64_t limit) {
  auto statement = work.db.prepare(R"sql(
    SELECT l.version, l.at, l.action, l.actor, l.actor_name, l.executor, COALESCE(p.name, ''), l.from_state,
           l.to_state, l.text, l.detail, l.operation
    FROM item_log l
    LEFT JOIN people p ON p.id = l.executor
    WHERE l.item = :item AND l.version < :before
    ORDER BY l.version DESC
    LIMIT :limit)sql");  // by primary key
  api::LogPage page;
  page.entries = statement.bind(":item", item)
                     .bind(":before", before > 0 ? before : INT64_MAX)
                     .bind(":limit", limit + 1)
                     .all([](db::Row row) {
                       api::LogEntry entry;
                       entry.entry = row.integer(0);
                       entry.at = row.instant(1);
                       entry.action = static_cast<Action>(row.integer(2));
                       entry.actor = row.id<PersonId>(3);
                       entry.actor_name = row.string(4);
                       entry.executor = row.id<PersonId>(5);
                       entry.executor_name = row.string(6);
                       entry.from_state = static_cast<ItemState>(row.integer(7));
                       entry.to_state = static_cast<ItemState>(row.integer(8));
                       entry.text = row.string(9);
                       read_detail(row.text(10), entry);
                       entry.operation = row.id<OperationId>(11);
                       return entry;
                     });
  page.more = static_cast<std::int64_t>(page.entries.size()) > limit;
  if (page.more) page.entries.pop_back();
  return page;
}

std::string last_return_reason(Work& work, ItemId item) {
  auto statement = work.db.prepare(R"sql(
    SELECT text FROM item_log
    WHERE item = :item AND action = :send_back
    ORDER BY version DESC
    LIMIT 1)sql");  // by primary key: an item's log is short
  return statement.bind(":item", item)
      .bind(":send_back", static_cast<int>(Action::send_back))
      .one([](db::Row row) { return row.string(0); })
      .value_or(std::string());
}

std::optional<LastChange> last_change(Work& work, ItemId item) {
  auto statement = work.db.prepare(R"sql(
    SELECT actor_name, action, at FROM item_log WHERE item = :item ORDER BY version DESC LIMIT 1)sql");  // primary key
  return statement.bind(":item", item).one([](db::Row row) {
    return LastChange{row.string(0), static_cast<Action>(row.integer(1)), row.instant(2)};
  });
}

std::optional<Given> last_given(Work& work, ItemId item, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT action, actor_name, at, operation FROM item_log
    WHERE item = :item AND executor = :person AND action IN (2, 3, 4, 12, 15)
    ORDER BY version DESC LIMIT 1)sql");  // by primary key; allocate, designate, claim, transfer, reassign
  return statement.bind(":item", item).bind(":person", person).one([](db::Row row) {
    return Given{static_cast<Action>(row.integer(0)), row.string(1), row.instant(2), row.id<OperationId>(3)};
  });
}

std::int64_t value_held_by(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT COALESCE(SUM(CASE WHEN c.score > 0 THEN c.score ELSE 0 END), 0)
    FROM batch_items i
    CROSS JOIN batches b ON b.id = i.batch AND b.state = 0
    CROSS JOIN customers c ON c.id = i.customer
    WHERE i.executor = :person AND i.state = 1)sql");  // batch_items_of_executor
  return statement.bind(":person", person).integer_or(0);
}

std::string detail_in_log(Work& work, ItemId item, Version version) {
  auto statement = work.db.prepare(R"sql(
    SELECT detail FROM item_log WHERE item = :item AND version = :version)sql");  // by primary key
  statement.bind(":item", item).bind(":version", version);
  return statement.step() ? statement.row().string(0) : std::string();
}

void note_transfer(Work& work, const Item& before, PersonId target) {
  work.db
      .prepare(R"sql(
        INSERT INTO item_transfers (person, item, batch, target, at)
        VALUES (:person, :item, :batch, :target, :at)
        ON CONFLICT (person, item) DO UPDATE SET target = excluded.target, at = excluded.at)sql")
      .bind(":person", before.facts.executor)
      .bind(":item", before.id)
      .bind(":batch", before.batch)
      .bind(":target", target)
      .bind(":at", work.now)
      .run();
}

void forget_transfer(Work& work, ItemId item, PersonId person) {
  work.db
      .prepare("DELETE FROM item_transfers WHERE person = :person AND item = :item")  // by primary key
      .bind(":person", person)
      .bind(":item", item)
      .run();
}

bool was_given_to(Work& work, ItemId item, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT 1 FROM item_log WHERE item = :item AND executor = :person)sql");  // by primary key: an item's log is short
  return person && statement.bind(":item", item).bind(":person", person).step();
}

// --- due times -------------------------------------------------------------------------------------------------------

std::optional<Instant> next_due(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT MIN(due_at) FROM batch_items WHERE batch = :batch AND due_at IS NOT NULL)sql");  // batch_items_due
  statement.bind(":batch", batch);
  return statement.step() ? statement.row().optional_instant(0) : std::nullopt;
}

std::optional<Instant> next_due(Work& work, BatchId batch, PersonId executor) {
  auto statement = work.db.prepare(R"sql(
    SELECT due_at FROM batch_items
    WHERE executor = :executor AND state = 1 AND due_at IS NOT NULL AND batch = :batch
    ORDER BY due_at
    LIMIT 1)sql");  // batch_items_of_executor
  statement.bind(":batch", batch).bind(":executor", executor);
  return statement.step() ? statement.row().optional_instant(0) : std::nullopt;
}

std::int64_t due_between(Work& work, BatchId batch, Instant after, Instant until) {
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*) FROM batch_items
    WHERE batch = :batch AND due_at > :after AND due_at <= :until)sql");  // batch_items_due
  return statement.bind(":batch", batch).bind(":after", after).bind(":until", until).integer_or(0);
}

std::int64_t due_between_of(Work& work, PersonId executor, BatchId batch, Instant from, Instant until) {
  auto statement = work.db.prepare(R"sql(
    SELECT COUNT(*)
    FROM batch_items i
    JOIN batches b ON b.id = i.batch
    WHERE i.executor = :executor AND i.state = 1 AND i.progress IN (0, 1, 2) AND i.due_at >= :from
      AND i.due_at < :until AND b.state = 0 AND (:batch = 0 OR i.batch = :batch))sql");  // batch_items_of_executor
  return statement.bind(":executor", executor)
      .bind(":batch", batch)
      .bind(":from", from)
      .bind(":until", until)
      .integer_or(0);
}

std::vector<DueItem> overdue_items(Work& work, Instant now, std::int64_t limit) {
  auto statement = work.db.prepare(R"sql(
    SELECT i.id, i.batch
    FROM batches b
    CROSS JOIN batch_items i ON i.batch = b.id
    WHERE b.state = 0 AND i.due_at <= :now
    LIMIT :limit)sql");  // batches_active, then batch_items_due: batches that ended are never looked at
  return statement.bind(":now", now).bind(":limit", limit).all([](db::Row row) {
    return DueItem{row.id<ItemId>(0), row.id<BatchId>(1)};
  });
}

std::optional<Instant> earliest_due(Work& work) {
  auto statement = work.db.prepare(R"sql(
    SELECT MIN((SELECT MIN(i.due_at) FROM batch_items i WHERE i.batch = b.id AND i.due_at IS NOT NULL))
    FROM batches b
    WHERE b.state = 0)sql");  // batches_active, then batch_items_due, one seek a batch
  return statement.step() ? statement.row().optional_instant(0) : std::nullopt;
}

}  // namespace tw::services
