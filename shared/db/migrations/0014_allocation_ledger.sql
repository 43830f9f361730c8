-- Of an allocation, what of it stands: rows that it gave and nobody has taken back, and those of them that its policy
-- divided, whose entitlement is in the fairness ledger. 0 for allocations from before this schema: undoing those leaves
-- the ledger as it is.
ALTER TABLE operations ADD COLUMN standing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE operations ADD COLUMN standing_divided INTEGER NOT NULL DEFAULT 0;
