ALTER TABLE sources DROP COLUMN sections;
ALTER TABLE records DROP COLUMN sort_key, DROP COLUMN in_year;
