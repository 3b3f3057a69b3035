-- In the index of marks nulls cannot be looked for, in the other one they can.
CREATE INDEX documents_marks ON documents USING gin (marks) WITH (fastupdate = on);
CREATE INDEX documents_unmarked ON documents (id) WHERE marks IS NULL;

-- What has a part of an identifier is found in the order in which it is shown: what is in every tenth identifier at
-- once, and a single letter without sorting all documents.
UPDATE docids SET document_date = documents.latest_date FROM documents WHERE documents.id = docids.document_id;
CREATE INDEX docids_newest ON docids (document_date DESC NULLS LAST, document_id) INCLUDE (norm);

CREATE INDEX records_by_name ON records (dataset, sort_key, ref) INCLUDE (in_year);
CREATE INDEX records_by_year ON records (dataset, in_year, sort_key, ref);
