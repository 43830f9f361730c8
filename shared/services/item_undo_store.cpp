// See item_undo_store.h.
#include "services/item_undo_store.h"

#include "services/settings.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::ItemState;
using domain::batch::Progress;

std::optional<ItemUndo> load_undo(Work& work, ItemId item) {
  auto statement = work.db.prepare(R"sql(
    SELECT version, action, done_at, actor, state, progress, executor, ever_allocated, barred, used, resumed_at, rounds,
           next_follow_up, last_text, transferred_from, day_length
    FROM item_undo
    WHERE item = :item)sql");  // by primary key
  return statement.bind(":item", item).one([](db::Row row) {
    ItemUndo undo;
    undo.undone.version_after = row.version(0);
    undo.undone.action = static_cast<Action>(row.integer(1));
    undo.undone.done_at = row.instant(2);
    undo.actor = row.id<PersonId>(3);
    domain::batch::ItemFacts& before = undo.undone.before;
    before.state = static_cast<ItemState>(row.integer(4));
    undo.progress = static_cast<Progress>(row.integer(5));
    before.returned = undo.progress == Progress::returned;
    before.executor = row.id<PersonId>(6);
    before.ever_allocated = row.boolean(7);
    before.barred = row.id<PersonId>(8);
    before.clock.used = {row.integer(9)};
    before.clock.resumed_at = row.optional_instant(10);
    before.rounds = row.integer(11);
    undo.next_follow_up = row.optional_instant(12);
    undo.last_text = row.string(13);
    undo.transferred_from = row.id<PersonId>(14);
    before.clock.day = {row.integer(15)};
    return undo;
  });
}

UndoKeeper::UndoKeeper(Work& work)
    : statement_(work.db.prepare(R"sql(
        INSERT INTO item_undo (item, version, action, done_at, actor, state, progress, executor, ever_allocated, barred,
                               used, resumed_at, rounds, next_follow_up, last_text, transferred_from, day_length)
        VALUES (:item, :version, :action, :done_at, :actor, :state, :progress, :executor, :ever_allocated, :barred,
                :used, :resumed_at, :rounds, :next_follow_up, :last_text, :transferred_from,
                :day_length)
        ON CONFLICT (item) DO UPDATE
        SET version = excluded.version, action = excluded.action, done_at = excluded.done_at, actor = excluded.actor,
            state = excluded.state, progress = excluded.progress, executor = excluded.executor,
            ever_allocated = excluded.ever_allocated, barred = excluded.barred, used = excluded.used,
            resumed_at = excluded.resumed_at, rounds = excluded.rounds, next_follow_up = excluded.next_follow_up,
            last_text = excluded.last_text, transferred_from = excluded.transferred_from,
            day_length = excluded.day_length)sql")) {}  // by primary key

void UndoKeeper::keep(const Item& before, PersonId actor, const domain::batch::Undone& done) {
  statement_.again();
  statement_.bind(":item", before.id)
      .bind(":version", done.version_after)
      .bind(":action", static_cast<int>(done.action))
      .bind(":done_at", done.done_at)
      .bind(":actor", actor)
      .bind(":state", static_cast<int>(before.facts.state))
      .bind(":progress", static_cast<int>(before.progress))
      .bind_or_null(":executor", before.facts.executor)
      .bind(":ever_allocated", before.facts.ever_allocated)
      .bind_or_null(":barred", before.facts.barred)
      .bind(":used", before.facts.clock.used)
      .bind(":resumed_at", before.facts.clock.resumed_at)
      .bind(":rounds", before.facts.rounds)
      .bind(":next_follow_up", before.next_follow_up)
      .bind(":last_text", before.last_text)
      .bind_or_null(":transferred_from", before.transferred_from)
      .bind(":day_length", before.facts.clock.day)
      .run();
}

std::int64_t forget_undo(Work& work, Instant now, std::int64_t limit) {
  auto statement = work.db.prepare(R"sql(
    DELETE FROM item_undo
    WHERE item IN (SELECT item
                   FROM item_undo
                   WHERE done_at < :own AND (done_at < :given OR action NOT IN (:transfer, :reassign))
                   ORDER BY done_at
                   LIMIT :limit))sql");
  return statement.bind(":own", now - domain::batch::own_undo_window)
      .bind(":given", now - allocation_undo_window(work))
      .bind(":transfer", static_cast<int>(Action::transfer))
      .bind(":reassign", static_cast<int>(Action::reassign))
      .bind(":limit", limit)
      .run_changes();  // item_undo_by_time
}

}  // namespace tw::services
