-- People, departments, sessions, and the tables of the kernel: outbox, idempotency, long operations.
-- Times are UTC milliseconds, booleans 0 or 1, enums their wire names.

CREATE TABLE departments (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  parent INTEGER REFERENCES departments (id),  -- NULL at the top
  path TEXT NOT NULL,                          -- '/1/5/': ids from the top, its own last
  created INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
-- "This one and below" is a range over the path.
CREATE UNIQUE INDEX departments_by_path ON departments (path);
-- The foreign key's own check.
CREATE INDEX departments_by_parent ON departments (parent);

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
) STRICT;
-- Sign-in looks a person up by it; logins that differ in case only are one.
CREATE UNIQUE INDEX people_by_login ON people (login_key);
-- The people list's order and its cursor.
CREATE INDEX people_by_name ON people (name, id);
-- The people of a department, and the foreign key's own check.
CREATE INDEX people_by_department ON people (department);

-- A session's token and a one-time token are known to their holder only; we keep digests.
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
-- Every request looks its session up by it.
CREATE UNIQUE INDEX sessions_by_digest ON sessions (digest);
-- Disabling a person ends all of theirs.
CREATE INDEX sessions_by_person ON sessions (person);
-- The sweep of expired ones.
CREATE INDEX sessions_by_expires ON sessions (expires);

CREATE TABLE one_time_tokens (
  digest TEXT NOT NULL PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('set_up', 'invitation')),
  person INTEGER REFERENCES people (id),  -- the invited; NULL for the first administrator
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
-- A new invitation replaces the old one.
CREATE INDEX one_time_tokens_by_person ON one_time_tokens (person);
-- The sweep of expired ones.
CREATE INDEX one_time_tokens_by_expires ON one_time_tokens (expires);

-- Failed sign-ins, by 'login:<login_key>' and by 'peer:<address>'.
CREATE TABLE sign_in_attempts (
  subject TEXT NOT NULL PRIMARY KEY,
  failures INTEGER NOT NULL,
  closed_until INTEGER NOT NULL,
  changed INTEGER NOT NULL
) STRICT;
-- The sweep of forgotten ones.
CREATE INDEX sign_in_attempts_by_changed ON sign_in_attempts (changed);

-- What changed, in the order of commits. AUTOINCREMENT: a number never comes back, also not after a sweep.
CREATE TABLE outbox (
  seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  entity INTEGER NOT NULL,
  person INTEGER,
  batch INTEGER,
  at INTEGER NOT NULL
) STRICT;

-- What a call with this key answered, so that a repeated call answers the same and changes nothing.
CREATE TABLE idempotency (
  person INTEGER NOT NULL,   -- 0: the local operator
  operation TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL, -- digest of path, query and body
  reply TEXT,                -- NULL: it held a secret and is not repeated
  at INTEGER NOT NULL,
  PRIMARY KEY (person, operation, key)
) STRICT;
-- The sweep of old ones.
CREATE INDEX idempotency_by_at ON idempotency (at);

-- Long operations. `batch` and `import` are references without a foreign key: their tables come with later migrations.
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
) STRICT;
-- At most one allocates, adds to or ends a batch at a time: the rule itself.
CREATE UNIQUE INDEX operations_one_per_batch ON operations (batch) WHERE batch IS NOT NULL AND finished IS NULL;
-- The runner's next, oldest first.
CREATE INDEX operations_unfinished ON operations (id) WHERE finished IS NULL;
-- A person's own, newest first, and the foreign key's own check.
CREATE INDEX operations_by_actor ON operations (actor, id);

CREATE TABLE settings (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
