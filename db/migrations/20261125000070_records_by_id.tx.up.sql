-- The id of a record is the hash of its dataset and ref: what is looked up by these is looked up by the id, and is unique by it.
ALTER TABLE records DROP CONSTRAINT records_dataset_ref_key;
