-- Working calendars, who uses which, and handling limits that count working time.
CREATE TABLE calendars (
  id          INTEGER PRIMARY KEY,
  version     INTEGER NOT NULL,
  name        TEXT    NOT NULL,
  name_key    TEXT    NOT NULL,  -- the name in lower case
  zone        TEXT    NOT NULL,  -- an IANA name
  week        TEXT    NOT NULL,  -- hours of Monday to Sunday, ';' between days: '09:00-12:00, 13:30-18:00;...;'
  day_minutes INTEGER,           -- of a working day of a limit; NULL: the longest weekday
  created     INTEGER NOT NULL,
  changed     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX calendars_by_name ON calendars (name_key);  -- two calendars of one name could not be told apart

-- Holidays and make-up days.
CREATE TABLE calendar_days (
  calendar INTEGER NOT NULL REFERENCES calendars (id),
  day      INTEGER NOT NULL,  -- since 1970-01-01
  works    INTEGER NOT NULL CHECK (works IN (0, 1)),
  hours    TEXT    NOT NULL,  -- of a make-up day; empty: those of the longest weekday
  name     TEXT    NOT NULL,
  PRIMARY KEY (calendar, day)
) STRICT, WITHOUT ROWID;

-- The nearest wins: a person's own, their department's or one above it, everybody's.
CREATE TABLE calendar_uses (
  kind     INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),  -- everybody, a department and below, a person
  subject  INTEGER NOT NULL,                            -- 0, or the id of the department or person
  calendar INTEGER NOT NULL REFERENCES calendars (id),
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_uses_by_calendar ON calendar_uses (calendar);  -- who uses it, and the foreign key's own check

-- The company begins with one for everybody, to be edited.
INSERT INTO calendars (id, version, name, name_key, zone, week, day_minutes, created, changed)
VALUES (1, 1, '公司日历', '公司日历', 'Asia/Shanghai',
        '09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;'
        || '09:00-12:00, 13:30-18:00;;', NULL, 0, 0);
INSERT INTO calendar_uses (kind, subject, calendar) VALUES (0, 0, 1);

ALTER TABLE batches ADD COLUMN limit_counts INTEGER NOT NULL DEFAULT 0 CHECK (limit_counts IN (0, 1));  -- 1: working time
-- A working day as it was when the item started, in milliseconds; 0: it has not run in working time.
ALTER TABLE batch_items ADD COLUMN day_length INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item_undo ADD COLUMN day_length INTEGER NOT NULL DEFAULT 0;
-- Whose due times calendars move.
CREATE INDEX batches_in_working_time ON batches (id) WHERE state = 0 AND limit_counts = 1 AND handling_limit > 0;
