-- Only the owner of a table can create its indexes, merge their pending lists and renew its statistics. The worker may connect as
-- another role, which owns nothing: these functions do exactly that with the rights of the owner
-- (docs/adr/0025-web-and-worker-own-nothing.md). bibxml migrate lets that role call them (db/grants.go).

-- Creates an index that a database gets once it has been filled (docs/adr/0019-a-database-is-filled-without-gin-indexes.md).
CREATE FUNCTION upkeep_make_index(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    CASE name
    WHEN 'documents_words' THEN
        CREATE INDEX documents_words ON documents USING gin (words) WITH (fastupdate = on);
    WHEN 'documents_marks' THEN
        CREATE INDEX documents_marks ON documents USING gin (marks) WITH (fastupdate = on);
    WHEN 'records_dates' THEN
        CREATE INDEX records_dates ON records USING gin ((body -> 'date') jsonb_path_ops) WITH (fastupdate = on);
        ALTER INDEX records_dates ALTER COLUMN 1 SET STATISTICS 0; -- for which ANALYZE would read the bodies
    WHEN 'docids_norm_trigrams' THEN
        CREATE INDEX docids_norm_trigrams ON docids USING gin (norm gin_trgm_ops) WITH (fastupdate = on);
    END CASE;
END
$$;

-- Merges the pending lists of the GIN indexes, which every search would have to read.
CREATE FUNCTION upkeep_merge_pending() RETURNS void LANGUAGE sql SECURITY DEFINER AS $$
    SELECT gin_clean_pending_list(indexrelid::regclass) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE amname = 'gin' AND indrelid IN ('documents'::regclass, 'docids'::regclass, 'records'::regclass)
$$;

-- A sample of 9 000 rows is enough, and takes a third of the time of the default.
CREATE FUNCTION upkeep_analyze() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET default_statistics_target = 30 AS $$
BEGIN
    ANALYZE records, documents, docids, relations;
END
$$;

CREATE FUNCTION upkeep_analyze_derived() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    ANALYZE standing, people, vocabulary, draft_links;
END
$$;

-- The caller has no influence on the schemas in which they look for names.
DO $$
DECLARE
    path text := array_to_string(ARRAY(SELECT quote_ident(name) FROM unnest(current_schemas(false)) AS name), ', ');
    f regprocedure;
BEGIN
    FOREACH f IN ARRAY ARRAY['upkeep_make_index(text)', 'upkeep_merge_pending()', 'upkeep_analyze()', 'upkeep_analyze_derived()']::regprocedure[] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %s, pg_temp', f, path);
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', f);
    END LOOP;
END
$$;
