-- What executors hand on to each other, when they want to go on, and what was completed late.
--
-- Times are UTC milliseconds.

ALTER TABLE batch_items ADD COLUMN transferred_from INTEGER REFERENCES people (id);     -- to who executes it now
ALTER TABLE batch_items ADD COLUMN completed_late   INTEGER NOT NULL DEFAULT 0;         -- after the batch's end date

-- Tabs of the executor's screen, each a range of an index of its own: what most items are not costs nothing.
CREATE INDEX batch_items_follow_up ON batch_items (executor, next_follow_up, id, batch)
  WHERE next_follow_up IS NOT NULL;
CREATE INDEX batch_items_transferred ON batch_items (executor, id, batch)
  WHERE transferred_from IS NOT NULL AND state = 1;
CREATE INDEX batch_items_late ON batch_items (executor, id, batch)
  WHERE completed_late = 1 AND state IN (2, 3);

-- What a person handed on, and to whom: all that they still see of it.
CREATE TABLE item_transfers (
  person INTEGER NOT NULL REFERENCES people (id),
  item   INTEGER NOT NULL REFERENCES batch_items (id),
  batch  INTEGER NOT NULL REFERENCES batches (id),
  target INTEGER NOT NULL REFERENCES people (id),
  at     INTEGER NOT NULL,
  PRIMARY KEY (person, item)
) STRICT, WITHOUT ROWID;
-- The foreign key's own check, when an item is removed.
CREATE INDEX item_transfers_of_item ON item_transfers (item);
CREATE INDEX item_transfers_by_time ON item_transfers (person, at, item, batch);
