-- When people received items by a policy, and how many of each time have not been taken back: what is taken back makes the
-- time before it the last one again (policy_ledger.last_item_at), in whatever order that happens. Of times before the
-- window for undoing only the last is kept.
CREATE TABLE policy_receipts (
  person INTEGER NOT NULL REFERENCES people (id),
  at     INTEGER NOT NULL,
  policy INTEGER NOT NULL,  -- policies are archived, never deleted
  items  INTEGER,  -- NULL: from before they were counted
  PRIMARY KEY (person, at, policy)
) STRICT, WITHOUT ROWID;

INSERT INTO policy_receipts (person, at, policy, items)
SELECT person, last_item_at, policy, NULL FROM policy_ledger WHERE last_item_at IS NOT NULL;
