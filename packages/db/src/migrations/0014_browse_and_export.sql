-- What an index of answers holds: an entry has room for 2,700 bytes, and an answer may be longer.
CREATE FUNCTION answer_terms(flat text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(array_agg(left(term, 240)), '{}') FROM unnest(flat) AS term $$;
--> statement-breakpoint
-- The words of a person and of what they answered. What joins words (`@`, `.`, `-`, `_`) parts them here: whoever knows a
-- part of an address finds it.
CREATE FUNCTION answer_words(person text, flat text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT strip(to_tsvector('pg_catalog.simple', translate(
    person || ' ' || left(coalesce((
      SELECT string_agg(substr(term, strpos(term, '=') + 1), ' ') FROM unnest(flat) AS term WHERE term NOT LIKE '%=true' AND term NOT LIKE '%=false'
    ), ''), 200000),
    '@._-/:+~?=&%#''"<>;,()[]{}|\*!$^`', repeat(' ', 32))))
$$;
--> statement-breakpoint
-- A cell of CSV, quoted where it has to be. One that a spreadsheet would take for a formula gets an apostrophe before it.
-- https://owasp.org/www-community/attacks/CSV_Injection
CREATE FUNCTION csv_cell(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN value IS NULL THEN ''
    WHEN value ~ '^\s*[-=+@＝＋－＠\t\r\n]' THEN '"''' || replace(value, '"', '""') || '"'
    WHEN value ~ '[",\r\n]|^\s|\s$' THEN '"' || replace(value, '"', '""') || '"'
    ELSE value
  END
$$;
--> statement-breakpoint
CREATE TABLE "answer_export_days" (
	"day" date PRIMARY KEY NOT NULL,
	"rows" integer NOT NULL,
	"missing" integer NOT NULL,
	"sha256" text,
	"file" text,
	"written_at" timestamp with time zone,
	"loaded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "export_chunks" (
	"export_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"plain_from" bigint NOT NULL,
	"plain_bytes" integer NOT NULL,
	"gzip_from" bigint NOT NULL,
	"gzip_bytes" integer NOT NULL,
	"data" "bytea" NOT NULL,
	CONSTRAINT "export_chunks_export_id_seq_pk" PRIMARY KEY("export_id","seq")
);
--> statement-breakpoint
CREATE TABLE "exports" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"actor_id" uuid,
	"state" text DEFAULT 'queued' NOT NULL,
	"format" text NOT NULL,
	"gzip" boolean NOT NULL,
	"filter" jsonb NOT NULL,
	"before" timestamp with time zone NOT NULL,
	"expected" integer NOT NULL,
	"expected_exact" boolean NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"chunks" integer DEFAULT 0 NOT NULL,
	"plain_bytes" bigint DEFAULT 0 NOT NULL,
	"gzip_bytes" bigint DEFAULT 0 NOT NULL,
	"position" jsonb,
	"sha256" text,
	"failure" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "onboarding_answer_snapshots" ADD COLUMN "plan" text;--> statement-breakpoint
ALTER TABLE "onboarding_answer_snapshots" ADD COLUMN "search" "tsvector";--> statement-breakpoint
ALTER TABLE "export_chunks" ADD CONSTRAINT "export_chunks_export_id_exports_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."exports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exports" ADD CONSTRAINT "exports_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exports_newest" ON "exports" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "exports_expiring" ON "exports" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "answer_snapshots_org_newest" ON "onboarding_answer_snapshots" USING btree ("org_id","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "answer_snapshots_plan_newest" ON "onboarding_answer_snapshots" USING btree ("plan","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "answer_snapshots_variant_newest" ON "onboarding_answer_snapshots" USING btree ("variant","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "answer_snapshots_version_newest" ON "onboarding_answer_snapshots" USING btree ("answer_schema_version","completed_at" DESC NULLS LAST,"session_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "answer_snapshots_terms" ON "onboarding_answer_snapshots" USING gin (answer_terms("flat"));--> statement-breakpoint
CREATE INDEX "answer_snapshots_search" ON "onboarding_answer_snapshots" USING gin ("search");--> statement-breakpoint
-- Packed already.
ALTER TABLE "export_chunks" ALTER COLUMN "data" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- The share lock waits for a plan that is being changed; whoever changes it sees the snapshot then.
CREATE FUNCTION keep_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'INSERT' OR new.org_id IS DISTINCT FROM old.org_id THEN
    SELECT plan INTO new.plan FROM subscriptions WHERE org_id = new.org_id FOR SHARE;
  END IF;
  IF new.search IS NULL OR (tg_op = 'UPDATE' AND new.flat IS DISTINCT FROM old.flat) THEN
    SELECT answer_words(name || ' ' || email, new.flat) INTO new.search FROM users WHERE id = new.user_id;
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER keep_snapshot BEFORE INSERT OR UPDATE OF org_id, flat, search ON onboarding_answer_snapshots
FOR EACH ROW EXECUTE FUNCTION keep_snapshot();
--> statement-breakpoint
CREATE FUNCTION tell_snapshots_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE onboarding_answer_snapshots SET plan = new.plan WHERE org_id = new.org_id AND plan IS DISTINCT FROM new.plan;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER tell_snapshots_plan AFTER INSERT OR UPDATE OF plan, org_id ON subscriptions
FOR EACH ROW EXECUTE FUNCTION tell_snapshots_plan();
--> statement-breakpoint
CREATE FUNCTION tell_snapshots_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE onboarding_answer_snapshots SET search = NULL WHERE user_id = new.id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER tell_snapshots_person AFTER UPDATE OF name, email ON users
FOR EACH ROW WHEN ((old.name, old.email) IS DISTINCT FROM (new.name, new.email)) EXECUTE FUNCTION tell_snapshots_person();
--> statement-breakpoint
UPDATE onboarding_answer_snapshots SET search = NULL, plan = (SELECT plan FROM subscriptions s WHERE s.org_id = onboarding_answer_snapshots.org_id);
