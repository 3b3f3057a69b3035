-- What became of records, for everybody: the feeds and the pages of records tell it. The indexing writes it in the
-- transaction that it publishes, and bounds it (docs/adr/0015-what-changed-is-kept-by-record.md). It is no part of the
-- index, which can be made again of the sources: this can not.
CREATE TABLE record_changes (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- in the order of publishing, since one worker writes
    dataset     text COLLATE "C" NOT NULL,
    ref         text COLLATE "C" NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),
    at          timestamptz NOT NULL DEFAULT now(),
    commit_hash text        NOT NULL, -- of the source that says so
    document_id bigint      NOT NULL,
    docid       text        NOT NULL, -- primary identifier of the document; empty when there is none
    docid_type  text        NOT NULL,
    title       text        NOT NULL,
    fields      jsonb,                -- that differ: path, before, after; null: none
    more        integer     NOT NULL, -- fields beyond those
    -- What a removed record said, so that searches find it still.
    body        jsonb,
    words       tsvector,
    norms       text[]                -- of its identifiers, as in docids
);
CREATE INDEX record_changes_record ON record_changes (dataset, lower(ref), id);
CREATE INDEX record_changes_dataset ON record_changes (dataset, id);
CREATE INDEX record_changes_document ON record_changes (document_id, id);
CREATE INDEX record_changes_removed ON record_changes (id) WHERE kind = 'removed';
