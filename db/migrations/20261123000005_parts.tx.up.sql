-- The parts and versions that documents without a date point to, since the newest of their dates stands
-- for it: when a part changes, those documents are made anew.
CREATE TABLE parts (
    document_id bigint NOT NULL,
    norm        text COLLATE "C" NOT NULL -- of the part's identifier, as in docids
);
CREATE INDEX parts_document_id ON parts (document_id);
CREATE INDEX parts_norm ON parts (norm);
