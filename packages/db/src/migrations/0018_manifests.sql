CREATE TABLE "exposures" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"manifest_version" integer NOT NULL,
	"variant" text NOT NULL,
	"step" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feature_flags" (
	"key" text PRIMARY KEY NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"rollout_percent" integer DEFAULT 100 NOT NULL,
	"cohorts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "feature_flags_rollout" CHECK (rollout_percent between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "onboarding_set_aside" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"schema_version" integer NOT NULL,
	"manifest_version" integer NOT NULL,
	"answers" jsonb NOT NULL,
	"completed_steps" text[] NOT NULL,
	"skipped_steps" text[] NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "step_manifests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version" integer,
	"name" text NOT NULL,
	"manifest" jsonb NOT NULL,
	"variants" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"based_on" integer NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid,
	"published_at" timestamp with time zone,
	"published_by" uuid,
	CONSTRAINT "step_manifests_version" UNIQUE("version"),
	CONSTRAINT "step_manifests_published" CHECK ((version is null) = (published_at is null))
);
--> statement-breakpoint
ALTER TABLE "onboarding_sessions" ADD COLUMN "submitted" jsonb;--> statement-breakpoint
ALTER TABLE "onboarding_sessions" ADD COLUMN "reset_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_session_id_onboarding_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."onboarding_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "onboarding_set_aside" ADD CONSTRAINT "onboarding_set_aside_session_id_onboarding_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."onboarding_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_manifests" ADD CONSTRAINT "step_manifests_updated_by_users_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_manifests" ADD CONSTRAINT "step_manifests_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "exposures_variant" ON "exposures" USING btree ("manifest_version","variant");--> statement-breakpoint
CREATE INDEX "onboarding_set_aside_session" ON "onboarding_set_aside" USING btree ("session_id");