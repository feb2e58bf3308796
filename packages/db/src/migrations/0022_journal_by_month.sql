-- The journal by months, so that a month goes by one DROP. The time of an event belongs to the key then; that a run has each
-- number once is kept by its row, whose `last_seq` every step is written against.
ALTER TABLE "onboarding_stage_events" RENAME TO "onboarding_stage_events_whole";
--> statement-breakpoint
ALTER TABLE "onboarding_stage_events_whole" DROP CONSTRAINT "onboarding_stage_events_run_id_onboarding_runs_id_fk";
--> statement-breakpoint
ALTER TABLE "onboarding_stage_events_whole" DROP CONSTRAINT "onboarding_stage_events_run_id_seq_pk";
--> statement-breakpoint
CREATE TABLE "onboarding_stage_events" (
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"stage" text NOT NULL,
	"status" text NOT NULL,
	"attempt" integer NOT NULL,
	"run_state" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"failure" jsonb,
	"error_code" text,
	"error_id" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "onboarding_stage_events_run_id_seq_at_pk" PRIMARY KEY("run_id","seq","at")
) PARTITION BY RANGE ("at");
--> statement-breakpoint
-- Takes what no month is there for, so that no run can fail for want of a partition.
CREATE TABLE "onboarding_stage_events_rest" PARTITION OF "onboarding_stage_events" DEFAULT;
--> statement-breakpoint
ALTER TABLE "onboarding_stage_events" ADD CONSTRAINT "onboarding_stage_events_run_id_onboarding_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."onboarding_runs"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- Makes the partitions of last month, this one and the next two, moves what waited for them, and drops those that ended
-- longer ago than `retention`; a month in which a run has events that has not come to its end is kept until it has. Any
-- number may call it: one does it at a time. Answers how many were made and dropped.
CREATE FUNCTION keep_journal_partitions(present timestamptz, retention interval, OUT made integer, OUT dropped integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s'
AS $$
DECLARE
  starts timestamptz;
  partition text;
  needed boolean;
BEGIN
  made := 0;
  dropped := 0;
  PERFORM pg_advisory_xact_lock(hashtextextended('keep_journal_partitions', 0));
  FOR month IN -1..2 LOOP
    starts := date_trunc('month', present) + make_interval(months => month);
    partition := 'onboarding_stage_events_' || to_char(starts, 'YYYY_MM');
    CONTINUE WHEN to_regclass(partition) IS NOT NULL;
    -- Nobody may add a row to the rest between its emptying and the attaching. Runs first, as those who write do: else the
    -- two would wait for each other. It takes milliseconds, once a month.
    LOCK TABLE onboarding_runs IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE onboarding_stage_events IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE onboarding_stage_events INCLUDING DEFAULTS)', partition);
    EXECUTE format(
      'WITH waiting AS (DELETE FROM onboarding_stage_events_rest WHERE at >= %1$L AND at < %2$L RETURNING *) INSERT INTO %3$I SELECT * FROM waiting',
      starts, starts + interval '1 month', partition);
    EXECUTE format(
      'ALTER TABLE onboarding_stage_events ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition, starts, starts + interval '1 month');
    made := made + 1;
  END LOOP;
  FOR partition IN
    SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'onboarding_stage_events'::regclass AND c.relname ~ '^onboarding_stage_events_\d{4}_\d{2}$'
      AND to_timestamp(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= present - retention
  LOOP
    EXECUTE format($q$
      SELECT EXISTS (
        SELECT FROM onboarding_runs r
        WHERE r.state NOT IN ('succeeded', 'rolled_back') AND EXISTS (SELECT FROM %I e WHERE e.run_id = r.id))$q$, partition) INTO needed;
    CONTINUE WHEN needed;
    LOCK TABLE onboarding_runs IN SHARE ROW EXCLUSIVE MODE;
    LOCK TABLE onboarding_stage_events IN ACCESS EXCLUSIVE MODE;
    EXECUTE format('DROP TABLE %I', partition);
    dropped := dropped + 1;
  END LOOP;
  DELETE FROM onboarding_stage_events_rest e USING onboarding_runs r
   WHERE e.at < present - retention AND r.id = e.run_id AND r.state IN ('succeeded', 'rolled_back');
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION keep_journal_partitions(timestamptz, interval) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION keep_journal_partitions(timestamptz, interval) TO gangway_worker;
--> statement-breakpoint
DO $$
DECLARE
  month timestamptz;
BEGIN
  FOR month IN
    SELECT * FROM generate_series(date_trunc('month', coalesce((SELECT min(at) FROM onboarding_stage_events_whole), now())), now(), interval '1 month')
  LOOP
    PERFORM keep_journal_partitions(month, interval '1000 years');
  END LOOP;
  PERFORM keep_journal_partitions(now(), interval '1000 years');
END
$$;
--> statement-breakpoint
INSERT INTO onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail, failure, error_code, error_id, at)
SELECT run_id, seq, stage, status, attempt, run_state, detail, failure, error_code, error_id, at FROM onboarding_stage_events_whole;
--> statement-breakpoint
DROP TABLE onboarding_stage_events_whole;
--> statement-breakpoint
ALTER TABLE "onboarding_sessions" ADD COLUMN "answers_forgotten_at" timestamp with time zone;
