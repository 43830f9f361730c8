-- Imports of customers: what was uploaded, what the check found, how far writing is.
--
-- 1 imports   2 findings   3 working set of a running check

-- 1 ------------------------------------------------------------------------------------------------------------------

-- The documents (JSON) describe the file and are only ever read and written whole.
CREATE TABLE imports (
  id                  INTEGER NOT NULL PRIMARY KEY,
  version             INTEGER NOT NULL DEFAULT 1,
  state               INTEGER NOT NULL,                -- of api::ImportState
  actor               INTEGER REFERENCES people (id),  -- NULL: the local operator
  actor_name          TEXT NOT NULL,
  language            TEXT NOT NULL,                   -- of the actor: the file of refused rows speaks it
  file_name           TEXT NOT NULL,
  file                INTEGER NOT NULL,                -- the spooled upload; 0 when it is gone
  file_bytes          INTEGER NOT NULL,
  refusals            INTEGER NOT NULL DEFAULT 0,      -- the spooled file of refused rows; 0: none
  encoding            TEXT NOT NULL,
  delimiter           TEXT NOT NULL,
  columns             TEXT NOT NULL,                   -- JSON: header, samples, guesses, suggestions
  mapping             TEXT NOT NULL DEFAULT '[]',      -- JSON: the accepted one
  choices             TEXT NOT NULL DEFAULT '[]',      -- JSON: of columns that become a new choice field
  key_from_row_number INTEGER NOT NULL DEFAULT 0 CHECK (key_from_row_number IN (0, 1)),
  on_duplicate        INTEGER NOT NULL DEFAULT 0,      -- of api::OnDuplicate
  owner               INTEGER,                         -- checked when the rows are written
  department          INTEGER,
  file_rows           INTEGER NOT NULL DEFAULT 0,
  new_rows            INTEGER NOT NULL DEFAULT 0,
  update_rows         INTEGER NOT NULL DEFAULT 0,
  skipped_rows        INTEGER NOT NULL DEFAULT 0,
  refused_rows        INTEGER NOT NULL DEFAULT 0,
  written_rows        INTEGER NOT NULL DEFAULT 0,
  operation           INTEGER NOT NULL DEFAULT 0,      -- the running or last one; 0: none yet
  created             INTEGER NOT NULL,
  changed             INTEGER NOT NULL
) STRICT;
-- An actor's own, newest first, and the foreign key's own check.
CREATE INDEX imports_by_actor ON imports (actor, id);

-- 2 ------------------------------------------------------------------------------------------------------------------

-- Rows that are not simply written: `verdict` is of services/import_store.h. Kept until the import is done or discarded.
CREATE TABLE import_exceptions (
  import  INTEGER NOT NULL REFERENCES imports (id),
  row     INTEGER NOT NULL,  -- of data, from 1
  verdict INTEGER NOT NULL,
  kind    INTEGER NOT NULL,  -- the first problem of a refused row, as below
  place   INTEGER NOT NULL,
  PRIMARY KEY (import, row)
) STRICT, WITHOUT ROWID;

-- What is wrong, grouped by kind and column: the first line and how many rows.
CREATE TABLE import_problems (
  import INTEGER NOT NULL REFERENCES imports (id),
  kind   INTEGER NOT NULL,  -- of services/import_store.h
  place  INTEGER NOT NULL,  -- column of the file; -1: the row as a whole
  line   INTEGER NOT NULL,  -- of the file, from 1
  value  TEXT NOT NULL,     -- what stood there, shortened
  count  INTEGER NOT NULL,
  PRIMARY KEY (import, kind, place)
) STRICT, WITHOUT ROWID;

-- 3 ------------------------------------------------------------------------------------------------------------------

-- Phones ('p…') and external keys ('k…') seen so far in the file that is being checked: a million rows are not held in
-- memory. Emptied when the check ends.
CREATE TABLE import_keys (
  import INTEGER NOT NULL REFERENCES imports (id),
  key    TEXT NOT NULL,
  row    INTEGER NOT NULL,
  PRIMARY KEY (import, key)
) STRICT, WITHOUT ROWID;
