-- Through 0020_audit.

CREATE TABLE audit_entries (
  number INTEGER NOT NULL PRIMARY KEY,     -- from 1, without a gap
  at INTEGER NOT NULL,
  person INTEGER REFERENCES people (id),   -- who did it, or whose account was tried; NULL: the command line, the system
  kind TEXT NOT NULL CHECK (instr(kind, char(10)) = 0),
  address TEXT NOT NULL CHECK (instr(address, char(10)) = 0),  -- '' when there is none
  subject TEXT NOT NULL CHECK (instr(subject, char(10)) = 0),  -- JSON: ids, counts, wire names
  previous TEXT NOT NULL,                  -- the hash before; zeros in the first
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE audit_heads (
  day INTEGER NOT NULL PRIMARY KEY,  -- since 1970, UTC
  at INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE batch_counts (
  batch    INTEGER NOT NULL REFERENCES batches (id),
  executor INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  progress INTEGER NOT NULL,
  items    INTEGER NOT NULL CHECK (items >= 0),
  PRIMARY KEY (batch, executor, state, progress)
) STRICT, WITHOUT ROWID;

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
, drawn INTEGER NOT NULL DEFAULT 0, transferred_from INTEGER REFERENCES people (id), completed_late   INTEGER NOT NULL DEFAULT 0, day_length INTEGER NOT NULL DEFAULT 0) STRICT;

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

CREATE TABLE batch_people (
  batch  INTEGER NOT NULL REFERENCES batches (id),
  role   INTEGER NOT NULL CHECK (role BETWEEN 0 AND 1),
  person INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (batch, role, person)
) STRICT, WITHOUT ROWID;

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
, claim_open  INTEGER NOT NULL DEFAULT 0, claim_mode  INTEGER NOT NULL DEFAULT 0, claim_count INTEGER NOT NULL DEFAULT 200, claim_from  INTEGER, claim_to    INTEGER, own_confirmed INTEGER NOT NULL DEFAULT 0, limit_counts INTEGER NOT NULL DEFAULT 0 CHECK (limit_counts IN (0, 1)), policy INTEGER REFERENCES policies (id)) STRICT;

CREATE TABLE calendar_days (
  calendar INTEGER NOT NULL REFERENCES calendars (id),
  day      INTEGER NOT NULL,  -- since 1970-01-01
  works    INTEGER NOT NULL CHECK (works IN (0, 1)),
  hours    TEXT    NOT NULL,  -- of a make-up day; empty: those of the longest weekday
  name     TEXT    NOT NULL,
  PRIMARY KEY (calendar, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_uses (
  kind     INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),  -- everybody, a department and below, a person
  subject  INTEGER NOT NULL,                            -- 0, or the id of the department or person
  calendar INTEGER NOT NULL REFERENCES calendars (id),
  PRIMARY KEY (kind, subject)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE customer_counts (
  owner      INTEGER NOT NULL,
  department INTEGER NOT NULL,
  customers  INTEGER NOT NULL CHECK (customers >= 0),
  PRIMARY KEY (owner, department)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_field_choices (
  field    INTEGER NOT NULL REFERENCES customer_fields (id),
  position INTEGER NOT NULL,
  text     TEXT NOT NULL,
  PRIMARY KEY (field, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_field_values (
  customer INTEGER NOT NULL PRIMARY KEY REFERENCES customers (id)
) STRICT;

CREATE TABLE customer_fields (
  id         INTEGER NOT NULL PRIMARY KEY,
  version    INTEGER NOT NULL DEFAULT 1,
  name       TEXT NOT NULL,
  name_key   TEXT NOT NULL,  -- in lower case: names that differ in case only are one
  type       INTEGER NOT NULL CHECK (type BETWEEN 0 AND 3),
  filterable INTEGER NOT NULL CHECK (filterable IN (0, 1)),
  created    INTEGER NOT NULL,
  changed    INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_log (
  id         INTEGER NOT NULL PRIMARY KEY,
  customer   INTEGER NOT NULL REFERENCES customers (id),
  at         INTEGER NOT NULL,
  kind       INTEGER NOT NULL,                -- of api::TimelineKind: created, changed, imported, note
  actor      INTEGER,                         -- NULL: the local operator. People are never deleted: no foreign key
  actor_name TEXT NOT NULL,                   -- as it was then
  text       TEXT NOT NULL                    -- a note's words; of a change the wire names of the fields
) STRICT;

CREATE VIRTUAL TABLE customer_search USING fts5 (
  terms,
  content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

CREATE TABLE customers (
  id             INTEGER NOT NULL PRIMARY KEY,
  version        INTEGER NOT NULL DEFAULT 1,
  kind           INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 1),  -- the numbers of domain/customer/customer.h
  owner          INTEGER REFERENCES people (id),
  department     INTEGER REFERENCES departments (id),
  score          INTEGER NOT NULL CHECK (score BETWEEN -1 AND 100),  -- -1: none
  do_not_contact INTEGER NOT NULL CHECK (do_not_contact IN (0, 1)),
  number_error   INTEGER NOT NULL CHECK (number_error IN (0, 1)),
  last_follow_up INTEGER NOT NULL,                                  -- 0: never
  created        INTEGER NOT NULL,
  changed        INTEGER NOT NULL,
  import         INTEGER,        -- the import that made it
  name           TEXT NOT NULL,
  name_key       TEXT NOT NULL,  -- what lists sort by: the shown name in lower case, its first 60 characters
  contact        TEXT NOT NULL,
  phone          TEXT NOT NULL,
  phone_key      TEXT NOT NULL,  -- domain::customer::phone_key
  email          TEXT NOT NULL,
  city           TEXT NOT NULL,
  source         TEXT NOT NULL,
  external_key   TEXT NOT NULL,
  address        TEXT NOT NULL,
  note           TEXT NOT NULL   -- last: a long one does not stand in the way of a scan over the others
) STRICT;

CREATE TABLE departments (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  parent INTEGER REFERENCES departments (id),  -- NULL at the top
  path TEXT NOT NULL,                          -- '/1/5/': ids from the top, its own last
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;

CREATE TABLE idempotency (
  person INTEGER NOT NULL,   -- 0: the local operator
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- digest of path, query and body
  reply TEXT,                -- NULL: it held a secret and is not repeated
  at INTEGER NOT NULL,
  PRIMARY KEY (person, operation, key)
) STRICT;

CREATE TABLE import_exceptions (
  import  INTEGER NOT NULL REFERENCES imports (id),
  row     INTEGER NOT NULL,  -- of data, from 1
  verdict INTEGER NOT NULL,
  kind    INTEGER NOT NULL,  -- the first problem of a refused row, as below
  place   INTEGER NOT NULL,
  PRIMARY KEY (import, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_keys (
  import INTEGER NOT NULL REFERENCES imports (id),
  key    TEXT NOT NULL,
  row    INTEGER NOT NULL,
  PRIMARY KEY (import, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_problems (
  import INTEGER NOT NULL REFERENCES imports (id),
  kind   INTEGER NOT NULL,  -- of services/import_store.h
  place  INTEGER NOT NULL,  -- column of the file; -1: the row as a whole
  line   INTEGER NOT NULL,  -- of the file, from 1
  value  TEXT NOT NULL,     -- what stood there, shortened
  count  INTEGER NOT NULL,
  PRIMARY KEY (import, kind, place)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE item_transfers (
  person INTEGER NOT NULL REFERENCES people (id),
  item   INTEGER NOT NULL REFERENCES batch_items (id),
  batch  INTEGER NOT NULL REFERENCES batches (id),
  target INTEGER NOT NULL REFERENCES people (id),
  at     INTEGER NOT NULL,
  PRIMARY KEY (person, item)
) STRICT, WITHOUT ROWID;

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
, transferred_from INTEGER REFERENCES people (id), day_length INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE notification_counts (
  person INTEGER NOT NULL PRIMARY KEY REFERENCES people (id),
  unread INTEGER NOT NULL CHECK (unread >= 0)
) STRICT;

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
, several_batches INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE one_time_tokens (
  digest TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('set_up', 'invitation')),
  person INTEGER REFERENCES people (id),  -- the invited; NULL for the first administrator
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE operation_plan (
  operation INTEGER NOT NULL,
  chunk     INTEGER NOT NULL,
  bytes     BLOB    NOT NULL,
  PRIMARY KEY (operation, chunk)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE operations (
  id INTEGER NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed')),
  actor INTEGER REFERENCES people (id),  -- NULL: the local operator
  actor_name TEXT NOT NULL,
  batch INTEGER,
  import INTEGER,
  now INTEGER NOT NULL,     -- the one time that all its rows carry; also when it was created
  input TEXT NOT NULL,      -- frozen at creation, JSON of the kind's own
  cursor TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0,
  outcomes TEXT NOT NULL DEFAULT '[]',
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  problem TEXT NOT NULL DEFAULT '',  -- text key when failed
  finished INTEGER
, standing INTEGER NOT NULL DEFAULT 0, standing_divided INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE outbox (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  person INTEGER,
  batch INTEGER,
  at INTEGER NOT NULL
) STRICT;

CREATE TABLE people (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  login TEXT NOT NULL,
  login_key TEXT NOT NULL,   -- the login in lower case
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,    -- the name in lower case
  department INTEGER REFERENCES departments (id),
  role TEXT NOT NULL CHECK (role IN ('administrator', 'manager', 'member')),
  zone TEXT NOT NULL,
  language TEXT NOT NULL,
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  password_hash TEXT,        -- NULL until the invitation is accepted
  holding_cap INTEGER,       -- NULL: none
  daily_inflow_cap INTEGER,
  weight INTEGER NOT NULL DEFAULT 100,
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  last_seen INTEGER
, initials TEXT, may_create_batches INTEGER NOT NULL DEFAULT 0 CHECK (may_create_batches IN (0, 1))) STRICT;

CREATE TABLE person_days (
  person    INTEGER NOT NULL REFERENCES people (id),
  day       INTEGER NOT NULL,
  received  INTEGER NOT NULL,
  completed INTEGER NOT NULL,
  PRIMARY KEY (person, day)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE policy_ledger (
  policy       INTEGER NOT NULL REFERENCES policies (id),
  person       INTEGER NOT NULL REFERENCES people (id),
  debt         INTEGER NOT NULL,
  last_item_at INTEGER,
  PRIMARY KEY (policy, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_people (
  policy INTEGER NOT NULL REFERENCES policies (id),
  person INTEGER NOT NULL REFERENCES people (id),
  weight INTEGER,
  most   INTEGER,
  PRIMARY KEY (policy, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_receipts (
  person INTEGER NOT NULL REFERENCES people (id),
  at     INTEGER NOT NULL,
  policy INTEGER NOT NULL,  -- policies are archived, never deleted
  items  INTEGER,  -- NULL: from before they were counted
  PRIMARY KEY (person, at, policy)
) STRICT, WITHOUT ROWID;

CREATE TABLE removed_items (
  item       INTEGER NOT NULL PRIMARY KEY,
  batch      INTEGER NOT NULL REFERENCES batches (id),
  customer   INTEGER NOT NULL REFERENCES customers (id),
  added      INTEGER NOT NULL,
  removed    INTEGER NOT NULL,
  actor      INTEGER REFERENCES people (id),
  actor_name TEXT    NOT NULL
) STRICT;

CREATE TABLE sessions (
  id INTEGER NOT NULL PRIMARY KEY,
  digest TEXT NOT NULL,
  csrf TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES people (id),
  created INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,  -- moved every few minutes only
  expires INTEGER NOT NULL,    -- moved with last_seen
  peer TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE sign_in_attempts (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  closed_until INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;

CREATE TABLE user_group_people (
  user_group INTEGER NOT NULL REFERENCES user_groups (id),
  person     INTEGER NOT NULL REFERENCES people (id),
  PRIMARY KEY (user_group, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_groups (
  id       INTEGER PRIMARY KEY,
  version  INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  name_key TEXT    NOT NULL,  -- the name in lower case
  created  INTEGER NOT NULL,
  changed  INTEGER NOT NULL
) STRICT;

CREATE INDEX audit_entries_by_at ON audit_entries (at);

CREATE INDEX audit_entries_by_kind ON audit_entries (kind, at);

CREATE INDEX audit_entries_by_person ON audit_entries (person, at);

CREATE INDEX audit_entries_by_person_and_kind ON audit_entries (person, kind, at);

CREATE INDEX batch_counts_of_executor ON batch_counts (executor, batch, state, progress, items);

CREATE INDEX batch_items_by_state ON batch_items (batch, state, changed, id);

CREATE INDEX batch_items_drawn ON batch_items (executor, batch) WHERE drawn = 1;

CREATE INDEX batch_items_due ON batch_items (batch, due_at) WHERE due_at IS NOT NULL;

CREATE INDEX batch_items_follow_up ON batch_items (executor, next_follow_up, id, batch)
  WHERE next_follow_up IS NOT NULL;

CREATE INDEX batch_items_free ON batch_items (batch, draw, id) WHERE state IN (0, 4, 5);

CREATE INDEX batch_items_late ON batch_items (executor, id, batch)
  WHERE completed_late = 1 AND state IN (2, 3);

CREATE UNIQUE INDEX batch_items_of_customer ON batch_items (customer, batch);

CREATE INDEX batch_items_of_executor ON batch_items (executor, state, progress, due_at, resumed_at, id, batch)
  WHERE executor IS NOT NULL;

CREATE INDEX batch_items_transferred ON batch_items (executor, id, batch)
  WHERE transferred_from IS NOT NULL AND state = 1;

CREATE INDEX batch_log_by_batch ON batch_log (batch, id);

CREATE INDEX batch_people_by_person ON batch_people (person, role, batch);

CREATE INDEX batches_active ON batches (id) WHERE state = 0;

CREATE INDEX batches_by_change ON batches (changed, id);

CREATE INDEX batches_by_policy ON batches (policy, state);

CREATE INDEX batches_in_working_time ON batches (id) WHERE state = 0 AND limit_counts = 1 AND handling_limit > 0;

CREATE INDEX batches_of_creator ON batches (creator, state);

CREATE INDEX calendar_uses_by_calendar ON calendar_uses (calendar);

CREATE UNIQUE INDEX calendars_by_name ON calendars (name_key);

CREATE INDEX customer_counts_of_department ON customer_counts (department, owner, customers);

CREATE UNIQUE INDEX customer_field_choices_by_text ON customer_field_choices (field, text);

CREATE UNIQUE INDEX customer_fields_by_name ON customer_fields (name_key);

CREATE INDEX customer_log_by_customer ON customer_log (customer, at);

CREATE INDEX customers_by_change ON customers (changed);

CREATE INDEX customers_by_external_key ON customers (external_key) WHERE external_key <> '';

CREATE INDEX customers_by_name ON customers (name_key);

CREATE INDEX customers_by_phone ON customers (phone_key) WHERE phone_key <> '';

CREATE INDEX customers_by_score ON customers (score);

CREATE INDEX customers_of_department_by_change ON customers (department, changed);

CREATE INDEX customers_of_department_by_name ON customers (department, name_key);

CREATE INDEX customers_of_department_by_score ON customers (department, score);

CREATE INDEX customers_of_owner_by_change ON customers (owner, changed);

CREATE INDEX customers_of_owner_by_name ON customers (owner, name_key);

CREATE INDEX customers_of_owner_by_score ON customers (owner, score);

CREATE INDEX departments_by_parent ON departments (parent);

CREATE UNIQUE INDEX departments_by_path ON departments (path);

CREATE INDEX idempotency_by_at ON idempotency (at);

CREATE INDEX imports_by_actor ON imports (actor, id);

CREATE INDEX item_transfers_by_time ON item_transfers (person, at, item, batch);

CREATE INDEX item_transfers_of_item ON item_transfers (item);

CREATE INDEX item_undo_by_time ON item_undo (done_at);

CREATE INDEX notifications_by_time ON notifications (at);

CREATE UNIQUE INDEX notifications_of_operation ON notifications (operation, person, kind) WHERE operation IS NOT NULL;

CREATE INDEX notifications_of_person ON notifications (person, at, id);

CREATE INDEX notifications_unread ON notifications (person, batch, kind) WHERE read_at IS NULL;

CREATE INDEX one_time_tokens_by_expires ON one_time_tokens (expires);

CREATE INDEX one_time_tokens_by_person ON one_time_tokens (person);

CREATE INDEX operations_by_actor ON operations (actor, id);

CREATE UNIQUE INDEX operations_one_per_batch ON operations (batch) WHERE batch IS NOT NULL AND finished IS NULL;

CREATE INDEX operations_unfinished ON operations (id) WHERE finished IS NULL;

CREATE INDEX people_by_department ON people (department);

CREATE UNIQUE INDEX people_by_login ON people (login_key);

CREATE INDEX people_by_name ON people (name, id);

CREATE UNIQUE INDEX policies_by_name ON policies (name_key) WHERE batch IS NULL AND archived = 0;

CREATE UNIQUE INDEX policies_of_batch ON policies (batch) WHERE batch IS NOT NULL;

CREATE INDEX policies_shared ON policies (archived, name_key, id) WHERE batch IS NULL;

CREATE INDEX removed_items_of_customer ON removed_items (customer);

CREATE UNIQUE INDEX sessions_by_digest ON sessions (digest);

CREATE INDEX sessions_by_expires ON sessions (expires);

CREATE INDEX sessions_by_person ON sessions (person);

CREATE INDEX sign_in_attempts_by_changed ON sign_in_attempts (changed);

CREATE INDEX user_group_people_by_person ON user_group_people (person);

CREATE UNIQUE INDEX user_groups_by_name ON user_groups (name_key);

CREATE TRIGGER audit_entries_are_kept BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
WHEN NEW.number <= (SELECT COALESCE(MAX(number), 0) FROM audit_entries)
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

CREATE TRIGGER audit_heads_are_kept BEFORE DELETE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

CREATE TRIGGER audit_heads_stay BEFORE UPDATE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

INSERT INTO calendar_uses (kind, subject, calendar)
VALUES (0, 0, 1);
INSERT INTO calendars (id, version, name, name_key, zone, week, day_minutes, created, changed)
VALUES (1, 1, '公司日历', '公司日历', 'Asia/Shanghai', '09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;09:00-12:00, 13:30-18:00;;', NULL, 0, 0);
