DROP INDEX docids_isbn;
DROP TABLE people, vocabulary, standing;
ALTER TABLE documents DROP COLUMN groups, DROP COLUMN status;
