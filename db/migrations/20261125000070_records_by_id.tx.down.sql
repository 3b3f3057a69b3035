ALTER TABLE records ADD CONSTRAINT records_dataset_ref_key UNIQUE (dataset, ref);
