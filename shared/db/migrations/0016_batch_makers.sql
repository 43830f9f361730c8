-- Members who were granted what managers may by their role.
ALTER TABLE people ADD COLUMN may_create_batches INTEGER NOT NULL DEFAULT 0 CHECK (may_create_batches IN (0, 1));
