CREATE TABLE "step_hand_offs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"step" text NOT NULL,
	"email" text NOT NULL,
	"code_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"claim_hash" text,
	"colleague" text,
	"claimed_at" timestamp with time zone,
	"answered_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "step_hand_offs_code_hash_unique" UNIQUE("code_hash")
);
--> statement-breakpoint
ALTER TABLE "step_hand_offs" ADD CONSTRAINT "step_hand_offs_session_id_onboarding_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."onboarding_sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "step_hand_offs_one_open" ON "step_hand_offs" USING btree ("session_id","step") WHERE answered_at is null and revoked_at is null;--> statement-breakpoint
CREATE INDEX "step_hand_offs_session" ON "step_hand_offs" USING btree ("session_id","created_at");