-- The columns alone: they lock their tables against readers, for a moment. What takes longer follows by itself.

-- Numbers that stand for the short values of a document's records (indexing.Marks), for searching for structures.
-- Null until the document is indexed anew: such documents may have any.
ALTER TABLE documents ADD COLUMN marks integer[];

-- The date of its document with each identifier.
ALTER TABLE docids ADD COLUMN document_date date;

-- Browsing the records of a source: in the natural order of their names (browse.Key), all of them or those of a year.
-- Records that are not indexed anew yet have no key, and are in the order of their refs as they always were.
ALTER TABLE records
    ADD COLUMN sort_key text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN in_year  smallint         NOT NULL DEFAULT 0; -- of latest_date; 0: none

-- Where to jump to in such a list (browse.Sections), with numbers of records.
ALTER TABLE sources ADD COLUMN sections jsonb;
