DROP TABLE draft_links, draft_reports, draft_reports_state;
