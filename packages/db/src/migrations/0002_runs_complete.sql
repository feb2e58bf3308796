CREATE TABLE "dry_runs" (
	"digest" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"result" jsonb NOT NULL,
	"passed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" DROP CONSTRAINT "api_keys_run_id_unique";--> statement-breakpoint
ALTER TABLE "organizations" DROP CONSTRAINT "organizations_run_id_unique";--> statement-breakpoint
DROP INDEX "onboarding_runs_unfinished";--> statement-breakpoint
ALTER TABLE "onboarding_runs" ADD COLUMN "origin" text DEFAULT 'checkout' NOT NULL;--> statement-breakpoint
ALTER TABLE "onboarding_runs" ADD COLUMN "key_fingerprint" text;--> statement-breakpoint
ALTER TABLE "onboarding_runs" ADD COLUMN "refund_key" text;--> statement-breakpoint
ALTER TABLE "onboarding_runs" ADD COLUMN "refunded_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_live_of_run" ON "api_keys" USING btree ("run_id") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "onboarding_runs_newest" ON "onboarding_runs" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_live_of_run" ON "organizations" USING btree ("run_id") WHERE status <> 'abandoned';--> statement-breakpoint
CREATE INDEX "onboarding_runs_unfinished" ON "onboarding_runs" USING btree ("state","next_attempt_at") WHERE state in ('awaiting_payment', 'pending', 'running', 'failed', 'cancelled', 'needs_sync');