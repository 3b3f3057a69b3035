DROP INDEX records_dates;
