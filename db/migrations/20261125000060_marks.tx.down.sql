ALTER TABLE docids DROP COLUMN document_date;
ALTER TABLE documents DROP COLUMN marks;
