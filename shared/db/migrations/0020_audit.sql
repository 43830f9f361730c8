-- The audit log: who did what that matters for trust, in the order of commits, each entry chained to the one before by
-- its hash (services/audit_chain.h). Nothing changes an entry, and none is ever removed.

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
-- The list's order, newest first, and its three ways to be narrowed.
CREATE INDEX audit_entries_by_at ON audit_entries (at);
CREATE INDEX audit_entries_by_kind ON audit_entries (kind, at);
CREATE INDEX audit_entries_by_person ON audit_entries (person, at);
CREATE INDEX audit_entries_by_person_and_kind ON audit_entries (person, kind, at);

CREATE TRIGGER audit_entries_stay BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_entries_are_kept BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_entries_follow BEFORE INSERT ON audit_entries
WHEN NEW.number <= (SELECT COALESCE(MAX(number), 0) FROM audit_entries)
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;

-- The newest entry of each day, as it was told to the server's log: what is noted here and is not in the chain any more
-- was cut off.
CREATE TABLE audit_heads (
  day INTEGER NOT NULL PRIMARY KEY,  -- since 1970, UTC
  at INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_heads_stay BEFORE UPDATE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
CREATE TRIGGER audit_heads_are_kept BEFORE DELETE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'the audit log is only appended to'); END;
