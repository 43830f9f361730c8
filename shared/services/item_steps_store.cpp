#include "services/item_steps_store.h"

#include "domain/batch/transitions.h"

namespace tw::services {

using domain::batch::Action;
using domain::batch::ItemState;

namespace {

ItemStep step_of(db::Row row) {
  return {static_cast<Action>(row.integer(0)),
          static_cast<ItemState>(row.integer(1)),
          row.id<PersonId>(2),
          row.id<PersonId>(3),
          row.instant(4),
          row.id<OperationId>(5)};
}

}  // namespace

std::optional<ItemStep> item_step(Work& work, ItemId item, Version version) {
  auto statement = work.db.prepare(R"sql(
    SELECT action, from_state, executor, actor, at, operation FROM item_log WHERE item = :item AND version = :version)sql");
  return statement.bind(":item", item).bind(":version", version).one(step_of);  // by primary key
}

std::vector<ItemStep> item_steps(Work& work, ItemId item, Version before) {
  auto statement = work.db.prepare(R"sql(
    SELECT action, from_state, executor, actor, at, operation
    FROM item_log
    WHERE item = :item AND version < :before
    ORDER BY version)sql");  // by primary key: an item's log is short
  return statement.bind(":item", item).bind(":before", before).all(step_of);
}

GivenReader::GivenReader(Work& work, OperationId operation)
    : operation_(operation),
      item_(work.db.prepare(R"sql(
        SELECT i.version, l.action, l.operation
        FROM batch_items i
        JOIN item_log l ON l.item = i.id AND l.version = :after
        WHERE i.id = :item)sql")),  // by primary key, twice
      keeper_(work.db.prepare(R"sql(
        SELECT actor, actor_name FROM item_log WHERE item = :item AND version = :next)sql")) {}  // by primary key

std::optional<GivenReader::Given> GivenReader::find(ItemId item, Version after) {
  item_.again();
  Version now;
  const auto given = item_.bind(":item", item).bind(":after", after).one([&now, this](db::Row row) {
    now = row.version(0);
    const auto action = static_cast<Action>(row.integer(1));
    return row.id<OperationId>(2) == operation_ &&
           (action == Action::undo_allocation || domain::batch::undoes(Action::undo_allocation, action));
  });
  if (!given.value_or(false)) return std::nullopt;
  Given found;
  found.untouched = now == after;
  if (found.untouched) return found;
  keeper_.again();
  keeper_.bind(":item", item).bind(":next", Version{after.value + 1}).one([&found](db::Row row) {
    found.keeper = row.id<PersonId>(0);
    found.keeper_name = row.string(1);
    return true;
  });
  return found;
}

}  // namespace tw::services
