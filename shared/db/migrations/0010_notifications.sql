-- What happened to a person's work without them: one row per operation and kind, never one per item. Kinds are the numbers
-- of domain/batch/notices.h.
CREATE TABLE notifications (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  person     INTEGER NOT NULL REFERENCES people (id),
  kind       INTEGER NOT NULL,
  batch      INTEGER NOT NULL REFERENCES batches (id),
  operation  INTEGER,          -- a long one, whose steps count on in one row
  item       INTEGER,          -- when it is about one
  items      INTEGER NOT NULL,
  actor_name TEXT    NOT NULL,  -- empty: the system, or several people
  at         INTEGER NOT NULL,
  read_at    INTEGER
) STRICT;
CREATE INDEX notifications_of_person ON notifications (person, at, id);  -- the list
-- What goes on counting: an operation's own row, and the unread one of a batch.
CREATE UNIQUE INDEX notifications_of_operation ON notifications (operation, person, kind) WHERE operation IS NOT NULL;
CREATE INDEX notifications_unread ON notifications (person, batch, kind) WHERE read_at IS NULL;
CREATE INDEX notifications_by_time ON notifications (at);  -- the sweep

-- Moved with the rows, never counted for a page.
CREATE TABLE notification_counts (
  person INTEGER NOT NULL PRIMARY KEY REFERENCES people (id),
  unread INTEGER NOT NULL CHECK (unread >= 0)
) STRICT;
