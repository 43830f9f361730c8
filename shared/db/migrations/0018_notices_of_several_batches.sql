-- What the clock takes back is told once a person, whichever batches it is of: such a row is about several.
ALTER TABLE notifications ADD COLUMN several_batches INTEGER NOT NULL DEFAULT 0;
