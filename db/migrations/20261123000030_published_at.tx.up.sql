-- When the current state was published, for the Last-Modified of answers.
ALTER TABLE index_state ADD COLUMN published_at timestamptz NOT NULL DEFAULT now();
