-- Requests for an indexing and what became of them. River keeps the job only for a while; this is
-- what the API and the panel tell of.
CREATE TABLE runs (
    id            uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    job_id        bigint,
    dataset       text COLLATE "C" NOT NULL,
    action        text        NOT NULL,
    refs          text[]      NOT NULL,
    force         boolean     NOT NULL,
    requested_by  text        NOT NULL,
    state         text        NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    phase         text        NOT NULL DEFAULT '',
    done          integer     NOT NULL DEFAULT 0,
    total         integer     NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    started_at    timestamptz,
    finished_at   timestamptz,
    outcome       jsonb,
    error_type    text,
    error_message text
);
CREATE INDEX runs_dataset ON runs (dataset, created_at DESC);
-- A request like one that still waits joins it. Not so one that runs: it may have fetched already.
CREATE UNIQUE INDEX runs_waiting ON runs (dataset, action, refs, force) WHERE state = 'waiting';
