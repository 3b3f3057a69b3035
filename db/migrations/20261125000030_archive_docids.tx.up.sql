-- The page of a document lists the archived paths that lead to it.
CREATE INDEX archive_primary_docid ON archive (primary_docid) WHERE primary_docid <> '';
