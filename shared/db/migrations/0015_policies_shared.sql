-- Of the policies most belong to one batch each: those with a name, and the archive, are found without them.
CREATE INDEX policies_shared ON policies (archived, name_key, id) WHERE batch IS NULL;

-- How many batches are allocated by one is counted in the index alone; also the foreign key's own check.
DROP INDEX batches_by_policy;
CREATE INDEX batches_by_policy ON batches (policy, state);
