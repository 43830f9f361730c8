-- Policies of allocation: saved, named where several batches may share them; the fairness ledger belongs to them.
CREATE TABLE policies (
  id           INTEGER PRIMARY KEY,
  version      INTEGER NOT NULL,
  batch        INTEGER REFERENCES batches (id),  -- whose own it is, without a name; NULL: to be shared
  name         TEXT    NOT NULL,
  name_key     TEXT    NOT NULL,                 -- the name in lower case
  kind         INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
  rest         INTEGER NOT NULL CHECK (rest BETWEEN 0 AND 3),
  seed         INTEGER NOT NULL,                 -- of every plan; 0: each plan draws its own
  archived     INTEGER NOT NULL CHECK (archived IN (0, 1)),
  creator      INTEGER REFERENCES people (id),   -- NULL: the local operator
  creator_name TEXT    NOT NULL,                 -- as it was then
  changer_name TEXT    NOT NULL,
  created      INTEGER NOT NULL,
  changed      INTEGER NOT NULL
) STRICT;
-- Two that can be chosen and have one name could not be told apart; also the list of them.
CREATE UNIQUE INDEX policies_by_name ON policies (name_key) WHERE batch IS NULL AND archived = 0;
CREATE UNIQUE INDEX policies_of_batch ON policies (batch) WHERE batch IS NOT NULL;  -- its own one

-- Of people who differ from what their record says: their weight, and how many they get at most in one plan.
CREATE TABLE policy_people (
  policy INTEGER NOT NULL REFERENCES policies (id),
  person INTEGER NOT NULL REFERENCES people (id),
  weight INTEGER,
  most   INTEGER,
  PRIMARY KEY (policy, person)
) STRICT, WITHOUT ROWID;

-- What a person is owed under a policy (millionths of an item: entitled to, less received) and when they got the last.
CREATE TABLE policy_ledger (
  policy       INTEGER NOT NULL REFERENCES policies (id),
  person       INTEGER NOT NULL REFERENCES people (id),
  debt         INTEGER NOT NULL,
  last_item_at INTEGER,
  PRIMARY KEY (policy, person)
) STRICT, WITHOUT ROWID;

-- Until now every batch had a ledger and no policy: it gets one of its own, with what it is owed.
INSERT INTO policies (id, version, batch, name, name_key, kind, rest, seed, archived, creator, creator_name,
                      changer_name, created, changed)
SELECT id, 1, id, '', '', 0, 0, 0, 0, creator, creator_name, creator_name, created, created FROM batches;
INSERT INTO policy_ledger (policy, person, debt, last_item_at)
SELECT batch, person, debt, last_item_at FROM batch_ledger;
DROP TABLE batch_ledger;

-- Which one it is allocated by. NULL only inside the transaction that makes the batch.
ALTER TABLE batches ADD COLUMN policy INTEGER REFERENCES policies (id);
UPDATE batches SET policy = id;
CREATE INDEX batches_by_policy ON batches (policy);  -- who shares one, and the foreign key's own check
