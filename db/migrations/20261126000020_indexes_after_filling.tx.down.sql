CREATE INDEX IF NOT EXISTS documents_words ON documents USING gin (words) WITH (fastupdate = on);
CREATE INDEX IF NOT EXISTS documents_marks ON documents USING gin (marks) WITH (fastupdate = on);
CREATE INDEX IF NOT EXISTS records_dates ON records USING gin ((body -> 'date') jsonb_path_ops) WITH (fastupdate = on);
ALTER INDEX records_dates ALTER COLUMN 1 SET STATISTICS 0;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_opclass WHERE opcname = 'gin_trgm_ops') THEN
        CREATE INDEX IF NOT EXISTS docids_norm_trigrams ON docids USING gin (norm gin_trgm_ops) WITH (fastupdate = on);
    END IF;
END
$$;
