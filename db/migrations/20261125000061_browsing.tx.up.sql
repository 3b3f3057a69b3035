-- Browsing the records of a source: in the natural order of their names (browse.Key), all of them or those of a year.
-- Records that are not indexed anew yet have no key, and are in the order of their refs as they always were.
ALTER TABLE records
    ADD COLUMN sort_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN in_year  smallint         NOT NULL DEFAULT 0; -- of latest_date; 0: none
CREATE INDEX records_by_name ON records (dataset, sort_key, ref) INCLUDE (in_year);
CREATE INDEX records_by_year ON records (dataset, in_year, sort_key, ref);

-- Where to jump to in such a list (browse.Sections), with numbers of records.
ALTER TABLE sources ADD COLUMN sections jsonb;
