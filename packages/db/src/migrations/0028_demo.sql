CREATE TABLE "demo_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"seed" text NOT NULL,
	"people" integer NOT NULL,
	"days" integer NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "demo_batches_code_unique" UNIQUE("code"),
	CONSTRAINT "demo_batches_same" UNIQUE("seed","people","days"),
	CONSTRAINT "demo_batches_made" CHECK (made between 0 and people)
);
--> statement-breakpoint
CREATE TABLE "demo_people" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"batch_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "demo_people" ADD CONSTRAINT "demo_people_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "demo_people" ADD CONSTRAINT "demo_people_batch_id_demo_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."demo_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "demo_people_batch" ON "demo_people" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "exposures_user" ON "exposures" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "key_reveals_org" ON "key_reveals" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "key_reveals_user" ON "key_reveals" USING btree ("user_id");--> statement-breakpoint
-- Makes the months since then of telemetry, and of the journal: what is made up lies in months that may be before the first.
CREATE FUNCTION open_demo_telemetry(since timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  month timestamptz;
BEGIN
  FOR month IN SELECT * FROM generate_series(date_trunc('month', greatest(since, now() - interval '400 days')) + interval '1 month', now() + interval '1 month', interval '1 month') LOOP
    PERFORM keep_telemetry_partitions(least(month, now()), interval '1000 years');
  END LOOP;
END
$$;
--> statement-breakpoint
CREATE FUNCTION open_demo_journal(since timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC'
AS $$
DECLARE
  month timestamptz;
BEGIN
  FOR month IN SELECT * FROM generate_series(date_trunc('month', greatest(since, now() - interval '400 days')) + interval '1 month', now() + interval '1 month', interval '1 month') LOOP
    PERFORM keep_journal_partitions(least(month, now()), interval '1000 years');
  END LOOP;
END
$$;
--> statement-breakpoint
-- Removes up to so many people of a batch with everything that is theirs, and answers how many. The application's roles may
-- not delete from the journal; of anybody who was not made up this touches nothing.
CREATE FUNCTION forget_demo_people(batch uuid, at_once integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
DECLARE
  gone uuid[];
  runs uuid[];
BEGIN
  SELECT array_agg(user_id) INTO gone
    FROM (SELECT user_id FROM demo_people WHERE batch_id = batch ORDER BY user_id LIMIT at_once FOR UPDATE SKIP LOCKED) chosen;
  IF gone IS NULL THEN
    RETURN 0;
  END IF;
  SELECT array_agg(id) INTO runs FROM (SELECT id FROM onboarding_runs WHERE user_id = ANY (gone) ORDER BY id FOR UPDATE) theirs;
  DELETE FROM telemetry_events WHERE user_id = ANY (gone);
  DELETE FROM onboarding_answer_snapshots WHERE user_id = ANY (gone);
  DELETE FROM onboarding_sessions WHERE user_id = ANY (gone);
  DELETE FROM organizations WHERE run_id = ANY (runs);
  DELETE FROM pending_backend_syncs WHERE run_id = ANY (runs);
  DELETE FROM onboarding_locks USING onboarding_runs r
   WHERE r.id = ANY (runs) AND onboarding_locks.lock_id = 'onboarding_' || r.checkout_session_id;
  DELETE FROM dry_runs USING onboarding_runs r WHERE r.id = ANY (runs) AND dry_runs.tenant_id = r.slug;
  DELETE FROM onboarding_stage_events WHERE run_id = ANY (runs);
  DELETE FROM onboarding_runs WHERE id = ANY (runs);
  DELETE FROM users WHERE id = ANY (gone);
  RETURN cardinality(gone);
END
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION open_demo_telemetry(timestamptz), open_demo_journal(timestamptz), forget_demo_people(uuid, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION open_demo_telemetry(timestamptz), open_demo_journal(timestamptz), forget_demo_people(uuid, integer) TO gangway_app;
