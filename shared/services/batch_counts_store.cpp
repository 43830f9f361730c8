// The kept counters of batches and the days of people (batch_store.h): moved in the same Work as what they count.
#include "core/zone.h"
#include "services/batch_store.h"
#include "services/people_store.h"

namespace tw::services {

using domain::batch::ItemState;
using domain::batch::Progress;

namespace {

constexpr PersonId whole_batch{};  // the counter of all items stands at executor 0

void write_one(Work& work, BatchId batch, PersonId executor, int state, int progress, std::int64_t more) {
  // Not one upsert: the candidate row of a negative delta would break the table's own check before it met the row.
  auto update = work.db.prepare(R"sql(
    UPDATE batch_counts SET items = items + :more
    WHERE batch = :batch AND executor = :executor AND state = :state AND progress = :progress)sql");  // primary key
  const bool moved = update.bind(":more", more)
                         .bind(":batch", batch)
                         .bind(":executor", executor)
                         .bind(":state", state)
                         .bind(":progress", progress)
                         .run_changes() == 1;
  if (moved) return;
  work.db
      .prepare(R"sql(
        INSERT INTO batch_counts (batch, executor, state, progress, items)
        VALUES (:batch, :executor, :state, :progress, :more))sql")
      .bind(":batch", batch)
      .bind(":executor", executor)
      .bind(":state", state)
      .bind(":progress", progress)
      .bind(":more", more)
      .run();
}

void take(Counts& counts, ItemState state, Progress progress, std::int64_t items) {
  switch (state) {
    case ItemState::unassigned:
      counts.states.unassigned += items;
      break;
    case ItemState::executing:
      counts.states.executing += items;
      if (progress == Progress::untouched) counts.tabs.to_do += items;
      if (progress == Progress::followed) counts.tabs.following += items;
      if (progress == Progress::returned) counts.tabs.returned += items;
      break;
    case ItemState::completed:
      counts.states.completed += items;
      counts.tabs.completed += items;
      break;
    case ItemState::ended:
      counts.states.ended += items;
      break;
    case ItemState::reset:
      counts.states.reset += items;
      break;
    case ItemState::abandoned:
      counts.states.abandoned += items;
      break;
  }
}

Counts read_counts(db::Statement& statement) {
  Counts counts;
  statement.each([&counts](db::Row row) {
    take(counts, static_cast<ItemState>(row.integer(0)), static_cast<Progress>(row.integer(1)), row.integer(2));
  });
  return counts;
}

std::int64_t today_of(Work& work, PersonId person) {
  const auto found = load_person(work, person);
  return local_day(found ? found->zone : std::string(), work.now);
}

}  // namespace

void CountMoves::add(BatchId batch, const Standpoint& at, std::int64_t items) {
  const int state = static_cast<int>(at.state);
  const int progress = static_cast<int>(at.progress);
  deltas_[{batch.value, whole_batch.value, state, progress}] += items;
  if (at.executor) deltas_[{batch.value, at.executor.value, state, progress}] += items;
}

void CountMoves::write(Work& work) {
  for (const auto& [key, more] : deltas_)
    if (more != 0) write_one(work, {std::get<0>(key)}, {std::get<1>(key)}, std::get<2>(key), std::get<3>(key), more);
  deltas_.clear();
}

Counts counts_of(Work& work, BatchId batch) { return counts_of(work, batch, whole_batch); }

Counts counts_of(Work& work, BatchId batch, PersonId executor) {
  auto statement = work.db.prepare(R"sql(
    SELECT state, progress, items FROM batch_counts
    WHERE batch = :batch AND executor = :executor)sql");  // by primary key
  statement.bind(":batch", batch).bind(":executor", executor);
  return read_counts(statement);
}

std::map<PersonId, std::int64_t> executing_by_person(Work& work, BatchId batch) {
  auto statement = work.db.prepare(R"sql(
    SELECT executor, SUM(items) FROM batch_counts
    WHERE batch = :batch AND executor > 0 AND state = 1 GROUP BY executor HAVING SUM(items) > 0)sql");  // primary key;
                                                                                                        // 1 = executing
  statement.bind(":batch", batch);
  std::map<PersonId, std::int64_t> executing;
  statement.each([&](db::Row row) { executing[row.id<PersonId>(0)] = row.integer(1); });
  return executing;
}

Counts counts_of_executor(Work& work, PersonId executor) {
  auto statement = work.db.prepare(R"sql(
    SELECT c.state, c.progress, c.items
    FROM batch_counts c
    JOIN batches b ON b.id = c.batch
    WHERE c.executor = :executor AND b.state = 0)sql");  // batch_counts_of_executor: a few rows per batch of theirs
  statement.bind(":executor", executor);
  return read_counts(statement);
}

std::int64_t held_by(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT COALESCE(SUM(c.items), 0)
    FROM batch_counts c
    JOIN batches b ON b.id = c.batch
    WHERE c.executor = :person AND c.state = 1 AND b.state = 0)sql");  // batch_counts_of_executor; 1 = executing
  return statement.bind(":person", person).integer_or(0);
}

PersonDay person_today(Work& work, PersonId person) {
  auto statement = work.db.prepare(R"sql(
    SELECT received, completed FROM person_days WHERE person = :person AND day = :day)sql");  // by primary key
  const auto found = statement.bind(":person", person).bind(":day", today_of(work, person)).one([](db::Row row) {
    return PersonDay{row.integer(0), row.integer(1)};
  });
  return found.value_or(PersonDay{});
}

bool same_day(Work& work, PersonId person, Instant one, Instant other) {
  const auto found = load_person(work, person);
  const std::string zone = found ? found->zone : std::string();
  return local_day(zone, one) == local_day(zone, other);
}

void add_to_person_today(Work& work, PersonId person, const PersonDay& more) {
  work.db
      .prepare(R"sql(
        INSERT INTO person_days (person, day, received, completed)
        VALUES (:person, :day, :received, :completed)
        ON CONFLICT (person, day) DO UPDATE
        SET received = received + excluded.received, completed = completed + excluded.completed)sql")
      .bind(":person", person)
      .bind(":day", today_of(work, person))
      .bind(":received", more.received)
      .bind(":completed", more.completed)
      .run();
}

}  // namespace tw::services
