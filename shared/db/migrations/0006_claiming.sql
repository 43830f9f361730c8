-- Claiming: what a batch says about it, and what a draw of a million free items needs.
--
-- Enumerations are the numbers of domain/batch/state.h. Times are UTC milliseconds.

ALTER TABLE batches ADD COLUMN claim_open  INTEGER NOT NULL DEFAULT 0;    -- the switch
ALTER TABLE batches ADD COLUMN claim_mode  INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batches ADD COLUMN claim_count INTEGER NOT NULL DEFAULT 200;  -- at a time, where the mode is random
ALTER TABLE batches ADD COLUMN claim_from  INTEGER;
ALTER TABLE batches ADD COLUMN claim_to    INTEGER;

-- Got by a random claim, still with who drew it, and nothing done since: while there is one they draw no more.
ALTER TABLE batch_items ADD COLUMN drawn INTEGER NOT NULL DEFAULT 0;
CREATE INDEX batch_items_drawn ON batch_items (executor, batch) WHERE drawn = 1;

-- The free items of a batch by their draw keys: random claims, and the pages of what can be claimed.
CREATE INDEX batch_items_free ON batch_items (batch, draw, id) WHERE state IN (0, 4, 5);
