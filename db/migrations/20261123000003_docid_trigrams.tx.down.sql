-- The extension stays: something else in the database may use it.
DROP INDEX IF EXISTS docids_norm_trigrams;
