DROP TABLE maintenance, rebuilt_indexes;
ALTER FUNCTION upkeep_make_index(text) RESET maintenance_work_mem;
