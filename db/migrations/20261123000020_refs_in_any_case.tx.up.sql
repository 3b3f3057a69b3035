-- Single records are found whatever the case of their file name: links to them were made by people.
CREATE INDEX records_ref_folded ON records (dataset, lower(ref));
