-- What the Datatracker reports of drafts, as it was last asked (app/drafts).
CREATE TABLE draft_reports (
    kind   text COLLATE "C" NOT NULL, -- became_rfc, replaces
    source text COLLATE "C" NOT NULL, -- a draft without version
    target text COLLATE "C" NOT NULL, -- the RFC, or the draft that it replaces
    PRIMARY KEY (kind, source, target)
);
CREATE TABLE draft_reports_state (reported_at timestamptz); -- null: never
INSERT INTO draft_reports_state VALUES (NULL);

-- What drafts became: made of the index as a whole and of these reports (db/drafts.go). A row for each version of a draft, and for the draft
-- as such.
CREATE TABLE draft_links (
    document_id bigint  NOT NULL,
    type        text COLLATE "C" NOT NULL, -- draftOf an RFC, obsoletedBy a draft of another name
    target_id   bigint  NOT NULL,
    inferred    boolean NOT NULL,          -- from titles, dates and authors; else reported
    latest      boolean NOT NULL           -- whether the document is the last version, which the target names
);
CREATE INDEX draft_links_document_id ON draft_links (document_id);
CREATE INDEX draft_links_target_id ON draft_links (target_id) WHERE latest;
