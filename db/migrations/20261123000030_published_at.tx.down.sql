ALTER TABLE index_state DROP COLUMN IF EXISTS published_at;
