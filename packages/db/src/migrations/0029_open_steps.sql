-- Whoever stops, stops at the step where they were seen last. All is gathered anew below.
TRUNCATE funnel_people, funnel_steps;
--> statement-breakpoint
ALTER TABLE "funnel_steps" ADD COLUMN "last_at" timestamp with time zone NOT NULL;--> statement-breakpoint
CREATE INDEX "funnel_steps_open" ON "funnel_steps" USING btree ("user_id") WHERE completed_at is null and skipped_at is null;--> statement-breakpoint
-- Gathers new events by person and by step. Every column takes the least, the greatest or the sum, so that the order in which
-- events come is nothing to it; what came before is not among the new ones. Rows are locked in the order of their key.
CREATE OR REPLACE FUNCTION gather_funnel() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  INSERT INTO funnel_people AS known
    (user_id, started_at, last_at, variant, variant_at, plan, plan_at, completed_at, checkout_at, provisioned_at, revealed_at, first_value_at)
  SELECT user_id, min(at), max(at),
    (array_agg(variant ORDER BY at, variant) FILTER (WHERE variant IS NOT NULL))[1],
    min(at) FILTER (WHERE variant IS NOT NULL),
    (array_agg(props ->> 'plan' ORDER BY at DESC, props ->> 'plan' DESC) FILTER (WHERE name IN ('checkout_started', 'provisioned')))[1],
    max(at) FILTER (WHERE name IN ('checkout_started', 'provisioned')),
    min(at) FILTER (WHERE name = 'completed'),
    min(at) FILTER (WHERE name = 'checkout_started'),
    min(at) FILTER (WHERE name = 'provisioned'),
    min(at) FILTER (WHERE name = 'key_revealed'),
    min(at) FILTER (WHERE name = 'first_value')
  FROM added GROUP BY user_id ORDER BY user_id
  ON CONFLICT (user_id) DO UPDATE SET
    started_at = least(known.started_at, excluded.started_at),
    last_at = greatest(known.last_at, excluded.last_at),
    variant = CASE WHEN known.variant_at IS NULL OR (excluded.variant_at, excluded.variant) < (known.variant_at, known.variant)
      THEN excluded.variant ELSE known.variant END,
    variant_at = least(known.variant_at, excluded.variant_at),
    plan = CASE WHEN known.plan_at IS NULL OR (excluded.plan_at, excluded.plan) > (known.plan_at, known.plan)
      THEN excluded.plan ELSE known.plan END,
    plan_at = greatest(known.plan_at, excluded.plan_at),
    completed_at = least(known.completed_at, excluded.completed_at),
    checkout_at = least(known.checkout_at, excluded.checkout_at),
    provisioned_at = least(known.provisioned_at, excluded.provisioned_at),
    revealed_at = least(known.revealed_at, excluded.revealed_at),
    first_value_at = least(known.first_value_at, excluded.first_value_at);

  INSERT INTO funnel_steps AS known
    (user_id, step, last_at, completed_at, seconds, skipped_at, attempted_at, invalid_at, failed_at, retries, conflicts, offline_saves)
  SELECT user_id, step, max(at), min(at) FILTER (WHERE name = 'step_completed'),
    (array_agg(round((props ->> 'elapsedMs')::numeric / 1000)::integer ORDER BY at, (props ->> 'elapsedMs')::numeric)
      FILTER (WHERE name = 'step_completed'))[1],
    min(at) FILTER (WHERE name = 'step_skipped'),
    max(at) FILTER (WHERE name = 'save_attempted'),
    max(at) FILTER (WHERE name = 'validation_failed'),
    max(at) FILTER (WHERE name IN ('save_retried', 'save_queued')),
    count(*) FILTER (WHERE name = 'save_retried'),
    count(*) FILTER (WHERE name = 'save_conflicted'),
    count(*) FILTER (WHERE name = 'save_queued')
  FROM added WHERE step IS NOT NULL GROUP BY user_id, step ORDER BY user_id, step
  ON CONFLICT (user_id, step) DO UPDATE SET
    last_at = greatest(known.last_at, excluded.last_at),
    seconds = CASE WHEN known.completed_at IS NULL OR (excluded.completed_at, excluded.seconds) < (known.completed_at, known.seconds)
      THEN excluded.seconds ELSE known.seconds END,
    completed_at = least(known.completed_at, excluded.completed_at),
    skipped_at = least(known.skipped_at, excluded.skipped_at),
    attempted_at = greatest(known.attempted_at, excluded.attempted_at),
    invalid_at = greatest(known.invalid_at, excluded.invalid_at),
    failed_at = greatest(known.failed_at, excluded.failed_at),
    retries = known.retries + excluded.retries,
    conflicts = known.conflicts + excluded.conflicts,
    offline_saves = known.offline_saves + excluded.offline_saves;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- What happened before counts as well: the same trigger gathers it.
CREATE TEMPORARY TABLE telemetry_so_far (LIKE telemetry_events);
--> statement-breakpoint
CREATE TRIGGER gather_funnel AFTER INSERT ON telemetry_so_far
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION gather_funnel();
--> statement-breakpoint
INSERT INTO telemetry_so_far SELECT * FROM telemetry_events;
--> statement-breakpoint
DROP TABLE telemetry_so_far;
--> statement-breakpoint
INSERT INTO funnel_people (user_id, role)
SELECT DISTINCT ON (user_id) user_id, answers #>> '{work,role}' FROM onboarding_sessions
WHERE answers #>> '{work,role}' IS NOT NULL ORDER BY user_id, started_at DESC, id
ON CONFLICT (user_id) DO UPDATE SET role = excluded.role;
