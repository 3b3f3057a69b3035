-- How much was written to the index so far, and how much of it had been written when the tables that are made of the index as a
-- whole were last made (db/derive.go): a worker sees from it what another one was killed before. Until then all that is there
-- counts as written. A worker of the version before neither counts nor looks; it makes the tables by itself.
ALTER TABLE index_state ADD COLUMN written bigint NOT NULL DEFAULT 0; -- records or documents, put or removed
UPDATE index_state SET written = (SELECT coalesce(sum(records), 0) FROM sources);

CREATE TABLE derived (
    written bigint      NOT NULL,
    at      timestamptz NOT NULL
);
INSERT INTO derived VALUES (0, '-infinity');
