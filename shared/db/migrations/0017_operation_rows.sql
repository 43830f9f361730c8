-- What became of the rows of a long operation: the first thousand that it changed, the first thousand that it left. No
-- reference to the customer or the item: a row tells what was, also of what has gone.
CREATE TABLE operation_rows (
  operation INTEGER NOT NULL REFERENCES operations (id),
  changed   INTEGER NOT NULL CHECK (changed IN (0, 1)),
  place     INTEGER NOT NULL,  -- counts up from 1
  customer  INTEGER NOT NULL,
  executor  INTEGER REFERENCES people (id),
  outcome   TEXT    NOT NULL,
  reason    TEXT    NOT NULL,  -- text key; empty: the outcome says it all
  params    TEXT    NOT NULL,  -- of that text, JSON
  PRIMARY KEY (operation, changed, place)
) STRICT, WITHOUT ROWID;
