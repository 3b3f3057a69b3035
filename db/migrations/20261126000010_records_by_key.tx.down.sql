CREATE INDEX records_ref_folded ON records (dataset, lower(ref));
