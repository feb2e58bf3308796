CREATE TABLE "onboarding_answer_deltas" (
	"step" text NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"delta" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "onboarding_answer_group_totals" (
	"step" text NOT NULL,
	"field" text NOT NULL,
	"value" text NOT NULL,
	"total" integer NOT NULL,
	CONSTRAINT "onboarding_answer_group_totals_step_field_value_pk" PRIMARY KEY("step","field","value")
);
--> statement-breakpoint
ALTER TABLE "onboarding_answer_snapshots" ADD COLUMN "session_revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "onboarding_answer_snapshots" ADD COLUMN "written_at" timestamp with time zone DEFAULT now() NOT NULL;
--> statement-breakpoint
-- The parts of one line of a snapshot's `flat`, `step.field=value`. The field may have dots, and the value anything. Long
-- texts count as what filters find of them, their first 240 characters: a key has room for no more.
CREATE FUNCTION parts_of_answer(line text) RETURNS TABLE (step text, field text, value text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT split_part(path, '.', 1), substr(path, strpos(path, '.') + 1), substr(left(line, 240), strpos(line, '=') + 1)
  FROM split_part(line, '=', 1) AS path
$$;
--> statement-breakpoint
-- Whoever writes, corrects or deletes snapshots changes the totals in the same transaction, and by appending only: nobody
-- waits for a counter that others give the same answer to.
CREATE FUNCTION append_answer_deltas() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO onboarding_answer_deltas (step, field, value, delta)
    SELECT p.step, p.field, p.value, counted.n
    FROM (SELECT left(term, 240) AS line, count(*) AS n FROM added CROSS JOIN unnest(added.flat) AS term GROUP BY 1) counted, parts_of_answer(line) p;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO onboarding_answer_deltas (step, field, value, delta)
    SELECT p.step, p.field, p.value, -counted.n
    FROM (SELECT left(term, 240) AS line, count(*) AS n FROM removed CROSS JOIN unnest(removed.flat) AS term GROUP BY 1) counted, parts_of_answer(line) p;
  ELSE
    INSERT INTO onboarding_answer_deltas (step, field, value, delta)
    SELECT p.step, p.field, p.value, changed.n
    FROM (SELECT line, sum(sign) AS n
          FROM (SELECT left(unnest(OLD.flat), 240) AS line, -1 AS sign UNION ALL SELECT left(unnest(NEW.flat), 240), 1) each
          GROUP BY line HAVING sum(sign) <> 0) changed, parts_of_answer(line) p;
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER count_added_answers AFTER INSERT ON onboarding_answer_snapshots
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION append_answer_deltas();
--> statement-breakpoint
CREATE TRIGGER count_removed_answers AFTER DELETE ON onboarding_answer_snapshots
  REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION append_answer_deltas();
--> statement-breakpoint
CREATE TRIGGER count_changed_answers AFTER UPDATE ON onboarding_answer_snapshots
  FOR EACH ROW WHEN (OLD.flat IS DISTINCT FROM NEW.flat) EXECUTE FUNCTION append_answer_deltas();
--> statement-breakpoint
-- Deltas come and go quickly: without this, dead ones would pile up between vacuums. Totals are rewritten in place.
ALTER TABLE onboarding_answer_deltas SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
--> statement-breakpoint
ALTER TABLE onboarding_answer_group_totals SET (fillfactor = 70);
--> statement-breakpoint
INSERT INTO onboarding_answer_group_totals (step, field, value, total)
SELECT p.step, p.field, p.value, counted.n
FROM (SELECT left(term, 240) AS line, count(*) AS n FROM onboarding_answer_snapshots CROSS JOIN unnest(flat) AS term GROUP BY 1) counted, parts_of_answer(line) p;
