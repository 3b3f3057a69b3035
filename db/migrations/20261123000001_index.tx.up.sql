-- What the sources said, and what was made of it. There are no foreign keys: one worker writes, all
-- in one transaction, and checking them would cost a look-up for each of some 400 000 rows.

-- One row for each source that was ever indexed.
CREATE TABLE sources (
    dataset         text COLLATE "C" PRIMARY KEY,
    url             text        NOT NULL,
    branch          text        NOT NULL,
    commit_hash     text        NOT NULL, -- last indexed in full
    indexer_version integer     NOT NULL,
    indexed_at      timestamptz NOT NULL, -- when the index last changed
    checked_at      timestamptz NOT NULL, -- when the source was last looked at
    records         integer     NOT NULL,
    problems        integer     NOT NULL, -- files with problems, those below among them
    unreadable      integer     NOT NULL  -- files that are no records for it
);

-- One row for each file of a source.
CREATE TABLE records (
    id          bigint      PRIMARY KEY, -- hash of dataset and ref
    dataset     text COLLATE "C" NOT NULL,
    ref         text COLLATE "C" NOT NULL,
    blob        text        NOT NULL,    -- hash that Git gives to the content
    document_id bigint      NOT NULL,
    latest_date date,
    published   date,
    indexed_at  timestamptz NOT NULL DEFAULT now(),
    problems    jsonb,
    body        jsonb       NOT NULL,
    original    text        NOT NULL,
    UNIQUE (dataset, ref)
);
-- Rows of up to a page stay whole: moving parts of them elsewhere costs a twentieth of all writing.
ALTER TABLE records SET (toast_tuple_target = 8160);
CREATE INDEX records_document_id ON records (document_id);
CREATE INDEX records_problems ON records (dataset) WHERE problems IS NOT NULL; -- few, and counted on every page

-- No query asks the planner about these columns; reading them is most of the time of ANALYZE.
ALTER TABLE records ALTER body SET STATISTICS 0, ALTER original SET STATISTICS 0, ALTER problems SET STATISTICS 0;

-- What visitors see: the records of one primary identifier. Their merged content is not stored but
-- made of the records when it is read; here stands what is searched and counted.
CREATE TABLE documents (
    id           bigint PRIMARY KEY, -- hash of key
    key          text   NOT NULL,    -- type and id of the primary identifier, else dataset and ref
    title        text   NOT NULL,
    primary_id   text   NOT NULL,    -- empty when there is none
    primary_type text   NOT NULL,
    latest_date  date,
    year         smallint,
    kind         text   NOT NULL,
    datasets     text[] NOT NULL,
    words        tsvector NOT NULL   -- identifiers and titles with weight A, everything else with D
);
CREATE INDEX documents_latest_date ON documents (latest_date DESC NULLS LAST, id);
CREATE INDEX documents_words ON documents USING gin (words) WITH (fastupdate = on);

-- LZ4 takes a third less time to write rows than the default; servers built without it keep the default.
DO $$
BEGIN
    ALTER TABLE records ALTER body SET COMPRESSION lz4, ALTER original SET COMPRESSION lz4;
    ALTER TABLE documents ALTER words SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
    RAISE NOTICE 'this server has no LZ4 compression: the default is used';
END
$$;

-- All identifiers of all records. The normalised form is what every kind of look-up begins with:
-- identifiers that are equal, exactly or without regard to case, are equal in that form too, so one
-- index serves them all, and the conditions on id tell the rest apart.
CREATE TABLE docids (
    record_id   bigint  NOT NULL,
    document_id bigint  NOT NULL,
    id          text COLLATE "C" NOT NULL,
    type        text COLLATE "C" NOT NULL,
    is_primary  boolean NOT NULL,
    scope       text    NOT NULL,
    norm        text COLLATE "C" NOT NULL -- docid.Normalize
);
CREATE INDEX docids_norm ON docids (norm);
CREATE INDEX docids_record_id ON docids (record_id);

-- Files of the archive source.
CREATE TABLE archive (
    dir           text COLLATE "C" NOT NULL,
    file          text COLLATE "C" NOT NULL,
    blob          text    NOT NULL, -- hashes of the file and of its sidecar
    xml           text,             -- null: only the sidecar exists
    primary_docid text    NOT NULL,
    invalid       boolean NOT NULL,
    PRIMARY KEY (dir, file)
);

-- The state that web processes see. Each publishing adds one, in its own transaction.
CREATE TABLE index_state (generation bigint NOT NULL);
INSERT INTO index_state VALUES (0);

-- Who may write. A worker adds one when it begins; a transaction of an earlier one finds its number
-- gone and gives up.
CREATE TABLE index_lease (epoch bigint NOT NULL);
INSERT INTO index_lease VALUES (0);
