-- Searching for a part of an identifier. pg_trgm is a trusted extension: the owner of the database
-- may create it. Where it is missing or forbidden the search still works, by reading all of docids,
-- which takes some 20 ms for 130 000 identifiers.
DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX docids_norm_trigrams ON docids USING gin (norm gin_trgm_ops) WITH (fastupdate = on);
EXCEPTION WHEN undefined_file OR insufficient_privilege OR feature_not_supported OR undefined_object THEN
    RAISE WARNING 'pg_trgm cannot be used (%); searching for parts of identifiers will be slower', SQLERRM;
END
$$;
