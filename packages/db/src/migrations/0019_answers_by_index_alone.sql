DROP INDEX "answer_snapshots_terms";
--> statement-breakpoint
DROP INDEX "answer_snapshots_newest";
--> statement-breakpoint
DROP INDEX "answer_snapshots_role_newest";
--> statement-breakpoint
DROP INDEX "answer_snapshots_org_newest";
--> statement-breakpoint
DROP INDEX "answer_snapshots_plan_newest";
--> statement-breakpoint
DROP INDEX "answer_snapshots_variant_newest";
--> statement-breakpoint
DROP INDEX "answer_snapshots_version_newest";
--> statement-breakpoint
CREATE INDEX "answer_snapshots_newest" ON "onboarding_answer_snapshots" USING btree ("completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"role","plan","variant","answer_schema_version","org_id");
--> statement-breakpoint
CREATE INDEX "answer_snapshots_role_newest" ON "onboarding_answer_snapshots" USING btree ("role","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"plan","variant","answer_schema_version","org_id");
--> statement-breakpoint
CREATE INDEX "answer_snapshots_org_newest" ON "onboarding_answer_snapshots" USING btree ("org_id","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"role","plan","variant","answer_schema_version");
--> statement-breakpoint
CREATE INDEX "answer_snapshots_plan_newest" ON "onboarding_answer_snapshots" USING btree ("plan","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"role","variant","answer_schema_version","org_id");
--> statement-breakpoint
CREATE INDEX "answer_snapshots_variant_newest" ON "onboarding_answer_snapshots" USING btree ("variant","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"role","plan","answer_schema_version","org_id");
--> statement-breakpoint
CREATE INDEX "answer_snapshots_version_newest" ON "onboarding_answer_snapshots" USING btree ("answer_schema_version","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST,"role","plan","variant","org_id");
--> statement-breakpoint
DROP FUNCTION answer_words(text, text[]);
--> statement-breakpoint
-- The words of a person and of what they answered. What joins words (`@`, `.`, `-`, `_`) parts them here: whoever knows a
-- part of an address finds it. The whole address is a word of its own as well.
CREATE FUNCTION answer_words(name text, email text, flat text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT array_to_tsvector(ARRAY[lower(email)]) || strip(to_tsvector('pg_catalog.simple', translate(
    name || ' ' || email || ' ' || left(coalesce((
      SELECT string_agg(substr(term, strpos(term, '=') + 1), ' ') FROM unnest(flat) AS term WHERE term NOT LIKE '%=true' AND term NOT LIKE '%=false'
    ), ''), 200000),
    '@._-/:+~?=&%#''"<>;,()[]{}|\*!$^`', repeat(' ', 32))))
$$;
--> statement-breakpoint
-- The share lock waits for a plan that is being changed; whoever changes it sees the snapshot then.
CREATE OR REPLACE FUNCTION keep_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'INSERT' OR new.org_id IS DISTINCT FROM old.org_id THEN
    SELECT plan INTO new.plan FROM subscriptions WHERE org_id = new.org_id FOR SHARE;
  END IF;
  IF tg_op = 'INSERT' OR new.flat IS DISTINCT FROM old.flat THEN
    -- An entry of an index has room for 2,700 bytes, and an answer may be longer.
    IF EXISTS (SELECT FROM unnest(new.flat) AS term WHERE length(term) > 240) THEN
      new.flat = answer_terms(new.flat);
    END IF;
  END IF;
  IF new.search IS NULL OR (tg_op = 'UPDATE' AND new.flat IS DISTINCT FROM old.flat) THEN
    SELECT answer_words(name, email, new.flat) INTO new.search FROM users WHERE id = new.user_id;
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
UPDATE onboarding_answer_snapshots SET search = NULL, flat = answer_terms(flat);
--> statement-breakpoint
-- Indexes answer by themselves only where a vacuum has been: also of the newest, which are looked at most.
ALTER TABLE onboarding_answer_snapshots SET (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_insert_threshold = 1000, autovacuum_analyze_scale_factor = 0.02);
--> statement-breakpoint
CREATE INDEX "answer_snapshots_flat" ON "onboarding_answer_snapshots" USING gin ("flat");
