CREATE TABLE "backfills" (
	"name" text PRIMARY KEY NOT NULL,
	"position" text NOT NULL,
	"done" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organization_health" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"status" text NOT NULL,
	"findings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"error_id" text,
	"examined_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organization_health" ADD CONSTRAINT "organization_health_org_id_organizations_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organizations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "organizations_newest" ON "organizations" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);