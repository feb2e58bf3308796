-- Takes every lock in one order, before anything else: else it and those who record events would wait for each other.
-- Makes the partitions of last month, this one and the next two, moves what waited for them, and drops those that ended
-- longer ago than `retention`. Any number may call it: one does it at a time. Answers how many were made and dropped.
CREATE OR REPLACE FUNCTION keep_telemetry_partitions(present timestamptz, retention interval, OUT made integer, OUT dropped integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s'
AS $$
DECLARE
  starts timestamptz;
  partition text;
BEGIN
  made := 0;
  dropped := 0;
  PERFORM pg_advisory_xact_lock(hashtextextended('keep_telemetry_partitions', 0));
  FOR month IN -1..2 LOOP
    starts := date_trunc('month', present) + make_interval(months => month);
    partition := 'telemetry_events_' || to_char(starts, 'YYYY_MM');
    CONTINUE WHEN to_regclass(partition) IS NOT NULL;
    -- Nobody may add a row to the rest between its emptying and the attaching. Attaching locks users as well, for the foreign
    -- key: they come first, as for those who change a person and then tell of them. It takes milliseconds, once a month.
    LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE telemetry_events IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE telemetry_events INCLUDING DEFAULTS)', partition);
    EXECUTE format(
      'WITH waiting AS (DELETE FROM telemetry_events_rest WHERE at >= %1$L AND at < %2$L RETURNING *) INSERT INTO %3$I SELECT * FROM waiting',
      starts, starts + interval '1 month', partition);
    EXECUTE format(
      'ALTER TABLE telemetry_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, starts, starts + interval '1 month');
    made := made + 1;
  END LOOP;
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'telemetry_events'::regclass AND c.relname ~ '^telemetry_events_\d{4}_\d{2}$'
      AND to_timestamp(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= present - retention
  LOOP
    LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE telemetry_events IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM telemetry_events_rest WHERE at < present - retention;
END
$$;
