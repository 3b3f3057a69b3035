ALTER TABLE sources DROP COLUMN sections;
ALTER TABLE records DROP COLUMN sort_key, DROP COLUMN in_year;
ALTER TABLE docids DROP COLUMN document_date;
ALTER TABLE documents DROP COLUMN marks;
