-- What the panel tells of a run beside its outcome. Removing the run removes it all.

-- When its present phase began, and how much of it was done already: rate and time left follow from that.
ALTER TABLE runs ADD COLUMN phase_at timestamptz, ADD COLUMN phase_done integer NOT NULL DEFAULT 0;

-- What happened in a run, for operators to read.
CREATE TABLE run_log (
    run     uuid        NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    message text        NOT NULL
);
CREATE INDEX run_log_run ON run_log (run, at);

-- The records that a run added, changed or removed, with the documents that they belonged to then: those of
-- removed records may be gone. The indexing writes it in the transaction that it publishes, and bounds it.
CREATE TABLE run_changes (
    run         uuid   NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind        text   NOT NULL CHECK (kind IN ('added', 'changed', 'removed')),
    ref         text COLLATE "C" NOT NULL,
    document_id bigint,           -- null: a file of the archive
    docid       text   NOT NULL,  -- primary identifier of the document; empty when there is none
    docid_type  text   NOT NULL,
    title       text   NOT NULL
);
CREATE INDEX run_changes_run ON run_changes (run, kind, ref);
