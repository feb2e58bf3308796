CREATE TABLE "integration_credentials" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"sealed" jsonb NOT NULL,
	"last_four" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"health" text NOT NULL,
	"error_code" text,
	"checked_at" timestamp with time zone NOT NULL,
	"next_check_at" timestamp with time zone NOT NULL,
	"connected_by" uuid,
	"connected_at" timestamp with time zone NOT NULL,
	"replaced_at" timestamp with time zone,
	"schedule_hour" smallint,
	"next_run_at" timestamp with time zone,
	CONSTRAINT "integration_credentials_org_provider" UNIQUE("org_id","provider")
);
--> statement-breakpoint
CREATE TABLE "pipeline_batches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"dataset" text NOT NULL,
	"target_table" text NOT NULL,
	"rows" jsonb NOT NULL,
	"row_count" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"loaded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pipeline_loaded_days" (
	"org_id" uuid NOT NULL,
	"dataset" text NOT NULL,
	"provider" text NOT NULL,
	"target_table" text NOT NULL,
	"usage_date" date NOT NULL,
	"digests" jsonb NOT NULL,
	CONSTRAINT "pipeline_loaded_days_dataset_provider_target_table_usage_date_pk" PRIMARY KEY("dataset","provider","target_table","usage_date")
);
--> statement-breakpoint
CREATE TABLE "pipeline_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"org_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"pipeline" text NOT NULL,
	"trigger" text NOT NULL,
	"started_by" uuid,
	"state" text NOT NULL,
	"range_from" date NOT NULL,
	"range_to" date NOT NULL,
	"rows_loaded" integer,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lease_token" uuid,
	"lease_expires_at" timestamp with time zone,
	"failure" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "pipeline_step_logs" (
	"run_id" uuid NOT NULL,
	"attempt" integer NOT NULL,
	"step_index" integer NOT NULL,
	"step" text NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"error_code" text,
	"error_id" text,
	CONSTRAINT "pipeline_step_logs_run_id_attempt_step_index_pk" PRIMARY KEY("run_id","attempt","step_index")
);
--> statement-breakpoint
CREATE TABLE "quota_reservations" (
	"run_id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"state" text NOT NULL,
	"reserved_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "replaced_by" uuid;--> statement-breakpoint
ALTER TABLE "integration_credentials" ADD CONSTRAINT "integration_credentials_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "integration_credentials" ADD CONSTRAINT "integration_credentials_connected_by_users_id_fk" FOREIGN KEY ("connected_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_batches" ADD CONSTRAINT "pipeline_batches_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_batches" ADD CONSTRAINT "pipeline_batches_run_id_pipeline_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pipeline_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_loaded_days" ADD CONSTRAINT "pipeline_loaded_days_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_runs" ADD CONSTRAINT "pipeline_runs_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pipeline_step_logs" ADD CONSTRAINT "pipeline_step_logs_run_id_pipeline_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pipeline_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservations_run_id_pipeline_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."pipeline_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quota_reservations" ADD CONSTRAINT "quota_reservations_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "integration_credentials_check_due" ON "integration_credentials" USING btree ("next_check_at");--> statement-breakpoint
CREATE INDEX "integration_credentials_run_due" ON "integration_credentials" USING btree ("next_run_at");--> statement-breakpoint
CREATE INDEX "pipeline_batches_run" ON "pipeline_batches" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "pipeline_batches_unloaded" ON "pipeline_batches" USING btree ("dataset","provider") WHERE loaded_at is null;--> statement-breakpoint
CREATE INDEX "pipeline_runs_org_newest" ON "pipeline_runs" USING btree ("org_id","created_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "pipeline_runs_unfinished" ON "pipeline_runs" USING btree ("lease_expires_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "quota_reservations_org" ON "quota_reservations" USING btree ("org_id","reserved_at");