-- Numbers that stand for the short values of a document's records (indexing.Marks), for searching for structures.
-- Null until the document is indexed anew: such documents may have any. In the index of numbers nulls cannot be
-- looked for, in the other one they can.
ALTER TABLE documents ADD COLUMN marks integer[];
CREATE INDEX documents_marks ON documents USING gin (marks) WITH (fastupdate = on);
CREATE INDEX documents_unmarked ON documents (id) WHERE marks IS NULL;

-- The date of its document with each identifier, so that what has a part of an identifier is found in the order in
-- which it is shown: what is in every tenth identifier at once, and a single letter without sorting all documents.
ALTER TABLE docids ADD COLUMN document_date date;
UPDATE docids SET document_date = documents.latest_date FROM documents WHERE documents.id = docids.document_id;
CREATE INDEX docids_newest ON docids (document_date DESC NULLS LAST, document_id) INCLUDE (norm);
