-- What an item was before its last action that one can take back oneself (spec: complete, abandon, confirm, return,
-- reset; ten minutes). At most one row an item: the next such action replaces it, the sweep forgets what is too old.
CREATE TABLE item_undo (
  item           INTEGER PRIMARY KEY REFERENCES batch_items (id),
  version        INTEGER NOT NULL,  -- of the item right after the action: with another one something has happened since
  action         INTEGER NOT NULL,
  done_at        INTEGER NOT NULL,
  actor          INTEGER NOT NULL REFERENCES people (id),
  state          INTEGER NOT NULL,  -- from here on: columns of batch_items, as they were
  progress       INTEGER NOT NULL,
  executor       INTEGER REFERENCES people (id),
  ever_allocated INTEGER NOT NULL,
  barred         INTEGER REFERENCES people (id),
  used           INTEGER NOT NULL,
  resumed_at     INTEGER,
  rounds         INTEGER NOT NULL,
  next_follow_up INTEGER,
  last_text      TEXT    NOT NULL
) STRICT;
CREATE INDEX item_undo_by_time ON item_undo (done_at);  -- the sweep
