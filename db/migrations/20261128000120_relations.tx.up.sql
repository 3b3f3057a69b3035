-- The relations of all records, so that documents know who points to them. A relation has a row for each normalised form in which
-- the identifier of its target may be indexed (docid.Norms). The rows of records that the version before removes stay; what
-- reads this table skips them, and the upkeep removes them.
CREATE TABLE relations (
    record_id   bigint NOT NULL,
    document_id bigint NOT NULL,
    type        text COLLATE "C" NOT NULL, -- updates, obsoletedBy, …
    target      text COLLATE "C" NOT NULL, -- identifier, as the record has it
    target_type text COLLATE "C" NOT NULL, -- empty when the record has none
    norm        text COLLATE "C" NOT NULL  -- of target, as in docids
);
CREATE INDEX relations_norm ON relations (norm);
CREATE INDEX relations_record_id ON relations (record_id);
