DROP INDEX records_by_year, records_by_name, docids_newest, documents_unmarked, documents_marks;
