-- A database that is empty gets its GIN indexes when it has been filled: made at once they
-- take less time and a sixth of the room (docs/adr/0019-a-database-is-filled-without-gin-indexes.md).
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM records) AND NOT EXISTS (SELECT FROM documents) THEN
        DROP INDEX documents_words, documents_marks, records_dates;
        DROP INDEX IF EXISTS docids_norm_trigrams;
    END IF;
END
$$;
