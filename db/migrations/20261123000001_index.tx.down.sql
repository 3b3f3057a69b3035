DROP TABLE index_lease, index_state, archive, docids, documents, records, sources;
