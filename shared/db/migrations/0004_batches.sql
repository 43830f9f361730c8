-- Batch tasks: batches, their people, their items, the logs and the counters that are kept with them.
--
-- 1 batches and people   2 items   3 logs   4 kept counters   5 plans of running allocations
--
-- A million items are allocated in one go, so each index of batch_items earns its place: what it serves stands beside it.
-- Enumerations are the numbers of domain/batch/state.h. Times are UTC milliseconds.

-- 1 ------------------------------------------------------------------------------------------------------------------

CREATE TABLE batches (
  id                 INTEGER PRIMARY KEY,
  version            INTEGER NOT NULL,
  subject            TEXT    NOT NULL,
  description        TEXT    NOT NULL,
  state              INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  creator            INTEGER REFERENCES people (id),  -- NULL: the local operator
  creator_name       TEXT    NOT NULL,                -- as it was then
  handling_limit     INTEGER NOT NULL CHECK (handling_limit >= 0),
  limit_unit         INTEGER NOT NULL,
  due_soon_ms        INTEGER NOT NULL,
  ends_at            INTEGER,
  needs_confirmation INTEGER NOT NULL,
  allows_transfer    INTEGER NOT NULL,
  termination_reason TEXT    NOT NULL DEFAULT '',
  created            INTEGER NOT NULL,
  changed            INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_by_change ON batches (changed, id);           -- the list
CREATE INDEX batches_of_creator ON batches (creator, state);       -- "managed by me"
CREATE INDEX batches_active ON batches (id) WHERE state = 0;       -- recall and workbench look at these only

-- role 0: executor, 1: co-manager.
CREATE TABLE batch_people (
  batch  INTEGER NOT NULL REFERENCES batches (id),
  role   INTEGER NOT NULL CHECK (role BETWEEN 0 AND 1),
  person INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (batch, role, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_people_by_person ON batch_people (person, role, batch);

-- The fairness ledger: what a person is owed under the batch's policy (millionths of an item) and when they got the last.
CREATE TABLE batch_ledger (
  batch        INTEGER NOT NULL REFERENCES batches (id),
  person       INTEGER NOT NULL REFERENCES people (id),
  debt         INTEGER NOT NULL,
  last_item_at INTEGER,
  PRIMARY KEY (batch, person)
) STRICT, WITHOUT ROWID;

-- 2 ------------------------------------------------------------------------------------------------------------------

-- AUTOINCREMENT: an item that is removed and added again is a new item, so its id must be new too.
CREATE TABLE batch_items (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  batch          INTEGER NOT NULL REFERENCES batches (id),
  customer       INTEGER NOT NULL REFERENCES customers (id),
  version        INTEGER NOT NULL,
  state          INTEGER NOT NULL CHECK (state BETWEEN 0 AND 5),
  progress       INTEGER NOT NULL CHECK (progress BETWEEN 0 AND 2),
  executor       INTEGER REFERENCES people (id),
  ever_allocated INTEGER NOT NULL,
  barred         INTEGER REFERENCES people (id),  -- abandoned it last; nobody has held it since
  used           INTEGER NOT NULL,                -- the clock: milliseconds before the last pause
  resumed_at     INTEGER,                         -- set while it runs
  due_at         INTEGER,                         -- set while it runs against a limit
  rounds         INTEGER NOT NULL,
  next_follow_up INTEGER,
  last_text      TEXT    NOT NULL,
  draw           INTEGER NOT NULL,                -- unpredictable; the order in which random claims draw
  added          INTEGER NOT NULL,
  changed        INTEGER NOT NULL
) STRICT;
-- A customer is in a batch once; and a customer's own page.
CREATE UNIQUE INDEX batch_items_of_customer ON batch_items (customer, batch);
-- The batch view, filtered by states, latest changed first; and all items that need an executor.
CREATE INDEX batch_items_by_state ON batch_items (batch, state, changed, id);
-- The executor's screen: a tab is (state, progress), soonest due first, then longest held.
CREATE INDEX batch_items_of_executor ON batch_items (executor, state, progress, due_at, resumed_at, id, batch)
  WHERE executor IS NOT NULL;
-- Recall, a batch's next due time, what is due soon.
CREATE INDEX batch_items_due ON batch_items (batch, due_at) WHERE due_at IS NOT NULL;

-- 3 ------------------------------------------------------------------------------------------------------------------

-- Every transition of an item. `version` is the item's version after it, so the key needs no second index. `executor`
-- is the one afterwards, or the one it was taken from. `detail`: overridden obstacles, or the limit of a recall.
CREATE TABLE item_log (
  item       INTEGER NOT NULL REFERENCES batch_items (id),
  version    INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  action     INTEGER NOT NULL,
  from_state INTEGER NOT NULL,
  to_state   INTEGER NOT NULL,
  actor      INTEGER REFERENCES people (id),
  actor_name TEXT    NOT NULL,
  executor   INTEGER REFERENCES people (id),
  text       TEXT    NOT NULL,
  detail     TEXT    NOT NULL,
  operation  INTEGER,
  PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE batch_log (
  id         INTEGER PRIMARY KEY,
  batch      INTEGER NOT NULL REFERENCES batches (id),
  at         INTEGER NOT NULL,
  event      INTEGER NOT NULL,
  actor      INTEGER REFERENCES people (id),
  actor_name TEXT    NOT NULL,
  text       TEXT    NOT NULL,
  count      INTEGER NOT NULL,
  operation  INTEGER
) STRICT;
CREATE INDEX batch_log_by_batch ON batch_log (batch, id);

-- Never-allocated items that were taken out again: what the customer's timeline remembers of them.
CREATE TABLE removed_items (
  item       INTEGER NOT NULL PRIMARY KEY,
  batch      INTEGER NOT NULL REFERENCES batches (id),
  customer   INTEGER NOT NULL REFERENCES customers (id),
  added      INTEGER NOT NULL,
  removed    INTEGER NOT NULL,
  actor      INTEGER REFERENCES people (id),
  actor_name TEXT    NOT NULL
) STRICT;
CREATE INDEX removed_items_of_customer ON removed_items (customer);

-- 4 ------------------------------------------------------------------------------------------------------------------

-- How many items of a batch stand where; moved in the transaction that changes the items, never counted for a page.
-- executor 0: the whole batch; otherwise the items that this person has (executing, completed, ended). Rows that reach
-- zero stay.
CREATE TABLE batch_counts (
  batch    INTEGER NOT NULL REFERENCES batches (id),
  executor INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  progress INTEGER NOT NULL,
  items    INTEGER NOT NULL CHECK (items >= 0),
  PRIMARY KEY (batch, executor, state, progress)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_counts_of_executor ON batch_counts (executor, batch, state, progress, items);

-- What a person received and completed on a day of theirs (days since 1970 in their zone).
CREATE TABLE person_days (
  person    INTEGER NOT NULL REFERENCES people (id),
  day       INTEGER NOT NULL,
  received  INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;

-- 5 ------------------------------------------------------------------------------------------------------------------

-- An allocation's frozen plan, packed (services/allocation_plan.h), in chunks of one step; kept for explanation and undo.
CREATE TABLE operation_plan (
  operation INTEGER NOT NULL,
  chunk     INTEGER NOT NULL,
  bytes     BLOB    NOT NULL,
  PRIMARY KEY (operation, chunk)
) STRICT, WITHOUT ROWID;
