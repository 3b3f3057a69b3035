-- What results are counted and narrowed by, beside what was there. The same values, and the words of titles, also stand
-- in the vector of words, written so that no text has them (db/tags.go): one index finds words, words of titles and
-- values together. See docs/adr/0012-how-the-search-ranks-in-tiers.md.
ALTER TABLE documents
    ADD COLUMN status text   NOT NULL DEFAULT '',   -- current, draft, obsoleted, withdrawn; empty: not known yet
    ADD COLUMN groups text[] NOT NULL DEFAULT '{}'; -- working groups and committees

-- The tables below are made of the index some time after it changed (db/upkeep.go); searching works without them.

-- What other documents say of one.
CREATE TABLE standing (
    document_id bigint  PRIMARY KEY,
    obsoleted   boolean NOT NULL, -- by another document
    cited       integer NOT NULL  -- documents that name it in their title or abstract, or relate to it
);

-- The words of titles and names, for mending misspelt ones and completing those that are being typed.
CREATE TABLE vocabulary (
    word      text COLLATE "C" PRIMARY KEY, -- in lower case
    documents integer NOT NULL
);

-- The people who wrote or edited documents.
CREATE TABLE people (
    name      text COLLATE "C" PRIMARY KEY,
    words     text COLLATE "C" NOT NULL, -- the name in lower case, each word of it after a blank, the surname first
    documents integer NOT NULL
);

-- ISBNs are written with hyphens or without.
CREATE INDEX docids_isbn ON docids (replace(norm, '.', '')) WHERE type = 'ISBN';

DO $$
BEGIN
    CREATE INDEX vocabulary_trigrams ON vocabulary USING gin (word gin_trgm_ops);
    CREATE INDEX people_trigrams ON people USING gin (words gin_trgm_ops);
EXCEPTION WHEN undefined_object THEN
    RAISE WARNING 'pg_trgm cannot be used (%); misspelt words are not mended', SQLERRM;
END
$$;
