-- Records are found by the key that they are browsed by, which has an index already.
DROP INDEX records_ref_folded;
