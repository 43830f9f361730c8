-- How many items of a batch were confirmed by the person who had executed them: moved with the confirmation and its undo.
ALTER TABLE batches ADD COLUMN own_confirmed INTEGER NOT NULL DEFAULT 0;
-- What an undo gives back beside the rest: who had handed the item to its executor.
ALTER TABLE item_undo ADD COLUMN transferred_from INTEGER REFERENCES people (id);
