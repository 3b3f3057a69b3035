-- Each nightly maintenance of the index, with what it found and did (app/maintenance). The first row has no report: the next one is due
-- in the night that follows.
CREATE TABLE maintenance (
    at     timestamptz PRIMARY KEY,
    report jsonb -- null for the first row
);
INSERT INTO maintenance VALUES (now(), NULL);

-- How large each GIN index was when it was last rebuilt, so that it is rebuilt when it has grown to twice that for as many rows.
CREATE TABLE rebuilt_indexes (
    name  text COLLATE "C" PRIMARY KEY,
    bytes bigint NOT NULL,
    rows  bigint NOT NULL -- of the table
);

-- GIN indexes are created faster when their entries are sorted in larger portions.
ALTER FUNCTION upkeep_make_index(text) SET maintenance_work_mem = '256MB';
