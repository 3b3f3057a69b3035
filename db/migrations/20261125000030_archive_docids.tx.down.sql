DROP INDEX IF EXISTS archive_primary_docid;
