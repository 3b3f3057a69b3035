DROP FUNCTION upkeep_make_index(text), upkeep_merge_pending(), upkeep_analyze(), upkeep_analyze_derived();
