DROP INDEX IF EXISTS records_ref_folded;
